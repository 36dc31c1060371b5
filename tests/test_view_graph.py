"""The graph of the view: everything behind an edge or on the shelf, nothing over anything else, the same each time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from view_cases import PERSON, PLACE, Reading, briefing, five, office

import kg
from kg.records.attribution import Stance
from kg.records.extraction import Extraction
from kg.records.figure import Bound
from kg.view.data import view_data
from kg.view.graph import DISPUTES, LENSES, MOST, SAYS, Graph, drawn, figure_label, graph_of, seen_through
from kg.view.plain import Json
from kg.view.scenes import HEIGHT, WIDTH, _placed, scenes
from kg.view.spread import faults, spread

HERE = Path(__file__).resolve().parent


@cache
def bundled() -> Json:
    """View data of the articles in the repository, as `kg build` reads them."""
    paths = sorted((HERE.parent / "data" / "articles").glob("*.txt"))
    return view_data([kg.extract(kg.read(path)) for path in paths])


def held(graph: Graph) -> set[str]:
    return {record for edge in graph.edges for record in edge.records}


def every(data: Json) -> set[str]:
    return {r["id"] for kind in ("statements", "figures", "roles") for r in data[kind]}


def parts(graph: Graph) -> list[set[str]]:
    """The statements behind the edges of each connected part, the largest first."""
    near: dict[str, set[str]] = defaultdict(set)
    for e in graph.edges:
        near[e.start].add(e.end)
        near[e.end].add(e.start)
    part: dict[str, int] = {}
    for first in near:
        waiting = [first] if first not in part else []
        number = len(set(part.values()))
        while waiting:
            key = waiting.pop()
            if key not in part:
                part[key] = number
                waiting += near[key]
    found: dict[int, set[str]] = defaultdict(set)
    for e in graph.edges:
        found[part[e.start]].update(r for r in e.records if r.startswith("s."))
    return sorted(found.values(), key=len, reverse=True)


def named(graph: Graph, name: str) -> str:
    return next(key for key, node in graph.nodes.items() if node.label == name)


@pytest.mark.parametrize("data", [view_data(five()), view_data([briefing()]), view_data([office()])])
def test_everything_is_behind_an_edge_or_on_the_shelf(data: Json) -> None:
    graph = graph_of(data)
    assert held(graph) | set(graph.shelf) >= every(data)
    assert not held(graph) & set(graph.shelf)
    assert {s["id"] for s in data["statements"]} <= held(graph)
    assert {f["id"] for f in data["figures"] if f["reporters"]} <= held(graph)
    assert set(graph.shelf) == every(data) - held(graph)


@pytest.mark.model
def test_every_statement_of_the_bundled_articles_is_behind_an_edge_and_most_are_in_one_part() -> None:
    data = bundled()
    graph = graph_of(data)
    assert len(data["statements"]) > 50
    assert {s["id"] for s in data["statements"]} <= held(graph)
    assert {f["id"] for f in data["figures"] if f["reporters"]} <= held(graph)
    assert held(graph) | set(graph.shelf) >= every(data)
    largest, *_ = parts(graph)
    assert len(largest) >= 0.75 * len(data["statements"])


def test_a_denial_and_a_doubt_are_edges_of_their_own() -> None:
    graph = graph_of(view_data(five()))
    kinds = Counter(e.kind for e in graph.edges)
    assert set(kinds) <= {*SAYS, "reports", "counts", "via", "role", "relation"}
    stances = Counter(s["stance"] for s in view_data(five())["statements"])
    for kind in DISPUTES:
        assert len({r for e in graph.edges if e.kind == kind for r in e.records}) == stances[kind]


def test_statements_of_a_speaker_on_one_topic_are_one_edge() -> None:
    reading = Reading("Ada said the dam leaks. Ada said the dam is old. Ada denied the dam is safe.")
    ada = reading.entity(PERSON, "Ada")
    keys = [reading.said(ada, "Ada", "said", words) for words in ("the dam leaks", "the dam is old")]
    keys.append(reading.said(ada, "Ada", "denied", "the dam is safe", stance=Stance.DENIES))
    reading.topic("dam", *keys)
    graph = graph_of(view_data([reading.done()]))
    assert sorted((e.kind, len(e.records)) for e in graph.edges) == [("asserts", 2), ("denies", 1)]


def test_words_on_no_topic_lead_to_the_names_in_them_or_stand_for_themselves() -> None:
    reading = Reading("Ada said Paris sleeps. Ada said it rains. Ada said it snows.")
    ada = reading.entity(PERSON, "Ada")
    reading.entity(PLACE, "Paris")
    for words in ("Paris sleeps", "it rains", "it snows"):
        reading.said(ada, "Ada", "said", words)
    graph = graph_of(view_data([reading.done()]))
    ends = {graph.nodes[e.end].label: len(e.records) for e in graph.edges}
    assert ends == {"Paris": 1, "it rains\n+ 1 more": 2}


def test_equal_figures_meet_in_one_node() -> None:
    reading = Reading("Ada said 5 people died. Bo said 5 people died. Cy said 6 people died.")
    for name, number in (("Ada", 5), ("Bo", 5), ("Cy", 6)):
        who = reading.entity(PERSON, name)
        said = reading.said(who, name, "said", f"{number} people died")
        reading.figure(
            str(number),
            number,
            number,
            Bound.EXACT,
            "people",
            f"{number} people died",
            reporters=(who,),
            attribution=said,
        )
    graph = graph_of(view_data([reading.done()]))
    assert sorted(len(n.of) for n in graph.nodes.values() if n.kind == "Figure") == [1, 2]
    graph = graph_of(view_data(five()))
    labels = {node.label for node in graph.nodes.values() if node.kind == "Figure"}
    assert "5,000–13,000\npeople hanged" in labels and "> 13,000\npeople hanged" in labels


def test_a_figure_is_labelled_as_the_article_bounds_it() -> None:
    figure = {
        "low": 2,
        "high": 5,
        "bound": "between",
        "approximate": False,
        "unit": None,
        "per": None,
        "change": None,
        "counted": "people",
        "happened": "hanged",
        "text": "two to five",
    }
    cases = {
        "2–5\npeople hanged": {},
        "2–5\nhidden fee taken": {"counted": "hidden” fee", "happened": "taken"},
        "2–5\nfirms red": {"counted": "firms", "happened": "’red"},
        "2–5\no’clock “hours” counted": {"counted": "o’clock “hours”", "happened": "counted"},
        "≥ 2\npeople hanged": {"high": None, "bound": "at least"},
        "≤ 5\npeople a day hanged": {"low": None, "bound": "at most", "per": "day"},
        "two to five\npeople hanged": {"bound": "vague"},
        "2–5 km\n": {"unit": "km", "counted": None, "happened": None},
        "> £1.1m\n": {
            "unit": "GBP",
            "low": 1100000,
            "high": None,
            "bound": "more than",
            "counted": None,
            "happened": None,
        },
        "$10.4bn\nsales": {
            "unit": "USD",
            "low": 10_400_000_000,
            "high": 10_400_000_000,
            "counted": "sales",
            "happened": None,
        },
        "≥ 2.346bn CHF\n": {
            "unit": "CHF",
            "low": 2_345_678_901,
            "high": None,
            "bound": "at least",
            "counted": None,
            "happened": None,
        },
        "≈ €1.5m–2m\nlost": {
            "unit": "EUR",
            "low": 1_500_000,
            "high": 2_000_000,
            "approximate": True,
            "counted": None,
            "happened": "lost",
        },
        "millions\npeople hanged": {"bound": "vague", "text": "Millions"},
        "up ≈ 3%\npeople": {
            "unit": "%",
            "low": 3,
            "high": 3,
            "bound": "exact",
            "approximate": True,
            "change": "up",
            "happened": None,
        },
        "≈ 5\npeople hanged": {"low": 5, "bound": "about", "approximate": True},
    }
    assert {want: figure_label(figure | more) for want, more in cases.items()} == {want: want for want in cases}


def test_a_lens_shows_disputes_with_those_who_assert_what_is_disputed() -> None:
    graph = graph_of(view_data(five()))
    disputed = seen_through(graph, "disputed")
    goals = {e.end for e in graph.edges if e.kind in DISPUTES}
    assert {e.end for e in disputed} == goals
    assert any(e.kind == "asserts" for e in disputed)
    assert {e.kind for e in seen_through(graph, "figures")} == {"reports", "counts"}
    assert {e.kind for e in seen_through(graph, "posts")} <= {"role", "relation"}
    assert seen_through(graph, "all") == graph.edges


def test_of_a_large_graph_the_best_connected_are_drawn_and_nobody_alone() -> None:
    graph = graph_of(view_data(five()))
    kept = drawn(graph, graph.edges, 20)
    assert len(kept) <= 20
    for key in kept:
        near = {e.end if e.start == key else e.start for e in graph.edges if key in (e.start, e.end)}
        assert near & set(kept)
    most = max(graph.nodes.values(), key=lambda n: n.said)
    assert most.id in kept


def test_what_is_drawn_at_first_can_be_read_and_what_is_small_is_drawn_whole() -> None:
    """Wide labels leave room for fewer of them: the least type keeps eight pixels in a window of 1,400."""
    lines = [(f"Oldfashioned Doublebarrelled Longnamed{n}", f"internationalised t{n % 60}") for n in range(120)]
    reading = Reading(" ".join(f"{name} said x{n} on {what}." for n, (name, what) in enumerate(lines)))
    for n, (name, what) in enumerate(lines):
        who = reading.entity(PERSON, name)
        reading.topic(what, reading.said(who, name, "said", f"x{n} on {what}"))
    made = scenes(graph_of(view_data([reading.done()])))
    at = made["places"]["all"]["at"]
    assert 80 <= len(at) < MOST < len(made["nodes"])
    size = {n["id"]: (n["w"], n["h"]) for n in made["nodes"]}
    wide, high = (
        max(xy[k] + size[key][k] / 2 for key, xy in at.items())
        - min(xy[k] - size[key][k] / 2 for key, xy in at.items())
        for k in (0, 1)
    )
    assert min(n["size"] for n in made["nodes"]) * min(WIDTH / wide, HEIGHT / high) >= 8
    few = graph_of(view_data(five()))
    held = {key for e in few.edges for key in (e.start, e.end)}
    assert set(scenes(few)["places"]["all"]["at"]) == held


def test_of_a_large_graph_a_hundred_and_fifty_are_drawn_whoever_stands_alone() -> None:
    """The loudest fifty speak of fifty things of their own, on which nobody else says a word: they make room."""
    lines = [(f"Ann{n}", f"only{n}", 3) for n in range(60)] + [(f"Bo{n}", f"all{n % 40}", 1) for n in range(200)]
    reading = Reading(" ".join(f"{who} said {k} on {what}." for who, what, times in lines for k in range(times)))
    for who, what, times in lines:
        by = reading.entity(PERSON, who)
        reading.topic(what, *(reading.said(by, who, "said", f"{k} on {what}") for k in range(times)))
    graph = graph_of(view_data([reading.done()]))
    kept = drawn(graph, graph.edges)
    near = {key: {e.end if e.start == key else e.start for e in graph.edges if key in (e.start, e.end)} for key in kept}
    assert len(graph.nodes) > 2 * MOST
    assert len(kept) == MOST and all(near[key] & set(kept) for key in kept)


def test_of_a_crowded_graph_the_heaviest_lines_and_all_disputes_are_drawn_the_others_wait() -> None:
    reading = Reading(" ".join(f"Speaker{n} said x{n} on t{k}." for n in range(30) for k in range(4)))
    for n in range(30):
        who = reading.entity(PERSON, f"Speaker{n}")
        for k in range(4):
            words = f"x{n} on t{k}"
            stance = Stance.DENIES if n == 7 else Stance.ASSERTS
            key = reading.said(who, f"Speaker{n}", "said", words, stance=stance)
            reading.topic(f"t{k}", key)
    made = scenes(graph_of(view_data([reading.done()])))
    quiet = set(made["places"]["all"]["quiet"])
    drawn_lines = [e for n, e in enumerate(made["edges"]) if n not in quiet]
    assert len(made["edges"]) == 120 and len(drawn_lines) < 60
    assert sum(e["kind"] == "denies" for e in drawn_lines) == 4
    assert {e["from"] for e in drawn_lines} == {e["from"] for e in made["edges"]}


@pytest.mark.parametrize("lens", LENSES)
def test_no_two_footprints_overlap(lens: str) -> None:
    made = scenes(graph_of(view_data(five())))
    size = {n["id"]: (n["w"], n["h"], 0) for n in made["nodes"]}
    for scene in (made["places"][lens], made["places"][lens]["small"]):
        at = scene["at"]
        assert len(at) > 5
        overlaps, *_ = faults(list(at.values()), [size[key] for key in at], [])
        assert overlaps == 0


def test_a_hundred_nodes_are_placed_within_a_second_and_the_same_each_time() -> None:
    rooms = [(70 + 7 * (i % 9), 30 + 5 * (i % 4), 0) for i in range(100)]
    pairs = [(i, (i * i + 7) % i if i > 1 else 0) for i in range(1, 100)]
    found, spent = [], []
    for _ in range(3):
        began = time.process_time()
        found.append(spread(rooms, pairs, [1] * 99, [30] * 99, [0] * 99, 1180, 780))
        spent.append(time.process_time() - began)
    assert min(spent) < 1.5  # others on the machine slow a processor down, but not every time
    assert found[0] == found[1] == found[2]
    assert faults(found[0], rooms, pairs)[0] == 0


def test_small_graphs_are_placed_too() -> None:
    assert spread([], [], [], [], [], 100, 100) == []
    assert spread([(50, 20, 0)], [], [], [], [], 100, 100) == [(0, 0)]
    two = spread([(50, 20, 0), (50, 20, 0)], [(0, 1)], [1], [30], [80], 400, 300)
    assert faults(two, [(50, 20, 0)] * 2, [(0, 1)]) == (0, 0, 0, 0)


@pytest.mark.parametrize("count", [2, 3, 5, 8, 12, 15])
def test_a_small_graph_has_room_for_what_is_written_on_its_lines_whatever_the_draw(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rooms = [(60 + 9 * (i % 5), 36, 9) for i in range(count)]
    pairs = [(i // 3, i) for i in range(1, count)]
    words = [40 + 37 * (i % 3) for i, _ in enumerate(pairs)]
    for seed in range(7, 13):
        monkeypatch.setattr("kg.view.spread.SEED", seed)
        spots = spread(rooms, pairs, [1] * len(pairs), [54] * len(pairs), words, 1180, 780)
        assert faults(spots, rooms, pairs) == (0, 0, 0, 0)
        for (a, b), word in zip(pairs, words, strict=True):
            across, down = (abs(p - q) for p, q in zip(spots[a], spots[b], strict=True))
            assert across - (rooms[a][0] + rooms[b][0]) / 2 > word or down - 36 > 40


def test_what_belongs_together_stands_together() -> None:
    """Four clusters of eight, each node tied to three of its own, and one line from cluster to cluster."""
    rooms = [(90, 36, 9)] * 32
    inside = [(8 * c + i, 8 * c + (i + d) % 8) for c in range(4) for i in range(8) for d in (1, 3)]
    pairs = sorted({(min(p), max(p)) for p in [*inside, (0, 8), (9, 16), (17, 24), (25, 1)]})
    spots = spread(rooms, pairs, [1] * len(pairs), [30] * len(pairs), [0] * len(pairs), 1180, 780)
    own = 0
    for i, (x, y) in enumerate(spots):
        far = sorted((((x - a) / 1180) ** 2 + ((y - b) / 780) ** 2, j) for j, (a, b) in enumerate(spots) if j != i)
        own += sum(j // 8 == i // 8 for _, j in far[:3])
    assert own / (3 * 32) >= 0.8  # by chance 0.23


def test_places_are_found_once_for_a_graph() -> None:
    graph = graph_of(view_data([briefing()]))
    made = scenes(graph)
    found = _placed.cache_info()
    assert scenes(graph) == made
    assert _placed.cache_info().misses == found.misses and _placed.cache_info().hits >= found.hits + len(LENSES)


def test_a_line_that_its_own_ends_hide_is_a_fault() -> None:
    rooms = [(60, 20, 0)] * 3
    assert faults([(0, 0), (65, 0), (200, 0)], rooms, [(0, 1), (1, 2)]) == (0, 0, 0, 1)
    assert faults([(0, 0), (80, 0), (200, 0)], rooms, [(0, 2)]) == (0, 1, 0, 0)


@pytest.mark.model
@pytest.mark.parametrize("lens", LENSES)
def test_every_line_at_opening_can_be_seen_between_its_ends(lens: str) -> None:
    made = scenes(graph_of(bundled()))
    rooms = {n["id"]: (n["w"], n["h"], round(n["h"] / 2 - n["r"], 1) if n["r"] else 0) for n in made["nodes"]}
    at = made["places"][lens]["at"]
    number = {key: n for n, key in enumerate(at)}
    kinds = {e.kind for e in seen_through(graph_of(bundled()), lens)}
    pairs = {
        (number[e["from"]], number[e["to"]])
        for e in made["edges"]
        if e["kind"] in kinds and e["from"] in at and e["to"] in at and not e.get("through")
    }
    overlaps, _, _, hidden = faults(list(at.values()), [rooms[key] for key in at], sorted(pairs))
    assert (overlaps, hidden) == (0, 0)


def test_the_graph_does_not_depend_on_the_hash_seed() -> None:
    code = (
        "import json, hashlib; from view_cases import five; from kg.view.data import view_data;"
        "from kg.view.graph import graph_of; from kg.view.scenes import scenes;"
        "print(hashlib.sha256(json.dumps(scenes(graph_of(view_data(five())))).encode()).hexdigest())"
    )
    found = set()
    for seed in ("1", "77"):
        environment = os.environ | {
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent)]),
        }
        out = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        found.add(out.stdout.strip())
    assert len(found) == 1


def test_articles_in_another_order_make_the_same_graph() -> None:
    def shape(extractions: Iterable[Extraction]) -> Json:
        return scenes(graph_of(view_data(extractions)))

    assert shape(five()) == shape(five()[::-1])
