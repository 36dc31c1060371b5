"""Whose a post is that does not say so itself: by its name, by other posts, by what stands around it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cached_property
from itertools import takewhile

from ...language.lexicon import noted
from ...language.lexicon import words as classed
from ...records.entity import Entity
from ...records.mention import EntityType
from ...text.blocks import BlockKind
from ...text.document import Token
from ..entities.gazetteer import gazetteer
from ..entities.names import lexicon as name_words
from . import role_lexicon as lexicon
from .belonging import is_harmed
from .bodies_by_name import BodiesByName, only_one, parts_of
from .draft_role import Found, Owner
from .mention_index import MentionIndex, NamedEntity
from .role_lexicon import noun_kind
from .seats import seat

_STANDINGS = tuple(
    (classed("roles", ranks), classed("roles", bodies))
    for ranks, bodies in (
        ("rank of soldiers", "body of soldiers"),
        ("rank of scholars", "body of scholars"),
        ("rank of councillors", "body of councillors"),
        ("rank of police", "body of police"),
        ("rank of judges", "body of judges"),
        ("rank of teachers", "body of teachers"),
        ("rank in a town hall", "body of councillors"),
    )
)
_ONE_IN_AN_ARTICLE = _STANDINGS[2:]
"""Ranks in bodies of which a report mostly tells of one: councillors, police officers, judges, teachers."""


class Bodies:
    """Whose the posts of one article are; what is looked up more than once is gathered once."""

    def __init__(self, index: MentionIndex, roles: list[Found]) -> None:
        self._index, self._document = index, index.document
        self._last: tuple[Found, Entity] | None = None
        self._told: dict[Found, Entity] = {}
        self._nouns: dict[str, set[str]] = defaultdict(set)
        self._ends = {f.last: f for f in sorted(roles, key=lambda f: f.organization is not None)}
        self._held: dict[str, list[Entity]] = defaultdict(list)
        for f in roles:
            if f.organization is not None:
                self._held[f.holder.id].append(f.organization)
        teams = {f.organization.id: f.organization for f in roles if f.organization is not None and _in_team(f)}
        self._team = only_one(teams)
        self._towns: dict[str, dict[str, Entity]] = defaultdict(dict)
        for f in roles:
            if f.place is not None:
                for noun in _of_one_town(f.noun):
                    self._towns[noun][f.place.id] = f.place
        names = BodiesByName(index)
        self._ways: tuple[Callable[[Found], Entity | None], ...] = (
            names.entailed, names.ministry, self._by_standing, self._only_such, names.office, self._beside_another,
            names.in_title, names.of_town, self._of_team, self._owning, self._spoken_for,
        )  # fmt: skip

    def of(self, found: Found) -> Entity | None:
        """The organisation of a role; None if the article does not tell, or if the post is in a person's service.

        To be asked of the roles in their order.
        """
        owner = self._of_kind(found)
        at_work = owner if " at the " in found.title else None  # "The union's lead organiser at the hospital"
        body = at_work or found.organization or owner or self._of_the_same(found)
        if body is None and not self._in_service(found):
            body = next(filter(None, (way(found) for way in self._ways)), None)
        if body is not None:
            self._last, self._told[found] = (found, body), body
        return body

    def _of_the_same(self, found: Found) -> Entity | None:
        """The body of whoever had the last post, for "her deputy"."""
        deputies = classed("roles", "in the body of whose it is")
        if found.owner is not Owner.PERSON or deputies.isdisjoint(found.title.casefold().split()):
            return None
        last, document = self._last, self._document
        if last is None or document[found.first].sentence - document[last[0].first].sentence > 1:
            return None
        people = (n.entity for n in self._index.names if last[0].first < n.start < found.first)
        since = any(e.type is EntityType.PERSON and e not in (last[0].holder, found.holder) for e in people)
        return last[1] if last[0].holder is not found.holder and not since else None

    def _in_service(self, found: Found) -> bool:
        """Whether a post is a person's, by its owner or that of the post before it in a list."""
        other = self._before(found)
        return found.owner is Owner.PERSON or (
            other is not None and other.holder is not found.holder and self._in_service(other)
        )

    def _before(self, found: Found) -> Found | None:
        """The role that this one is joined to, by "and" or a comma."""
        document, k = self._document, found.first - 1
        if k > 0 and document[k].lower in ("and", "&"):
            k -= document[k - 1].text == ","
        elif k < 0 or document[k].text != ",":
            return None
        return self._ends.get(k)

    def state_of(self, found: Found) -> Entity | None:
        """The place of a role; the country of an office of state that does not say which, where only one can be."""
        if found.place is not None or found.organization is not None or found.owner is Owner.PERSON:
            return found.place
        if (known := seat(self._index, found)) is not None:
            return known
        *fields, post = found.title.casefold().split()
        plain = name_words().portfolios | classed("roles", "common modifiers") | {"and"}
        if _BARE_RANKS.issuperset(fields) and (town := only_one(self._towns.get(post, {}))) is not None:
            return town
        if (place := self._called_by_kind(found)) is not None:
            return place
        return self._state if post in classed("roles", "of a state") and plain.issuperset(fields) else None

    def _called_by_kind(self, found: Found) -> Entity | None:
        """The last place named with the noun that owns a post: Orin County of "the county’s sheriff"."""
        noun = self._place_noun(found)
        before = (n.entity for n in reversed(self._index.names) if n.start < found.first)
        places = (e for e in before if noun is not None and e.type is EntityType.PLACE)
        return next((e for e in places if e.name.casefold().split()[-1] == noun), None)  # no City Hall

    def _place_noun(self, found: Found) -> str | None:
        """The noun of places that owns a post: the city of "the city’s deputy manager"."""
        noun = self._document[found.whose].lower if found.whose is not None else ""
        return noun if noun in classed("roles", "kind of place") else None

    @cached_property
    def _state(self) -> Entity | None:
        """The only country that the article names, if its first sentences say what it does or is governed by."""
        index, document = self._index, self._document
        known = [n for n in index.names if n.entity.type is EntityType.PLACE and gazetteer().is_country(n.entity.name)]
        only = only_one({n.entity.id: n.entity for n in known})
        opening = (t for s in document.sentences[:3] for t in document.tokens[s.start : s.end])
        told = only is not None and any(self._governed(t) for t in opening if self._points_at(t) is only)
        return only if told else None

    def _points_at(self, token: Token) -> Entity | None:
        named = self._index.at.get(token.i)
        return named.entity if named is not None else self._index.origin(token)

    def _governed(self, token: Token) -> bool:
        """Whether a country acts, or owns who governs it: "Norway's main opposition party"."""
        after = self._document.tokens[token.i + 1 : token.i + 6]
        run = takewhile(lambda t: t.pos in classed("parse", "owned by a country"), after)
        return token.dep == "nsubj" or any(t.lower in _GOVERNING for t in run)

    # by other posts

    def _by_standing(self, found: Found) -> Entity | None:
        """The body that a rank or chair must belong to, said with another role of the same holder in the article.

        The general who speaks for the army has his rank in it.
        """
        title = set(found.title.casefold().split())
        for ranks, bodies in _STANDINGS:
            if ranks & title:
                for body in self._held.get(found.holder.id, ()):
                    if bodies & set(body.name.casefold().split()):
                        return body
        return None

    def _only_such(self, found: Found) -> Entity | None:
        """The only council, force or court of the article, for a councillor, an officer, a judge: `Det Insp`."""
        words = found.title.casefold().split()
        post = {*takewhile(lambda word: word not in lexicon.PREPOSITIONS, words)}
        whole = set(words) - lexicon.PREPOSITIONS  # "chair of governors"
        title = whole if whole <= _BARE_RANKS else post - ({"member"} if "cabinet" in post else set())
        noun = self._noun_before(found)
        fields = name_words().portfolios if "portfolio" in title else frozenset[str]()
        if found.place is None and title <= _BARE_RANKS | fields:
            for ranks, bodies in _ONE_IN_AN_ARTICLE:
                if ranks & title and (noun is None or noun in bodies):
                    such = (e for last in bodies for e in self._ending.get(last, ()))
                    # a mayor's is a town's council
                    return only_one({e.id: e for e in such if "mayor" not in title or _TOWNS & parts_of(e)})
        return None

    @cached_property
    def _ending(self) -> dict[str, list[Entity]]:
        """The bodies with names of several words, by the last."""
        ending: dict[str, list[Entity]] = defaultdict(list)
        for entity in {n.entity.id: n.entity for n in self._index.names}.values():
            if entity.type is EntityType.ORGANIZATION and " " in entity.name:
                ending[entity.name.casefold().split()[-1]].append(entity)
        return ending

    def _beside_another(self, found: Found) -> Entity | None:
        """The body of the post that this one is joined to: the firm's founder A and chief editor B."""
        if self._last is not None and self._last[0].holder is found.holder and " " not in found.title:
            last, body = self._last
            if last.first == found.first and found.title in classed("roles", "shares the body of a list"):
                return body  # "said Scott Livermore, chairman, president and chief executive"
        opener, joint = self._document[found.first], self._document[max(0, found.first - 1)]
        if found.place is not None or joint.lower not in ("and", "&"):
            return None
        if opener.tag in ("NNP", "NNPS") and noun_kind(opener) is None and opener.text != found.title.split()[-1]:
            return None  # "Leicester lock Ann Kay and Wasps scrum-half Jon Dawson": a body that was not found to be one
        other = self._before(found)
        if other is None or (other.holder is found.holder and " " in found.title):
            return None
        return self._told.get(other, other.organization)

    def _of_team(self, found: Found) -> Entity | None:
        """The only team whose posts the article tells of."""
        bare = found.title.islower() or " " not in found.title  # vice-captain, Coach
        return self._team if found.place is None and _in_team(found) and bare else None

    # by what stands around it

    def _noun_before(self, found: Found) -> str | None:
        """The noun of bodies that owns a post: the union of "the union's organiser"."""
        noun = self._document[found.whose].lower if found.whose is not None and found.owner is Owner.BODY else ""
        return noun if noun in _NOUNS_OF_BODIES or noun in self._ending else None

    def _before_owner(self, found: Found, noun: str) -> list[NamedEntity]:
        """The bodies named before the owner of a post, but for what another noun called."""
        firms = classed("entities", "firm nouns")
        alike = firms if noun in firms else frozenset((noun,))
        return [n for n in self._bodies if n.end <= (found.whose or 0) and self._nouns[n.entity.id] <= alike]

    def _of_kind(self, found: Found) -> Entity | None:
        """The last body of the kind that a noun before a post says: the Packers' Alliance of "the union's lead"."""
        noun = self._noun_before(found)
        own = {noun, *_KINDS.get(noun or "", "").split()}
        named = reversed(self._before_owner(found, noun) if noun else [])
        return next((n.entity for n in named if own & parts_of(n.entity)), None)

    def _owning(self, found: Found) -> Entity | None:
        """The only body before "the regulator's director" that no word says to be of another kind; else the last's."""
        document, noun = self._document, self._noun_before(found) or ""
        if noun not in _KINDS.keys() | classed("entities", "firm nouns"):
            return None
        here = document[found.whose or 0].sentence
        near = (n for n in self._before_owner(found, noun) if here - document[n.start].sentence <= 4)
        free = {n.entity.id: n.entity for n in near if _NOUNS_OF_BODIES.isdisjoint(parts_of(n.entity))}
        last = self._last[1] if self._last is not None and self._last[1].id in free else None
        body = only_one(free) or last
        if body is not None:
            self._nouns[body.id].add(noun)
        return body

    def _spoken_for(self, found: Found) -> Entity | None:
        """The body of a post said by its noun alone, "spokesman Lee", or by whose it is: "the party's chairman"."""
        opens = self._document.sentences[self._document[found.first].sentence].start == found.first
        title = found.title[0].lower() + found.title[1:] if opens else found.title
        if found.owner is Owner.BODY and is_harmed(self._document, found.first):
            return None
        if found.place is not None or not (found.owner is Owner.BODY or _needs_body(title)) or self._is_told(found):
            return None
        body = self._just_spoken(found) or self._acting(found)
        if body is None:
            body = self._from_around(found) if _needs_body(title) else None
        elsewhere = body is None and not _needs_body(title) and self._by_pronoun(found)
        body = self._as_last(found) if elsewhere else body
        return body if body is not None and self._fits(found, body) else None

    def _from_around(self, found: Found) -> Entity | None:
        """The only body of the sentence, of the one before, or the one that the article is about."""
        here = self._document[found.first].sentence
        before = self._alone_in(here - 1) if found.owner is Owner.BODY else None
        nobody = self._unnamed(found) or self._place_noun(found) is not None
        return None if nobody else self._alone_in(here) or before or self._told_of or self._as_last(found)

    def _by_pronoun(self, found: Found) -> bool:
        return found.whose is not None and self._document[found.whose].lower in lexicon.POSSESSIVE_PRONOUNS

    def _fits(self, found: Found, body: Entity) -> bool:
        """Whether a body may be what the noun before a post says: no service board is "the opposition"."""
        noun = self._noun_before(found)
        kinds = _NOUNS_OF_BODIES & parts_of(body)
        if found.owner is not Owner.BODY or self._by_pronoun(found):
            return True
        own = {noun, *_KINDS.get(noun or "", "").split()}
        return bool(own & kinds) or not kinds or noun in _ANY_BODY

    def _as_last(self, found: Found) -> Entity | None:
        """The body of the last post, at most four sentences up, none named since: "The company's finance director".

        Behind "its" one at most.
        """
        if found.owner is not Owner.BODY or self._last is None:
            return None
        document, (last, body) = self._document, self._last
        if document[found.first].sentence - document[last.first].sentence > (1 if self._by_pronoun(found) else 4):
            return None
        since = (n for n in self._bodies if last.first <= n.start < found.first)
        return body if all(n.entity is body for n in since) else None

    def _unnamed(self, found: Found) -> bool:
        """Whether a post is that of a body that has no name there: "The club said ... its chairman"."""
        document, first = self._document, self._document.sentences[self._document[found.first].sentence].start
        bodies = classed("roles", "body nouns")
        acting = (t for t in document.tokens[first : found.first] if t.dep == "nsubj" and t.lower in bodies)
        known = [self._index.who(t.i) for t in acting if t.pos == "NOUN"]
        return found.owner is Owner.BODY and any(entity is None or not entity.named for entity in known)

    def _is_told(self, found: Found) -> bool:
        """Whether the holder is whom a sentence speaks to, so that no body in it need be the holder's own."""
        document = self._document
        head = document[found.last - 1]
        while found.first <= head.head < found.last and head.head != head.i:
            head = document[head.head]
        return head.dep in ("dobj", "dative") and document[head.head].lemma.lower() in classed("roles", "saying to")

    def _just_spoken(self, found: Found) -> Entity | None:
        """The body that spoke last, no more than two sentences before: "The Kestrel Bank said ... spokesman"."""
        here = self._document[found.first].sentence
        name = _last(self._speaking, self._document.sentences[here].start)
        near = name is not None and here - self._document[name.start].sentence <= 2
        return name.entity if near and name is not None and name.entity.type is EntityType.ORGANIZATION else None

    @cached_property
    def _speaking(self) -> list[NamedEntity]:
        """The subjects of verbs of saying, "The BVR union has announced" too."""
        document, index, found = self._document, self._index, []
        for t in document.tokens:
            if t.dep == "nsubj" and document[t.head].lemma.lower() in classed("roles", "saying"):
                entity = index.who(t.i)
                if (entity is None or not entity.named) and t.i and t.lower in classed("roles", "body nouns"):
                    entity = index.who(t.i - 1)
                if entity is not None and entity.named:
                    found.append(NamedEntity(entity, t.i, t.i + 1))
        return found

    def _acting(self, found: Found) -> Entity | None:
        """The subject of the sentence: "Redholm Rovers are close to signing Luc Moreau"."""
        name = _last(self._subjects, found.first)
        here = name is not None and self._document[name.start].sentence == self._document[found.first].sentence
        return name.entity if here and name is not None and name.entity.type is EntityType.ORGANIZATION else None

    @cached_property
    def _subjects(self) -> list[NamedEntity]:
        return [n for n in self._index.names if self._acts(self._document[n.end - 1])]

    def _acts(self, head: Token) -> bool:
        """Whether a name is the subject of a verb, or stands beside it: "The Red Machine, Halden Rovers, lost"."""
        return head.dep == "nsubj" or (head.dep == "appos" and self._document[head.head].dep == "nsubj")

    def _alone_in(self, sentence: int) -> Entity | None:
        """The only body named in a sentence, on either side of the post."""
        return only_one(self._sentences.get(sentence, {}))

    @cached_property
    def _sentences(self) -> dict[int, dict[str, Entity]]:
        sentences: dict[int, dict[str, Entity]] = defaultdict(dict)
        for name in self._bodies:
            sentences[self._document[name.start].sentence][name.entity.id] = name.entity
        return sentences

    @cached_property
    def _bodies(self) -> list[NamedEntity]:
        """The names of bodies that may be somebody's: not of who is told something, nor before a thing: a UN school."""
        return [n for n in self._index.names if n.entity.type is EntityType.ORGANIZATION and not self._aside(n)]

    def _aside(self, name: NamedEntity) -> bool:
        document = self._document
        head = document[name.end - 1]
        above = document[head.head]
        told = above.lemma.lower() == "tell" or above.lower == "to"
        own = head.dep in ("compound", "nmod") and above.lower in name_words().heads
        return told or (own and above.lower not in classed("roles", "named by what stands before"))

    @cached_property
    def _told_of(self) -> Entity | None:
        """The body that the article is about: named first, three times or more, and twice as often as any other."""
        told = (n for n in self._index.names if self._document.kind(n.start) is not BlockKind.DATELINE)  # no agency
        bodies = [n for n in told if n.entity.type is EntityType.ORGANIZATION]
        counts = {n.entity.id: len(n.entity.mentions) for n in bodies if not parts_of(n.entity) <= _INNER}
        (first, most), (_, next_most) = (*Counter(counts).most_common(2), ("", 0), ("", 0))[:2]
        clear = most >= 3 and most >= 2 * next_most
        return bodies[0].entity if clear and bodies[0].entity.id == first else None


