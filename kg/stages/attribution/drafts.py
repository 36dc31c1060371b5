"""Cues of the lexicon in a document -> drafts of attributions, each read by itself, before quotations are dealt out."""

from __future__ import annotations

from dataclasses import dataclass

from ...language.lexicon import words
from ...language.quotes import Quotes
from ...language.syntax import NOUN_SUBJECTS, NOUNS, VERBAL, branches, clause_around, has, is_passive, speaker
from ...text.blocks import BlockKind
from ...text.document import Document, Sentence, Token
from .constructions import Construction, grown, trimmed
from .cues import Cue, CueClass, CueKind, CueLexicon
from .frames import complement, experiencer, holder, noun_complement
from .nouns import can_tell
from .pleas import Plea, plea
from .subjects import after_comma, inverted, lost, nearest


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution in the making: token indices, sorted, the class of its cue and how the cue takes its content.

    `head` is the token of the cue that governs the rest, or None without a cue.
    `open` tells that the cue may still take a quotation that stands near.
    """

    head: int | None
    cue: tuple[int, ...]
    source: tuple[int, ...]
    content: tuple[int, ...]
    cls: CueClass
    construction: Construction
    open: bool = False


def innermost(drafts: list[Draft], size: int) -> list[int]:
    """For each of `size` tokens the number of the draft with the shortest content around it, or -1."""
    found = [-1] * size
    for n in sorted(range(len(drafts)), key=lambda k: (-len(drafts[k].content), k)):
        for i in drafts[n].content:
            found[i] = n
    return found


def find_drafts(document: Document, quotes: Quotes, lexicon: CueLexicon) -> list[Draft]:
    """A draft for every cue of the lexicon outside quotation marks; empty where a quotation is still to come."""
    found: list[Draft] = []
    for token in document.tokens:
        draft = _draft(document, quotes, lexicon, token) if quotes.at[token.i] is None else None
        found += [draft] if draft is not None else []
    return found


_REPORTING = frozenset((CueClass.ASSERTS, CueClass.REPORTS, CueClass.BELIEVES, CueClass.DENIES, CueClass.DEMANDS))


def find_quoted(document: Document, quotes: Quotes, lexicon: CueLexicon) -> list[Draft]:
    """What the words of a quotation report of others: "Sources believe that ...", not "I believe that ..."."""
    bare = Quotes((), (None,) * len(document))
    found: list[Draft] = []
    for token in document.tokens:
        draft = _draft(document, bare, lexicon, token) if quotes.at[token.i] is not None else None
        if draft is None or draft.cls not in _REPORTING or not draft.source or _speaks(document, draft):
            continue
        inside = all(quotes.at[i] == quotes.at[token.i] for i in (*draft.source, *draft.content))
        if inside and draft.construction in (Construction.CLAUSE, Construction.NOUN):
            found.append(draft)
    return found


def _speaks(document: Document, draft: Draft) -> bool:
    """Whether the source is whoever speaks, is spoken to, or nobody in particular."""
    return len(draft.source) == 1 and document[draft.source[0]].lower in words("speech", "nobody in particular")


def _draft(document: Document, quotes: Quotes, lexicon: CueLexicon, token: Token) -> Draft | None:
    """The draft of a cue at a token: of a phrase, or else by the word's part of speech."""
    for cue in lexicon.phrases.get(token.lower, ()):
        there = document.tokens[token.i : token.i + len(cue.words)]
        draft = _phrase(document, quotes, token, cue) if tuple(t.lower for t in there) == cue.words else None
        if draft is not None:
            return draft
    if token.pos == "VERB":
        return _of_verb(document, quotes, lexicon, token)
    if token.pos in NOUNS:
        first = next(iter(lexicon.nouns.get(token.lower, ())), None)
        voiced = first is None or _is_voiced(document, lexicon, token)
        return None if first is None or voiced else _noun(document, quotes, token, first)
    first = next(iter(lexicon.adjectives.get(token.lower, ())), None) if token.pos == "ADJ" else None
    return _adjective(document, quotes, token, first) if first is not None else None


def _of_verb(document: Document, quotes: Quotes, lexicon: CueLexicon, token: Token) -> Draft | None:
    kept = _withheld(document, token)
    if kept is not None:
        return _silence(document, quotes, token, kept)
    answer = plea(document, token)
    if answer is not None:
        return _plea(document, quotes, token, answer)
    for cue in (_WANTED,) if asks_to_know(document, token) else lexicon.verbs.get(token.lower, ()):
        used = _particles(document, token, cue)
        draft = _verb(document, quotes, token, cue, used) if used is not None else None
        if draft is not None:
            return draft
    return None


