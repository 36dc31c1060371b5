"""View data -> the graph that the page opens on: who says, denies, doubts or reports what, and who holds which post.

Every statement, figure and role is behind an edge or on the shelf; a test
counts them. Nothing here knows where a node stands: `scenes` and `place` do.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .plain import Json, fold, hashed
from .wording import money_sign

# kinds of edges that a statement makes, those that dispute first
DISPUTES = ("denies", "doubts", "hedges")
SAYS = (*DISPUTES, "demands", "asks", "asserts", "other")


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody who speaks or is spoken of, a topic, a figure, or words on no topic; `of` are the records it stands for.

    `kind` is an entity type, or Topic, Figure, Words; `said` counts the
    statements that it makes; `stance` is that of words, else None.
    """

    id: str
    kind: str
    label: str
    named: bool = True
    of: tuple[str, ...] = ()
    said: int = 0
    stance: str | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """What leads from one node to another: `kind` is one of SAYS, reports, counts, via, role or relation.

    `through` are figure nodes that say as much as the edge does where they are
    drawn: Amnesty says something on hangings, and what it says is the figure.
    `words` say the first post or relation in full, and are empty elsewhere.
    """

    start: str
    end: str
    kind: str
    records: tuple[str, ...]
    through: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes and edges in a fixed order, and the statements, figures and roles that no edge holds."""

    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]
    shelf: tuple[str, ...]


def graph_of(data: Json) -> Graph:
    """The graph of all records of some view data, the statements of a speaker on one topic joined into one edge."""
    made = _Making(data)
    made.figures()
    made.statements()
    made.ties()
    return made.graph()


@dataclass(slots=True)
class _Draft:
    kind: str
    label: str
    named: bool = True
    of: list[str] = field(default_factory=list)
    said: int = 0
    stance: str | None = None


class _Making:
    """Records joined into nodes and edges, step by step."""

    def __init__(self, data: Json) -> None:
        self.data = data
        self.nodes: dict[str, _Draft] = {}
        self.edges: dict[tuple[str, str, str], dict[str, None]] = defaultdict(dict)
        self.counted: dict[str, dict[str, None]] = defaultdict(dict)  # statement -> its figure nodes
        self.place: dict[str, str] = {}  # entity or topic -> its node
        self.words: dict[str, str] = {}  # post, relation or event -> what it is called
        for entity in data["entities"]:
            self.nodes[entity["id"]] = _Draft(entity["type"], entity["name"], entity["named"], [entity["id"]])
            self.place[entity["id"]] = entity["id"]
        called: dict[str, str] = {}
        for entity in data["entities"]:
            if entity["named"]:
                called.setdefault(fold(entity["name"]), entity["id"])
        for topic in data["topics"]:
            key = topic["entity"] or called.get(fold(topic["label"])) or topic["id"]
            self.nodes.setdefault(key, _Draft("Topic", topic["label"])).of.append(topic["id"])
            self.place[topic["id"]] = key

    def _join(self, start: str | None, end: str | None, kind: str, record: str) -> None:
        if start and end and start != end:
            self.edges[start, end, kind][record] = None

    def figures(self) -> None:
        """Equal figures for one thing are one node, between those who report them and what they count."""
        by_id = {s["id"]: s for s in self.data["statements"]}
        for f in self.data["figures"]:
            if not f["reporters"]:
                continue
            said = by_id.get(f["statement"] or "")
            key = hashed("g", "|".join(map(str, _same_figure(f))))
            self.nodes.setdefault(key, _Draft("Figure", figure_label(f))).of.append(f["id"])
            for reporter in f["reporters"]:
                self._join(self.place[reporter], key, "reports", f["id"])
            self._join(self.place[f["reporters"][0]], self.place.get(f["via"] or ""), "via", f["id"])
            topics = said["topics"] if said else ()
            for topic in topics:
                self._join(key, self.place[topic], "counts", f["id"])
            if f["place"] and not topics:
                self._join(key, self.place[f["place"]], "counts", f["id"])
            if said:
                self.counted[said["id"]][key] = None
                for by in _speakers(said):
                    self._join(self.place[by], key, "reports", said["id"])

    def statements(self) -> None:
        """A speaker's statements lead to their topics; else to names in their words; else to the words themselves."""
        names = self._names()
        for s in self.data["statements"]:
            kind = s["stance"] if s["stance"] in SAYS else "other"
            for by in dict.fromkeys(self.place[key] for key in _speakers(s)):
                self.nodes[by].said += 1
                self._join(by, self.place.get(s["via"] or ""), "via", s["id"])
                for goal in self._goals(s, by, kind, names[s["article"]]):
                    self._join(by, goal, kind, s["id"])

    def _goals(self, s: Json, by: str, kind: str, names: list[tuple[int, int, str]]) -> list[str]:
        """Where a statement of a speaker leads; `names` are those of its article. Nowhere where figures say it."""
        topics = [self.place[t] for t in s["topics"] if self.place[t] != by]
        if topics:
            return topics
        inside = [k for a, b, k in names if k != by and any(x <= a and b <= y for x, y in s["content"])]
        if inside or self.counted[s["id"]]:
            return list(dict.fromkeys(inside))[:2]
        return [self._words(s, by, kind)]

    def _names(self) -> dict[int, list[tuple[int, int, str]]]:
        """Where articles speak of what has a name, by article, in the order of the text."""
        found: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
        for entity in self.data["entities"]:
            for article, start, end, *_ in entity["mentions"] if entity["named"] else ():
                found[article].append((start, end, self.place[entity["id"]]))
        for spans in found.values():
            spans.sort()
        return found

    def _words(self, s: Json, by: str, kind: str) -> str:
        """The node of what a speaker says on no topic, one for each stance."""
        key = hashed("q", f"{by}|{kind}")
        node = self.nodes.setdefault(key, _Draft("Words", s["text"] or s["cueText"] or "…", stance=kind))
        node.of.append(s["id"])
        return key

    def ties(self) -> None:
        """Posts, relations and events between those who have to do with each other."""
        at = self.place.get
        for r in self.data["roles"]:
            self._join(at(r["holder"] or ""), at(r["organization"] or r["place"] or ""), "role", r["id"])
            self.words[r["id"]] = r["title"]
        for x in self.data["relations"]:
            if x["role"]:
                continue  # the post says it
            start, end = at(x["subject"] or "", ""), at(x["object"] or "", "")
            self.words[x["id"]] = x["type"]
            same = (start, end, "role") in self.edges and x["type"] in ("memberOf", "leads")
            self._join(start, end, "role" if same else "relation", x["id"])
        for v in self.data["events"]:
            self.words[v["id"]] = v["trigger"]
            agents = [key for part, key in v["participants"] if part == "agent"]
            others = [key for part, key in v["participants"] if part != "agent"] or [v["place"]]
            for agent in agents:
                for other in others:
                    self._join(at(agent), at(other or ""), "relation", v["id"])

    def graph(self) -> Graph:
        """The outcome; a node that nothing leads to is kept, for search and the shelf."""
        edges = []
        for (start, end, kind), records in self.edges.items():
            each = [self.counted[r] for r in records] if kind == "asserts" else []
            through = sorted({key for keys in each for key in keys}) if each and all(each) else []
            words = self.words.get(next(iter(records)), "")
            edges.append(Edge(start, end, kind, tuple(records), tuple(through), words))
        held = {record for edge in edges for record in edge.records}
        every = [r["id"] for kind in ("statements", "figures", "roles") for r in self.data[kind]]
        nodes = {
            key: Node(key, d.kind, _label(d), d.named, tuple(d.of), d.said, d.stance) for key, d in self.nodes.items()
        }
        return Graph(nodes, tuple(edges), tuple(r for r in every if r not in held))