_INNER = classed("roles", "part of any body")
"""Words of the names of what every body has, its Board of Directors."""

_GOVERNING = classed("roles", "of a state") | classed("roles", "governs")
"""Nouns for who governs a country and what it is governed by: its president, its parliament."""

_KINDS = noted("roles", "called by another noun")
"""Words in the names of bodies, by the noun that a report calls them: the alliance that is a union."""

_ANY_BODY = classed("roles", "any body")
"""Nouns for a body of whatever kind: the group, the body."""

_NOUNS_OF_BODIES = (
    classed("roles", "body nouns") | _KINDS.keys() | {w for w, kind in name_words().heads.items() if kind == "org"}
)


_BARE_RANKS = frozenset().union(
    *(ranks for ranks, _ in _ONE_IN_AN_ARTICLE),
    classed("roles", "common modifiers"), classed("roles", "before a rank in a town hall"),
)  # fmt: skip


_TOWNS = classed("roles", "before a rank in a town hall") - {"lord", "term"}


def _last(names: list[NamedEntity], i: int) -> NamedEntity | None:
    """The last of some names, in order, that begins before a token."""
    k = bisect_left(names, i, key=lambda name: name.start)
    return names[k - 1] if k else None


def _of_one_town(noun: str) -> frozenset[str]:
    """The posts of the same town or region as the one that holds a post: of a mayor's the deputy mayor, councillors."""
    return next((c for c in _TOGETHER if noun in c), frozenset())


