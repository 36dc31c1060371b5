"""View data -> one HTML file: pyvis makes the page from our template, with everything it needs inside."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from ..records.extraction import Extraction
from .by_name import Identity
from .data import view_data
from .graph import graph_of
from .layout import claims, stack
from .plain import Json
from .scenes import scenes

_HERE = Path(__file__).resolve().parent
# the order in which the modules of the page are put together; each uses only those before it
MODULES = (
    "dom",
    "model",
    "state",
    "pen",
    "page",
    "shapes",
    "graph",
    "graphpen",
    "graphplan",
    "graphview",
    "claims",
    "figures",
    "overview",
    "matrix",
    "reader",
    "table",
    "more",
    "panel",
    "filters",
    "search",
    "exports",
    "main",
)
# statements inside one page: about 7 MB, which a browser opens in two seconds
MOST = 5000
# statements that pyvis places; what a tall screen shows at once, and some to scroll
FIRST = 60
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "hierarchical": {"enabled": False}},
    "interaction": {
        "hover": True,
        "dragNodes": False,
        "dragView": False,
        "zoomView": False,
        "keyboard": {"enabled": False},
        "selectable": True,
        "selectConnectedEdges": False,
        "hoverConnectedEdges": False,
        "tooltipDelay": 1000000,
    },
    "edges": {"smooth": {"enabled": True, "type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.8}},
}


def page(
    extractions: Iterable[Extraction],
    *,
    title: str | None = None,
    identity: Identity | None = None,
    most: int | None = MOST,
    beyond: Json | None = None,
    served: bool = False,
    part: bool = False,
) -> str:
    """The view of some articles as one HTML document, to be written as UTF-8.

    It needs no network and asks for none: its Content-Security-Policy admits
    only its own script and style, by hash. The same extractions give the same
    document. `title` stands in the heading, by default the article's own, and
    `identity` says which entities of several articles are the same thing (by
    default `kg.view.by_name.same_things`). Where the articles have more than `most`
    statements, the latest are inside, and the overview counts all of them;
    `beyond` is that overview where it was counted elsewhere.

    A page that `kg serve` gives out (`served`) and that does not hold all it
    could, because there are too many statements or because it shows a `part`,
    may ask the server it comes from, and no other, for the rest.
    """
    data = view_data(extractions, title=title, identity=identity, most=most, beyond=beyond)
    return render(data | {"served": served and (part or data["overview"] is not None)})


def records(extractions: Iterable[Extraction], *, identity: Identity | None = None) -> Json:
    """What an open page takes in when it asks for more: as `view_data`, with boxes of the claims view and a graph."""
    data = view_data(extractions, identity=identity)
    return data | {"columns": claims(data, several=True), "graph": _graph(data)}


def render(data: Json) -> str:
    """The HTML document for view data; `served` in it says whether the page may ask its server for more."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    columns = claims(data)
    net = _claims_network(columns, {s["id"]: s for s in data["statements"]})
    nodes, edges, *_ = net.get_network_data()
    served = bool(data.get("served"))
    everything = data | {
        "served": served,
        "columns": columns,
        "claims": {"nodes": nodes, "edges": edges},
        "graph": _graph(data),
        "options": net.options,
    }
    library, script, style = _library(), _script(), _text("style.css")
    environment = Environment(loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined)
    environment.globals.update(
        policy=_policy((library, script), style, served=served),
        library=Markup(library),
        script=Markup(script),
        style=Markup(style),
        data=Markup(script_json(everything)),
    )
    net.templateEnv = environment
    net.path = "template.html.j2"
    net.heading = _CONTROL.sub("\ufffd", data["title"])
    html: str = net.generate_html()
    return html


def script_json(value: Any) -> str:
    """A value as JSON that cannot end a script element, open a comment or fail to encode as UTF-8."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for char in "&<>\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return _SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def _pyvis(options: Json) -> Any:
    from pyvis.network import Network

    net = Network(height="100%", width="100%", directed=True)
    net.options = options
    return net


def _claims_network(columns: Json, statements: dict[str, Json]) -> Any:
    """The first boxes of the claims view for vis-network; edges run between ports at their sides, marked < and >.

    Further ones are handed to vis-network by the script, as the page scrolls.
    """
    net = _pyvis(_OPTIONS)
    boxes = stack(columns, statements, most=FIRST)
    number = {key: n for n, (_, keys) in enumerate(columns["orders"]["topic"]) for key in keys}
    for box in boxes:
        net.add_node(box["key"], label=" ", shape="custom", group=box["kind"], x=round(box["x"]), y=round(box["y"]))
        for side in {"source": ">", "statement": "<>", "topic": "<"}[box["kind"]]:
            x = box["x"] + (box["w"] / 2 if side == ">" else -box["w"] / 2)
            net.add_node(box["key"] + side, label=" ", shape="dot", group="port", x=round(x), y=round(box["y"]))
    for box in boxes:
        if box["kind"] == "statement":
            key, at = box["key"], number[box["key"]]
            by, via = statements[key]["by"], statements[key]["via"]
            net.add_edge(f"{by}@{at}>", key + "<", id=f"{key} by", kind="by", of=key)
            if via:
                net.add_edge(f"{via}@{at}>", key + "<", id=f"{key} via", kind="via", of=key)
            if key in columns["main"]:
                net.add_edge(key + ">", f"{columns['main'][key]}@{at}<", id=f"{key} about", kind="about", of=key)
    return net


def _graph(data: Json) -> Json:
    """The graph of the page: pyvis holds what is drawn at first; the rest waits behind +n, search and shelf."""
    made: Json = scenes(graph_of(data))
    places = made["places"]["all"]["at"]
    net = _pyvis(_OPTIONS)
    for node in made["nodes"]:
        if node["id"] in places:
            x, y = places[node["id"]]
            net.add_node(node["id"], shape="custom", x=x, y=y, **{k: v for k, v in node.items() if k != "id"})
    waiting = []
    for number, edge in enumerate(made["edges"]):
        edge["n"] = number
        if edge["from"] in places and edge["to"] in places:
            net.add_edge(edge["from"], edge["to"], **{k: v for k, v in edge.items() if k not in ("from", "to")})
        else:
            waiting.append(edge)
    nodes, edges, *_ = net.get_network_data()
    rest = [node for node in made["nodes"] if node["id"] not in places]
    return made | {"nodes": [*nodes, *rest], "edges": sorted([*edges, *waiting], key=lambda e: e["n"])}


def _policy(scripts: Sequence[str], style: str, *, served: bool) -> str:
    allowed = " ".join(map(_digest, scripts))
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_digest(style)}; img-src data: blob:; "
        f"connect-src '{'self' if served else 'none'}'; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@lru_cache(maxsize=1)
def _library() -> str:
    """The newest vis-network that the installed pyvis brings along."""
    import pyvis

    folder = Path(pyvis.__file__).parent / "templates" / "lib"
    paths = sorted(
        folder.glob("vis-*/vis-network.min.js"), key=lambda p: [int(n) for n in re.findall(r"\d+", p.parent.name)]
    )
    return paths[-1].read_bytes().decode("utf-8").replace("\r\n", "\n").replace("</script", "<\\/script")


@lru_cache(maxsize=1)
def _script() -> str:
    parts = [f"// {name}.js\n{_text(f'static/{name}.js')}" for name in MODULES]
    return '"use strict";(() => {\n' + "\n".join(parts) + "\n})();"


def _text(name: str) -> str:
    return (_HERE / name).read_bytes().decode("utf-8").replace("\r\n", "\n").strip()
