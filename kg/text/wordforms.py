"""A word with its tag and relation -> part of speech and lemma, as a pipeline's own rules have them.

spaCy's attribute ruler tries 179 patterns on every token, and its lemmatizer
asks every token for its morphology; together they take an eighth of a parse.
What they find depends on the word, its tag and its relation, and in rare cases
on its neighbour ("let | 's"), so that a table of what was met answers nearly all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.pipeline import AttributeRuler

MOST = 50_000
"""Words with tag and relation that a table holds, about 20 MB, before it starts anew."""


class WordForm(NamedTuple):
    """A token as every text has it: its word, lemma, Universal POS tag, Penn Treebank tag and dependency label."""

    text: str
    lower: str
    lemma: str
    pos: str
    tag: str
    dep: str
    space: bool


class _Word(NamedTuple):
    """What patterns may ask about a token."""

    text: str
    lower: str
    tag: str
    dep: str


Test = Callable[[_Word], bool]
Key = tuple[int, int, int]
"""A token as spaCy numbers it: ORTH, TAG, DEP."""

_PARTS = {"TEXT": 0, "ORTH": 0, "LOWER": 1, "TAG": 2, "DEP": 3}


class _Rule(NamedTuple):
    """A pattern of the ruler: a test for each token in a row, and what becomes of the one that is `target`."""

    tests: tuple[Test, ...]
    target: int
    attributes: dict[str, str]
    tag: str | None
    """The tag that the first token has to have, if it has to have just one."""


class _Stand:
    """What the lemmatizer asks of a token."""

    __slots__ = ("morph", "orth", "pos", "pos_", "text")

    def __init__(self, orth: int, text: str, pos: int, pos_: str, morph: Any) -> None:
        self.orth, self.text, self.pos, self.pos_, self.morph = orth, text, pos, pos_, morph


class Forms:
    """The forms that a pipeline's attribute ruler and lemmatizer give.

    Raises ValueError for a pipeline whose rules ask for more than word, tag and relation.
    """

    def __init__(self, nlp: Language) -> None:
        from spacy.lang.en.lemmatizer import EnglishLemmatizer
        from spacy.parts_of_speech import IDS
        from spacy.pipeline import AttributeRuler
        from spacy.tokens import MorphAnalysis

        ruler, lemmatizer = nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer")
        if type(ruler) is not AttributeRuler or type(lemmatizer) is not EnglishLemmatizer:
            raise ValueError("another ruler or lemmatizer than spaCy's own for English")
        if lemmatizer.mode != "rule" or lemmatizer.overwrite:
            raise ValueError("a lemmatizer that does not go by rules")
        self._strings, self._ids = nlp.vocab.strings, IDS
        self._lemmatize: Callable[[Any], list[str]] = lemmatizer.lemmatize
        self._rules = list(_rules(ruler))
        morphs = {rule.attributes.get("MORPH", "") for rule in self._rules} | {""}
        self._morphs = {morph: MorphAnalysis(nlp.vocab, morph) for morph in morphs}
        # Most patterns are for one tag, and a token need not be tried on those for others.
        self._by_tag: dict[str | None, list[int]] = defaultdict(list)
        self._rows = [n for n, rule in enumerate(self._rules) if len(rule.tests) > 1]
        for n, rule in enumerate(self._rules):
            if len(rule.tests) == 1:
                self._by_tag[rule.tag].append(n)
        self._known: dict[Key, tuple[WordForm, bool]] = {}

    def of(self, keys: Sequence[Key]) -> list[WordForm]:
        """The forms of the tokens of a text by their keys."""
        known = self._known
        if len(known) > MOST:
            known.clear()
        for key in keys:
            if key not in known:
                word = self._word(key)
                opens = any(self._rules[n].tests[0](word) for n in self._rows)
                known[key] = (self._form(key[0], word, ()), opens)
        forms = [known[key][0] for key in keys]
        extra: dict[int, list[int]] = defaultdict(list)
        for k, key in enumerate(keys):
            if known[key][1]:
                self._rows_from(keys, k, extra)
        for k, rules in extra.items():
            forms[k] = self._form(keys[k][0], self._word(keys[k]), rules)
        return forms

    def _word(self, key: Key) -> _Word:
        text = self._strings[key[0]]
        return _Word(text, text.lower(), self._strings[key[1]], self._strings[key[2]])

    def _rows_from(self, keys: Sequence[Key], k: int, extra: dict[int, list[int]]) -> None:
        """Note, by token, the patterns of several tokens that start at `k`."""
        for n in self._rows:
            tests = self._rules[n].tests
            row = range(k, k + len(tests))
            if row[-1] < len(keys) and all(test(self._word(keys[i])) for test, i in zip(tests, row, strict=True)):
                extra[row[self._rules[n].target]].append(n)

    def _form(self, orth: int, word: _Word, rules: Sequence[int]) -> WordForm:
        """The form of a word by all patterns that it alone fulfils, and by `rules`; later ones have precedence."""
        found = {"TAG": word.tag, "DEP": word.dep, "POS": "", "MORPH": "", "LEMMA": ""}
        single = [n for n in (*self._by_tag.get(word.tag, ()), *self._by_tag[None]) if self._rules[n].tests[0](word)]
        for n in sorted([*single, *rules]):
            found.update(self._rules[n].attributes)
        lemma = found["LEMMA"]
        if not lemma:
            pos = found["POS"]
            lemma = self._lemmatize(_Stand(orth, word.text, self._ids[pos], pos, self._morphs[found["MORPH"]]))[0]
        return WordForm(word.text, word.lower, lemma, found["POS"], found["TAG"], found["DEP"], word.text.isspace())


def _rules(ruler: AttributeRuler) -> Iterator[_Rule]:
    """The patterns of a ruler, in the order in which they apply.

    Raises ValueError if one is of a kind not known here.
    """
    for said in ruler.patterns:
        rule: dict[str, Any] = dict(said)
        if rule["attrs"].keys() - {"TAG", "POS", "MORPH", "LEMMA", "DEP"}:
            raise ValueError("a ruler that sets more than tags, lemmas and relations")
        for pattern in rule["patterns"]:
            tag = pattern[0].get("TAG")
            tests = tuple(map(_test, pattern))
            target = range(len(tests))[rule["index"]]
            yield _Rule(tests, target, rule["attrs"], tag if isinstance(tag, str) else None)


def _test(pattern: dict[str, Any]) -> Test:
    """Whether a token is as a pattern of spaCy's matcher says.

    Raises ValueError if it asks for anything but the word, its tag and its relation.
    """
    tests: list[Test] = []
    for name, wanted in pattern.items():
        if name == "IS_SPACE" and isinstance(wanted, bool):
            tests.append(lambda word, wanted=wanted: word.text.isspace() is wanted)  # type: ignore[misc]
        elif name not in _PARTS:
            raise ValueError(f"a pattern that asks for {name}")
        elif isinstance(wanted, str):
            tests.append(lambda word, part=_PARTS[name], wanted=wanted: word[part] == wanted)  # type: ignore[misc]
        elif isinstance(wanted, dict):
            tests += [_operator(_PARTS[name], operator, value) for operator, value in wanted.items()]
        else:
            raise ValueError(f"a pattern that wants {wanted!r} of {name}")
    return tests[0] if len(tests) == 1 else lambda word: all(test(word) for test in tests)


def _operator(part: int, operator: str, value: Any) -> Test:
    if operator == "IN":
        members = frozenset(value)
        return lambda word: word[part] in members
    if operator == "NOT_IN":
        others = frozenset(value)
        return lambda word: word[part] not in others
    if operator == "REGEX":
        search = re.compile(value).search
        return lambda word: search(word[part]) is not None
    raise ValueError(f"a pattern with {operator}")
