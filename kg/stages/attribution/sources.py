"""Attributions and entities -> attributions whose sources are resolved to entities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from ...language.lexicon import words
from ...language.quotes import Quotes, find_quotations
from ...language.syntax import NOMINAL, NOUN_SUBJECTS, NOUNS, child, has
from ...records.attribution import Attribution, Form
from ...records.entity import Entity
from ...records.mention import EntityType, MentionKind
from ...text.article import Span
from ...text.blocks import BlockKind
from ...text.document import Document, Token
from ..entities.leads import LETTERS
from ..entities.names import is_person_noun, lexicon
from .book import Book, tokens_of, top_of
from .citing import CITING, beside_name, hosts, only_cites
from .described_sources import beside, by_name, described, remember
from .joint_sources import joint, of_two
from .nouns import NEUTRAL, PLURAL, RELATIVE, THIRD_PERSON, can_tell, is_first_person
from .pronouns import THEY, antecedent, named_within, pronoun_of
from .quoting import QUOTING, passer, quoter

_ALWAYS_BACKWARDS = THIRD_PERSON | NEUTRAL | THEY
_SOMEBODY = words("speech", "somebody")


def resolve_sources(
    document: Document, attributions: tuple[Attribution, ...], entities: tuple[Entity, ...]
) -> tuple[tuple[Attribution, ...], tuple[Entity, ...]]:
    """Each attribution with the entity that speaks; sources left unnamed become entities of their own.

    One somebody ("a resident", "her lawyer") is a Person, several ("two
    officials") are a Group, what is printed is a Document, a body an
    Organization.

    A source may be a name, a pronoun, a description, a relative pronoun, or
    nothing where a quotation continues; "I" and "we" in a quotation mean its
    speaker. What nobody can tell stays None.
    """
    book = _opened(document, entities)
    done: dict[str, Attribution] = {}
    leading: set[int] = set()
    last: tuple[int, str | None, tuple[str, ...]] | None = None
    quotes = find_quotations(document)
    citing = [a for a in attributions if only_cites(document, a)]
    passed_over = {a.id for a in citing}
    told = [a for a in attributions if a.id not in passed_over]
    cited = hosts(document, told, citing)
    for attribution in told:
        if attribution.source:
            speaker = done[attribution.parent].entity if attribution.parent in done else None
            who, together = _credited(document, book, quotes, attribution, speaker)
            cue = tokens_of(document, attribution.cue)
            if who is not None and attribution.parent is None and not _is_aside(document, cue, leading):
                book.spoken.append((document.range(attribution.source[0])[0], who))
                leading.update(cue)
        else:
            who, together = _continuing(document, book, attribution, last)
        if _is_topic(document, book, attribution, who):
            continue
        if who is not None and _is_measure(document, book, attribution, who):
            who, together = None, ()
        via = _via(document, book, attribution)
        if who is None and not attribution.source and attribution.cue:
            who, via = via, None  # "the court heard from Peter Hall that"
        if via is None and attribution.id in cited:
            via = _informant(document, book, cited[attribution.id])
        done[attribution.id] = replace(attribution, entity=who, via=via if via != who else None, joint=together)
        if attribution.parent is None and not _is_quoted(document, quotes, attribution.source):
            last = document.range(attribution.content[-1])[1] - 1, who, together
    kept = [done[a.id] for a in told if a.id in done]
    found = tuple(a if a.parent is None or a.parent in done else replace(a, parent=None) for a in kept)
    idle = {e.id for e in entities if not e.named} - {who for a in found for who in (*a.speakers, a.via)}
    return found, tuple(e for e in _rebuilt(book, entities) if e.id not in idle)


def _credited(
    document: Document, book: Book, quotes: Quotes, attribution: Attribution, speaker: str | None
) -> tuple[str | None, tuple[str, ...]]:
    """Who says it, and who says it with him."""
    source = tokens_of(document, attribution.source)
    both = of_two(document, book, document[top_of(document, source)])
    if both is not None:
        return both[0], both[1:]
    who = _source(document, book, source, speaker)
    if who is not None and _is_meant_outside(document, book, quotes, attribution.source, who):
        who = None
    return who, _together(document, book, attribution, who, speaker)


def _is_aside(document: Document, cue: Sequence[int], leading: set[int]) -> bool:
    """Whether a cue hangs on that of another speaker: "Bell said it was not as bad as Hill believed"."""
    below = document[cue[0]] if cue else None
    while below is not None and below.head != below.i and below.head not in leading:
        below = document[below.head]
    return below is not None and below.head != below.i and below.i not in cue and below.dep != "conj"


def _opened(document: Document, entities: tuple[Entity, ...]) -> Book:
    """A book with the entities that are known, and what is described of them."""
    book = Book(document)
    for entity in entities:
        book.enter(entity.id, entity.type, entity.name, named=entity.named, gender=entity.gender)
        for mention in entity.mentions:
            book.note(entity.id, mention)
            if not entity.named and mention.kind is MentionKind.NOMINAL:
                remember(document, book, entity.id, document[top_of(document, tokens_of(document, (mention.span,)))])
    return book


def _rebuilt(book: Book, entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    old = {e.id: e for e in entities}
    rebuilt = []
    for entity, name in book.names.items():
        mentions = tuple(sorted(book.mentions[entity], key=lambda m: m.span))
        kept = old.get(entity)
        if kept is None:
            rebuilt.append(Entity(entity, book.types[entity], name, mentions, book.named[entity], book.genders[entity]))
        else:
            rebuilt.append(kept if len(mentions) == len(kept.mentions) else replace(kept, mentions=mentions))
    return tuple(rebuilt)


def _source(document: Document, book: Book, tokens: Sequence[int], speaker: str | None) -> str | None:
    """Whom the words of a source mean; `speaker` is who says the quotation that they stand in."""
    token = _meant(document, book, document[top_of(document, tokens)])
    if token is None:
        return None
    if is_first_person(token):
        return speaker
    if (holder := _holder(document, book, tokens, token)) is not None:
        return holder
    if token.i in book.at:
        return book.at[token.i][0]
    several = token.lower in PLURAL and token.pos in ("PRON", "DET")
    told_of = several and has(document, token.i, "prep", "relcl", "acl")  # "those with later sleep": nobody before
    if token.lower in THIRD_PERSON | NEUTRAL or (several and not told_of):
        who = pronoun_of(document, book, token)
        if token.lower not in _ALWAYS_BACKWARDS and who is not None and book.types[who] is EntityType.ORGANIZATION:
            who = None  # "Some said they were beaten" after "Amnesty said": some of its people at best
        if who is not None:
            book.mention(who, token.i, token.i, MentionKind.PRONOUN)
        if who is not None or token.lower in _ALWAYS_BACKWARDS:
            return who
    elif token.pos == "PRON" and token.text != "US" and token.lower not in _SOMEBODY and not told_of:
        return None
    return beside(document, book, token) or by_name(document, book, token) or described(document, book, token)


def _together(
    document: Document, book: Book, attribution: Attribution, who: str | None, speaker: str | None
) -> tuple[str, ...]:
    """Who says it with the one whom a source names first; `speaker` is who says the quotation that they stand in."""
    if who is None:
        return ()

    def meant(i: int) -> str | None:
        return _source(document, book, document.subtree(i), speaker)

    return joint(
        document, book, tokens_of(document, attribution.source), tokens_of(document, attribution.cue), who, meant
    )


def _holder(document: Document, book: Book, tokens: Sequence[int], post: Token) -> str | None:
    """Who is named at the end of a source, behind his posts, where the parse has another word for the head.

    "Union official Omar al-Hadi", "Mayor of Leeds and Party Chairman Jo Hill", "a researcher there, Jo Hill";
    not "a spokesman for Chairman Jo Hill", who is named only as whose spokesman it is.
    """
    if tokens[-1] not in book.at:
        return None
    who, mention = book.at[tokens[-1]]
    name = document.range(mention.span)[0]
    if book.types[who] is not EntityType.PERSON or not tokens[0] <= post.i < name:
        return None
    while name > post.i + 1 and document[name - 1].lower.rstrip(".") in lexicon().honorifics:
        name -= 1
    start, titled = _post_before(document, book, name, tokens[0])
    owner = document[start - 1]
    owned = start > tokens[0] and (owner.pos == "DET" or owner.tag in ("POS", "PRP$"))
    if start - owned == tokens[0]:
        return who
    if owner.tag == "POS":  # "the Bureau of Roads's Jo Hill", not "a friend of Norway's Jo Hill"
        apart = is_person_noun(post.lemma.lower()) or _is_named_person(book, post.i)
        return None if apart else who
    left = document[start - 1 - owned]
    others = {book.at[i][0] for i in range(post.i + 1, name) if i in book.at and document[i + 1].tag != "POS"} - {who}
    if any(book.types[other] is EntityType.PERSON for other in others):
        return None
    return who if _leads_to(document, post, left, range(start, name), titled, owned) else None


def _leads_to(document: Document, post: Token, left: Token, title: range, titled: bool, owned: bool) -> bool:
    """Whether what stands before the words right before a name says who that is: "a researcher there, |Jo Hill".

    `left` is the comma, "and" or preposition before these words; `titled` is whether they name a post, `owned`
    whether an article or owner opens them.
    """
    one = _is_one_person(post)
    beside = document[left.i - 1]
    if left.text == ",":
        another = _is_one_person(beside) and beside.dep == "pobj" and beside.i != post.i  # "for the president, Jo Hill"
        return not another and (titled or one or _is_one_person(beside))
    if left.lower == "and":
        return titled and one and not owned and not has(document, post.i, "det", "poss")
    field = not titled and any(document[i].pos in NOUNS for i in title)  # "Superintendent of Police |Jo Hill"
    if left.pos != "ADP" or not field or (owned and document[title[0]].text[0].islower()):
        return False
    noun = beside if _is_one_person(beside) else post
    return _is_one_person(noun) and noun.lemma.lower() not in _OF_SOMEBODY


_OF_SOMEBODY = words("entities", "relative") | words("claims", "speaks for somebody")
"""Nouns behind which a preposition leads to somebody else: "the father of", "a lawyer for"."""


def _is_named_person(book: Book, i: int) -> bool:
    """Whether a token belongs to the name of a person."""
    return i in book.at and book.at[i][1].kind is MentionKind.NAME and book.at[i][1].type is EntityType.PERSON


def _is_one_person(noun: Token) -> bool:
    """Whether a noun is said of one human being, and in the singular."""
    return noun.tag in ("NN", "NNP") and is_person_noun(noun.lemma.lower())


def _post_before(document: Document, book: Book, name: int, low: int) -> tuple[int, bool]:
    """Where the words begin that stand before a name without a preposition, comma or article between, and whether they
    name a post; of a field, "Women and Welfare", not a post, both halves."""
    start, titled = name, False
    while start > low:
        token = document[start - 1]
        mention = book.at[token.i][1] if token.i in book.at else None
        if mention is not None and mention.kind is MentionKind.NAME and not _is_named_person(book, token.i):
            start = max(low, document.range(mention.span)[0])
        elif (
            token.pos in _IN_POST
            or token.text in _MARKS_IN_POST
            or (token.lower == "and" and start < name and not titled and not _is_named_person(book, token.i - 1))
        ):
            start -= 1
            ends = start + 1 == name or document[start + 1].pos not in NOMINAL  # "Local |Transport" is not a local
            titled |= ends and is_person_noun(token.lemma.lower())
        else:
            break
    return start, titled


_IN_POST = NOUNS | {"ADJ"}
_MARKS_IN_POST = frozenset("-&()")


def _meant(document: Document, book: Book, token: Token) -> Token | None:
    """The word that a source's head stands for: the name before its letters, what "who" takes up; None if nothing."""
    if token.text in LETTERS and token.i - 1 in book.at:
        token = document[token.i - 1]
    relative = token.lower in RELATIVE and token.tag in words("parse", "relative pronoun")
    if not relative or (token.text == "WHO" and token.i in book.at):
        return token
    noun = antecedent(document, token)
    return document[noun] if noun is not None else None


_PARAGRAPHS = 6
"""Paragraphs after a speaker's last words in which a quotation without a cue is still his."""


def _continuing(
    document: Document, book: Book, attribution: Attribution, last: tuple[int, str | None, tuple[str, ...]] | None
) -> tuple[str | None, tuple[str, ...]]:
    """Who goes on in a quotation without a cue, with whom: who spoke last, not far before, and is not named in it."""
    at, who, together = last or (0, None, ())
    if attribution.cue or who is None:
        return None, ()
    content = tokens_of(document, attribution.content)
    far = document[content[0]].block - document[at].block > _PARAGRAPHS
    others = far or _is_another_between(document, book, who, at, content[0])
    return (None, ()) if others or named_within(document, book, who, content, True) else (who, together)


def _is_another_between(document: Document, book: Book, who: str, at: int, first: int) -> bool:
    """Whether a sentence between two quotations is of somebody else: "But Ann Bell was adamant. "It is safe."."""
    for token in document.tokens[at + 1 : first]:
        verb = document[token.head]
        leads = token.dep in NOUN_SUBJECTS and verb.dep in ("ROOT", "conj")
        if not leads or token.sentence == document[at].sentence:
            continue
        if token.i in book.at:
            other = book.at[token.i][0]
            if other != who and book.types[other] in _SPEAKERS:
                return True
        elif can_tell(token):
            return True
    return False


_SPEAKERS = (EntityType.PERSON, EntityType.ORGANIZATION, EntityType.GROUP)


def _is_quoted(document: Document, quotes: Quotes, source: tuple[Span, ...]) -> bool:
    """Whether a source stands inside a quotation: nobody whom only somebody's words name speaks after them.

    Marks around a word inside a quotation may break it: what follows an odd
    number of marks in a paragraph is quoted all the same.
    """
    if not source:
        return False
    i = document.range(source[0])[0]
    before = document.text[document.blocks[document[i].block].span.start : source[0].start]
    return quotes.at[i] is not None or sum(c in _DOUBLE for c in before) % 2 == 1


def _is_topic(document: Document, book: Book, attribution: Attribution, who: str | None) -> bool:
    """Whether the topic of a headline stands before its colon, "Peru: Police used force", or where a report is from."""
    if who is None or not attribution.source:
        return False
    if _is_dateline(document, book, attribution, who):
        return True
    if attribution.form is Form.DIRECT:
        return False
    named = book.named[who] and book.types[who] not in (EntityType.PLACE, EntityType.EVENT)
    if named or can_tell(document[top_of(document, tokens_of(document, attribution.source))]):
        return False
    cue = tokens_of(document, attribution.cue)
    headed = bool(cue) and document[cue[0]].text == ":" and document.kind(cue[0]) is BlockKind.HEADLINE
    return headed and attribution.source[:1] < attribution.cue[:1]


def _is_dateline(document: Document, book: Book, attribution: Attribution, who: str) -> bool:
    """Whether a place in capitals opens the paragraph before a colon: "REDHOLM: Police closed the road"."""
    first, cue = attribution.source[0].start, attribution.cue[:1]
    block = document.blocks[document[document.range(attribution.source[0])[0]].block]
    opens = first == block.span.start and bool(cue) and document.article.quote(cue[0]) == ":"
    shouted = all(document.article.quote(span).isupper() for span in attribution.source)
    return opens and shouted and book.types[who] is EntityType.PLACE


def _is_measure(document: Document, book: Book, attribution: Attribution, who: str) -> bool:
    """Whether "it" shows something by itself, as no body does: "a rate matters as it indicates how prices move"."""
    cue, source = tokens_of(document, attribution.cue), tokens_of(document, attribution.source)
    shows = any(document[i].lemma in words("speech", "shows by itself") for i in cue)
    it = len(source) == 1 and document[source[0]].lower == "it"
    return shows and it and book.types[who] not in (EntityType.DOCUMENT, EntityType.PERSON)


def _is_meant_outside(document: Document, book: Book, quotes: Quotes, source: tuple[Span, ...], who: str) -> bool:
    """Whether a pronoun in somebody's quoted words is taken for one whom they do not name: "“They told us so”"."""
    token = document[document.range(source[0])[0]]
    q = quotes.at[token.i]
    if q is None or token.lower not in _ALWAYS_BACKWARDS:
        return False
    named = (m.span for m in book.mentions[who] if m.kind is not MentionKind.PRONOUN)
    return all(quotes.at[document.range(span)[0]] != q for span in named)


_DOUBLE = frozenset('"“”')


def _via(document: Document, book: Book, attribution: Attribution) -> str | None:
    """Through whom a source has it: "reported from witnesses", "said, citing aid groups", "was quoted by the paper"."""
    cue, source = tokens_of(document, attribution.cue), tokens_of(document, attribution.source)
    for i in cue:
        if document[i].lemma in QUOTING and cue[-1] - i <= 30:
            noun = quoter(document, document[i])
            if noun is not None and noun.i not in source:
                return _source(document, book, document.subtree(noun.i, {document[i].i}), None)
        for kid in document.kids(i):
            who = _informant(document, book, _had_from(document, document[i], kid) or _mouthpiece(document, kid))
            if who is not None:
                return who
    cited = beside_name(document, document[top_of(document, source)]) if source else None
    if cited is not None and (who := _informant(document, book, cited)) is not None:
        return who
    passing = _informant(document, book, passer(document, cue)) if source else None
    if passing is not None:
        return passing
    citing = _citing_after(document, source) or _citing_after(document, cue)
    return _informant(document, book, child(document, citing, "dobj", "pobj")) if citing is not None else None


def _had_from(document: Document, cue: Token, kid: Token) -> Token | None:
    """The noun of "reported from witnesses", or of "citing aid groups" under a cue."""
    if kid.lower == "from" and cue.lemma in words("speech", "has it from"):
        return child(document, kid.i, "pobj")
    return child(document, kid.i, "dobj", "pobj") if kid.lower in CITING else None


def _mouthpiece(document: Document, kid: Token) -> Token | None:
    """The lawyer of "said through his lawyer", and of "speaking through his lawyer, he said"."""
    if kid.dep == "advcl" and kid.tag == "VBG":
        return next((noun for k in document.kids(kid.i) if (noun := _mouthpiece(document, k)) is not None), None)
    return child(document, kid.i, "pobj") if kid.lower in ("through", "via") else None


def _citing_after(document: Document, source: Sequence[int]) -> int | None:
    """The "citing" in a source or cue, or right after it."""
    near = range(source[-1] + 1, min(source[-1] + 4, len(document))) if source else range(0)
    for i in chain(source, near):
        token = document[i]
        if token.lower in CITING and i > source[0]:
            return i
        if i > source[-1] and token.text != "," and token.pos != "ADV":
            return None
    return None


def _informant(document: Document, book: Book, noun: Token | None) -> str | None:
    """The entity of a noun that can know something: a person, a body, witnesses, a report; not a place."""
    if noun is not None and noun.i in book.at:
        who = book.at[noun.i][0]
        return who if book.types[who] not in (EntityType.PLACE, EntityType.EVENT) else None
    if noun is not None and can_tell(noun):
        return described(document, book, noun)
    return None
