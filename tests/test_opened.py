"""Exports opened by the programs they are for: rdflib, networkx, openpyxl, sqlite3, pandas, pyarrow; others' rules as checks."""

from __future__ import annotations

import io
import json
import re
import sqlite3
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
import rdflib
from samples import rich, rival

import kg
from kg.errors import ExportError, StoreError
from kg.export import TABLES, database, export, write
from kg.export.network import to_networkx
from kg.export.vault import LIST
from kg.records.extraction import Extraction
from kg.store.contents import all_quads

BOTH = (rich(), rival())
GEXF = "{http://www.gexf.net/1.2draft}"
HOSTILE = ['=HYPERLINK("http://x.example","a")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "{=1}", "'; DROP TABLE x; --",
           "[[Note]] ![[x]] #tag `= 1` <script>alert(1)</script> <% tp %> {{x}} %%y%% $= z$", "\\\"; MATCH (n) DETACH DELETE n; //",
           "]]> &amp; \x00 \x0b \ud800 end", "a\r\nb\rc\u2028d"]  # fmt: skip


def hostile() -> Extraction:
    """An article whose title, publisher and every name try to be more than text."""
    base = rich()
    bad = HOSTILE[0]
    article = replace(base.article, title=bad, publisher=HOSTILE[7], authors=tuple(HOSTILE), url=None, path=HOSTILE[1])
    names = [*HOSTILE, *HOSTILE]
    entities = tuple(replace(e, name=names[n]) for n, e in enumerate(base.entities))
    return replace(base, article=article, entities=entities, problems=tuple(HOSTILE))


# -- RDF without named graphs


@pytest.mark.parametrize(
    ("form", "name"), [("ttl", "turtle"), ("nt", "nt"), ("rdf", "xml"), ("jsonld-flat", "json-ld")]
)
def test_a_plain_graph_reads_all_triples(form: str, name: str) -> None:
    text = export(BOTH, "all", form)
    found = rdflib.Graph().parse(data=text, format=name)
    assert len(found) == len({q[:3] for q in all_quads(BOTH)}) > 400
    assert export(reversed(BOTH), "all", form) == text
    assert len(rdflib.Graph().parse(data=export(hostile(), "all", form), format=name)) > 200


# -- networks


def test_gephi_and_yed_keep_every_edge_of_graphml() -> None:
    """Gephi's ImportContainerImpl drops an edge whose id is known, yEd the earlier; both want ends that are there."""
    root = ElementTree.fromstring(export(BOTH, "all", "graphml"))
    space = "{http://graphml.graphdrawing.org/xmlns}"
    edges, nodes = list(root.iter(f"{space}edge")), [n.get("id") for n in root.iter(f"{space}node")]
    graph = to_networkx(BOTH)
    assert len({e.get("id") for e in edges}) == len(edges) == len(graph.edges)
    assert len(set(nodes)) == len(nodes)
    assert all(e.get("source") in nodes and e.get("target") in nodes for e in edges)
    keys = [k.get("id") for k in root.iter(f"{space}key")]
    assert len(set(keys)) == len(keys)
    kinds = Counter(
        d["kind"] for *_, d in nx.read_graphml(io.BytesIO(export(BOTH, "all", "graphml").encode())).edges(data=True)
    )
    assert kinds == Counter(kind for *_, kind in graph.edges(data="kind"))


def test_gexf_holds_days_and_no_offsets_as_time() -> None:
    root = ElementTree.fromstring(export(BOTH, "all", "gexf"))
    graph = root.find(f"{GEXF}graph")
    assert graph is not None
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    nodes = {n.get("id"): n for n in graph.iter(f"{GEXF}node")}
    network = to_networkx(BOTH)
    for name, node in nodes.items():
        day = network.nodes[name].get("published")
        assert node.get("start") == day
        assert node.get("end") is None
        assert day is None or date.fromisoformat(day)
    undated = tuple(replace(e, article=replace(e.article, published=None)) for e in BOTH)
    static = ElementTree.fromstring(export(undated, "all", "gexf")).find(f"{GEXF}graph")
    assert static is not None and static.get("mode") == "static" and "start" not in static.attrib
    titles = [a.get("title") for a in root.iter(f"{GEXF}attribute")]
    assert {"from_character", "to_character"} <= set(titles) and not {"start", "end", "id"} & set(titles)


