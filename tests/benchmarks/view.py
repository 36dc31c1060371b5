"""What the view costs: seconds to make, size, CPU seconds to the first draw, milliseconds from click to evidence
(laid out in the panel; drawn, after the wait for the next frame), CPU milliseconds to open each view.

Run `python tests/benchmarks/view.py [STATEMENTS ...]`; `--first overview` opens the page at that view. With `--stock`,
the same graph is drawn by pyvis as it comes too, in the same run. "CPU s" are those of the browser and all its
processes, from /proc; "main s" and the CPU milliseconds those of the page's own thread, which a busy machine does not change.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from kg.records.attribution import Attribution, Form, Stance
from kg.records.entity import Entity
from kg.records.extraction import Extraction
from kg.records.figure import Bound, Figure
from kg.records.mention import EntityType, Mention, MentionKind
from kg.records.role import Role
from kg.records.topic import Topic
from kg.text.article import Article, Span
from kg.view import page

FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
FIRST = "Ada Bo Carmen Dmitri Elif Fatima Grace Hassan Ines Jun Kofi Leila Maria Nadia Omar Priya".split()
LAST = (
    "Adeyemi Brandt Chen Diaz Eriksen Fofana Garcia Haddad Ivanov Jensen Khan Lopez Mansour Novak Okafor Petrov".split()
)
BODIES = (
    "Harbour Council,Relief Corps,Water Board,Election Office,Rights Monitor,Health Agency,Port Union,Mine Watch".split(
        ","
    )
)
THINGS = "bridge,ceasefire,dam,election,hospital,prison,refinery,strike,treaty,vaccine,verdict,wall".split(",")
SAYS = (
    "the {} will be closed before the end of the month because too few people use it",
    "at least {} people were hurt near the {} when the roof came down",
    "nobody had been told about the plan for the {} until it was far too late to object",
    "the {} must be opened to inspectors from abroad without further delay",
)


def corpus(statements: int, *, an_article: int = 12) -> list[Extraction]:
    """Articles of made-up statements: people, organisations, roles, topics and figures, the same each time."""
    chance = random.Random(7)
    return [_article(n, an_article, chance) for n in range(max(1, statements // an_article))]


def _article(number: int, size: int, chance: random.Random) -> Extraction:
    text, entities, attributions, figures, roles, topics = f"Report number {number}\n\n", [], [], [], [], {}
    known: dict[str, str] = {}

    def entity(name: str, kind: EntityType, at: int) -> str:
        if name not in known:
            known[name] = f"e{len(known) + 1}"
            entities.append(
                Entity(known[name], kind, name, (Mention(Span(at, at + len(name)), MentionKind.NAME, kind),))
            )
        return known[name]

    for i in range(size):
        body = chance.random() < 0.35
        who = chance.choice(BODIES) if body else f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        thing = chance.choice(THINGS)
        pattern = chance.choice(SAYS)
        count = chance.randrange(2, 900)
        content = pattern.format(count, thing) if pattern.count("{}") == 2 else pattern.format(thing)
        start = len(text)
        text += f"{who} said {content}. "
        key = entity(who, EntityType.ORGANIZATION if body else EntityType.PERSON, start)
        at = start + len(who) + 6
        stance = chance.choices(list(Stance), (80, 6, 4, 3, 2, 4, 1))[0]
        span = Span(at, at + len(content))
        attributions.append(
            Attribution(
                f"a{i + 1}",
                (Span(start, start + len(who)),),
                (Span(at - 5, at - 1),),
                (span,),
                chance.choice(list(Form)),
                stance,
                key,
                confidence=round(chance.uniform(0.5, 1), 2),
            )
        )
        topics.setdefault(thing, []).append(
            (f"a{i + 1}", Span(text.index(thing, at), text.index(thing, at) + len(thing)))
        )
        if str(count) in content:
            place = text.index(str(count), at)
            figures.append(
                Figure(
                    f"f{len(figures) + 1}",
                    Span(place, place + len(str(count))),
                    Decimal(count),
                    None,
                    Bound.AT_LEAST,
                    counted="people",
                    concept="person",
                    event="hurt",
                    reporters=(key,),
                    attribution=f"a{i + 1}",
                    evidence=span,
                )
            )
        if not body and chance.random() < 0.3:
            roles.append(Role(f"r{len(roles) + 1}", key, "spokesperson", Span(start, start + len(who))))
    article = Article(
        text,
        title=f"Report number {number}",
        publisher=f"Paper {number % 9}",
        published=date(2019, 1, 1) + timedelta(days=number % 1800),
    )
    listed = tuple(
        Topic(f"t{i + 1}", name, name, tuple(a for a, _ in said), tuple(m for _, m in said))
        for i, (name, said) in enumerate(topics.items())
    )
    return Extraction(
        article, "made up", tuple(entities), tuple(attributions), tuple(figures), tuple(roles), topics=listed
    )


def cpu_seconds(root: int) -> float:
    """CPU seconds that a process and its descendants have used, dead children included."""
    parents, used = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            parents[int(entry.name)] = int(fields[1])
            used[int(entry.name)] = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")

    def below(pid: int) -> bool:
        while pid in parents and pid != root:
            pid = parents[pid]
        return pid == root

    return sum(seconds for pid, seconds in used.items() if below(pid))


VIEWS = ("claims", "figures", "matrix", "reader", "table", "overview", "map", "graph")


def open_page(path: Path, ready: str, first: str = "") -> dict[str, float]:
    """Cost of opening a file in a fresh browser, at a view: wall and CPU seconds to the first draw, CPU of an empty page taken off."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS.split())
        tab = browser.new_context(viewport={"width": 1400, "height": 900}, offline=True).new_page()
        tab.goto("about:blank")
        time.sleep(1)
        root = os.getpid()
        used = main_thread(tab)
        mine = used()
        before, start = cpu_seconds(root), time.perf_counter()
        tab.goto(path.as_uri() + (f"#view={first}" if first else ""), wait_until="commit", timeout=300_000)
        tab.wait_for_selector(ready, state="attached", timeout=300_000)
        result = {"wall s": time.perf_counter() - start, "CPU s": cpu_seconds(root) - before}
        result |= {"main s": (used() - mine) / 1000}
        if "data-ready" in ready:
            result |= tab.evaluate(
                """async () => { const ids = kgview.data.statements.map(s => s.id), times = [], drawn = [];
                  kgview.change("view", { view: "claims" });
                  const frame = () => new Promise(done => requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = done; c.port2.postMessage(0); }));
                  await frame();
                  for (let i = 0; i < 40; i++) {
                    const id = ids[(i * 131) % ids.length], t = performance.now();
                    kgview.select(id);
                    document.getElementById("panel").offsetHeight; // laid out, not only made
                    times.push(performance.now() - t);
                    await frame();
                    drawn.push(performance.now() - t);
                    await new Promise(done => setTimeout(done, 150)); // nobody clicks faster
                  }
                  for (const list of [times, drawn]) list.sort((a, b) => a - b);
                  return {"click ms median": times[20], "click ms worst": times[39], "drawn ms median": drawn[20], "drawn ms worst": drawn[39] }; }"""
            )
            result |= click_cpu(tab, used) | opening_cpu(tab, used)
            result["nodes drawn"] = tab.evaluate("kgview.graphview.drawn().nodes.size")
        browser.close()
    return result


