"""What speaks for a type where a name stands, each thing by its name; its points are in `data/names/evidence.tsv`."""

from __future__ import annotations

from functools import cache

from ...language.lexicon import words
from ...language.syntax import NOUN_SUBJECTS, heads_a_clause
from ...records.mention import EntityType
from ...resources import rows
from ...text.blocks import BlockKind
from ...text.document import Document, Token
from .candidate import Candidate, is_capital
from .gazetteer import Gazetteer
from .leads import is_lead
from .names import HEAD_TYPES, PARTICLES, is_acronym, lexicon, plain
from .post_evidence import (
    place_post_after,
    post_after,
    post_before,
    post_in_event,
    seat_in_front,
    speaking_event,
    whose_person,
)
from .surroundings import ORGANIZATION, PERSON, PLACE, SAYING, Evidence, Surroundings

IN = words("entities", "in")


@cache
def weights() -> dict[str, float]:
    """How much each thing seen counts for a type, in points; below nothing it counts against it."""
    return {row[0]: float(row[1]) for row in rows("data/names/evidence.tsv")}


def scores_of(document: Document, c: Candidate, known: Gazetteer, scores: dict[EntityType, float]) -> None:
    """Add what speaks for each type."""
    s = Surroundings.of(document, c, known)
    weight = weights()
    if s.entry is not None and (c.label is not None or s.entry.weight >= 2):
        scores[s.entry.type] += s.entry.weight
    for read in READERS:
        for seen, kind in read(s):
            scores[kind] += weight[seen]
    if s.head.tag != "NNPS":  # "ten US Marines died": several, who are no one person
        for read in OF_ONE:
            for seen, kind in read(s):
                scores[kind] += weight[seen]


def _label(s: Surroundings) -> Evidence:
    """What the parser takes it for.

    Towns that no table has are rare beside people whom the parser takes for
    towns; an event or a law of one word is a rare thing too.
    """
    c = s.candidate
    if c.label is None:
        return
    if c.known or c.label == PERSON:
        yield "label", c.label
    elif c.label == PLACE and s.single and s.entry is None:
        yield "label of a place that no table has", c.label
    elif c.label in (EntityType.EVENT, EntityType.DOCUMENT) and s.single:
        return
    elif c.label != EntityType.DOCUMENT or _is_paper(s):
        yield "label", c.label


def _is_paper(s: Surroundings) -> bool:
    parts = {t.lower for t in s.tokens}
    return "v." in parts or any(lexicon().heads.get(p) == "document" for p in parts)


def _inside(s: Surroundings) -> Evidence:
    """The words of the name: a town's alone, unlabelled, is as often a word that starts a sentence."""
    parts = [t.lower for t in s.tokens]
    if s.entry is not None:
        if s.candidate.label is None and s.entry.weight < 2:
            yield "known, unlabelled", s.entry.type
    elif len(parts) > 1:
        yield from _several(s, parts)
    elif is_acronym(s.text) or _is_brand(s.text):
        yield "acronym or brand", ORGANIZATION


def _several(s: Surroundings, parts: list[str]) -> Evidence:
    names = lexicon()
    head = names.heads.get(parts[-1])
    if head is None and names.heads.get(parts[-1].rstrip("s")) == "org":
        head = "org"
    if head is None and parts[-1] in words("entities", "last word of a firm"):
        head = "org"
    if s.candidate.label == PERSON and head != "org" and len(parts) == 2 and plain(parts[0]) in names.given:
        yield "given name and label", PERSON  # "Cheryl Mills" is no mill
    if head is None and _ends_in_letters(s):
        head = "org"
    head = "event" if head is None and parts[-2] in words("entities", "storms") else _joint_head(parts, head)
    if head is None and parts[0] in words("entities", "opens a body's name abroad"):
        yield "head of a body or site", ORGANIZATION  # "Museu Clara Voss"
    if head is not None and is_capital(s.tokens[-1]):
        yield ("head of a body or site" if head in ("org", "site") else "head"), HEAD_TYPES[head]
    elif len(parts[0] + parts[1]) == 2:
        yield "given name", PERSON  # two initials are as good: "R K Mehta"
    elif _is_full_name(s, parts) or parts[0] in words("entities", "opens an arabic name"):
        yield "given name", PERSON