_TOGETHER = (classed("roles", "rank of councillors"), frozenset({"governor"}), frozenset({"sheriff"}))


def _in_team(found: Found) -> bool:
    """Whether a post is one in a team by its noun: captain, number eight, coach."""
    noun = found.noun.rpartition("-")[2]
    return lexicon.role_nouns().get(noun) is lexicon.PostKind.TEAM and noun != "manager"


def _plain_title(title: str) -> str:
    """A title without what says nothing of whose it is: company chair, interim CEO, an officer for its operations."""
    first, *rest = title.partition(" for its ")[0].split()
    said = first in classed("entities", "firm nouns") or first.lower() in lexicon.KEPT_IN_TITLE
    return " ".join(rest if said and rest else [first, *rest])


def _needs_body(title: str) -> bool:
    """Whether a post must be some body's, though it is said alone or with its field: operations chairman."""
    title, _, whose = _plain_title(title).partition(" of the ")  # "chief executive of the retailer", whichever that is
    if " " in whose:
        return False
    *fields, post = title.split()
    if title.lower() in classed("roles", "post of the body told of"):
        return True
    if not fields or post.lower() not in classed("roles", "post of the body told of, with its field"):
        return False
    plain = name_words().portfolios | classed("roles", "common modifiers") | classed("roles", "fields of posts")
    named = not (classed("roles", "body nouns") - {"group"}).isdisjoint(fields)  # "foreign ministry spokesman"
    return not named and (title.islower() or plain.issuperset(title.lower().split()[:-1]))