def test_gexf_keeps_to_the_rules_of_gephi_lite() -> None:
    """What graphology-gexf, its importer, does: casts by declared type, keys edges by id, resolves attributes by `for`."""
    root = ElementTree.fromstring(export((*BOTH, hostile()), "all", "gexf"))
    model = {}
    for group in root.iter(f"{GEXF}attributes"):
        for a in group:
            model[group.get("class"), a.get("id")] = (a.get("title"), a.get("type"))
    assert len({(c, t) for (c, _), (t, _) in model.items()}) == len(model), "a title twice would overwrite"
    cast: dict[str | None, Any] = {
        "integer": int,
        "double": float,
        "boolean": {"true": True, "false": False}.__getitem__,
        "string": str,
    }
    nodes: dict[str | None, dict[str | None, Any]] = {}
    for node in root.iter(f"{GEXF}node"):
        assert node.get("id") not in nodes
        values = {
            model["node", v.get("for")][0]: cast[model["node", v.get("for")][1]](v.get("value"))
            for v in node.iter(f"{GEXF}attvalue")
        }
        nodes[node.get("id")] = values
    network = to_networkx((*BOTH, hostile()))
    assert set(nodes) == set(network)
    for name, data in network.nodes(data=True):
        assert nodes[name]["kind"] == data["kind"]
        assert "start" not in data or nodes[name]["from_character"] == data["start"]
    edges = [e.get("id") for e in root.iter(f"{GEXF}edge")]
    assert len(set(edges)) == len(edges) == len(network.edges)
    assert all(e.get("source") in nodes and e.get("target") in nodes for e in root.iter(f"{GEXF}edge"))


_CYPHER = re.compile(r'"(?:[^"\\]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|`[^`]*`|[^"`]')


def test_cypher_strings_hold_what_articles_say_and_nothing_else_does() -> None:
    text = export((*BOTH, hostile()), "all", "cypher")
    assert "".join(m.group() for m in _CYPHER.finditer(text)) == text, "every quotation mark opens or ends a string"
    assert text.isascii()
    strings = [json.loads(m.group()) for m in _CYPHER.finditer(text) if m.group()[0] == '"' and len(m.group()) > 1]
    network = to_networkx((*BOTH, hostile()))
    assert {data["label"] for _, data in network.nodes(data=True)} <= set(strings)
    code = _CYPHER.sub(lambda m: "" if len(m.group()) > 1 else m.group(), text)
    assert set(re.findall(r"[A-Za-z_]+", code)) <= set("CREATE CONSTRAINT node_iri IF NOT EXISTS FOR n Node REQUIRE iri IS UNIQUE UNWIND AS row MERGE SET data MATCH s o true false".split())  # fmt: skip
    assert text.count(";\n") == text.count(";"), "a semicolon ends a statement and stands nowhere else"


# -- tables


