"""Candidates -> the type of each name, from all its occurrences in the document together."""

from __future__ import annotations

from collections import defaultdict

from ...language.lexicon import words as classed
from ...records.mention import EntityType
from ...text.document import Document, Token
from .candidate import Candidate, is_capital
from .gazetteer import Gazetteer
from .leads import is_lead
from .names import PARTICLES, is_acronym, key, lexicon, plain, surnamed

Scores = dict[EntityType, float]

PERSON, ORGANIZATION, PLACE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE

HEAD_TYPES = {
    "org": ORGANIZATION,
    "group": EntityType.GROUP,
    "place": PLACE,
    "site": PLACE,
    "event": EntityType.EVENT,
    "document": EntityType.DOCUMENT,
    "other": EntityType.OTHER,
}

SAYING = classed("entities", "saying")
PERSONAL = classed("entities", "personal")
IN = classed("entities", "in")


def type_names(document: Document, candidates: tuple[Candidate, ...], known: Gazetteer) -> dict[str, EntityType | None]:
    """The type of every candidate's key; None for what has too little evidence to be a name."""
    evidence: dict[str, Scores] = defaultdict(lambda: defaultdict(float))
    for c in candidates:
        scores = evidence[key(document.words(c.start, c.end))]
        if c.label is not None:
            scores[c.label] += _label_weight(document, c, known)
        _from_words(document, c, known, scores)
        _from_context(document, c, known, scores)
    types = {name: _best(scores) for name, scores in evidence.items()}
    _share_surnames(types, evidence, *_listed(document, candidates, known))
    if _is_sport(document):
        _field_teams(document, candidates, types, known)
    return types


def _best(scores: Scores) -> EntityType | None:
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    return ranked[0][0] if ranked and ranked[0][1] >= 0.5 else None


_SINGLE_LABELS = frozenset((EntityType.EVENT, EntityType.DOCUMENT))


def _label_weight(document: Document, c: Candidate, known: Gazetteer) -> float:
    """How much the parser's label counts.

    Towns that no table has are rare beside people whom the parser takes for
    towns; an event or a law of one word is a rare thing too.
    """
    if c.known or c.label == PERSON:
        return 1.0
    text = document.words(c.start, c.end)
    if c.label == PLACE and c.end == c.start + 1 and known.get(text) is None:
        return 0.7
    if c.label in _SINGLE_LABELS and c.end == c.start + 1:
        return 0.0
    if c.label == EntityType.DOCUMENT:
        parts = {t.lower for t in document.tokens[c.start : c.end]}
        heads = lexicon().heads
        return 1.0 if "v." in parts or any(heads.get(p) == "document" for p in parts) else 0.0
    return 1.0


def _from_words(document: Document, c: Candidate, known: Gazetteer, scores: Scores) -> None:
    """Evidence inside the name: what the gazetteer knows, the head word, a given name in front."""
    words = lexicon()
    text = document.words(c.start, c.end)
    entry = known.get(text)
    parts = [t.lower for t in document.tokens[c.start : c.end]]
    tokens = document.tokens[c.start : c.end]
    if entry is not None:
        # a town's name alone, unlabelled, is as often a word that starts a sentence
        scores[entry.type] += 0.3 if c.label is None and entry.weight < 2 else entry.weight
    elif len(parts) > 1:
        head = words.heads.get(parts[-1])
        if head is None and words.heads.get(parts[-1].rstrip("s")) == "org":
            head = "org"
        if c.label == PERSON and head != "org" and len(parts) == 2 and plain(parts[0]) in words.given:
            scores[PERSON] += 2.0  # "Cheryl Mills" is no mill
        joint = next((i for i in range(1, len(parts)) if parts[i] in ("of", "for", "on")), None)
        if joint is not None:
            head = "org" if parts[joint - 1] == "house" else words.heads.get(parts[joint - 1]) or head
        elif parts[-1] in ("center", "centre") and parts[-2] in words.site_leads:
            head = "site"
        if head is not None and is_capital(tokens[-1]):
            scores[HEAD_TYPES[head]] += 2.5 if head in ("org", "site") else 2.0
        elif parts[0] in words.org_starts and "of" in parts:
            scores[ORGANIZATION] += 3.0
        elif (
            2 <= len(parts) <= 5
            and words.given.get(plain(parts[0])) in ("m", "f")
            and all(is_capital(t) or t.lower in PARTICLES or t.text == "-" for t in tokens)
            and not any(t.pos in ("ADP", "DET", "SCONJ", "VERB") and t.lower not in PARTICLES for t in tokens)
        ) or parts[0] in classed("entities", "opens an arabic name"):
            scores[PERSON] += 2.0
    if "&" in parts[1:-1]:
        scores[ORGANIZATION] += 3.0  # "Halvorsen & Dietz"
    if len(parts) == 1 and entry is None and (is_acronym(text) or _is_brand(text)):
        scores[ORGANIZATION] += 1.0