_WANTED = Cue(("know",), CueKind.VERB, CueClass.ASKS, frozenset(("clause", "quote")))


def asks_to_know(document: Document, verb: Token) -> bool:
    """Whether somebody asks by wanting to know: "Hill wanted to know why it was closed", not "I want you to know"."""
    above = document[verb.head]
    wants = verb.lemma == "know" and verb.dep == "xcomp" and above.lemma == "want" and verb.i - above.i == 2
    return wants and not has(document, above.i, "mark")  # "if you want to know"


_PLEA = Cue(("plead",), CueKind.VERB, CueClass.ASSERTS, frozenset(("object",)))


def _plea(document: Document, quotes: Quotes, verb: Token, answer: Plea) -> Draft | None:
    used = _cue_tokens(document, verb, answer.cue)
    source = _verb_source(document, quotes, verb, _PLEA, used)
    return made(document, quotes, verb, used, source, answer.content, answer.cls, Construction.OBJECT, False)


def _withheld(document: Document, verb: Token) -> Token | None:
    """What a verb says that somebody does not do: "say" in "declined to say"; "declined" then belongs to its cue."""
    if verb.lemma not in WITHHOLDING:
        return None
    return next((k for k in document.kids(verb.i) if k.dep == "xcomp" and k.lemma in WITHHELD), None)


_BESIDE = frozenset(("advmod", "npadvmod", "punct"))
_SILENT = Cue(("decline",), CueKind.VERB, CueClass.ASSERTS, frozenset(("object",)))


def _silence(document: Document, quotes: Quotes, verb: Token, kept: Token) -> Draft | None:
    """The draft of "declined to comment further", where nothing is named that is not said."""
    named = any(k.i > kept.i and (k.tag == "WRB" or k.dep not in _BESIDE) for k in document.kids(kept.i))
    if named or has(document, verb.i, "neg"):
        return None
    used = _cue_tokens(document, verb, ())
    further = [k.i for k in document.kids(kept.i) if k.i == kept.i + 1 and k.dep == "advmod"]
    content = [*range(verb.i + 1, kept.i + 1), *further]
    source = _verb_source(document, quotes, verb, _SILENT, used)
    return made(document, quotes, verb, used, source, content, CueClass.ASSERTS, Construction.OBJECT)


def _particles(document: Document, verb: Token, cue: Cue) -> tuple[int, ...] | None:
    """The other words of a cue of several words after its verb, or None if they are not there."""
    found: list[int] = []
    for k, word in enumerate(cue.words[1:], start=1):
        j = verb.i + k
        if j >= len(document) or document[j].lower != word:
            return None
        found.append(j)
    return tuple(found)


SAYING_ON = words("speech", "saying on")
"""Verbs that, with an infinitive of saying, say no more than it."""

WITHHOLDING, WITHHELD = words("speech", "withholding"), words("speech", "withheld")
"""Verbs that, with an infinitive of these verbs of saying, tell that somebody does not commit himself."""

_AUXILIARY = words("parse", "part of a cue")


def _cue_tokens(document: Document, head: Token, particles: tuple[int, ...]) -> list[int]:
    """A verb with the auxiliaries, negations and adverbs right before it, and its particles."""
    kids = {k.i: k.dep for k in document.kids(head.i)}
    found = [head.i, *particles]
    on = head.dep in ("xcomp", "advcl") and document[head.head].lemma in SAYING_ON and 0 < head.i - head.head <= 3
    if on or asks_to_know(document, head):
        # "went on to say": one cue
        found += range(head.head, head.i)
        head = document[head.head]
        kids = {k.i: k.dep for k in document.kids(head.i) if k.i < head.i}
    i = head.i - 1
    while kids.get(i) in _AUXILIARY and document[i].lower not in words("speech", "opens a clause, not a cue"):
        found.append(i)
        i -= 1
    found += [k for k, dep in kids.items() if dep == "prt" and k == head.i + 1]
    return sorted(set(found))