def main_thread(tab: Any) -> Callable[[], float]:
    """A function that tells the CPU milliseconds which the page's own thread has used so far."""
    client = tab.context.new_cdp_session(tab)
    client.send("Performance.enable", {"timeDomain": "threadTicks"})

    def used() -> float:
        metrics = {m["name"]: m["value"] for m in client.send("Performance.getMetrics")["metrics"]}
        return float(1000 * metrics["TaskDuration"])

    return used


def click_cpu(tab: Any, used: Callable[[], float]) -> dict[str, float]:
    """CPU milliseconds of the page's own thread from click to laid-out evidence."""
    ids = tab.evaluate("kgview.data.statements.map(s => s.id)")
    times = []
    for i in range(40):
        tab.wait_for_timeout(150)
        before = used()
        tab.evaluate(
            "id => { kgview.select(id); document.getElementById('panel').offsetHeight; }", ids[i * 131 % len(ids)]
        )
        times.append(used() - before)
    times.sort()
    return {"click CPU ms median": times[20], "click CPU ms worst": times[39]}


def rest(tab: Any, used: Callable[[], float]) -> None:
    """Wait until the page has done what it puts off, such as drawing what is out of sight."""
    before, now = -1000.0, used()
    while now - before > 10:
        tab.wait_for_timeout(400)
        before, now = now, used()


def opening_cpu(tab: Any, used: Callable[[], float]) -> dict[str, float]:
    """CPU milliseconds of the page's own thread from a click on each view's tab to its first frame, the first time and again."""
    tab.evaluate("kgview.select(null); document.getElementById('tab-table').click()")
    found = {}
    for again in ("", " again"):
        for view in VIEWS:
            rest(tab, used)
            before = used()
            tab.evaluate(
                "view => new Promise(done => (document.getElementById('tab-' + view).click(), requestAnimationFrame(() => setTimeout(done))))",
                view,
            )
            found[f"{view}{again} ms"] = used() - before
    return found


def stock(extractions: list[Extraction], folder: Path) -> Path:
    """The same sources, statements and topics as pyvis draws them without us: its own template and physics."""
    from pyvis.network import Network

    net = Network(height="900px", width="100%", directed=True, cdn_resources="in_line")
    for extraction in extractions:
        names = {e.id: e.name for e in extraction.entities}
        for a in extraction.attributions:
            key = f"{extraction.article.id}/{a.id}"
            net.add_node(names[a.entity or ""], shape="dot")
            net.add_node(key, label=extraction.article.quote(a.content[0])[:60], shape="box")
            net.add_edge(names[a.entity or ""], key)
            for topic in extraction.topics:
                if a.id in topic.attributions:
                    net.add_node(topic.label, shape="diamond")
                    net.add_edge(key, topic.label)
    path = folder / "stock.html"
    html = net.generate_html().replace(
        'network.once("stabilizationIterationsDone"',
        "network.once('stabilizationIterationsDone', () => document.body.dataset.done = 1); network.once(\"stabilizationIterationsDone\"",
    )
    path.write_text(html, encoding="utf-8")
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("statements", nargs="*", type=int, default=[300, 1000, 5000])
    parser.add_argument("--first", default="", choices=VIEWS, metavar="VIEW", help="the view at which the page opens")
    parser.add_argument("--stock", action="store_true", help="draw the same by pyvis alone")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        for count in arguments.statements:
            extractions = corpus(count)
            start = time.perf_counter()
            html = page(extractions)
            made = time.perf_counter() - start
            path = Path(temporary) / f"{count}.html"
            path.write_text(html, encoding="utf-8")
            show(
                f"{count} statements",
                {"made s": made, "MB": len(html.encode()) / 1e6}
                | open_page(path, "html[data-ready='1']", arguments.first),
            )
            if arguments.stock:
                show(
                    f"{count} statements, stock pyvis",
                    open_page(stock(extractions, Path(temporary)), "body[data-done='1']"),
                )


def show(name: str, values: dict[str, Any]) -> None:
    print(f"{name:32}", "  ".join(f"{key} {value:.2f}" for key, value in values.items()), flush=True)


if __name__ == "__main__":
    main()
