"""Who cannot be the source: who was told, what has no voice, a label before a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ...language.lexicon import words
from ...language.quotes import Quotes
from ...language.syntax import (
    FINITE,
    NOMINAL,
    NOUN_SUBJECTS,
    VERBAL,
    child,
    has,
    has_word,
    in_passive,
    is_infinitive,
    is_passive,
    speaker,
    undergoer,
)
from ...text.blocks import BlockKind
from ...text.document import Document, Token
from .asides import FARTHEST_TALE, scorned
from .constructions import Construction
from .cues import CueClass
from .drafts import Draft
from .frames import LIGHT_TURNED, holder
from .headings import in_headings
from .hearers import by_teller, of_sender, past_hearer
from .nouns import DOCUMENTS, can_tell

_AFTER_WHOM = frozenset((".", ",", ";", "that"))
_LONGEST = 4
"""Words between "told" and the verb of what was told, where they are its subject."""


def in_right_mouths(
    document: Document, quotes: Quotes, drafts: Iterable[tuple[Draft, float]]
) -> list[tuple[Draft, float]]:
    """The drafts, each with its confidence, without sources that heard it; what only a thing could say goes."""
    found = []
    drafts = list(drafts)
    labels = {i for d, _ in drafts if d.construction is Construction.LABEL for i in (*d.source, *d.cue)}
    cues = {i: d for d, _ in sorted(drafts, key=lambda pair: len(pair[0].cue)) for i in d.cue}
    for one, sure in drafts:
        if (
            _is_headed(document, one, drafts)
            or _is_said_whole(document, one, drafts)
            or _is_said_again(document, one, cues)
        ):
            continue
        draft = _said_by_doer(document, _after_labels(one, labels))
        draft = _of_owned(document, _before_hearers(document, draft))
        draft = of_sender(document, _behind_participle(document, in_headings(document, draft)))
        draft = _of_paper(document, _past_relative(document, past_hearer(document, draft)))
        source = _outside_marks(quotes, draft, _unlabelled(document, draft.source))
        if draft.source and (not source or _is_mute(document, source)):
            continue
        if _hearer_of(document, draft) is not None or _dangles(document, draft):
            continue
        if _is_anothers(document, draft):
            if _is_told_by_its_verb(document, draft, drafts):
                continue
            draft, source = replace(draft, source=()), ()
        draft = _of_scorned(document, draft)
        untrue = _told_untrue(document, draft)
        draft, source = untrue, source if untrue is draft else untrue.source
        found.append(
            (_of_blamed(document, by_teller(document, _unheard(document, replace(draft, source=source)))), sure)
        )
    return found


def _is_headed(document: Document, draft: Draft, drafts: Iterable[tuple[Draft, float]]) -> bool:
    """Whether a headline names behind the words who says them, no topic before a colon: "Poll: ..., says Holt"."""
    if draft.construction is not Construction.LABEL or document.kind(draft.cue[0]) is not BlockKind.HEADLINE:
        return False
    held = set(draft.content)
    return any(
        d.head is not None and d.construction is not Construction.LABEL and held <= {*d.content, *d.cue, *d.source}
        for d, _ in drafts
    )


def _is_said_whole(document: Document, draft: Draft, drafts: Iterable[tuple[Draft, float]]) -> bool:
    """Whether nobody demands it but who says the whole clause: "Drivers are urged to turn back, police said"."""
    verb = document[draft.head] if draft.head is not None and draft.cls is CueClass.DEMANDS else None
    if verb is None or draft.source or not is_passive(document, verb):
        return False
    around = (set(d.content) for d, _ in drafts if d.source and verb.i in d.content)
    return any(verb.head not in content for content in around)


def _is_said_again(document: Document, draft: Draft, cues: Mapping[int, Draft]) -> bool:
    """Whether another statement has it better: "quoted Reed as saying it", "Reed said he had, as Moss had claimed"."""
    head = document[draft.head] if draft.head is not None else None
    if head is None:
        return False
    if head.lemma == "quote":
        return cues.get(head.i, draft) is not draft
    as_ = head.dep == "advcl" and has_word(document, head.i, ("mark",), ("as",))
    return as_ and any(cues.get(i, draft) is not draft for i in draft.content)


def _after_labels(draft: Draft, labels: set[int]) -> Draft:
    """The draft without the label of a turn before its content: "HOLM: It works, Ruiz says, if it rains"."""
    first = next((n for n, i in enumerate(draft.content) if i not in labels), 0)
    return replace(draft, content=draft.content[first:]) if first else draft


def _said_by_doer(document: Document, draft: Draft) -> Draft:
    """A draft without a source with who does what its verb says: "Hill, a critic, mocked it and added that"."""
    head = document[draft.head] if draft.head is not None else None
    if draft.source or head is None or head.pos != "VERB" or is_passive(document, head):
        return draft
    who = None if is_infinitive(document, head.i) else speaker(document, head)
    if who is None or not _may_speak(document[who]):
        return draft
    joined = document[head.i - 1].text == "," or document[head.i - 1].lower in words("speech", "before a participle")
    if head.tag in _NOT_FINITE and not (joined and document[who].tag not in ("WP", "WDT")):
        return draft  # "Hill compared it to Blom once touting it"
    taken = {*draft.cue, *draft.content}
    return replace(draft, source=tuple(i for i in document.subtree(who, {head.i}) if i not in taken))


_NOT_FINITE = frozenset(("VBG", "VB"))


def _may_speak(token: Token) -> bool:
    """Whether a word names somebody, or stands for somebody or something that tells."""
    personal = token.tag in ("PRP", "WP", "WDT")
    return personal or token.ent in ("PERSON", "ORG", "NORP") or can_tell(token)


def _before_hearers(document: Document, draft: Draft) -> Draft:
    """A draft whose source is no hearer behind the verb, but the name before an aside: "Tsonga, seeded 12, told"."""
    head = document[draft.head] if draft.head is not None else None
    if head is None or not draft.source or head.lemma not in words("speech", "needs a hearer"):
        return draft
    if draft.source[0] != draft.cue[-1] + 1 or document[head.i - 1].text != ",":
        return draft
    start = document.sentences[head.sentence].start
    comma = next((i for i in range(head.i - 2, max(start, head.i - _ASIDE), -1) if document[i].text == ","), start)
    first = comma
    while first > start and document[first - 1].text[:1].isupper():
        first -= 1
    return replace(draft, source=tuple(range(first, comma)))


_ASIDE = 9
"""Tokens of an aside between a name and the verb: ", a former soldier in Leeds,"."""


def _is_anothers(document: Document, draft: Draft) -> bool:
    """Whether a claim is credited to who only deals with it: "examined claims that it fell", not "repeated claims"."""
    noun = document[draft.head] if draft.head is not None and draft.source else None
    if noun is None or noun.lower not in words("speech", "claim") or holder(document, noun):
        return False
    verb = document[noun.head]
    deals = noun.pos == "NOUN" and verb.lemma not in _STANDS_BY
    return deals and speaker(document, verb) in draft.source


def _is_told_by_its_verb(document: Document, draft: Draft, drafts: Iterable[tuple[Draft, float]]) -> bool:
    """Whether what somebody does with the claim is a statement itself: "rubbished claims that it fell"."""
    return draft.head is not None and any(other.head == document[draft.head].head for other, _ in drafts)


_STANDS_BY = words("speech", "stands by a claim") | words("speech", "light verb") - LIGHT_TURNED


def _of_owned(document: Document, draft: Draft) -> Draft:
    """The draft of "His wife, Ruth, was blunter: ..." with the wife for its source, not with him."""
    colon = len(draft.source) == 1 and bool(draft.cue) and document[draft.cue[0]].text == ":"
    owner = document[draft.source[0]] if colon else None
    if owner is None or owner.tag != "PRP$":
        return draft
    noun = document[owner.head]
    if noun.dep not in NOUN_SUBJECTS or noun.i in draft.content:
        return draft
    clauses = {k.i for k in document.kids(noun.i) if k.dep in words("parse", "clause that a noun takes")}
    return replace(draft, source=tuple(document.subtree(noun.i, clauses)))


def _behind_participle(document: Document, draft: Draft) -> Draft:
    """The draft of "Jailing Karl Moss, Judge Eva Stone said" without whom the participle is about."""
    first = document[draft.source[0] if draft.source else 0]
    opens = first.i == document.sentences[first.sentence].start and first.lower.endswith("ing")
    comma = next((i for i in draft.source if document[i].text == ","), None)
    if not draft.source or not opens or comma is None or draft.source[-1] == comma or first.ent == "ORG":
        return draft
    rest = tuple(i for i in draft.source if i > comma)
    named = (
        all(document[i].pos in words("parse", "inside a noun phrase") for i in rest)
        and document[rest[0]].text[0].isupper()
    )
    return replace(draft, source=rest) if named else draft


def _past_relative(document: Document, draft: Draft) -> Draft:
    """A draft whose source is the sentence's subject, where a clause of "that" stands before ", saying"."""
    head = document[draft.head] if draft.head is not None else None
    if head is None or head.tag != "VBG" or document[head.i - 1].text != "," or len(draft.source) != 1:
        return draft
    if document[draft.source[0]].lower not in ("that", "which"):
        return draft
    sentence = document.sentences[head.sentence]
    root = next((i for i in range(sentence.start, sentence.end) if document[i].dep == "ROOT"), head.i)
    subject = child(document, root, "nsubj")
    return replace(draft, source=tuple(document.subtree(subject.i)) if subject is not None else ())