def _verb(document: Document, quotes: Quotes, verb: Token, cue: Cue, particles: tuple[int, ...]) -> Draft | None:
    used = _cue_tokens(document, verb, particles)
    source = _verb_source(document, quotes, verb, cue, used)
    if len(source) == 1 and document[source[0]].lower == "that" and document[verb.i + 1].text == ",":
        return None  # "That said, ..."
    found = complement(document, verb, cue, frozenset(used))
    content, construction = (list(found.content), found.construction) if found else ([], Construction.NOTHING)
    used += found.cue if found else ()
    if not found and cue.cls is CueClass.CALLS:
        content = _called(document, quotes, verb)
        construction = Construction.OBJECT if content else construction
    if "clause" in cue.takes and cue.cls in _TELLING:
        around = _parenthetic(document, quotes, verb, source, used, construction)
        if around:
            content, construction = around, Construction.PARENTHETIC
    open_ = "quote" in cue.takes and _takes_quotation(document, quotes, verb, used, content, construction)
    if not (content or open_) or (cue.words == ("put",) and not _puts_at(document, content)):
        return None
    return made(document, quotes, verb, used, source, content, cue.cls, construction, open_)


def _takes_quotation(
    document: Document, quotes: Quotes, verb: Token, used: list[int], content: list[int], construction: Construction
) -> bool:
    """Whether a verb may still take a quotation that stands near: not with a clause without one, nor "as was said"."""
    quoted = any(quotes.at[i] is not None for i in content)
    aside = is_passive(document, verb) and document[used[0] - 1].lower == "as"
    return not aside and (construction is not Construction.CLAUSE or quoted)


def _puts_at(document: Document, content: list[int]) -> bool:
    """Whether something is put at a number: "put the damage at $2 million", not "put the lamp at the window"."""
    return any(
        document[i].lower == "at" and any(document[k].pos == "NUM" for k in content if i < k <= i + 4) for i in content
    )


def _verb_source(document: Document, quotes: Quotes, verb: Token, cue: Cue, used: list[int]) -> list[int]:
    if cue.cls is CueClass.SEEMS:
        return []
    telling = cue.cls in _TELLING and verb.tag in _FINITE
    beside = inverted(document, verb, used[0], quotes.at) or lost(document, verb, used[0], quotes.at) if telling else []
    if beside and not _is_called_something(document, cue, beside):
        return beside
    who = _past_mute(document, verb, _past_label(document, verb, speaker(document, verb)))
    if who is not None and _is_empty(document, document[who], verb):
        return []
    if who is not None and document[who].text in ("[", "]"):
        who = None  # "Hill, of Norse Rail Co [NRSE.O], said"
    if who is not None and (quotes.at[who] is None or quotes.at[verb.i] is not None):
        return after_comma(document, verb, used[0], _whole(document, verb, who))
    # what the parse has found is the subject of the quoted words
    found = nearest(document, verb, used[0], quotes.at) if telling and not is_passive(document, verb) else []
    return [] if found and _is_called_something(document, cue, found) else found


def _whole(document: Document, verb: Token, who: int) -> list[int]:
    """The words of a subject, with a person's name right behind them that the parse has for another subject.

    "Union official Omar |al-Hadi said".
    """
    subject = document.subtree(who, {verb.i})
    person = next(
        (k for k in document.kids(verb.i) if k.dep == "nsubj" and k.ent == "PERSON" and who < k.i < verb.i), None
    )
    if person is None:
        return subject
    both = sorted({*subject, *document.subtree(person.i, {verb.i})})
    gap = len(both) <= both[-1] - both[0] or "," in document.words(both[0], both[-1])
    return subject if gap else both


def _past_label(document: Document, verb: Token, who: int | None) -> int | None:
    """Who says it, not a label that the parse takes for the subject: "Correction: An earlier version said"."""
    if who is None or document[who].lower not in words("speech", "label") or document[who + 1].text != ":":
        return who
    return next((k.i for k in document.kids(verb.i) if k.dep in NOUN_SUBJECTS and k.i > who), who)


def _past_mute(document: Document, verb: Token, who: int | None) -> int | None:
    """Who says what a participle does: not the thing before it that has no voice, "defended the plan saying that"."""
    beside = who is not None and who == verb.i - 1 and verb.tag == "VBG" and verb.dep in ("acl", "advcl")
    if who is None or not beside or document[who].pos != "NOUN":
        return who
    noun = document[who]
    if can_tell(noun) or noun.lower in _PAPER:
        return who
    above = next((t for t in document.ancestors(verb.i) if t.pos in VERBAL), None)
    return speaker(document, above) if above is not None else who


_PAPER = words("grammar", "paper")


def _is_called_something(document: Document, cue: Cue, phrase: list[int]) -> bool:
    """Whether a noun phrase behind a verb is what is called something: "described the report as misleading"."""
    return "as" in cue.takes and phrase[-1] + 1 < len(document) and document[phrase[-1] + 1].lower == "as"


_TELLING = frozenset((CueClass.ASSERTS, CueClass.REPORTS, CueClass.BELIEVES, CueClass.ASKS, CueClass.FEELS))


