"""Profiles of all articles -> groups that are one thing, and what a person should be asked.

Thousands of articles name the same people: the work grows with how many names
there are and in how many ways each is told of, not with the pairs of entities.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, pairwise, product

from ..records.mention import EntityType
from .matching import Comparison, Facts, Grounds, Judgement, compare, facts_of, grounds, judge, name_alone
from .name_likeness import Profile, block_keys, merge_keys, name_key

PAIRS = 2_500
"""Pairs of two names' entities that are looked at one by one; of more, those that share a role, body or place."""

SAMPLE = 8
"""Entities of two names that share something, of which each meets each; the others meet their own name's alone."""

FEW = 3
"""Entities of a large group that are looked at for the question whether it is another."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two entities that may be the same, for a person to decide."""

    first: str
    second: str
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Identity:
    """Which entities are one: `cluster` maps each key to the least key of its group."""

    cluster: dict[str, str]
    suggestions: tuple[Suggestion, ...]


def identify(
    profiles: Iterable[Profile],
    merged: Iterable[tuple[str, str]] = (),
    apart: Iterable[tuple[str, str]] = (),
) -> Identity:
    """Groups of entities that are one thing, by evidence and by what people decided (`merged`, `apart`: pairs of keys).

    A group takes in another only if no two members veto each other; a decision
    to keep two apart is such a veto. Of what may join two groups the likeliest
    pair alone is suggested. Order of input makes no difference.

    >>> from ..records.mention import EntityType
    >>> one, two = (Profile(f"e{n}", f"a{n}", EntityType.PERSON, "Ottoline Farquharson-Reyes") for n in (1, 2))
    >>> identify([one, two]).cluster
    {'e1': 'e1', 'e2': 'e1'}
    >>> identify([one, two], apart=[("e1", "e2")]).cluster
    {'e1': 'e1', 'e2': 'e2'}
    """
    kept_apart = {_pair(*p) for p in apart}
    work = _grouped(profiles, merged, kept_apart)
    questions: list[_Question] = []
    large: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
    for a, b in work.meetings(_alike_keys):
        if work.many(a, b):
            large.add((min(name_key(a), name_key(b)), max(name_key(a), name_key(b))))
        else:
            judged = ((x, y, *work.judged(x, y)) for x, y in work.pairs(a, b))
            questions += ((-score, x, y) for x, y, verdict, score in judged if verdict is Judgement.SUGGEST)
    for chain in work.chains():
        questions += ((-work.judged(x, y)[1], x, y) for x, y in pairwise(chain))
    cluster = work.cluster()
    for one, other in sorted(large):
        questions += work.questions(one, other, cluster)
    best: dict[tuple[str, str], _Question] = {}
    for question in sorted(questions):
        _, x, y = question
        if cluster[x] != cluster[y] and (x, y) not in kept_apart:
            best.setdefault(_pair(cluster[x], cluster[y]), question)
    found = (Suggestion(x, y, work.compared(x, y)) for _, x, y in best.values())
    return Identity(cluster, tuple(found))


def clusters(
    profiles: Iterable[Profile], merged: Iterable[tuple[str, str]] = (), apart: Iterable[tuple[str, str]] = ()
) -> dict[str, str]:
    """The least key of its group for each key, as `identify` finds it, without anything to ask.

    >>> from ..records.mention import EntityType
    >>> some = [Profile(f"e{n}", f"a{n}", EntityType.ORGANIZATION, "Acme Mills") for n in (1, 2)]
    >>> clusters(some)
    {'e1': 'e1', 'e2': 'e1'}
    """
    return _grouped(profiles, merged, {_pair(*p) for p in apart}).cluster()


def _grouped(profiles: Iterable[Profile], merged: Iterable[tuple[str, str]], apart: set[tuple[str, str]]) -> _Work:
    """The groups that evidence and people's words make."""
    joined = sorted({_pair(*p) for p in merged})
    work = _Work(profiles, joined, apart)
    for x, y in joined:
        work.join(x, y)
    strong: list[_Question] = []
    for a, b in work.meetings(merge_keys):
        if says_nothing(a) or says_nothing(b):
            continue
        if work.many(a, b):
            strong += work.edges(a, b)
            continue
        for x, y in work.pairs(a, b):
            verdict, score = work.judged(x, y)
            if verdict is Judgement.MERGE:
                strong += ((-score, m, n) for m, n in work.followed(x, y))
    for _, x, y in sorted(strong):
        work.join(x, y)
    return work