def _of_paper(document: Document, draft: Draft) -> Draft:
    """A draft whose source is the paper before its participle: "read out a letter calling the plan a theft"."""
    head = document[draft.head] if draft.head is not None else None
    if head is None or head.tag != "VBG" or head.i == 0 or head.i - 1 in draft.source:
        return draft
    paper = document[head.i - 1]
    if paper.sentence != head.sentence:
        return draft  # "Teacher speaks of a letter", and below that headline "Calling the plan a theft, Reed said"
    if paper.tag not in ("NN", "NNS") or paper.lemma.lower() not in DOCUMENTS or paper.i in draft.content:
        return draft
    maker = document[paper.head]
    if maker.lemma in words("speech", "makes a paper") and draft.source:
        return draft
    phrase = [i for i in document.subtree(paper.i) if i <= paper.i]
    return replace(draft, source=tuple(range(phrase[0], paper.i + 1)))


def _dangles(document: Document, draft: Draft) -> bool:
    """Whether a participle opens a sentence about others: "since declaring it over, 1,000 people have come"."""
    head = document[draft.head] if draft.head is not None else None
    if head is None or head.tag != "VBG" or not draft.source or not head.i < draft.content[0] < draft.source[0]:
        return False
    inside = set(draft.source)
    top = next(document[i] for i in draft.source if document[i].head not in inside or document[i].head == i)
    return has(document, top.i, "nummod") or not (_may_speak(top) or top.pos == "PROPN")


