"""The body that a post names by itself: a minister's ministry, a prosecutor's office, the firm before "executive"."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from ...language.lexicon import words as classed
from ...records.entity import Entity
from ...records.mention import EntityType
from ..entities.names import lexicon as name_words
from . import role_lexicon as lexicon
from .draft_role import Found
from .mention_index import MentionIndex, is_called_by_noun


class BodiesByName:
    """The bodies of one article by their names, gathered once."""

    def __init__(self, index: MentionIndex) -> None:
        self._index = index

    def entailed(self, found: Found) -> Entity | None:
        """The organisation that a title names by itself, if the article has it: a Secretary of State's department."""
        title = frozenset(found.title.casefold().split())
        named = (self._index.by_name(names) for needed, names in lexicon.ENTAILED if needed <= title)
        return next(filter(None, named), None)

    def ministry(self, found: Found) -> Entity | None:
        """The only ministry in the article for what a minister is for; of another state than the minister's, none."""
        title = found.title.casefold().split()
        fields = {w for w in title[:-1] if w in name_words().portfolios}
        if title[-1] not in ("minister", "secretary") or not (fields or title[0] == "deputy"):
            return None
        named: dict[str, Entity] = {}
        for parts, entity in self._ministries:
            of_region = "office" in parts and parts - fields - {"office"}  # a Regional Transport Office
            if fields <= parts and not of_region:
                named[entity.id] = entity
                states = {w for p in parts for w in lexicon.places_of(p.capitalize())} | parts - fields
                told = states - classed("roles", "ministries") - name_words().portfolios - {"of", "and", "the"}
                if found.place is not None and told and found.place.name.casefold() not in told:
                    return None
        return only_one(named)

    @cached_property
    def _ministries(self) -> list[tuple[frozenset[str], Entity]]:
        """The words of the ministries' names."""
        split = (
            (frozenset(name.replace("’s", "").replace("'s", "").split()), entity)
            for name, entity in (
                *self._index.called.items(),
                *((e.name.casefold(), e) for e in self._index.refers.values() if not e.named),
            )
            if entity.type is EntityType.ORGANIZATION
        )
        return [(parts, entity) for parts, entity in split if parts & classed("roles", "ministries")]

    def office(self, found: Found) -> Entity | None:
        """The only office that a title names: the prosecutor's office of "Prosecutor Hill"."""
        plain = found.title.islower() and " " not in found.title
        return None if plain else only_one(self._offices.get(found.title.casefold(), {}))

    @cached_property
    def _offices(self) -> dict[str, dict[str, Entity]]:
        """The offices that an article names by their head's post, by that post: the district attorney's office."""
        offices: dict[str, dict[str, Entity]] = {}
        index = self._index
        for entity in (*index.called.values(), *index.described.values(), *index.refers.values()):
            name = entity.name.casefold().replace("'", "’")
            if entity.type is EntityType.ORGANIZATION and name.endswith("’s office"):
                parts = name.removesuffix("’s office").split()
                for n in range(len(parts)):
                    offices.setdefault(" ".join(parts[n:]), {})[entity.id] = entity
        return offices

    def in_title(self, found: Found) -> Entity | None:
        """The only body whose name begins or ends with the one before a post: Kestrel Foods for "Kestrel executive"."""
        first, *rest = found.title.split()
        plain = {*name_words().org_starts, *name_words().titles, *name_words().portfolios}
        *ranks, post = rest or [first]
        ranked = first.casefold() in self._index.called or classed("roles", "common modifiers").issuperset(ranks)
        if not rest or not ranked or not first[:1].isupper() or not post.islower() or first.lower() in plain:
            return None
        if post in classed("roles", "running"):
            return None  # who runs for the Senate does not sit in it
        of_place = lexicon.role_nouns().get(post) is lexicon.PostKind.STATE or lexicon.places_of(first)
        if of_place or first.lower() in lexicon.role_nouns():
            return None
        only, begun = self._index.called.get(first.casefold()), self._begun.get(first.casefold(), {})
        if only is None:
            only = only_one(begun)
        elif only.type is EntityType.PLACE and post in classed("roles", "post in a body, surely"):
            only = only_one({k: e for k, e in begun.items() if e.type is EntityType.ORGANIZATION})
        return only if only is not None and only.type is EntityType.ORGANIZATION else None

    def of_town(self, found: Found) -> Entity | None:
        """The only council that is called by the town before its mayor or councillor: "Waimora Mayor Jon Reed"."""
        town, *post = found.title.casefold().split()
        if len(post) != 1 or post[0] not in classed("roles", "rank of councillors"):
            return None
        return only_one({k: e for k, e in self._begun.get(town, {}).items() if "council" in parts_of(e)})

    @cached_property
    def _begun(self) -> dict[str, dict[str, Entity]]:
        """What the article names, by the first word of its names, and bodies by the last."""
        begun: dict[str, dict[str, Entity]] = defaultdict(dict)
        for name, entity in self._index.called.items():
            first, *_, last = name.split() * 2
            begun[first][entity.id] = entity
            if entity.type is EntityType.ORGANIZATION and is_called_by_noun(name):
                begun[last][entity.id] = entity
        return begun


def parts_of(body: Entity) -> set[str]:
    """The words of a body's name, lower case."""
    return set(body.name.casefold().replace("’", "'").split())


def only_one(found: dict[str, Entity]) -> Entity | None:
    """The entity, where there is one only."""
    return next(iter(found.values())) if len(found) == 1 else None
