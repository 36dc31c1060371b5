"""View data -> one HTML file: pyvis makes the page from our template, with everything it needs inside."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..identity.points import land
from ..records.extraction import Extraction
from ..review.earlier_words import EarlierWords
from .axes import PAIRS, VERDICTS
from .by_name import Identity
from .data import view_data
from .deciding import CHOICES, digest, earlier
from .graph import graph_of
from .plain import Json
from .scenes import scenes

if TYPE_CHECKING:
    from ..store import Store

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
    "sides",
    "claims",
    "figures",
    "overview",
    "lanes",
    "matrix",
    "reader",
    "table",
    "places",
    "more",
    "notes",
    "finding",
    "decisions",
    "deciding",
    "panel",
    "filters",
    "search",
    "exports",
    "main",
)
# statements inside one page: about 7 MB, which a browser opens in two seconds
MOST = 5000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# remarks, also at the end of a line, and indents: for whoever changes the modules, not for every file sent around
_REMARK = re.compile(r"""(?m)^ *(?:/\*\*? .*\*/|// .*)\n|(?<=[;,{}()\]]) // [^"'`\n]*$|^ +""")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "hierarchical": {"enabled": False}},
    "interaction": {
        "hover": False,
        "keyboard": {"enabled": False},
        "selectConnectedEdges": False,
        "tooltipDelay": 1000000,
        "zoomSpeed": 0.7,
    },
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
    review: bool = False,
    decided: EarlierWords | None = None,
    store: Store | None = None,
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
    may ask the server it comes from, and no other, for the rest. With `review`
    it may send that server what somebody decides. `decided` is what people have
    said of these records before: the page shows it, and it can be taken back.
    `store`, given with its identity, is what holds the articles: what its links say of
    figures and statements beside each other is shown; otherwise it is found anew.

    >>> from kg import Article, extract
    >>> document = page([extract(Article("Jo Hill denied that the mill had closed."), fast=True)], title="Mill")
    >>> "<title>Mill" in document, "the mill had closed" in document
    (True, True)
    """
    data = view_data(extractions, title=title, identity=identity, most=most, beyond=beyond, store=store)
    said = earlier(decided or EarlierWords(), {article["sha256"] for article in data["articles"]})
    more = served and (part or data["overview"] is not None)
    return _render(data | {"served": more, "review": review, "decided": said})


def records(extractions: Iterable[Extraction], *, identity: Identity | None = None, store: Store | None = None) -> Json:
    """What an open page takes in when it asks for more: as `view_data`, with the graph of these records."""
    data = view_data(extractions, identity=identity, store=store)
    return data | {"graph": _graph(data)[0]}


def _render(data: Json) -> str:
    """The HTML document for view data.

    `served` in it says whether the page may ask its server for more, `review` whether it may send decisions.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    graph, net = _graph(data)
    served, review = bool(data.get("served")), bool(data.get("review"))
    everything = data | {
        "served": served,
        "review": review,
        "choices": CHOICES,
        "decided": data.get("decided") or earlier(EarlierWords(), ()),
        "hash": digest(script_json({key: part for key, part in data.items() if key != "decided"})),
        "graph": graph,
        "verdicts": VERDICTS,
        "findings": PAIRS,
        "options": net.options,
        "land": land() if served or any("point" in e for e in data["entities"]) else "",
    }
    library, script, style = _library(), _script(), _text("style.css")
    environment = Environment(loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined)
    environment.globals.update(
        policy=_policy((library, script), style, served=served or review),
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


def _graph(data: Json) -> tuple[Json, Any]:
    """The graph of the page, and the pyvis network that it is made through.

    pyvis holds what is drawn at first; the rest waits behind +n, search and shelf.
    """
    from pyvis.network import Network

    made: Json = scenes(graph_of(data))
    places = made["places"]["all"]["at"]
    net = Network(height="100%", width="100%", directed=True)
    net.options = _OPTIONS
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
    return made | {"nodes": [*nodes, *rest], "edges": sorted([*edges, *waiting], key=lambda e: e["n"])}, net


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
    parts = [f"// {name}.js\n{_REMARK.sub('', _text(f'static/{name}.js'))}" for name in MODULES]
    return '"use strict";(() => {\n' + "\n".join(parts) + "\n})();"


def _text(name: str) -> str:
    return (_HERE / name).read_bytes().decode("utf-8").replace("\r\n", "\n").strip()