def _hearer_of(document: Document, draft: Draft) -> int | None:
    """The verb of telling before a noun that the parse takes for a verb of saying: "told the BBC claims that ...".

    Or the one that denies: "denied as untrue, reports that ...".
    """
    tale = document[draft.head] if draft.head is not None else None
    if tale is None or tale.lower not in words("speech", "claim", "tale"):
        return None
    if any(scorned(document, document[i]) == tale.i for i in range(max(0, tale.i - FARTHEST_TALE), tale.i)):
        return tale.i
    i = tale.i - 1
    while i > tale.i - _LONGEST - 1 and i >= 0 and document[i].pos in (*NOMINAL, "DET"):
        i -= 1
    return i if i >= 0 and i < tale.i - 1 and document[i].lemma in words("speech", "needs a hearer") else None


def _of_scorned(document: Document, draft: Draft) -> Draft:
    """The draft of "denied as untrue, reports that he lied" with the reports for what is denied."""
    tale = scorned(document, document[draft.head]) if draft.head is not None else None
    if tale is None:
        return draft
    last = document.sentences[document[tale].sentence].end - 1
    content = tuple(range(tale, last + (document[last].pos != "PUNCT")))
    return replace(draft, content=content, cls=CueClass.DENIES, construction=Construction.OBJECT)


def _told_untrue(document: Document, draft: Draft) -> Draft:
    """The draft of "told the BBC claims that it fell were false" as what it is: he denies that it fell."""
    head = document[draft.head] if draft.head is not None else None
    if head is None or head.lemma not in words("speech", "needs a hearer") or in_passive(document, head.i):
        return draft
    end = document.sentences[head.sentence].end
    near = range(head.i + 2, min(head.i + 3 + _LONGEST, end - 3))
    opens = ("that", "of")
    tales = words("speech", "claim")
    tale = next((i for i in near if document[i].lower in tales and document[i + 1].lower in opens), None)
    last = end - 1 - (document[end - 1].pos == "PUNCT")
    denied = document[last].lower in words("speech", "untrue")
    be = next((i for i in range(last, last - 4, -1) if document[i].lemma == "be"), None)
    who = child(document, head.i, "nsubj")
    refused = denied or (document[last].lower in ("true", "correct") and document[last - 1].lower in ("not", "n't"))
    if tale is None or be is None or who is None or not refused or be <= tale + 2:
        return draft
    source = tuple(document.subtree(who.i))
    content = tuple(range(tale + 2, be))
    return replace(draft, source=source, content=content, cls=CueClass.DENIES, construction=Construction.OBJECT)


