"""Verbs and nouns that tell a kind of event or relation."""

from __future__ import annotations

from functools import lru_cache

from ...resources import resource


@lru_cache(maxsize=1)
def verbs() -> dict[str, dict[str, str]]:
    """Lemma -> preposition ("-" for a plain object) -> kind."""
    found: dict[str, dict[str, str]] = {}
    for lemma, frame, kind, *_ in _rows():
        found.setdefault(lemma, {})[frame] = kind
    return found


@lru_cache(maxsize=1)
def lasting() -> frozenset[str]:
    """The kinds that are relations; the others are events."""
    return frozenset(kind for _, _, kind, *lasts in _rows() if lasts == ["yes"])


@lru_cache(maxsize=1)
def _rows() -> tuple[list[str], ...]:
    lines = resource("data/relations.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(line.split("\t") for line in lines if line and not line.startswith("#"))


PLAIN = frozenset(
    "bear border own surround adjoin neighbour neighbor attend divide separate connect link "
    "be have do say tell ask call know see hear think believe consider regard want need like love hate mean "
    "include involve feature feel find leave keep let make get give take put show become remain seem look "
    "follow precede represent describe quote cite mention name note add claim report announce declare state "
    "urge warn remind inform advise thank expect hope wish remember forget compare contain comprise resemble "
    "reach enter cover pass concern mark play share win lose lead face watch read write use hold bring help "
    "allow require set run turn go come suggest argue explain interview address expose reveal confirm deny "
    "reject insist admit denote cost last join serve hail rate answer respond promise assure blame question".split()
)
"""Verbs that make no plain event: of being, having, thinking and saying, and those too light to say what happened."""

WARLIKE = frozenset("fight battle attack bomb bombard shell invade besiege storm clash".split())
"""Verbs of fighting that between persons mostly mean words."""

BUILT = frozenset(
    "wall dam bridge road railway school hospital prison camp base plant factory station airport port house "
    "home tower crematorium settlement tunnel fence facility reactor stadium church mosque temple museum "
    "centre center ship pipeline runway barrier bunker shelter complex monument canal palace warehouse "
    "laboratory building highway outpost".split()
)
"""Things that are built in the plain sense."""

PARTS = frozenset("branch subsidiary affiliate arm wing division unit department offshoot chapter faction".split())
"""What one body is of another."""

HEADS = frozenset(
    "leader head chief president chairman chairwoman chairperson chair ceo director commander boss king queen "
    "emir chancellor premier captain headmaster headmistress dean rector provost director-general "
    "secretary-general governor mayor".split()
)
"""Titles whose holder leads the body they belong to."""

NOT_MEMBERS = frozenset(
    "critic voice opponent lobbyist recipient biographer historian supporter winner graduate alumnus alumna".split()
)
"""Titles that name an organisation without belonging to it, or not any more."""

VICTIMS = frozenset(
    "people person civilian member soldier man woman child worker protester policeman officer fighter militant rebel "
    "insurgent resident passenger prisoner detainee hostage journalist activist student villager family suspect troop "
    "victim boy girl demonstrator refugee migrant citizen dozen hundred thousand other guard gunman leader commander "
    "minister politician businessman foreigner tourist pilgrim patient doctor".split()
)
"""Whom killing and arresting is done to, where the article gives no name."""

STRIKES = frozenset("strike airstrike attack offensive operation campaign raid assault war bombardment".split())
"""Attacks as nouns, with `against` or `on` the attacked."""

WAGING = frozenset("launch conduct carry mount begin wage stage start resume lead".split())
"""Verbs whose subject makes the attack that is their object."""

HOLDING = frozenset("hold have".split())
"""Verbs whose subject has the talks that are their object."""

LIGHT = WAGING | HOLDING
"""Verbs that tell an event by their object alone."""

ACTS = frozenset(
    "decision policy remark comment statement action annexation invasion use behaviour behavior conduct plan refusal "
    "failure handling response crackdown aggression role move stance tweet proposal launch record tactic rhetoric "
    "interference campaign strategy abuse crime brutality occupation".split()
)
"""What somebody did: who condemns it criticises whose it is."""

PLACED = frozenset(
    "city town village hamlet suburb district quarter province region state county country territory "
    "municipality port island mountain ridge range hill river lake valley desert border capital settlement "
    "camp prison base airport organization organisation company firm bank university college school institute "
    "hospital museum mosque church temple station stadium park newspaper party group charity agency refinery "
    "dam bridge fortress castle palace area".split()
)
"""What has a place, as something that is `a city in` or `a company in` somewhere."""