def _speakers(s: Json) -> list[str]:
    """All who make a statement of the page's data."""
    return [s["by"], *s.get("joint", ())]


def _label(draft: _Draft) -> str:
    more = len(draft.of) - 1
    return f"{draft.label}\n+ {more:,} more" if draft.kind == "Words" and more else draft.label


def _same_figure(f: Json) -> tuple[object, ...]:
    """What two figures have in common that say the same of the same thing."""
    words = fold(f["text"]) if f["bound"] == "vague" else ""
    frame = f["unit"], f["per"], f["change"], fold(f["counted"] or ""), f["happened"]
    return (f["low"], f["high"], f["bound"], f["approximate"], words, *frame)


_SIGNS = {"at least": "≥ ", "more than": "> ", "at most": "≤ ", "less than": "< ", "about": "≈ "}


def _short(n: float) -> str:
    """A number as it stands on a node, from a million on in four digits: 10.4bn; what is asked shows all of them."""
    for size, word in ((10**12, "tn"), (10**9, "bn"), (10**6, "m")):
        if abs(n) >= size:
            return f"{float(f'{n / size:.4g}'):g}{word}"
    return f"{n:,}"


def _amount(f: Json) -> str:
    """The number of a figure with sign and unit: "≈ $1.7bn"; the article's own words where it gives none."""
    ends = dict.fromkeys(_short(n) for n in (f["low"], f["high"]) if n is not None)
    if f["bound"] == "vague" or not ends:
        return str(f["text"]).lower()
    sign = _SIGNS.get(f["bound"], "≈ " if f["approximate"] else "")
    money = money_sign(f["unit"])
    unit = "" if money else f.get("unitWords") or f["unit"]
    amount = sign + money + "\N{EN DASH}".join(ends)
    if unit:
        amount += unit if unit == "%" else f" {unit}"
    return f"{f['change']} {amount}" if f["change"] else amount