def _is_brand(word: str) -> bool:
    """Whether a word has a capital inside as firms write theirs, not as families do: "BrightPath", not "MacLeod"."""
    inner = next((i for i in range(1, len(word)) if word[i].isupper()), 0)
    return inner > 3 and word.isalpha() and word[:inner].istitle() and word[inner + 1 :].islower()


def _from_context(document: Document, c: Candidate, known: Gazetteer, scores: Scores) -> None:
    """Evidence around the name: a title, an apposition, a verb, a preposition."""
    words = lexicon()
    tokens = document.tokens
    before = tokens[c.start - 1] if c.start and tokens[c.start - 1].sentence == tokens[c.start].sentence else None
    head = root_of(document, c.start, c.end)
    if before is not None:
        word = before.lower.rstrip(".")
        if word in words.honorifics and is_capital(before):
            scores[PERSON] += 3.0
        elif word in words.titles and (is_capital(before) or word in words.persons):
            scores[PERSON] += 2.0
        elif word in IN and not is_acronym(tokens[c.start].text):
            short = c.end == c.start + 1 or tokens[c.start].lower in PARTICLES
            scores[PLACE] += 1.1 if word == "in" and short and not c.known else 0.7
            if _before_country(document, c.end, known):
                scores[PLACE] += 1.0
        elif word in ("held", "controlled", "besieged") and c.start > 1 and tokens[c.start - 2].text == "-":
            scores[PLACE] += 2.0  # "rebel-held Zabadani"
        elif word in ("from", "to") and (c.label == PLACE or _is_place(document, c, known)):
            scores[PLACE] += 0.3
        elif word == "of" and c.label is None and _is_place(document, c, known):
            scores[PLACE] += 0.3  # "Marlow Instruments of Leeds"
        elif word == "off" and before.tag == "IN":
            scores[PLACE] += 0.7  # "a boat off Lampedusa"
        elif before.text == "The" and c.start - 1 > document.sentences[before.sentence].start and len(tokens) > c.end:
            scores[PERSON] -= 3.0  # "told The Weston Echo": no person's name has a capital article
            scores[ORGANIZATION] += 1.0
    _from_noun(document, c, known, scores)
    _from_dateline(document, c, scores)
    if _in_list_of_places(document, c):
        scores[PLACE] += 1.1
    if head.tag == "NNPS":
        return  # "ten US Marines died": several, who are no one person
    if head.dep == "dobj" and tokens[head.head].lemma in _ENTERING and _is_place(document, c, known):
        scores[PLACE] += 0.8
    if head.dep in ("nsubj", "nsubjpass"):
        verb = tokens[head.head]
        if verb.lemma in PERSONAL:
            scores[PERSON] += 1.0
        elif verb.lemma in _BOOKING and any(k.dep == "dobj" and k.lemma in _RESULTS for k in document.kids(verb.i)):
            scores[ORGANIZATION] += 1.5  # "Halden reported losses"
        elif head.dep == "nsubj" and c.label == ORGANIZATION and c.end - c.start == 2 and verb.lemma in SAYING:
            either = words.given.get(plain(tokens[c.start].lower)) is not None
            scores[PERSON] += 1.5 if either and words.heads.get(tokens[c.end - 1].lower) is None else 0.0
        elif head.dep == "nsubj" and c.label != ORGANIZATION:
            scores[PERSON] += 0.9 if verb.lemma in SAYING else 0.4 if c.label is not None else 0.2
    for child in document.kids(head.i):
        if child.dep == "appos" and child.i >= c.end:
            if child.lemma.lower() in words.persons:
                scores[PERSON] += 2.0
        elif child.dep == "relcl" and any(t.lower in ("who", "whom") for t in document.kids(child.i)):
            scores[PERSON] += 1.5
        elif child.dep == "relcl" and child.i > c.end and _tells_of_thing(document, c.end, child):
            scores[PERSON] -= 1.5
            scores[PLACE if c.label == PLACE else ORGANIZATION] += 0.8
    if head.dep == "pobj" and tokens[head.head].lower == "of" and tokens[tokens[head.head].head].ent == "PERSON":
        scores[ORGANIZATION] += 0.8  # "Nick Rhodes of Duran Duran"; a place that is known weighs more
    if head.dep == "appos" and tokens[head.head].lemma.lower() in words.persons:
        scores[PERSON] += 1.5