def _side(s: Surroundings) -> Evidence:
    """A side behind what nothing labels and no given name opens: "a former Lamu West MP"."""
    sided = not s.single and s.tokens[-1].lower in words("entities", "side of a place")
    if sided and s.candidate.label is None and plain(s.first.lower) not in lexicon().given:
        yield "side of a place", PLACE


def _ends_in_letters(s: Surroundings) -> bool:
    """Whether a name ends in the letters of a body: "Kelso Bay RCMP", not "Ana Costa MBE" or "ANA COSTA"."""
    last = s.tokens[-1].text
    if not is_acronym(last) or "." in last or len(last) < 3 or last in words("entities", "letters, as printed"):
        return False
    before = s.tokens[:-1]
    named = all(is_capital(t) and (t.text.isalpha() or is_acronym(t.text)) for t in before)  # not "Nov. LIFFE"
    shouted = any(t.text.isupper() and "." not in t.text for t in before)
    return named and not shouted and not set(last) <= set("IVX")


def _joint_head(parts: list[str], head: str | None) -> str | None:
    """The kind that the noun before "of" names, else that of the last word."""
    heads = lexicon().heads
    joint = next((i for i in range(1, len(parts)) if parts[i] in ("of", "for", "on")), None)
    if joint is not None:
        return "org" if parts[joint - 1] == "house" else heads.get(parts[joint - 1]) or head
    if parts[-1] in ("center", "centre") and parts[-2] in lexicon().site_leads:
        return "site"
    return head


def _is_full_name(s: Surroundings, parts: list[str]) -> bool:
    """Whether a given name opens two to five words that may all go into a person's name."""
    return (
        2 <= len(parts) <= 5
        and lexicon().given.get(plain(parts[0] if parts[1] != "-" else "".join(parts[:3]))) in ("m", "f")
        and all(
            is_capital(t) or t.lower in PARTICLES or t.text == "-" or (t.text == "." and len(parts) > 3)
            for t in s.tokens
        )
        and not any(t.pos in words("parse", "in no title") and t.lower not in PARTICLES for t in s.tokens)
    )


def _is_brand(word: str) -> bool:
    """Whether a word has a capital inside as firms write theirs, not as families do: "BrightPath", not "MacLeod"."""
    inner = next((i for i in range(1, len(word)) if word[i].isupper()), 0)
    return inner > 3 and word.isalpha() and word[inner + 1 :].islower()


def _title(s: Surroundings) -> Evidence:
    """A title in front, or an article with a capital."""
    before, names = s.before, lexicon()
    if before is None:
        return
    word = before.lower.rstrip(".")
    if word in names.honorifics and is_capital(before):
        yield "honorific in front", PERSON
    elif word in names.titles and (is_capital(before) or word in names.persons):
        yield "title in front", PERSON
    elif before.text == "The" and before.i > s.document.sentences[before.sentence].start and s.after is not None:
        yield "The in front, no person", PERSON  # "told The Weston Echo": no person's name has a capital article
        yield "The in front", ORGANIZATION


def _preposition(s: Surroundings) -> Evidence:
    """A preposition in front: "Marlow Instruments of Leeds", "a boat off Lampedusa"."""
    if s.before is None:
        return
    word = s.before.lower.rstrip(".")
    if word in IN and not is_acronym(s.first.text):
        short = word == "in" and (s.single or s.first.lower in PARTICLES)
        yield ("in, before a word" if short and not s.candidate.known else "in, at, near"), PLACE
    elif word in ("from", "to") and (s.candidate.label == PLACE or s.is_place):
        yield "from or to a place", PLACE
    elif word == "of" and s.candidate.label is None and s.is_place:
        yield "of a place", PLACE
    elif word == "off" and s.before.tag == "IN":
        yield "off", PLACE


def _hyphen(s: Surroundings) -> Evidence:
    """Who holds it: "rebel-held Zabadani"; who is from there: "London-based"."""
    held = s.before is not None and s.before.lower in ("held", "controlled", "besieged")
    if held and s.second_before is not None and s.second_before.text == "-":
        yield "held", PLACE
    if s.after is not None and s.after.text == "-":
        behind = s.document.tokens[s.after.i + 1 : s.after.i + 2]
        if behind and behind[0].text in ("based", "born"):
            yield "based", PLACE