def _outside_marks(quotes: Quotes, draft: Draft, source: tuple[int, ...]) -> tuple[int, ...]:
    """The source of a cue outside quotation marks; nobody where it is a part of quoted words, as a slogan."""
    q = quotes.at[source[0]] if source and draft.head is not None and quotes.at[draft.head] is None else None
    if q is None or any(quotes.at[i] != q for i in source):
        return source
    more = sum(at == q for at in quotes.at[max(0, source[0] - _FEW) : source[-1] + _FEW]) - len(source)
    return () if more >= _FEW else source


_FEW = 4
"""Tokens of a quotation besides a name in it, the marks among them, from which on it is more than that name."""


def _of_blamed(document: Document, draft: Draft) -> Draft:
    """The draft with who did what he is blamed for: the men of "police held the men for promising them gold"."""
    at = document[draft.head] if draft.head is not None else None
    while at is not None and at.tag == "VBG" and at.dep == "pcomp":
        above = document[document[at.head].head]
        whom = undergoer(document, above.i) or child(document, above.i, "dobj")
        if above.lemma in words("grammar", "blames its object") and whom is not None and whom.i < at.i:
            return replace(draft, source=tuple(document.subtree(whom.i, {above.i})))
        at = above
    return draft


def _unlabelled(document: Document, source: tuple[int, ...]) -> tuple[int, ...]:
    """A source without a label before it: "Correction: an earlier version"; nothing of one that is a label."""
    first = document[source[0]].lower if source else ""
    colon = next((n for n, i in enumerate(source) if document[i].text == ":"), None)
    opens = bool(source) and document[source[0]].block != document[max(0, source[0] - 1)].block
    if first not in words("speech", "label") and not (opens and colon is not None):
        return source
    if colon is not None:
        return source[colon + 1 :]
    alone = len(source) < 3 and source[-1] + 1 < len(document) and document[source[-1] + 1].text == ":"
    return () if alone else source


def _is_mute(document: Document, source: tuple[int, ...]) -> bool:
    """Whether the noun of a source is weather, or what else happens and has no voice."""
    inside = set(source)
    tops = [document[i] for i in source if document[i].head not in inside or document[i].head == i]
    return bool(tops) and all(t.pos == "NOUN" and t.lemma.lower() in words("speech", "cannot speak") for t in tops)


def _unheard(document: Document, draft: Draft) -> Draft:
    """The draft without a source that is who was told: "the knife lay in a drawer, justices told"."""
    head = document[draft.head] if draft.head is not None else None
    if head is None or head.pos not in VERBAL or not draft.source or draft.construction is Construction.RELAYED:
        return draft
    subjects = [k.i for k in document.kids(head.i) if k.dep in NOUN_SUBJECTS]
    if not set(draft.source) & set(subjects) and draft.source[-1] != draft.cue[0] - 1:
        return draft
    if head.lemma in words("speech", "is hearing"):
        return replace(draft, source=())
    return _without_told(document, draft, head) if head.lemma in words("speech", "needs a hearer") else draft


def _without_told(document: Document, draft: Draft, head: Token) -> Draft:
    """The draft without its source where a verb that needs a hearer has him for its subject."""
    if any(document[i].pos == "PRON" for i in draft.source) or head.tag not in ("VBD", "VBN"):
        return draft
    if _tells_how(document, head):
        return draft
    nobody = not has(document, head.i, "dobj", "dative") and draft.content[0] == head.i + 1
    ends = head.i + 1 >= len(document) or document[head.i + 1].block != head.block
    if nobody or ends or document[head.i + 1].lower in _AFTER_WHOM:
        return replace(draft, source=())
    subject = _subject_of_told(document, head, draft.content)
    return replace(draft, source=(), content=(*subject, *draft.content)) if subject else draft


def _tells_how(document: Document, head: Token) -> bool:
    """Whether a verb that needs a hearer does without: "has told of it", "told how she fled"; not "told how to"."""
    ahead = [t.lower for t in document.tokens[head.i + 1 : head.i + 3]]
    how = ahead[:1] == ["how"] and ahead != ["how", "to"]
    return how or has_word(document, head.i, ("aux",), ("has", "have"))


def _subject_of_told(document: Document, head: Token, content: tuple[int, ...]) -> tuple[int, ...]:
    """The words between "told" and a content that lacks its subject: "justices told officers had found it"."""
    first = document[content[0]]
    between = tuple(range(head.i + 1, content[0]))
    if first.tag not in FINITE or not 0 < len(between) <= _LONGEST:
        return ()
    return between if all(document[i].pos in (*NOMINAL, "DET", "ADJ", "NUM") for i in between) else ()
