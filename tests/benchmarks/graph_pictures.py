"""How the graph of a page looks in a browser, counted: records that no edge holds, labels over labels, lines behind
labels, words over words, lines that run into one or cross, how much of the window is filled, type in pixels. With `--drag`,
how many frames a second a drag of the best-connected name leaves, in processor time of the page's own thread.

Run `python tests/benchmarks/graph_pictures.py VIEW.html ... [--lens all figures] [--width 1400 390] [--scheme dark]
[--shots FOLDER] [--drag] [--names]`. With `--names`, what is at fault is named; with `--shots`, each picture is kept.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "browser"))

from test_graph_page import CORNERED, FUSED, OVERWRITTEN, SIGNED, STILL, STRUCK
from test_speed import HUB, MORE
from test_whole_sets import HELD
from view import FLAGS
from waiting import until

from kg.view.graph import LENSES

HEIGHTS = {1920: 1080, 1400: 900, 390: 844}
COUNTS = """() => { const { nodes, edges } = kgview.graphview.drawn(), list = [...nodes.values()];
  const ways = edges.filter(e => !kgview.graphview.isQuiet(e)).map(e => kgview.graphpen.curve(e).points);
  const side = (o, u, v) => (u[0] - o[0]) * (v[1] - o[1]) - (u[1] - o[1]) * (v[0] - o[0]);
  const cross = (p, q, r, s) => side(p, q, r) * side(p, q, s) < 0 && side(r, s, p) * side(r, s, q) < 0;
  const meet = (a, b) => a.some((q, i) => i && b.some((s, j) => j && cross(a[i - 1], q, b[j - 1], s)));
  const pairs = (items, test) => items.reduce((sum, a, i) => sum + items.slice(i + 1).filter(b => test(a, b)).length, 0);
  const scale = kgview.graphview.net().getScale(), host = document.getElementById('mygraph');
  const part = (axis, size, whole) => Math.round(100 * scale * (Math.max(...list.map(n => n[axis] + n[size] / 2)) - Math.min(...list.map(n => n[axis] - n[size] / 2))) / whole);
  const type = list.map(n => Math.round(n.size * scale * 10) / 10).sort((a, b) => a - b);
  return { nodes: list.length, lines: ways.length, waiting: edges.length - ways.length,
    overlaps: pairs(list, (a, b) => Math.abs(a.x - b.x) + 0.5 < (a.w + b.w) / 2 && Math.abs(a.y - b.y) + 0.5 < (a.h + b.h) / 2),
    crossings: pairs(ways, meet), 'wide %': list.length && part('x', 'w', host.clientWidth), 'high %': list.length && part('y', 'h', host.clientHeight),
    'type least': type[0] ?? 0, 'type median': type[type.length >> 1] ?? 0 }; }"""
CUT = "() => [...kgview.graphview.drawn().nodes.values()].filter(n => n.kind !== 'Words' && n.lines.some(l => l.endsWith('…'))).map(n => n.label)"
FAULTS = {"struck": STRUCK, "overwritten": OVERWRITTEN, "fused": FUSED, "cornered": CORNERED, "cut": CUT}


def measured(page: Any, names: bool) -> dict[str, Any]:
    """What is counted of the picture that a page shows; what is at fault by name rather than by number, if `names`."""
    until(page, STILL, seconds=60)
    found: dict[str, Any] = page.evaluate(COUNTS)
    found["signs on labels"] = page.evaluate(SIGNED)
    for name, script in FAULTS.items():
        faults = page.evaluate(script)
        found[name] = faults if names and faults else len(faults)
    return found


def opened(page: Any, address: str) -> None:
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector("html[data-ready='1']", state="attached", timeout=60_000)


def dragged(page: Any, address: str, most: int) -> dict[str, Any]:
    """Frames a second while the node of most edges is dragged, with at least so many nodes drawn where there are."""
    client = page.context.new_cdp_session(page)
    client.send("Performance.enable", {"timeDomain": "threadTicks"})

    def used() -> tuple[float, int]:
        metrics = {m["name"]: m["value"] for m in client.send("Performance.getMetrics")["metrics"]}
        return float(metrics["TaskDuration"]), int(page.evaluate("window.__n"))

    opened(page, address)
    page.evaluate(MORE, most)
    page.wait_for_timeout(100)
    until(page, STILL, seconds=60)
    x, y = page.evaluate(HUB)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 10, y + 5)
    page.evaluate("window.__n = 0; (function count() { window.__n += 1; requestAnimationFrame(count); })()")
    page.wait_for_timeout(300)
    seconds, frames = used()
    for step in range(60):
        page.mouse.move(x + 20 + step, y + 10 + step % 7)
        page.wait_for_timeout(16)
    spent, count = (after - before for after, before in zip(used(), (seconds, frames), strict=True))
    if not page.evaluate("!kgview.graphview.still()"):
        raise AssertionError("the pointer holds nothing")
    page.mouse.up()
    drawn = page.evaluate("kgview.graphview.drawn().nodes.size")
    return {"nodes": drawn, "ms a frame": round(1000 * spent / count, 1), "frames a second": round(count / spent)}


def show(name: str, values: dict[str, Any]) -> None:
    print(f"{name:32}", "  ".join(f"{key} {value}" for key, value in values.items()), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("views", nargs="+", type=Path, metavar="VIEW.html")
    parser.add_argument("--lens", nargs="+", choices=LENSES, default=LENSES)
    parser.add_argument("--width", nargs="+", type=int, default=[1400])
    parser.add_argument("--scheme", choices=("light", "dark"), default="light")
    parser.add_argument("--shots", type=Path, help="a folder for the pictures")
    parser.add_argument("--drag", action="store_true", help="drag the best-connected node, with 150 and 262 drawn")
    parser.add_argument("--names", action="store_true", help="name what is at fault")
    arguments = parser.parse_args()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser: Any = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS.split())
        for number, path in enumerate(arguments.views):
            for width in arguments.width:
                size = {"width": width, "height": HEIGHTS.get(width, 900)}
                context = browser.new_context(viewport=size, offline=True, color_scheme=arguments.scheme)
                for lens in arguments.lens:
                    page = context.new_page()
                    address = f"{path.resolve().as_uri()}#lens={lens}"
                    opened(page, address)
                    if lens == arguments.lens[0] and width == arguments.width[0]:
                        show(str(path), page.evaluate(HELD))
                    show(f"  {lens} at {width}", measured(page, arguments.names))
                    if arguments.shots:
                        arguments.shots.mkdir(parents=True, exist_ok=True)
                        page.screenshot(path=arguments.shots / f"{number}-{lens}-{width}-{arguments.scheme}.png")
                    for most in (150, 262) if arguments.drag else ():
                        show("    dragged", dragged(page, address, most))
                    page.close()
                context.close()
        browser.close()


if __name__ == "__main__":
    main()