_BOOKING = classed("entities", "booking")
_RESULTS = classed("entities", "results")
"""Of whom these are told is a firm."""

_ENTERING = classed("entities", "entering")
"""Verbs of which places are the object rather than people."""


def _is_place(document: Document, c: Candidate, known: Gazetteer) -> bool:
    """Whether the tables have the name as a place's."""
    entry = known.get(document.words(c.start, c.end))
    return entry is not None and entry.type == PLACE


def _before_country(document: Document, end: int, known: Gazetteer) -> bool:
    """Whether a comma and a country or region follow: "in al-Hilla, Iraq"."""
    if end + 1 >= len(document) or document[end].text != ",":
        return False
    entry = known.get(document[end + 1].text)
    return entry is not None and entry.kind in ("country", "region")


def _tells_of_thing(document: Document, comma: int, verb: Token) -> bool:
    """Whether a relative clause after a name is one of a thing: "Enel, which runs the grid"."""
    which = any(t.lower == "which" and t.dep == "nsubj" for t in document.kids(verb.i))
    return which and document[comma].text == "," and document[comma + 1].lower == "which"


def _in_list_of_places(document: Document, c: Candidate) -> bool:
    """Whether a single word goes on a list that a preposition of place opens: "raids in Idlib, Binnish and Kafr"."""
    tokens = document.tokens
    if c.end != c.start + 1 or is_acronym(tokens[c.start].text):
        return False
    first = document.sentences[tokens[c.start].sentence].start
    k, joined = c.start - 1, c.end < len(tokens) and tokens[c.end].lower == "and"
    while k > first and tokens[k].lower in (",", "and"):
        joined = joined or tokens[k].lower == "and"
        k -= 1
        if tokens[k].text == ",":
            k -= 1
        if not (is_capital(tokens[k]) and tokens[k].pos == "PROPN"):
            return False
        k -= 1
    return first < k < c.start - 1 and joined and tokens[k].lower == "in"


_PLACE_NOUNS = classed("entities", "place nouns")
_PLACE_PARTS = classed("entities", "place parts")
"""Nouns whose "of" a place follows that is named by a single word: "the mayor of Brill"."""
_ORG_NOUNS = classed("entities", "org nouns of nametypes")
_SITE_NOUNS = classed("entities", "site nouns")
_BODIES = classed("entities", "bodies")
"""Nouns right before a name, or apart by a comma, which say that it is a body's: "the charity Hagar"."""
_VESSELS = classed("entities", "vessels")
"""Nouns right before a name that is a ship's."""
_STATES = frozenset(
    "AL AK AZ AR CA CO CT DE FL GA HI IA IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM NV NY OH OK OR PA RI "
    "SC SD TN TX UT VA VT WA WI WV WY".split()
)
_ALIASES = classed("entities", "aliases")