def _noun_after(s: Surroundings) -> Evidence:
    """A common noun behind: "Raqqa province", "the Nimr tribe"."""
    if s.after is None:
        return
    after, k = s.after.text, s.candidate.end
    if after in words("entities", "calls the body before it") and s.before is not None and s.before.lower == "the":
        yield "called a body behind", ORGANIZATION
    if after in lexicon().kin:
        yield "kin behind", EntityType.GROUP
    elif after in words("entities", "place nouns"):
        yield "noun of places behind", PLACE
    elif after in _SITE_NOUNS or (
        after == "military" and k + 1 < len(s.document) and s.document[k + 1].text in _SITE_NOUNS
    ):
        yield "noun of sites behind", PLACE


_SITE_NOUNS = words("entities", "site nouns")


def _owner_of(s: Surroundings) -> Evidence:
    """What only bodies have: "at Halden’s headquarters", "WeWork, formerly known as"."""
    if s.after is None or s.candidate.end + 1 >= len(s.document):
        return
    thing = s.document[s.candidate.end + 1]
    if s.after.tag == "POS" and thing.text in words("entities", "bodies have"):
        yield "owner of what bodies have", ORGANIZATION
    elif s.after.text in (",", "(") and thing.lower in words("entities", "formerly"):
        yield "renamed", ORGANIZATION


def _noun_before(s: Surroundings) -> Evidence:
    """A common noun in front."""
    noun = s.before
    if noun is None:
        return
    if noun.text in words("entities", "aliases"):
        yield "alias in front", PERSON
    elif noun.lower in words("entities", "storms"):
        yield "storm in front", EntityType.EVENT
    elif noun.tag not in ("NN", "NNP"):
        return
    elif noun.text in words("entities", "vessels"):
        yield "vessel in front", EntityType.OTHER
    elif s.head.dep not in ("compound", "nmod") and (
        noun.text in words("entities", "bodies") or is_lead(s.document, noun)
    ):
        yield "body in front", ORGANIZATION


def _noun_of(s: Surroundings) -> Evidence:
    """A noun and "of" in front."""
    noun = s.second_before
    if noun is None or s.document[s.candidate.start - 1].lower != "of":
        return
    if noun.text in words("entities", "place nouns"):
        yield "place of", PLACE
    elif noun.lower in words("entities", "place parts") and s.single and s.entry is None:
        yield "part of a place of", PLACE


def _printed(s: Surroundings) -> Evidence:
    """An operation; a state's letters behind a town: "Dover, DE"."""
    if s.first.text == "Operation" and not s.single:
        yield "Operation", EntityType.EVENT
    town = s.second_before
    comma = town is not None and is_capital(town) and s.document[town.i + 1].text == ","
    if comma and s.single and s.first.text in words("entities", "states, as printed"):
        yield "state's letters", PLACE


def _outlet(s: Surroundings) -> Evidence:
    """Who is told or spoken to, by a word that may be an outlet's name, and does nothing: "told Dawn"."""
    before, second = s.before, s.second_before
    if before is None or not s.single or s.first.text not in words("entities", "outlet of one word, as printed"):
        return
    spoken = before.lower == "to" and second is not None and second.lower in words("entities", "spoken to an outlet")
    same = (t for t in s.document.tokens if t.text == s.first.text)
    acts = any(t.dep in NOUN_SUBJECTS or s.document[min(t.i + 1, len(s.document) - 1)].tag == "POS" for t in same)
    if (spoken or before.lower in words("entities", "told an outlet")) and not acts:
        yield "outlet that is told", ORGANIZATION


_DATELINE_ENDS = frozenset(("-", "–", "—", "("))


def _dateline(s: Surroundings) -> Evidence:
    """What opens a paragraph in capitals, before a dash or a bracket, is a town, and what opens a dateline."""
    tokens, c, block = s.document.tokens, s.candidate, s.first.block
    if (c.start and tokens[c.start - 1].block == block) or not all(t.text.isupper() for t in s.tokens):
        return
    near = [t for t in tokens[c.end : c.end + 6] if t.block == block]
    k = next((k for k, t in enumerate(near[:5]) if t.text != "," and not is_capital(t)), 5)
    ends = k < len(near) and near[k].text in _DATELINE_ENDS and near[k].start > tokens[near[k].i - 1].end
    if ends or s.document.kind(c.start) is BlockKind.DATELINE:
        yield "dateline", PLACE