def test_excel_has_a_sheet_a_table_with_types_filters_and_links(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    book = openpyxl.load_workbook(write(BOTH, tmp_path / "g.xlsx"))
    assert book.sheetnames == ["statements", "figures", "roles", "entities", "articles", "claims"]
    found = {}
    for name in book.sheetnames:
        head, *rows = book[name].iter_rows()
        assert [c.value for c in head] == list(TABLES[name].columns)
        assert book[name].auto_filter.ref and book[name].freeze_panes == "A2"
        found[name] = [dict(zip([c.value for c in head], row, strict=True)) for row in rows]
    first = next(
        r for r in found["figures"] if r["id"].value == "f1" and r["headline"].value == "Harbour toll disputed"
    )
    assert (first["low"].value, first["high"].value, first["approximate"].value) == (40, 60, False)
    assert first["published"].value == datetime(2019, 6, 30)
    assert first["start"].value == BOTH[0].article.text.index(first["quote"].value)
    link = first["quote"].hyperlink
    assert link.target.lower() == "https://news.example/harbour?toll=1&x=%3cy%3e"
    assert link.location == ":~:text=between%2040%20and%2060,Ellis%20in%20March%202019"
    row = int(re.sub(r"\D", "", first["article"].hyperlink.location.rpartition("!")[2]))
    assert book["articles"].cell(row, 1).value == first["article"].value
    assert len(found["statements"]) == 6 and len(found["claims"]) == 3
    assert [c["highest"].value for c in found["claims"] if c["what"].value == "passenger drowned"] == [75]


def test_excel_takes_no_text_for_a_formula_and_gives_the_same_bytes(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    book = openpyxl.load_workbook(write([hostile(), rival()], tmp_path / "g.xlsx"))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
    assert all(c.data_type != "f" for c in cells)
    assert HOSTILE[0] in {c.value for c in cells}
    again = write([rival(), hostile()], tmp_path / "h.xlsx")
    assert again.read_bytes() == (tmp_path / "g.xlsx").read_bytes()


def test_a_long_cell_says_that_it_is_cut(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    long = replace(rich(), article=replace(rich().article, title="x" * 40_000))
    cells = openpyxl.load_workbook(write(long, tmp_path / "g.xlsx"))["articles"][2]
    assert cells[1].value.endswith("(cut; the graph has it whole)") and len(cells[1].value) == 32_767


def test_csv_starts_with_a_mark_on_request() -> None:
    text = export(BOTH, "statements", "csv", mark=True)
    assert text == "\ufeff" + export(BOTH, "statements")
    with pytest.raises(ExportError, match="byte order mark"):
        export(BOTH, "all", "trig", mark=True)


def test_sqlite_has_tables_keys_and_full_text(tmp_path: Path) -> None:
    path = write((*BOTH, hostile()), tmp_path / "g.db")
    with sqlite3.connect(path) as base:
        base.execute("PRAGMA foreign_keys = ON")
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        kinds = {name: [r[1] for r in base.execute(f"PRAGMA table_info({name})")] for name in TABLES}
        assert kinds == {name: list(table.columns) for name, table in TABLES.items()}
        found = base.execute(
            "SELECT statements.who, stance FROM statements JOIN statements_fts f ON f.rowid = statements.rowid "
            "WHERE statements_fts MATCH 'harmful' AND headline = 'Harbour toll disputed'"
        ).fetchall()
        assert found == [("Ida Berg", "denies")]
        low, kind = base.execute(
            "SELECT low, typeof(low) FROM figures WHERE id = 'f1' ORDER BY headline DESC"
        ).fetchone()
        assert (low, kind) == (40, "real")
        assert {r[0] for r in base.execute("SELECT name FROM entities")} >= {HOSTILE[6], HOSTILE[0]}
    again = write((hostile(), *reversed(BOTH)), tmp_path / "h.db")
    assert again.read_bytes() == path.read_bytes()


def test_frames_have_types() -> None:
    pandas = pytest.importorskip("pandas")
    found = kg.frames(BOTH)
    assert list(found) == list(TABLES)
    figures = found["figures"]
    assert figures["low"].max() == 75 or figures["high"].max() == 75
    assert figures["published"].dtype.kind == "M" and figures["approximate"].dtype == "boolean"
    assert figures[figures["high"].isna()]["bound"].tolist() == ["at least"]
    assert isinstance(found["claims"], pandas.DataFrame)
    assert len(kg.frames([])["roles"]) == 0


@pytest.mark.parametrize("what", sorted(TABLES))
def test_parquet_is_read_back(what: str, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(write(BOTH, tmp_path / "t.parquet", what))
    assert table.column_names == list(TABLES[what].columns)
    rows = list(export(BOTH, what).splitlines())
    assert table.num_rows <= len(rows) - 1


# -- notes


def test_a_vault_is_notes_whose_links_lead_to_notes(tmp_path: Path) -> None:
    folder = write(BOTH, tmp_path / "vault", form="obsidian")
    notes = {p.stem: p.read_text("utf-8") for p in folder.glob("*.md")}
    links = {link for text in notes.values() for link in re.findall(r"\[\[(.*?)\]\]", text)}
    assert links <= set(notes) and "Harbour Party" in links
    assert "denies: “The report is false,”" in notes["Ida Berg"]
    assert sorted((folder / LIST).read_text("utf-8").split("\n")[:-1]) == sorted(f"{n}.md" for n in notes)


def test_words_of_an_article_run_nothing_in_a_vault(tmp_path: Path) -> None:
    folder = write(hostile(), tmp_path / "vault", form="obsidian")
    names = {p.name for p in folder.glob("*.md")}
    assert len({n.casefold() for n in names}) == len(names) > 5
    assert not any(re.search(r'[\[\]#^|\\/:<>"?*]', n) or n[0] in "=+-@'" for n in names)
    for path in folder.glob("*.md"):
        body = path.read_text("utf-8").split("---\n", 2)[2]
        plain = re.sub(r"\[\[[^\[\]]*\]\]|\\.", "", body)
        assert not re.search(r"[\[\]`<$]|%%|\{\{|!\[|(?<![#\n ])#|=", plain), plain


def test_an_export_replaces_its_own_notes_and_nobody_elses(tmp_path: Path) -> None:
    folder = write(BOTH, tmp_path / "vault", form="obsidian")
    (folder / "Mine.md").write_text("my note", "utf-8")
    write([rival()], folder, form="obsidian")
    assert (folder / "Mine.md").read_text("utf-8") == "my note"
    assert not (folder / "Rescue Watch.md").exists()
    other = tmp_path / "other"
    other.mkdir()
    (other / "x.md").write_text("x", "utf-8")
    with pytest.raises(ExportError, match="no export wrote"):
        write(BOTH, other, form="obsidian")
    assert sorted(p.name for p in other.iterdir()) == ["x.md"]


MISTAKEN = [
    ("g.docx", "all", None, "no format is told by '.docx'; name one, or end the file in .nq, .trig, "),
    (
        "g.csv",
        "all",
        None,
        "csv holds one table: name it, there are articles, statements, figures, roles, entities, claims",
    ),
    ("g.parquet", "all", None, "parquet holds one table: name it"),
    ("g.xlsx", "figures", None, "xlsx holds all there is: leave 'figures' out, or write that as csv or parquet"),
    ("g.nq", "figures", "nq", "nq holds all there is: leave 'figures' out"),
    ("g.csv", "figure", None, "cannot write 'figure' as 'csv'; there are all as nq, "),
    ("g", "figures", "trig", "trig holds all there is: leave 'figures' out"),
    ("g", "nonsense", "csv", "cannot write 'nonsense' as 'csv'; there are all as nq, "),
    ("g", "all", "neo4j", "cannot write 'all' as 'neo4j'; there are all as nq, "),
]


@pytest.mark.parametrize(("name", "what", "form", "says"), MISTAKEN)
def test_a_mistaken_export_is_told_what_would_be_right(
    name: str, what: str, form: str | None, says: str, tmp_path: Path
) -> None:
    with pytest.raises(ExportError) as error:
        write(BOTH, tmp_path / name, what, form)
    assert says in str(error.value) and "\n" not in str(error.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["xlsx", "sqlite", "obsidian"])
def test_what_is_no_text_wants_a_file(form: str) -> None:
    with pytest.raises(ExportError, match="to standard output; name the file to write"):
        export(BOTH, "all", form)


@pytest.mark.parametrize("name", ["g.ttl", "g.sqlite", "g.xlsx"])
def test_a_folder_that_is_not_there_is_named(name: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError) as error:
        write(BOTH, tmp_path / "none" / name)
    assert str(error.value) == f"{tmp_path / 'none' / name}: cannot be written: there is no folder {tmp_path / 'none'}"


def test_a_database_that_cannot_be_filled_leaves_the_one_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = write(BOTH, tmp_path / "g.sqlite").read_bytes()

    def full(_: sqlite3.Connection, __: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(database, "_fill", full)
    with pytest.raises(StoreError, match=r"g\.sqlite: cannot be written: database or disk is full"):
        write(BOTH, tmp_path / "g.sqlite")
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"g.sqlite": before}


@pytest.mark.parametrize(
    ("name", "form"),
    [("g.xlsx", "PK"), ("g.ttl", "@prefix"), ("g.graphml", "<?xml"), ("g.nt", "<https"), ("g.cql", "CREATE")],
)
def test_the_files_name_tells_the_format(name: str, form: str, tmp_path: Path) -> None:
    assert write(BOTH, tmp_path / name).read_bytes().startswith(form.encode())