def _from_noun(document: Document, c: Candidate, known: Gazetteer, scores: Scores) -> None:
    """Evidence from a common noun beside the name: "Raqqa province", "the Nimr tribe", "the town of Marea"."""
    tokens = document.tokens
    entry = known.get(document.words(c.start, c.end))
    if c.end < len(tokens) and tokens[c.end].sentence == tokens[c.start].sentence:
        after = tokens[c.end].text
        if after in lexicon().kin:
            scores[EntityType.GROUP] += 3.0
        elif after in _PLACE_NOUNS:
            scores[PLACE] += 1.5
        elif after in _ORG_NOUNS:
            scores[ORGANIZATION] += 1.5
        elif after in _SITE_NOUNS or (
            after == "military" and c.end + 1 < len(tokens) and tokens[c.end + 1].text in _SITE_NOUNS
        ):
            scores[PLACE] += 1.6
        elif after == "-" and c.end + 1 < len(tokens) and tokens[c.end + 1].text in ("based", "born"):
            scores[PLACE] += 2.0
        elif after in ("regime", "loyalists") and entry is None:
            scores[PERSON] += 1.5
        elif after in classed("roles", "post in a body, surely") and (entry is None or entry.type != PLACE):
            scores[ORGANIZATION] += 6.0 if _then_name(document, c.end) else 0.0  # more than many labels
        elif (
            after in classed("roles", "post in a body")
            and (entry is None or entry.type != PLACE)
            and _then_name(document, c.end)
        ):
            scores[ORGANIZATION] += 2.0
    if tokens[c.start].text == "Operation" and c.end > c.start + 1:
        scores[EntityType.EVENT] += 4.0
    if tokens[c.start].text in _STATES and c.end == c.start + 1 and c.start > 1 and tokens[c.start - 1].text == ",":
        scores[PLACE] += 2.5 if is_capital(tokens[c.start - 2]) else 0.0
    if c.start > 1 and tokens[c.start - 1].lower == "of":
        if tokens[c.start - 2].text in _PLACE_NOUNS:
            scores[PLACE] += 3.0
        elif tokens[c.start - 2].lower in _PLACE_PARTS and c.end == c.start + 1 and entry is None:
            scores[PLACE] += 2.0
    noun = tokens[c.start - 1] if c.start else None
    if noun is None or noun.sentence != tokens[c.start].sentence:
        return
    if noun.text in _ALIASES:
        scores[PERSON] += 2.5
    elif noun.text in _VESSELS and noun.tag in ("NN", "NNP"):
        scores[EntityType.OTHER] += 4.0
    elif (
        noun.tag in ("NN", "NNP")
        and (noun.text in _BODIES or is_lead(document, noun))
        and root_of(document, c.start, c.end).dep not in ("compound", "nmod")
    ):
        scores[ORGANIZATION] += 2.0


def _then_name(document: Document, post: int) -> bool:
    """Whether a name follows a post: "Gawker founder Nick Denton", where the first name is a body's.

    Not after another post, such as a spokesman's for a Secretary-General.
    """
    if lexicon().titles.keys() & {document[post - 1].lower, document[max(0, post - 3)].lower}:
        return False
    following = document[post + 1] if post + 1 < len(document) else None
    return following is not None and following.pos == "PROPN" and following.sentence == document[post].sentence


_DATELINE_ENDS = frozenset(("-", "–", "—", "("))