def _is_empty(document: Document, who: Token, verb: Token) -> bool:
    """Whether a subject names nobody: "it is believed that", "it was important to note"."""
    return who.lower in ("it", "there") and (verb.dep == "xcomp" or is_passive(document, verb))


def _parenthetic(
    document: Document, quotes: Quotes, verb: Token, source: list[int], used: list[int], construction: Construction
) -> list[int]:
    """What "he said" or "as he put it" stands in or after: "It was late, he said, and cold"."""
    below = document.subtree(verb.i)
    heard = verb.lemma in words("speech", "needs a hearer")
    if not heard and any(k.dep == "dobj" and k.lower != "it" for k in document.kids(verb.i)):
        return []
    if verb.dep == "advcl" and document[below[0]].lower == "as" and construction is not Construction.CLAUSE:
        return clause_around(document, verb.i, _as_clause(document, verb, below))
    sentence = document.sentences[verb.sentence]
    first, last = _said(document, verb, source, used, sentence)
    before = first - 1
    if not source or verb.tag == "VBG" or before <= sentence.start or document[before].text not in _COMMAS:
        return []
    if quotes.at[before] is not None or quotes.at[before - 1] is not None:
        return []
    start = next((i + 1 for i in range(before, sentence.start, -1) if document[i].text in (";", ":")), sentence.start)
    return _around_aside(document, quotes, list(range(start, before)), first, last)


def _around_aside(document: Document, quotes: Quotes, left: list[int], first: int, last: int) -> list[int]:
    """What "officials said" stands between: `left`, and what goes on after it."""
    end = document.sentences[document[first].sentence].end
    bare = document.kind(first) is BlockKind.HEADLINE  # "Economy in doldrums, say employers"
    told = left if bare or _has_verb(document, left) else []
    if last + 1 >= end or document[last + 1].text in (".", ";") or quotes.at[last + 1] is not None:
        return told if len(left) > 1 else []
    if document[last + 1].text not in _COMMAS or last + 2 >= end:
        return []
    after = document[last + 2]
    if after.tag in ("VBG", "WDT"):
        return told if after.tag == "VBG" else []  # "it would hold, officials said, citing a survey"
    if document[first].tag in ("WP", "WDT") or (quotes.at[after.i] is not None and told):
        return []
    return [*left, *range(last + 1, end)]


def _as_clause(document: Document, verb: Token, below: list[int]) -> list[int]:
    """The tokens of "as Jo Hill put it", up to the comma that closes it where the parse takes in more."""
    comma = next((i for i in range(verb.i + 1, min(verb.i + 9, below[-1])) if document[i].text in _COMMAS), None)
    opened = below[0] > 0 and document[below[0] - 1].text in _COMMAS
    return [i for i in below if i <= comma] if comma is not None and opened else below


def _said(document: Document, verb: Token, source: list[int], used: list[int], sentence: Sentence) -> tuple[int, int]:
    """The first and last token of "officials said on Monday": source, cue, and when and where it was said."""
    inside = {i for i in (*source, *used) if sentence.start <= i < sentence.end}
    for kid in document.kids(verb.i):
        if kid.dep in words("parse", "behind a cue") and kid.i > verb.i:
            below = document.subtree(kid.i)
            if len(below) <= 8 and not any(document[i].text in _COMMAS for i in below):
                inside.update(below)
    first, last = verb.i, verb.i
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    return first, last


def _has_verb(document: Document, indices: list[int]) -> bool:
    return any(document[i].pos in VERBAL for i in indices)


_FINITE = words("parse", "verb with a source")
_COMMAS = frozenset((",", "--", "—", "–", "-", ";"))


def _noun(document: Document, quotes: Quotes, noun: Token, cue: Cue) -> Draft | None:
    found = noun_complement(document, noun, cue)
    if found is None:
        return None
    source = holder(document, noun)
    return made(document, quotes, noun, [noun.i, *found.cue], source, list(found.content), cue.cls, found.construction)


def _adjective(document: Document, quotes: Quotes, adjective: Token, cue: Cue) -> Draft | None:
    found = noun_complement(document, adjective, cue)
    if found is None:
        return None
    source = experiencer(document, adjective)
    if not source:
        return None
    used = [adjective.i, *found.cue]
    if document[adjective.head].pos == "AUX":
        used.append(adjective.head)
        used += [k.i for k in document.kids(adjective.head) if k.dep == "neg"]
    used += [k.i for k in document.kids(adjective.i) if k.dep in ("neg", "advmod") and k.i < adjective.i]
    return made(document, quotes, adjective, used, source, list(found.content), cue.cls, found.construction)