def _alike_keys(kind: Profile) -> set[str]:
    """Keys of which two profiles share one if they may be asked about."""
    keys = {key for name in (kind.name, *kind.aliases) for key in block_keys(kind.type, name)}
    return {f"{kind.type}|{key}" for key in (keys | {kind.external} if kind.external else keys)}


MOST = 100
"""Roles, bodies or places that are looked at of all whom one name says: those that most articles tell."""


def as_told(profile: Profile) -> Profile:
    """What is told of an entity, whichever it is and wherever: who is told of in the same words is compared once.

    Where the name alone says who is meant, nothing else is needed. What is known
    outside is known by that: the setting of one article adds nothing.

    >>> from ..records.mention import EntityType
    >>> as_told(Profile("e1", "a1", EntityType.PERSON, "Jo Hill", roles=("mayor",))).roles
    ('mayor',)
    """
    kind = name_alone(profile)
    if says_who(kind):
        return kind
    places = () if profile.external and profile.type is not EntityType.PERSON else profile.places
    return replace(profile, key="", article="", places=places)


@lru_cache(maxsize=1 << 12)
def says_who(kind: Profile) -> bool:
    """Whether all who have a name, as `name_alone` has it, are one thing whatever articles tell of them."""
    return grounds(kind, kind).verdict is Judgement.MERGE


@lru_cache(maxsize=1 << 12)
def says_nothing(kind: Profile) -> bool:
    """Whether no two of a name, as `name_alone` has it, are ever one by what articles tell: a surname, a people."""
    ground = grounds(kind, kind)
    return ground.verdict is Judgement.APART or (ground.verdict is Judgement.SUGGEST and ground.needs is None)


def with_most(kind: Profile, roles: Counter[str], organizations: Counter[str], places: Counter[str]) -> Profile:
    """A kind with what most articles tell of those who have the name, by how many tell it."""
    return replace(kind, roles=_most(roles), organizations=_most(organizations), places=_most(places))


def _most(told: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(sorted(told, key=lambda value: (-told[value], value))[:MOST]))


def gathered(told: Profile, several: Sequence[Profile]) -> Profile:
    """What is told of entities of one node together; `told` is `as_told` of each."""
    if not says_who(name_alone(told)):
        return told
    counts: tuple[Counter[str], Counter[str], Counter[str]] = (Counter(), Counter(), Counter())
    for one in several:
        for count, values in zip(counts, (one.roles, one.organizations, one.places), strict=True):
            count.update(values)
    return with_most(told, *counts)


_Question = tuple[float, str, str]
"""How likely two keys are one thing, with a minus, so that the likeliest is least; then the keys in order."""


def _pair(x: str, y: str) -> tuple[str, str]:
    return (x, y) if x < y else (y, x)


@dataclass(slots=True)
class _Group:
    """Nodes that are one thing: what is told of them apart from evidence, and those that people decided about."""

    nodes: list[str]
    kinds: set[Profile]
    decided: list[str]