def _from_dateline(document: Document, c: Candidate, scores: Scores) -> None:
    """Evidence from a dateline: what opens a paragraph in capitals, before a dash or a bracket, is a town."""
    tokens = document.tokens
    block = tokens[c.start].block
    if c.start and tokens[c.start - 1].block == block:
        return
    if not all(t.text.isupper() for t in tokens[c.start : c.end]):
        return
    k = c.end
    while (
        k < min(len(tokens), c.end + 5)
        and tokens[k].block == block
        and (tokens[k].text == "," or is_capital(tokens[k]))
    ):
        k += 1
    if (
        k < len(tokens)
        and tokens[k].block == block
        and tokens[k].text in _DATELINE_ENDS
        and tokens[k].start > tokens[k - 1].end
    ):
        scores[PLACE] += 3.0


def root_of(document: Document, start: int, end: int) -> Token:
    """The token of the range that governs the others: the first whose governor lies outside."""
    tokens = document.tokens
    for i in range(start, end):
        if not start <= tokens[i].head < end or tokens[i].head == i:
            return tokens[i]
    return tokens[end - 1]


def _listed(document: Document, candidates: tuple[Candidate, ...], known: Gazetteer) -> tuple[set[str], set[str]]:
    """The keys of candidates that the gazetteer is sure of, and of those it has as a smaller place."""
    fixed: set[str] = set()
    towns: set[str] = set()
    for c in candidates:
        words = document.words(c.start, c.end)
        entry = known.get(words)
        if entry is not None:
            (fixed if entry.weight >= 3 else towns).add(key(words))
    return fixed, towns


def _share_surnames(
    types: dict[str, EntityType | None], evidence: dict[str, Scores], fixed: set[str], towns: set[str]
) -> None:
    """What is the end of a person's name, or the given name, is that person, unless it is a country."""
    people = [surnamed(name.split()) for name, kind in types.items() if kind == PERSON and " " in name]
    last = {words[-1] for words in people}
    first = {words[0] for words in people if words[0] in lexicon().given}
    ends = {" ".join(words[n:]) for words in people for n in range(1, len(words) - 1)}
    for name in list(types):
        if name in fixed:
            continue
        scores = evidence[name]
        town = name in towns and scores[PLACE] > scores[PERSON] + 1
        if (name in last or name in first or name in ends) and types[name] != PERSON and not town:
            types[name] = PERSON
        elif name[-1:] == "s" and name[:-1] in last and name not in last:
            types[name] = EntityType.GROUP
    surnames = {name for name, kind in types.items() if kind == PERSON and " " not in name}
    heads = lexicon().heads
    for name, kind in types.items():
        words = name.split()
        if kind in (PLACE, None) and len(words) == 2 and words[1] in surnames and words[1] not in heads:
            types[name] = kind if name in fixed or name in towns else PERSON


_SPORT = classed("entities", "sport")
_SPORT_SHARE = 1 / 60
_AGAINST = classed("entities", "against")


def _is_sport(document: Document) -> bool:
    """Whether the article reports a game: at least eight words of sport, and one in 60 words."""
    n = sum(t.lower in _SPORT for t in document.tokens)
    return n >= 8 and n >= _SPORT_SHARE * len(document)


def _field_teams(
    document: Document, candidates: tuple[Candidate, ...], types: dict[str, EntityType | None], known: Gazetteer
) -> None:
    """In the report of a game, a country that plays is its team."""
    votes: dict[str, int] = defaultdict(int)
    for c in candidates:
        text = document.words(c.start, c.end)
        entry = known.get(text)
        if entry is None or entry.type != PLACE or entry.kind not in ("country", "region"):
            continue
        head = root_of(document, c.start, c.end)
        before = document[c.start - 1].lower if c.start else ""
        if head.dep in ("nsubj", "nsubjpass", "poss", "dobj", "conj", "appos") or before in _AGAINST:
            votes[key(text)] += 1
        elif before in IN or before in ("from", "to"):
            votes[key(text)] -= 1
    for name, n in votes.items():
        if n > 0:
            types[name] = ORGANIZATION