def figure_label(f: Json) -> str:
    """A figure in two lines, its number first: "≥ 13,000" above "people hanged"."""
    counted, happened = f["counted"] or "", f["happened"] or ""
    if happened == "died" and counted.casefold().startswith(("dea", "body", "bodies")):
        happened = ""  # the dead have died
    if happened and happened in counted.casefold():
        happened = ""
    per = f"a {f['per']}" if f["per"] else ""
    return _amount(f) + "\n" + _whole(" ".join(filter(None, (counted, per, happened))))


def _whole(words: str) -> str:
    """Words cut out of a quotation, without the quotation mark whose partner is elsewhere."""
    for start, end in ("“”", "‘’", '""'):
        if words.count(start) != words.count(end) or (start == end and words.count(start) % 2):
            # inside a word it is an apostrophe
            words = re.sub(rf"(?<!\w)[{start}{end}]|[{start}{end}](?!\w)", "", words)
    return words


# ---- what is drawn ---------------------------------------------------------------------------

LENSES = ("all", "disputed", "figures", "posts")
# nodes drawn at first; what is beyond waits behind +n, search and shelf
MOST = 150
# neighbours from which on a node is a hub
HUB = 12


def seen_through(graph: Graph, lens: str) -> tuple[Edge, ...]:
    """The edges that a lens shows: all, what is disputed and by whom, figures, or posts and relations."""
    if lens == "disputed":
        goals = {e.end for e in graph.edges if e.kind in DISPUTES}
        return tuple(e for e in graph.edges if e.kind in SAYS and e.end in goals)
    kinds = {"figures": ("reports", "counts"), "posts": ("role", "relation")}.get(lens)
    return tuple(e for e in graph.edges if kinds is None or e.kind in kinds)


def drawn(graph: Graph, edges: Sequence[Edge], most: int = MOST) -> list[str]:
    """The nodes drawn at first, in a fixed order: all that edges hold, or the `most` that hold most together.

    Kept before others are a third for those who speak most, an eighth for
    figures, a sixth for disputes; the rest grows from these along the
    heaviest edges, so that nobody stands alone. A dispute weighs three times.
    What only hubs hold waits behind their +n once they have `HUB` neighbours.
    """
    weight: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for e in edges:
        heavy = len(e.records) * (3 if e.kind in DISPUTES else 1)
        weight[e.start][e.end] += heavy
        weight[e.end][e.start] += heavy
    total = {key: sum(near.values()) for key, near in weight.items()}
    rank = {key: at for at, key in enumerate(sorted(total, key=lambda k: (-total[k], k)))}
    if len(rank) <= most:
        return list(rank)
    speakers = sorted((k for k in rank if graph.nodes[k].said), key=lambda k: (-graph.nodes[k].said, rank[k]))
    kept = dict.fromkeys(speakers[: most // 3])
    numbers = [k for k in rank if graph.nodes[k].kind == "Figure" and any(n in kept for n in weight[k])]
    kept |= dict.fromkeys(numbers[: most // 8])
    disputes = sorted((e for e in edges if e.kind in DISPUTES), key=lambda e: rank[e.start] + rank[e.end])
    for e in disputes[: most // 6]:
        kept |= {e.start: None, e.end: None}
    return _grown(kept, weight, rank, most)


def _grown(
    kept: Iterable[str], weight: Mapping[str, Mapping[str, int]], rank: Mapping[str, int], most: int
) -> list[str]:
    """What is kept and what hangs on it most, up to `most` nodes, those first that hubs do not hold alone.

    Where nothing more hangs on it, the strongest of the rest comes in with what hangs on that. Who stands alone in the
    end makes room for others.
    """
    drawn: dict[str, None] = {}
    pull: dict[str, int] = defaultdict(int)
    held: dict[str, int] = defaultdict(int)

    def take(keys: Iterable[str]) -> None:
        for key in keys:
            drawn[key] = None
            for other, heavy in weight[key].items():
                pull[other] += heavy
                held[other] += 1

    def apart(key: str) -> bool:
        """Whether something else than a hub holds it."""
        return any(held[other] < HUB for other in weight[key] if other in drawn)

    take(kept)
    while True:
        while len(drawn) < most:
            if near := [k for k in pull if k not in drawn]:
                take([max(near, key=lambda k: (apart(k), pull[k], -rank[k]))])
            elif len(drawn) < most - 1 and (rest := [k for k in rank if k not in drawn]):
                take([min(rest, key=lambda k: rank[k])])
            else:
                break
        tied = [k for k in drawn if any(other in drawn for other in weight[k])]
        if len(tied) == len(drawn):
            return sorted(tied, key=lambda k: rank[k])
        for found in (drawn, pull, held):
            found.clear()
        take(tied)