class _Work:
    """Groups in the making.

    Most entities of a thousand articles are told of in the same words as
    another: they stand as one node, the least key of them, unless somebody
    decided about them. What vetoes a merge is what is told of a node apart
    from roles, bodies and places, its kind; kinds are few, and all comparing
    of names is of kinds, once.
    """

    def __init__(
        self, profiles: Iterable[Profile], merged: Sequence[tuple[str, str]], apart: set[tuple[str, str]]
    ) -> None:
        singled = {key for pair in (*merged, *apart) for key in pair}
        alike: dict[tuple[Profile, str], list[Profile]] = defaultdict(list)
        for p in sorted(profiles, key=lambda p: p.key):
            alike[as_told(p), p.key if p.key in singled else ""].append(p)
        self._apart = apart
        self._grounds: dict[tuple[Profile, Profile], Grounds] = {}
        self._told: dict[str, Profile] = {}
        self._facts: dict[str, Facts] = {}
        self._kind: dict[str, Profile] = {}
        self._node: dict[str, str] = {}
        self._chain: dict[str, list[str]] = {}
        self._heads: dict[Profile, list[str]] = defaultdict(list)
        for (words, _), several in alike.items():
            told, keys = gathered(words, several), [one.key for one in several]
            kind = name_alone(told)
            facts = facts_of(told)
            one = judge(self._ground(kind, kind), facts, facts)[0] is Judgement.MERGE
            chain = keys[:1] if one else keys
            self._chain[keys[0]] = chain
            self._heads[kind].append(keys[0])
            for key in keys:
                self._node[key] = keys[0] if one else key
            for node in chain:
                self._told[node], self._facts[node], self._kind[node] = told, facts, kind
        self._named: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for kind, heads in self._heads.items():
            heads.sort()
            self._named[name_key(kind)] += heads
        self._speaks: dict[str, list[str]] = {}
        for x, y in merged:
            if x in self._told and y in self._told:
                self._speaks.setdefault(x, [x]).append(y)
                self._speaks.setdefault(y, [y]).append(x)
        decided = {key for pair in apart for key in pair} | set(self._speaks)
        self._home = {node: node for node in self._told}
        self._groups = {
            node: _Group([node], set(), [node]) if node in decided else _Group([node], {kind}, [])
            for node, kind in self._kind.items()
        }

    def _ground(self, a: Profile, b: Profile) -> Grounds:
        found = self._grounds.get((a, b))
        if found is None:
            found = self._grounds[a, b] = grounds(a, b)
        return found

    def judged(self, x: str, y: str) -> tuple[Judgement, float]:
        """What comparing two nodes comes to, and how alike they are."""
        return judge(self._ground(self._kind[x], self._kind[y]), self._facts[x], self._facts[y])

    def compared(self, x: str, y: str) -> Comparison:
        """How alike two nodes are, with the reasons."""
        return compare(self._told[x], self._told[y])

    # -- who meets

    def meetings(self, keys: Callable[[Profile], Iterable[str]]) -> Iterator[tuple[Profile, Profile]]:
        """Kinds that share the key of a block and do not veto each other, each also itself: only they can be one."""
        blocks: dict[str, set[Profile]] = defaultdict(set)
        for kind in self._heads:
            for key in keys(kind):
                blocks[key].add(kind)
        first = {kind: heads[0] for kind, heads in self._heads.items()}
        seen: set[tuple[str, str]] = set()
        for kind in self._heads:
            if self._ground(kind, kind).verdict is not Judgement.APART:
                yield kind, kind
        for _, kinds in sorted(blocks.items(), key=lambda block: block[0]):
            for a, b in combinations(sorted(kinds, key=first.__getitem__), 2):
                if (first[a], first[b]) not in seen:
                    seen.add((first[a], first[b]))
                    if self._ground(a, b).verdict is not Judgement.APART:
                        yield a, b

    def many(self, a: Profile, b: Profile) -> bool:
        """Whether the entities of the names of two kinds are too many to look at each pair."""
        return len(self._named[name_key(a)]) * len(self._named[name_key(b)]) > PAIRS

    def pairs(self, a: Profile, b: Profile) -> Iterator[tuple[str, str]]:
        """All pairs of nodes of two kinds, of nodes told of in the same words the first alone."""
        if a is b or a == b:
            yield from combinations(self._heads[a], 2)
        else:
            yield from (_pair(x, y) for x, y in product(self._heads[a], self._heads[b]))

    def chains(self) -> Iterator[list[str]]:
        """Nodes told of in the same words that are not one for that: each may be the next.

        The first of them meets all others; what would be said of the rest is said already.
        """
        for chain in self._chain.values():
            if len(chain) > 1 and self.judged(chain[0], chain[1])[0] is Judgement.SUGGEST:
                yield chain

    def followed(self, x: str, y: str) -> Iterator[tuple[str, str]]:
        """The pairs of two nodes and those told of in the same words that make one of all of them."""
        yield from (_pair(m, y) for m in self._chain[x])
        yield from (_pair(x, n) for n in self._chain[y][1:])

    # -- names with many entities

    def edges(self, a: Profile, b: Profile) -> Iterator[_Question]:
        """Pairs of nodes of two kinds that join what all strong pairs of theirs would join."""
        ground = self._ground(a, b)
        first, second = self._heads[a], self._heads[b]
        if ground.verdict is Judgement.MERGE:
            yield from ((-ground.alike, *_pair(first[0], y)) for y in (*first[1:], *second) if y != first[0])
        elif ground.needs == 0:
            star = ((first[0], y) for y in (*first[1:], *second) if y != first[0])
            yield from ((-ground.alike, *_pair(x, y)) for x, y in star if self.judged(x, y)[0] is Judgement.MERGE)
        elif ground.needs is not None:
            mine, theirs = self._sharing(first), self._sharing(second)
            for fact in sorted(mine.keys() & theirs.keys()):
                if a == b:
                    near: Iterable[tuple[str, str]] = pairwise(mine[fact])
                else:
                    near = (_pair(x, y) for x, y in product(mine[fact][:SAMPLE], theirs[fact][:SAMPLE]))
                for x, y in near:
                    verdict, score = self.judged(x, y)
                    if verdict is not Judgement.MERGE:
                        continue
                    yield from ((-score, m, n) for m, n in self.followed(x, y))

    def _sharing(self, nodes: Sequence[str]) -> dict[tuple[int, str], list[str]]:
        """Nodes by each role, body and place that they have."""
        found: dict[tuple[int, str], list[str]] = defaultdict(list)
        for node in nodes:
            facts = self._facts[node]
            for n, values in enumerate((facts.roles, facts.organizations, facts.places)):
                for value in values:
                    found[n, value].append(node)
        return found

    def questions(self, a: tuple[str, ...], b: tuple[str, ...], cluster: Mapping[str, str]) -> Iterator[_Question]:
        """For groups with nodes of two names the likeliest pair that may join them; of many groups each meets the next.

        A group stands by the first few of its nodes.
        """
        first, second = self._grouped(a, cluster), self._grouped(b, cluster)
        if len(first) * len(second) <= PAIRS:
            meeting = {_pair(c, d) for c in first for d in second if c != d}
        else:
            meeting = set(pairwise(sorted({*first, *second})))
        for c, d in sorted(meeting):
            found = []
            for one, other in ((first.get(c, ()), second.get(d, ())), (first.get(d, ()), second.get(c, ()))):
                for m, n in product(one, other):
                    x, y = _pair(m, n)
                    verdict, score = self.judged(x, y)
                    if verdict is Judgement.SUGGEST:
                        found.append((-score, x, y))
            if found:
                yield min(found)

    def _grouped(self, name: tuple[str, ...], cluster: Mapping[str, str]) -> dict[str, list[str]]:
        """The first few nodes of a name in each group."""
        found: dict[str, list[str]] = defaultdict(list)
        for node in sorted(self._named[name]):
            if len(found[cluster[node]]) < FEW:
                found[cluster[node]].append(node)
        return found

    # -- joining

    def _apart_kinds(self, a: Profile, b: Profile) -> bool:
        return self._ground(a, b).verdict is Judgement.APART

    def _vetoed(self, first: _Group, second: _Group) -> bool:
        """Whether two groups may not be one; what people merged a node with speaks for it too."""
        if any(self._apart_kinds(a, b) for a in first.kinds for b in second.kinds):
            return True
        for one, other in ((first, second), (second, first)):
            for m in one.decided:
                said = [self._kind[p] for p in self._speaks.get(m, (m,))]
                if any(all(self._apart_kinds(p, kind) for p in said) for kind in other.kinds):
                    return True
        return any(
            _pair(m, n) in self._apart
            or all(
                self._apart_kinds(self._kind[p], self._kind[q])
                for p in self._speaks.get(m, (m,))
                for q in self._speaks.get(n, (n,))
            )
            for m in first.decided
            for n in second.decided
        )

    def join(self, x: str, y: str) -> None:
        """Make the groups of two nodes one, unless a member of one vetoes a member of the other."""
        if x not in self._home or y not in self._home:
            return
        first, second = sorted((self._home[x], self._home[y]))
        if first == second or self._vetoed(self._groups[first], self._groups[second]):
            return
        if len(self._groups[first].nodes) < len(self._groups[second].nodes):
            first, second = second, first
        gone, kept = self._groups.pop(second), self._groups[first]
        for node in gone.nodes:
            self._home[node] = first
        kept.nodes += gone.nodes
        kept.kinds |= gone.kinds
        kept.decided += gone.decided

    def cluster(self) -> dict[str, str]:
        """The least key of its group for each key."""
        least = {home: min(group.nodes) for home, group in self._groups.items()}
        return {key: least[self._home[node]] for key, node in sorted(self._node.items())}
