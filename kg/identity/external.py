"""Entities -> what databases outside call the same thing: links where one is clearly best, else candidates with scores.

Works without a network: countries, regions, cities and well-known bodies come
with the package, anything else from a user's own file (`kg.identity.name_index`). A link
needs name, type and country to agree; what is left open keeps its candidates
for a person to judge. An entity without a link is as good as any other: many
people in the news are in no database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Protocol

from ..rdf import vocab
from ..rdf.forms import number
from ..rdf.iris import BASE, LINKS, graph_iri, node
from ..rdf.terms import Iri, Lit, Quad, clean
from ..records.mention import EntityType
from ..stages.entities.gazetteer import gazetteer
from .name_likeness import Profile, agreement, is_generic
from .points import point_quads
from .reference_tables import BODIES, Method, Thing, codes, fold, iso_of, tables
from .setting import Setting, setting_of

CHOSEN = 0.8
"""The score that the best candidate needs to become a link."""

MARGIN = 0.1
"""How far the best must be ahead of the next: below it the choice is a person's."""

KEPT = 5
"""Candidates that are written down for one entity."""


@dataclass(frozen=True, slots=True)
class LinkCandidate:
    """A thing that an entity may be, how likely from 0 to 1, and where it was found."""

    thing: Thing
    score: float
    method: Method


@dataclass(frozen=True, slots=True)
class Link:
    """What was found for one entity, best first; `chosen` if the first is clearly the best."""

    entity: str
    candidates: tuple[LinkCandidate, ...]
    chosen: bool


class Reference(Protocol):
    """Anything that knows things by name: the shipped tables, an index, a service."""

    method: Method

    def find(self, name: str, type: EntityType) -> Sequence[Thing]:
        """The things that may bear the name."""
        ...


def find_links(profiles: Sequence[Profile], text: str, sources: Sequence[Reference] | None = None) -> tuple[Link, ...]:
    """A link or candidates for each entity of one article that a source knows; what none knows is left out.

    `text` is the article's. The sources are asked in order, by default the
    shipped tables alone; one that settles an entity ends the search for it.

    >>> from ..records.mention import EntityType
    >>> from .name_likeness import Profile
    >>> links = find_links([Profile("e1", "a", EntityType.PLACE, "Damascus")], "The trains from Damascus were late.")
    >>> [(link.entity, link.candidates[0].thing.name, link.chosen) for link in links]
    [('e1', 'Damascus', True)]
    """
    asked = list(sources) if sources is not None else [tables()]
    setting = setting_of(profiles, text)
    found = (_link(profile, asked, setting) for profile in profiles if profile.type in _LINKED)
    return tuple(link for link in found if link is not None)


def with_links(profiles: Iterable[Profile], links: Iterable[Link]) -> list[Profile]:
    """The profiles with the external id of what was chosen for them.

    What the tables name but have no id for (an area, a water) gets the name it has there.
    """
    of = {link.entity: link for link in links}
    return [replace(profile, external=_external(profile, of.get(profile.key))) for profile in profiles]


def _external(profile: Profile, link: Link | None) -> str | None:
    if link is not None:
        return link.candidates[0].thing.ids[0] if link.chosen else None
    if profile.type not in (EntityType.ORGANIZATION, EntityType.PLACE):
        return None
    known = gazetteer().get(profile.name)
    if known is None or known.type is not profile.type or is_generic(profile.name):
        return None
    return f"{known.kind}/{known.country or ''}/{known.name}"


def link_nodes(links: Iterable[Link], *, base: str = BASE) -> Iterator[Quad]:
    """Links as quads of the graph `links`: a node each candidate, and of a chosen one closeMatch and point."""
    graph = graph_iri(base, LINKS)
    for link in links:
        entity = Iri(link.entity)
        for n, candidate in enumerate(link.candidates):
            thing = candidate.thing
            name = node(base, "link", link.entity, thing.ids[0])
            yield Quad(name, vocab.type_, vocab.Link, graph)
            yield Quad(name, vocab.linkOf, entity, graph)
            yield Quad(name, vocab.label, Lit(clean(thing.name), vocab.string), graph)
            yield Quad(name, vocab.score, Lit(number(Decimal(f"{candidate.score:.4f}")), vocab.decimal), graph)
            yield Quad(name, vocab.linkMethod, Lit(candidate.method, vocab.string), graph)
            chosen = link.chosen and n == 0
            yield Quad(name, vocab.chosen, Lit("true" if chosen else "false", vocab.boolean), graph)
            for id in thing.ids:
                yield Quad(name, vocab.linkTo, Iri(id), graph)
                if chosen:
                    yield Quad(entity, vocab.closeMatch, Iri(id), graph)
            if chosen:
                yield from point_quads(entity, thing.ids, graph, base=base)