def _list(s: Surroundings) -> Evidence:
    """A single word on a list that a preposition of place opens: "raids in Idlib, Binnish and Kafr"."""
    tokens, c = s.document.tokens, s.candidate
    if not s.single or is_acronym(s.first.text):
        return
    first = s.document.sentences[s.first.sentence].start
    k, joined = c.start - 1, c.end < len(tokens) and tokens[c.end].lower == "and"
    while k > first and tokens[k].lower in (",", "and"):
        joined = joined or tokens[k].lower == "and"
        k -= 2 if tokens[k - 1].text == "," else 1
        if not (is_capital(tokens[k]) and tokens[k].pos == "PROPN"):
            return
        k -= 1
    if first < k < c.start - 1 and joined and tokens[k].lower == "in":
        yield "list of places", PLACE


def _place_of_place(s: Surroundings) -> Evidence:
    """The country or county behind a town: "a plant in Redholm, Norland, closed"."""
    town, behind = s.second_before, s.after
    if town is None or behind is None or not s.single or is_acronym(s.first.text) or not is_capital(town):
        return
    inside = town.i > 0 and s.document[town.i - 1].lower == "in" and s.document[town.i + 1].text == ","
    if inside and behind.text in (",", "."):
        yield "behind a place", PLACE


def _object(s: Surroundings) -> Evidence:
    """The object of a verb or of "of"."""
    tokens, above = s.document.tokens, s.document[s.head.head]
    if above.lower == "of" and tokens[above.head].ent == "PERSON":
        yield "of a person", ORGANIZATION  # "Nick Rhodes of Duran Duran"; a place that is known weighs more
    if s.head.dep == "appos" and above.lemma.lower() in lexicon().persons:
        yield "beside a noun of persons", PERSON


def _subject(s: Surroundings) -> Evidence:
    """The subject of a verb."""
    if s.head.dep not in NOUN_SUBJECTS:
        return
    verb = s.document[s.head.head]
    if verb.lemma in words("entities", "personal"):
        yield "does what people do", PERSON
    elif verb.lemma in words("entities", "booking") and any(
        k.lemma in words("entities", "results") for k in s.document.kids(verb.i)
    ):
        yield "reports results", ORGANIZATION  # "Halden reported losses"
    elif s.head.dep == "nsubjpass" or s.candidate.label == ORGANIZATION:
        return
    elif verb.lemma in SAYING:
        yield "speaks", PERSON
    elif s.candidate.label is None:
        yield "acts, unlabelled", PERSON


def _apposed(s: Surroundings) -> Evidence:
    """What hangs on it: an apposition, a clause with "who" or ", which"."""
    for child in s.document.kids(s.head.i):
        if child.dep == "appos" and child.i >= s.candidate.end:
            next_subject = s.candidate.label != PERSON and heads_a_clause(s.document, child)
            if child.lemma.lower() in lexicon().persons and not next_subject:
                yield "noun of persons beside it", PERSON
        elif child.dep != "relcl":
            continue
        elif any(t.lower in ("who", "whom") for t in s.document.kids(child.i)):
            yield "who", PERSON
        elif child.i > s.candidate.end and _tells_of_thing(s.document, s.candidate.end, child):
            yield "which", PLACE if s.candidate.label == PLACE else ORGANIZATION


def _tells_of_thing(document: Document, comma: int, verb: Token) -> bool:
    """Whether a relative clause after a name is one of a thing: "Enel, which runs the grid"."""
    which = any(t.lower == "which" and t.dep == "nsubj" for t in document.kids(verb.i))
    return which and document[comma].text == "," and document[comma + 1].lower == "which"


READERS = (
    _label, _inside, _side, _title, _preposition, _hyphen, _noun_after, post_after, place_post_after, whose_person,
    _noun_before, _noun_of, post_before, post_in_event, seat_in_front, _printed, _dateline, _list, _owner_of,
    _place_of_place, _outlet,
)  # fmt: skip
OF_ONE = (_object, _subject, _apposed, speaking_event)
"""Those that do not read the name of several people."""
