"""The clause in a parse, once for every stage: subject, object, agent, owner; passive, denied, open, yet to come.

Labels are ClearNLP's. Everything here is a function of the tree and a few verbs of `data/lexicon/grammar.tsv`; what
the words stand for is the stages' business.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from ..text.document import Document, Token
from .lexicon import words

VERBAL = frozenset(("VERB", "AUX"))
NOMINAL = frozenset(("NOUN", "PROPN", "PRON"))
SUBJECTS = frozenset(("nsubj", "csubj"))
PASSIVE_SUBJECTS = frozenset(("nsubjpass", "csubjpass"))
NOUNS = frozenset(("NOUN", "PROPN"))
NOUN_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
CLAUSE_SUBJECTS = SUBJECTS | PASSIVE_SUBJECTS | {"expl"}
FINITE = words("parse", "finite verb")
QUESTION = words("parse", "question word")
RELATIVE = frozenset(("who", "which", "that"))
BEFORE_NOUN = frozenset(("amod", "compound", "nmod"))
BESIDE_NOUN = BEFORE_NOUN | {"poss"}
AFTER_NOUN = words("parse", "follows a noun")
"""What says of which kind a thing is, and whose."""

_THIRD_PERSON = words("grammar", "third person as subject")
_CONJUNCTIONS = frozenset(("that", "if", "whether"))
_SEARCHED = 7
"""Verbs above one at most whose subject may be its own."""


def child(document: Document, i: int, *labels: str) -> Token | None:
    """The first token that depends on token `i` in one of these ways.

    >>> from kg.text.document import Article, parse
    >>> document = parse(Article("Jo Hill signed the letter."))
    >>> child(document, 2, "dobj").text
    'letter'
    """
    return next((k for k in document.kids(i) if k.dep in labels), None)


def has(document: Document, i: int, *labels: str) -> bool:
    """Whether anything depends on token `i` in one of these ways.

    >>> from kg.text.document import Article, parse
    >>> has(parse(Article("Jo Hill signed the letter.")), 2, "neg")
    False
    """
    return any(k.dep in labels for k in document.kids(i))


def has_word(document: Document, i: int, labels: Collection[str], among: Collection[str]) -> bool:
    """Whether one of these words depends on token `i` in one of these ways.

    >>> from kg.text.document import Article, parse
    >>> has_word(parse(Article("Jo Hill may sign the letter.")), 3, ("aux",), ("may", "might"))
    True
    """
    return any(k.dep in labels and k.lower in among for k in document.kids(i))


def branches(document: Document, *heads: int) -> tuple[int, ...]:
    """The tokens under any of `heads`, they themselves among them, in the text's order.

    >>> from kg.text.document import Article, parse
    >>> branches(parse(Article("Jo Hill signed the letter.")), 1, 4)
    (0, 1, 3, 4)
    """
    return tuple(sorted({i for head in heads for i in document.subtree(head)}))


def root_of(document: Document, start: int, end: int) -> Token:
    """The token of a range that governs the others: the first whose own governor lies outside.

    >>> from kg.text.document import Article, parse
    >>> root_of(parse(Article("Jo Hill signed the letter.")), 3, 5).text
    'letter'
    """
    tokens = document.tokens
    outside = (t for t in tokens[start:end] if not start <= t.head < end or t.head == t.i)
    return next(outside, tokens[start])


def conjuncts(document: Document, noun: int) -> Iterator[int]:
    """A noun and those joined to it: `Hill`, `Moss` and `Reed` of "Hill, Moss and Reed".

    >>> from kg.text.document import Article, parse
    >>> document = parse(Article("Jo Hill met Moss and Reed."))
    >>> [document[i].text for i in conjuncts(document, 3)]
    ['Moss', 'Reed']
    """
    yield noun
    for kid in document.kids(noun):
        if kid.dep == "conj" and kid.pos in NOMINAL:
            yield from conjuncts(document, kid.i)


def is_of_next(document: Document, noun: Token) -> bool:
    """Whether a noun in apposition to a name is said of the name behind it, which a verb follows.

    >>> from kg.text.document import Article, parse
    >>> document = parse(Article("In a note to Mr Brown, the chair, Ann Hill, wrote that it fell."))
    >>> is_of_next(document, document[8])
    True
    """
    start = k = noun.i + 2
    if noun.dep != "appos" or document[noun.head].dep != "pobj" or k > len(document) or document[k - 1].text != ",":
        return False
    while k < len(document) and document[k].pos == "PROPN":
        k += 1
    return start < k < len(document) - 1 and document[k].text == "," and document[k + 1].tag in FINITE


def owner(document: Document, noun: int) -> Token | None:
    """Whose something is: "the mayor" of "the mayor's letter".

    >>> from kg.text.document import Article, parse
    >>> owner(parse(Article("They read the mayor's letter.")), 5).text
    'mayor'
    """
    return child(document, noun, "poss")


def agent(document: Document, verb: int) -> Token | None:
    """By whom something is done: "the court" of "was ordered by the court".

    >>> from kg.text.document import Article, parse
    >>> agent(parse(Article("The letter was signed by Jo Hill.")), 3).text
    'Hill'
    """
    by = child(document, verb, "agent")
    return child(document, by.i, "pobj") if by is not None else None


def undergoer(document: Document, verb: int) -> Token | None:
    """The subject of a passive.

    >>> from kg.text.document import Article, parse
    >>> undergoer(parse(Article("The letter was signed by Jo Hill.")), 3).text
    'letter'
    """
    return child(document, verb, *PASSIVE_SUBJECTS)


def in_passive(document: Document, verb: int) -> bool:
    """Whether a verb has the auxiliary or the subject of a passive.

    >>> from kg.text.document import Article, parse
    >>> in_passive(parse(Article("The letter was signed by Jo Hill.")), 3)
    True
    """
    return has(document, verb, "auxpass", *PASSIVE_SUBJECTS)


def is_passive(document: Document, verb: Token) -> bool:
    """Whether a verb stands in the passive, or is a bare participle: "asked about it, he ...".

    >>> from kg.text.document import Article, parse
    >>> document = parse(Article("The letter was signed by Jo Hill."))
    >>> is_passive(document, document[3])
    True
    """
    if in_passive(document, verb.i):
        return True
    if verb.lower in words("grammar", "put to somebody") and verb.i > 0 and document[verb.i - 1].text in _BEFORE_ASKED:
        following = document[verb.i + 1].lower if verb.i + 1 < len(document) else ""
        return following in words("grammar", "after a question put")
    bare = verb.tag in ("VBN", "VBD") and verb.dep in words("parse", "clause of a participle")
    return bare and not has(document, verb.i, "aux", "mark", *SUBJECTS)


_BEFORE_ASKED = frozenset((",", "“", '"', "--", "—", "("))


def is_participle_passive(document: Document, v: int) -> bool:
    """Whether a past participle is passive, one after its noun and one joined to another passive included.

    >>> from kg.text.document import Article, parse
    >>> is_participle_passive(parse(Article("The letter signed by Jo Hill is lost.")), 2)
    True
    """
    verb = document[v]
    if verb.tag != "VBN":
        return False
    if in_passive(document, v):
        return True
    if verb.dep == "conj":
        return in_passive(document, verb.head) and not has(document, v, "nsubj", "dobj")
    return verb.dep == "acl" and not has(document, v, "dobj")


def is_infinitive(document: Document, verb: int) -> bool:
    """Whether "to" stands before a verb.

    >>> from kg.text.document import Article, parse
    >>> is_infinitive(parse(Article("Jo Hill wants to sign the letter.")), 4)
    True
    """
    return has_word(document, verb, ("aux",), ("to",))


def is_negated(document: Document, verb: int) -> bool:
    """Whether the verb stands under a negation.

    >>> from kg.text.document import Article, parse
    >>> is_negated(parse(Article("Jo Hill did not sign the letter.")), 4)
    True
    """
    return has(document, verb, "neg")


def clause_kind(document: Document, verb: int) -> str:
    """`clause` for a finite verb or one after a conjunction, `to` or `ing` for its form, else `bare`.

    >>> from kg.text.document import Article, parse
    >>> document = parse(Article("Jo Hill said that she wants to sign it."))
    >>> [clause_kind(document, i) for i in (2, 5, 7)]
    ['clause', 'clause', 'to']
    """
    token = document[verb]
    asked = any(k.tag in QUESTION and k.i < verb for k in document.kids(verb))
    if is_infinitive(document, verb):
        return "clause" if asked or any(k.lower == "whether" and k.i < verb for k in document.kids(verb)) else "to"
    helpers = [k for k in document.kids(verb) if k.dep in ("aux", "auxpass", "cop")]
    if asked or token.tag in FINITE or any(k.tag in FINITE for k in helpers):
        return "clause"
    if has_word(document, verb, ("mark",), _CONJUNCTIONS):
        return "clause"
    if token.tag == "VBG":
        return "ing"
    helped = any(k.lower not in ("being", "having") for k in helpers)
    return "clause" if helped else "bare"


def clause_around(document: Document, i: int, without: Iterable[int]) -> list[int]:
    """The finite clause that token `i` stands in, without the given tokens.

    >>> from kg.text.document import Article, parse
    >>> document = parse(Article("Jo Hill said the mill had closed."))
    >>> " ".join(document[i].text for i in clause_around(document, 4, without=[]))
    'the mill had closed'
    """
    drop = set(without)
    for token in document.ancestors(i):
        if token.pos in VERBAL and (token.head == token.i or clause_kind(document, token.i) == "clause"):
            return [k for k in document.subtree(token.i) if k not in drop]
    sentence = document.sentences[document[i].sentence]
    return [k for k in range(sentence.start, sentence.end) if k not in drop]


def opens_with_that(document: Document, verb: int) -> bool:
    """Whether "that" or "whether" opens the clause of a verb.

    >>> from kg.text.document import Article, parse
    >>> opens_with_that(parse(Article("Jo Hill said that the mill had closed.")), 7)
    True
    """
    kids = list(document.kids(verb))
    if any((k.dep == "mark" or k.tag == "IN") and k.lower in ("that", "whether") for k in kids):
        return True
    subjects = [k for k in kids if k.dep in NOUN_SUBJECTS and k.i < verb]
    return len(subjects) > 1 and subjects[0].lower == "that"  # "a warning by Oxfam that cases could double"


def is_factual(document: Document, v: int) -> bool:
    """Whether a clause says that something is or was so: no wish, plan, order, condition, question or prophecy.

    A denial is factual; see `is_negated`.

    >>> from kg.text.document import Article, parse
    >>> is_factual(parse(Article("Jo Hill may sign it.")), 3)
    False
    """
    verb = document[v]
    above = document[verb.head]
    if document[document.sentences[verb.sentence].end - 1].text == "?":
        return False
    modal = _modality(document, verb)
    if modal is not None:
        return modal
    if verb.dep in ("ccomp", "advcl") and above.lemma in words("grammar", "doubted"):
        return False
    # "accused of killing", "did not rule out bombing": what a gerund names, the clause does not say.
    if verb.tag != "VBG" or verb.dep in ("pcomp", "xcomp"):
        return verb.tag != "VBG"
    return has(document, v, "aux") or verb.dep in ("acl", "advcl", "ROOT")


def _modality(document: Document, verb: Token) -> bool | None:
    """Whether a modal, a condition or an infinitive of a verb, or of one it is joined to, lets it be so; else None."""
    i = verb.i
    for _ in range(3):
        token = document[i]
        if has_word(document, i, ("aux",), words("grammar", "modal")):
            above = document[token.head]
            certain = token.dep == "xcomp" and above.lemma in words("grammar", "certain")
            return certain
        if has_word(document, i, ("mark", "advmod"), words("grammar", "hypothetical")):
            return False
        if verb.tag == "VB" and not has(document, i, "aux"):
            return False
        if token.dep != "conj" or document[token.head].pos not in VERBAL:
            return None
        i = token.head
    return None


def speaker(document: Document, verb: Token, depth: int = 0) -> int | None:
    """The head of the words that name who does what a verb says; None where nobody is named.

    Its own subject or the agent of its passive, or the one that control,
    coordination and participles give it. A relative pronoun counts as a name:
    the source is what the clause itself says. An agentless passive has none.

    >>> from kg.text.document import Article, parse
    >>> document = parse(Article("Jo Hill agreed to sign the letter."))
    >>> document[speaker(document, document[4])].text
    'Hill'
    """
    kid = next((k for k in document.kids(verb.i) if k.dep in SUBJECTS or k.dep == "agent"), None)
    if kid is not None:
        return _beside_comma(document, verb, kid) if kid.dep in SUBJECTS else _index(child(document, kid.i, "pobj"))
    above = _ABOVE.get(verb.dep)
    if above is None or depth >= _SEARCHED or is_passive(document, verb):
        return None
    return above(document, document[verb.head], verb, depth)


def _index(token: Token | None) -> int | None:
    return token.i if token is not None else None


def _beside_comma(document: Document, verb: Token, first: Token) -> int:
    """The subject, of two that of the clause: "The son of a baker, he ..."; "Rural Front (RFT) head Jo Hill ..."."""
    later = [k.i for k in document.kids(verb.i) if k.dep in SUBJECTS and first.i < k.i < verb.i]
    second = document[later[-1]] if later else first
    if second.lower in _THIRD_PERSON and document[second.i - 1].text == ",":
        return second.i
    apart = (first.ent, second.ent) == ("ORG", "PERSON") and "," not in document.words(first.i, second.i)
    return second.i if apart else first.i


def _of_verb(document: Document, verb: Token, joined: Token, depth: int) -> int | None:
    """The subject of the verb that another is joined to, active or passive.

    Of what is heard: "the court heard he slept but told the guard".
    """
    heard = child(document, verb.i, "ccomp") if verb.lemma == "hear" else None
    verb = heard or _told_with(document, verb, joined)
    return _index(undergoer(document, verb.i)) or speaker(document, verb, depth + 1)


def _told_with(document: Document, verb: Token, joined: Token) -> Token:
    """The verb that one in the past goes with: the "told" of "Hill told them he will go but said it was late"."""
    above = document[verb.head]
    ahead = has_word(document, verb.i, ("aux",), words("grammar", "looks ahead"))
    return above if ahead and joined.tag == above.tag == "VBD" else verb


def _of_clause(document: Document, head: Token, verb: Token, depth: int) -> int | None:
    """The subject of the clause above, active or passive; of the copula where an adjective stands between."""
    if head.pos in ("ADJ", "NOUN", "ADV") and head.head != head.i:
        head = document[head.head]
    if head.pos not in VERBAL:
        return None
    return _of_verb(document, _nearer(document, head, verb), verb, depth)


def _nearer(document: Document, head: Token, verb: Token) -> Token:
    """The clause that a participle goes on: not the one above where another with a subject of its own ends before it.

    "Hill left and Marsh spoke out, calling it ..."; "a post for Hill, who praised them, saying ...".
    """
    if verb.tag != "VBG" or verb.i < 2 or document[verb.i - 1].text != ",":
        return head
    between = (document[i] for i in range(verb.i - 2, head.i, -1))
    last = next((t for t in between if t.tag in FINITE and has(document, t.i, *SUBJECTS)), None)
    if last is None:
        return head
    whose = next(k for k in document.kids(last.i) if k.dep in SUBJECTS)
    other = last.dep == "conj" or (last.dep == "relcl" and whose.tag == "WP")
    return last if other else head


def _of_control(document: Document, head: Token, verb: Token, depth: int) -> int | None:
    """Whose deed an infinitive is: "it forced him to admit", "he agreed to sign"."""
    controls = head.lemma in words("grammar", "object control")
    whom = (k for k in document.kids(head.i) if k.dep in ("dobj", "dative") and k.i < verb.i and k.pos in NOMINAL)
    controlled = next(whom, None) if controls else None
    return controlled.i if controlled is not None else _of_clause(document, head, verb, depth)


def _of_gerund(document: Document, head: Token, verb: Token, depth: int) -> int | None:
    return _of_clause(document, head, verb, depth) if verb.tag == "VBG" else None


def _of_preposition(document: Document, head: Token, verb: Token, depth: int) -> int | None:
    if head.pos not in ("ADP", "SCONJ"):
        return None
    above = document[head.head]
    return (_of_noun if above.pos in NOMINAL else _of_clause)(document, above, verb, depth)


def _of_noun(document: Document, noun: Token, verb: Token, depth: int) -> int | None:
    """Who does what a participle or an infinitive under a noun says.

    "The mayor wrote a letter asking": the mayor; "protesters demanding":
    protesters; "his attempt to explain": he.
    """
    above = document[noun.head]
    if verb.dep == "acl" and verb.tag == "VBG":
        paper = noun.lower in words("grammar", "paper") and noun.dep == "dobj"
        return (speaker(document, above, depth + 1) if paper else None) or noun.i
    return _index(owner(document, noun.i))


_ABOVE = {
    "conj": _of_verb, "xcomp": _of_control, "advcl": _of_clause, "ccomp": _of_gerund, "dep": _of_gerund,
    "acl": _of_noun, "relcl": _of_noun, "appos": _of_noun, "pcomp": _of_preposition,
}  # fmt: skip
"""Where the subject of a verb without one stands, by how the verb hangs on what is above it."""


def heads_a_clause(document: Document, noun: Token) -> bool:
    """Whether a noun that the parse has for an apposition is the subject of the verb behind it.

    >>> from kg.text.document import Article, parse
    >>> document = parse(Article("After the arrest of Tom Hale, a neighbour said he was shy."))
    >>> heads_a_clause(document, document[8])
    True
    """
    last = max(document.subtree(noun.i))
    comma = any(document[i].text == "," for i in range(noun.head, noun.i))
    return comma and last + 1 < len(document) and document[last + 1].tag in FINITE