def _is_voiced(document: Document, lexicon: CueLexicon, noun: Token) -> bool:
    """Whether the verb that a nominal cue is the object of is a cue itself: "voiced concern about"."""
    verb = document[noun.head]
    if noun.dep != "dobj":
        return False
    return any(
        "object" in c.takes and len(c.words) == 1 and c.cls in (CueClass.ASSERTS, CueClass.JUDGES)
        for c in lexicon.verbs.get(verb.lower, ())
    )


def _phrase(document: Document, quotes: Quotes, token: Token, cue: Cue) -> Draft | None:
    used = list(range(token.i, token.i + len(cue.words)))
    last = document[used[-1]]
    if "source" in cue.takes:
        return _with_source(document, quotes, token, cue, used)
    if len(used) > 1:
        content = [i for i in (document.subtree(last.head)) if i > last.i]
    else:
        content = clause_around(document, token.i, used)
    if not content:
        return None
    return made(document, quotes, token, used, [], content, cue.cls, Construction.PARENTHETIC)


def _with_source(document: Document, quotes: Quotes, token: Token, cue: Cue, used: list[int]) -> Draft | None:
    """A draft of "according to the mayor": its content is the clause or the sentence around it."""
    kids = (k for i in reversed(used) for k in document.kids(i))
    noun = next((k for k in kids if k.dep == "pobj" and k.i > used[-1]), None)
    if noun is None or (cue.words == ("per",) and not _tells_per(document, token, noun)):
        return None
    # "according to the mayor and to her deputy"
    also = (k.i for k in document.kids(noun.head) if k.dep in ("cc", "conj") and k.i > noun.i)
    source = list(branches(document, noun.i, *also))
    sentence = document.sentences[token.sentence]
    dropped = {*used, *document.subtree(used[0]), *source}
    end = max(source) + 1
    end += end < sentence.end and document[end].text == ","
    rest = [i for i in range(end, sentence.end) if document[i].pos not in ("PUNCT", "SPACE")]
    if not rest or used[0] == sentence.start:
        content = [i for i in range(sentence.start, sentence.end) if i not in dropped]
    else:
        content = clause_around(document, used[0], dropped)
    return made(document, quotes, token, used, source, content, cue.cls, Construction.ACCORDING)


def _tells_per(document: Document, per: Token, noun: Token) -> bool:
    """Whether "per" names a source, as in "..., per the ministry", and no rate."""
    opened = per.i == document.sentences[per.sentence].start or document[per.i - 1].text in (",", "—", "–")
    return opened and (noun.ent in ("PERSON", "ORG") or (can_tell(noun) and noun.i > per.i + 1))


def made(
    document: Document, quotes: Quotes, head: Token, used: list[int], source: list[int], content: list[int],
    cls: CueClass, construction: Construction, open_: bool = False,
) -> Draft | None:  # fmt: skip
    """A draft of the given tokens, quotations taken whole, marks and cue taken off; None if nothing is left."""
    inside = set(used)
    source = trimmed(document, _named_out(document, [i for i in source if i not in inside]))
    inside.update(source)
    kept = trimmed(document, grown(document, quotes, (i for i in content if i not in inside), inside))
    if not open_ and not any(document[i].pos not in ("PUNCT", "SPACE") for i in kept):
        return None
    return Draft(head.i, tuple(sorted(set(used))), tuple(source), tuple(kept), cls, construction, open_)


def _called(document: Document, quotes: Quotes, verb: Token) -> list[int]:
    """What is called what, where the parse makes one object of both: "called the pact “madness”"."""
    content = list(branches(document, *(k.i for k in document.kids(verb.i) if k.dep == "dobj")))
    after = content[-1] + 1 if content else len(document)
    if after < len(document) and quotes.at[after] is not None and quotes.at[after - 1] is None:
        # what it is called hangs on something else: "said Hill, who called it “madness”"
        content += range(*document.range(quotes.quotations[quotes.at[after] or 0].outer))
    return content if any(quotes.at[i] is not None for i in content) else []


def _named_out(document: Document, source: list[int]) -> list[int]:
    """A source with the rest of a name that the parse cuts off: "curator" in "curator Jo Hill"."""
    last = document[source[-1]] if source else None
    if last is None or last.pos not in NOUNS:
        return source
    i = last.i + 1
    while i < len(document) and document[i].pos == "PROPN" and document[i].sentence == last.sentence:
        i += 1
    return [*source, *range(last.i + 1, i)]