_LINKED = frozenset({EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE, EntityType.GROUP})


def _surfaces(profile: Profile) -> list[str]:
    """The entity's name, then its others, fullest first.

    Of a person no single word, which tells too little; no part of the name
    either: the South Carolina Republican Party is not the party.
    """
    words = set(fold(profile.name).split())
    others = [n for n in profile.aliases if not set(fold(n).split()) < words]
    if profile.type is EntityType.PERSON:
        others = [n for n in others if " " in n]
    return [profile.name, *sorted(others, key=lambda n: (-len(n), n))]


def _link(profile: Profile, sources: Sequence[Reference], setting: Setting) -> Link | None:
    best: dict[str, LinkCandidate] = {}
    for source in sources:
        for surface in _surfaces(profile):
            found = source.find(surface, profile.type)
            for thing in found:
                if surface != profile.name and _is_part(profile.name, thing):
                    continue
                score = _score(profile.type, surface, thing, setting)
                held = best.get(thing.ids[0])
                if score > 0 and (held is None or held.score < score):
                    best[thing.ids[0]] = LinkCandidate(thing, score, source.method)
            if found:  # the fullest name that is known decides
                break
        if _clear(_ranked(best)):
            break
    ranked = _ranked(best)
    return Link(profile.key, ranked[:KEPT], _clear(ranked)) if ranked else None


def _is_part(name: str, thing: Thing) -> bool:
    """Whether a name is a thing's with a word more: the New York Republican Party, called the GOP, is not the GOP."""
    words = set(fold(name).split())
    return any(set(fold(other).split()) < words for other in (thing.name, *thing.aliases))


def _ranked(found: dict[str, LinkCandidate]) -> tuple[LinkCandidate, ...]:
    return tuple(sorted(found.values(), key=lambda c: (-c.score, c.thing.ids)))


def _clear(ranked: Sequence[LinkCandidate]) -> bool:
    return bool(ranked) and (
        ranked[0].score >= CHOSEN and (len(ranked) == 1 or ranked[0].score - ranked[1].score >= MARGIN)
    )


def _score(kind: EntityType, surface: str, thing: Thing, setting: Setting) -> float:
    """How likely a name means a thing: how well the names agree, times half country, half weight.

    A place in another country than the one the text puts it in, or of another
    rank than the text gives it, is hardly the one that is meant.
    """
    alike = max(agreement(kind, surface, name) for name in (thing.name, *thing.aliases))
    if fold(surface) in {fold(name) for name in (thing.name, *thing.aliases)}:
        alike = max(alike, 0.98)
    if thing.type is None:
        alike *= 0.9
    if kind is EntityType.PERSON and " " not in surface.strip():
        alike *= 0.6
    own = _country_in(surface) if kind in BODIES else None
    if thing.country is None:
        # A body of the world needs no country; of a person nothing but the name agrees.
        fits = 0.5 if kind is EntityType.PERSON or is_generic(surface) else 1.0
    elif own is not None:
        fits = 1.0 if own == thing.country else 0.0
    elif not setting.countries:
        fits = 0.5
    else:
        fits = 1.0 if thing.country in setting.countries else 0.2
    weight = thing.weight
    if thing.kind is not None:
        said = setting.homes.get(fold(surface))
        if said is not None:
            fits = 1.0 if thing.country in said else 0.0
            alike *= fits or _ELSEWHERE
        unit = setting.units.get(fold(surface))
        if unit is thing.kind:
            weight = max(weight, 0.9)
        elif unit is not None:
            alike *= _ELSEWHERE
    return round(alike * (0.5 * fits + 0.5 * weight), 3)


_ELSEWHERE = 0.2
"""What is left of a candidate that the text contradicts."""


@lru_cache(maxsize=4096)
def _country_in(name: str) -> str | None:
    """The country that a body's name begins with: US Senate, Syrian army; and that of a country's own name."""
    words = name.removeprefix("the ").removeprefix("The ").split()
    adjectives, isos = gazetteer().adjectives, codes()
    for n in range(min(3, len(words)), 0, -1):
        first = " ".join(words[:n])
        found = iso_of(first) if n > 1 or len(first) > 2 or first.isupper() else None
        found = found or isos.get(adjectives.get(first, ""))
        if found:
            return found
    return None
