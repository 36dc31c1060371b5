"""Questions: equal answers in both engines, parameters that stay values, errors of one line."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from deciding import word
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import followed, rich, rival

from kg import store as stores
from kg.comparison.stored_figures import comparison_quads
from kg.comparison.voices import Voices
from kg.errors import QueryError
from kg.identity.linking import link
from kg.query import GROUPS, bind, inlined, parameters, question, questions, run
from kg.query.apart import apart
from kg.query.guard import guard
from kg.query.nodes import nodes, with_records
from kg.query.questions import quickest
from kg.rdf.interop import dataset
from kg.rdf.terms import read_line
from kg.rdf.write import entity_iris, identity_iri, quads, to_rdf
from kg.records.mention import EntityType
from kg.review.decision_file import FILE, append
from kg.review.in_graph import revise
from kg.review.verdicts import Do
from kg.serve.pages import with_prefixes
from kg.store import Store

NAMES = (
    "articles", "claim-history", "conflicts", "contradicted-by", "contradictions", "corroboration", "denials",
    "figure-chains", "figures", "figures-compared", "one-source", "provenance", "reviewed", "roles-over-time",
    "same-claim", "sourcing", "speaker", "timeline", "topic", "unattributed-figures", "who-repeats", "who-said-what",
)  # fmt: skip
ON_CLAIMS = {"claim-history", "contradictions", "corroboration", "one-source", "same-claim", "who-repeats"}
ONE_LINERS = (
    "SELECT ?who ?what { ?s kg:saidBy/rdfs:label ?who ; kg:text ?what }",
    "SELECT ?who ?low ?high ?what { ?f kg:reportedBy/rdfs:label ?who ; kg:counts/skos:prefLabel ?what . OPTIONAL { ?f kg:low ?low } OPTIONAL { ?f kg:high ?high } }",
    "SELECT ?quote ?from ?to ?article { ?s kg:evidence ?e . ?e oa:exact ?quote ; oa:start ?from ; oa:end ?to ; oa:hasSource ?article }",
)
BERG = identity_iri("Ida Berg")
ELLIS = identity_iri("Port Ellis")
SAME = {
    entity_iris(rich())["e5"]: BERG,
    entity_iris(rival())["e3"]: BERG,
    entity_iris(rich())["e3"]: ELLIS,
    entity_iris(rival())["e2"]: ELLIS,
}
LABELS = {BERG: (EntityType.PERSON, "Mayor Ida Berg"), ELLIS: (EntityType.PLACE, "Port Ellis Harbour")}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with stores.open(tmp_path_factory.mktemp("store"), create=True) as made:
        made.put(rich())
        made.put(rival())
        append(made.folder / FILE, [word(rival(), "a1", Do.CONFIRM)])
        assert revise(made).changed == 1
        made.set_links(SAME, LABELS, outside=comparison_quads(made, SAME, (), Voices()))
        yield made


@pytest.fixture(scope="module")
def graph(store: Store) -> rdflib.Dataset:
    return dataset(store.quads())


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store in which one claim is made, repeated and denied."""
    with stores.open(tmp_path_factory.mktemp("claims"), create=True) as made:
        for extraction in followed():
            made.put(extraction)
        link(made)
        yield made


def rows(source: Store | rdflib.Dataset, text: str, **values: str) -> list[tuple[str | None, ...]]:
    return run(source, text, values).rows


def test_the_questions_of_the_design_ship() -> None:
    assert tuple(q.name for q in questions()) == NAMES
    assert all(q.title and q.about and all(p.help for p in q.parameters) for q in questions())


@pytest.mark.parametrize("name", NAMES)
def test_both_engines_answer_alike(store: Store, claims: Store, graph: rdflib.Dataset, name: str) -> None:
    asked, other = (claims, dataset(claims.quads())) if name in ON_CLAIMS else (store, graph)
    assert run(asked, name).terms == run(other, name).terms
    assert run(asked, name).terms, "the samples hold an answer to every question"


@pytest.mark.parametrize("text", ONE_LINERS)
def test_the_one_line_queries_of_the_design(store: Store, graph: rdflib.Dataset, text: str) -> None:
    there = run(store, text).terms
    assert there
    assert sorted(map(repr, there)) == sorted(map(repr, run(graph, text).terms))
    plain = {tuple(str(value) if value is not None else None for value in row) for row in graph.query(text)}  # type: ignore[union-attr]
    assert plain == {tuple(None if t is None else str(getattr(t, "text", t)) for t in row) for row in there}


def test_a_graph_of_one_article_answers_by_itself() -> None:
    """What `to_rdf` returns knows the prefixes and joins its graphs: no set-up for its user."""
    found = {str(row[0]) for row in to_rdf(rich()).query(ONE_LINERS[0])}  # type: ignore[index]
    assert found == {"Rescue Watch", "Ida Berg", "divers"}


def test_a_dataset_without_union_is_asked_as_one(graph: rdflib.Dataset) -> None:
    parted = rdflib.Dataset()
    parted.parse(data="\n".join(quads(rich())), format="nquads")
    assert not parted.default_union
    assert len(rows(parted, ONE_LINERS[0])) == 4


@pytest.mark.parametrize("name", NAMES)
def test_constants_for_parameters_change_no_answer(store: Store, name: str) -> None:
    """The file as it stands, for other servers, answers as what we ask: parameters written in, each pattern apart."""
    text = question(name).text
    plain = f"{text}LIMIT 1000000"
    assert quickest(plain) == plain
    assert run(store, plain).terms == run(store, text).terms == run(store, name).terms
    for parameter in parameters(text):
        assert f"?{parameter}" not in inlined(text)


@pytest.mark.parametrize("name", NAMES)
def test_a_question_reads_as_patterns_and_is_asked_apart(name: str) -> None:
    """No SELECT of a single pattern in what people read; nothing but such in what an engine reads, paths aside."""
    text = question(name).text
    single = re.compile(r"\{ SELECT (?:[?]\w+ )+\{ [^{}]* \} \}")
    assert [m for m in single.findall(text) if "DISTINCT" not in m] == []
    asked = re.sub(r"MINUS \{[^{}]*\}|VALUES [?]\w+ \{[^{}]*\}", "", quickest(text))
    left = single.sub("", asked)
    assert single.search(asked) and not re.search(r"[?]\w+ (?:a|[a-z]+:\w+) [?\"\w]", left), left


def test_a_question_with_other_values_is_asked_apart_too() -> None:
    for value in ("Watch", 'a "b" { } # c', "?s", "\\"):
        text = with_prefixes(bind(question("who-said-what").text, {"speaker": value}))
        asked = quickest(text)
        assert asked.count("SELECT") > 5 and asked.startswith("PREFIX kg: <")
    for other in ("SELECT * { ?s ?p ?o }", question("topic").text.replace("?t kg:lemma", "?t kg:label"), ""):
        assert quickest(other) == other


def test_what_stands_apart_means_the_same() -> None:
    cases = {
        "SELECT * { ?s a kg:Statement }": "SELECT * { { SELECT ?s { ?s a kg:Statement } } }",
        "ASK { ?s kg:text ?a, ?b ; kg:bound 'x' }": "ASK { { SELECT ?s ?a { ?s kg:text ?a } } "
        "{ SELECT ?s ?b { ?s kg:text ?b } } { SELECT ?s { ?s kg:bound 'x' } } }",
        "SELECT ?n { ?s kg:saidBy/rdfs:label ?n . ?s kg:cue ?c }": "SELECT ?n { "
        "{ SELECT ?s ?n ?c { ?s kg:saidBy/rdfs:label ?n . ?s kg:cue ?c } } }",
        "SELECT ?s { ?s kg:low ?l FILTER (?l > -1.5 && ?l != 3) MINUS { ?s kg:via ?v } } LIMIT 3": "SELECT ?s { "
        "{ SELECT ?s ?l { ?s kg:low ?l } } FILTER (?l > -1.5 && ?l != 3) MINUS { ?s kg:via ?v } } LIMIT 3",
        'SELECT ?d { VALUES ?d { "1"^^xsd:date "a # b" } { ?x kg:from ?d } UNION { ?x kg:until ?d } } # all': "SELECT ?d { "
        'VALUES ?d { "1"^^xsd:date "a # b" } { { SELECT ?x ?d { ?x kg:from ?d } } } UNION { { SELECT ?x ?d { ?x kg:until ?d } } } }',
    }  # fmt: skip
    for text, wanted in cases.items():
        assert apart(text) == wanted


# -- what the questions find


def test_a_claim_is_followed_to_who_repeats_and_who_denies_it(claims: Store) -> None:
    assert [(r[1], r[2]) for r in rows(claims, "same-claim", words="copper")] == [
        ("Harbour Watch", "affirms"),
        ("Dock Union", "affirms"),
        ("Alma Lines", "denies"),
    ]
    assert [(r[0], r[1]) for r in rows(claims, "who-repeats")] == [("Dock Union", "Harbour Watch")]
    assert {(r[1], r[5]) for r in rows(claims, "contradictions")} == {
        ("Harbour Watch", "Alma Lines"),
        ("Dock Union", "Alma Lines"),
    }
    assert [r[1:6] for r in rows(claims, "corroboration", words="copper")] == [("2", "2", "2", "2", "1")]


def test_words_that_two_articles_quote_from_one_mouth_have_one_source(claims: Store) -> None:
    assert ("We counted every container on that deck twice over", "2", "2", "1", "Jo Hill", "2020-03-02") in rows(
        claims, "one-source"
    )


def test_corroboration_leads_to_a_statement_of_the_claim(claims: Store) -> None:
    answer, records = with_records(claims, question("corroboration"), {"words": "copper"})
    assert len(records) == 1 and len(records[0]) == 1 and "/statement/" in records[0][0]
    assert answer.rows[0][-1]


def test_a_question_that_counts_rests_on_its_records(store: Store) -> None:
    assert len(nodes(store, "articles")) == 2 and all("/article/" in name for name in nodes(store, "articles"))


def test_each_question_has_its_place_in_the_gallery() -> None:
    assert {q.group for q in questions()} == set(GROUPS)


def test_who_said_what(store: Store) -> None:
    assert [(r[0], r[1]) for r in rows(store, "who-said-what", speaker="berg")] == [
        ("Ida Berg", "denies"),
        ("Ida Berg", "asserts"),
        ("Ida Berg", "denies"),
    ]


def test_figures(store: Store) -> None:
    found = rows(store, "figures", counted="drown")
    assert [r[:4] for r in found] == [("coast guard", "exact", "75", "75"), ("Rescue Watch", "between", "40", "60")]
    assert found[1][6:12] == ("passenger drowned", "Port Ellis", "2019-03", "2019-03", None, "survivors")


def test_figures_compared_and_conflicts(store: Store) -> None:
    compared = rows(store, "figures-compared")
    assert [(r[0], {r[2], r[8]}, r[14]) for r in compared] == [
        ("passenger drowned", {"coast guard", "Rescue Watch"}, "disjoint")
    ]
    assert len(rows(store, "conflicts")) == 1
    assert rows(store, "conflicts", counted="hanged") == []


def test_speaker_with_the_role_at_the_time(store: Store) -> None:
    found = rows(store, "speaker", name="mayor ida")
    assert {r[0] for r in found} == {"Ida Berg"}, "the name of an identity finds its entities"
    assert {(r[1], r[2], r[3]) for r in found} == {
        ("Mayor", "Harbour Party", "current"),
        ("mayor", None, "acting"),
        (None, None, None),
    }
    assert {r[7] for r in found} == {"Harbour toll disputed", "Coast guard raises toll"}


def test_topic_and_denials(store: Store) -> None:
    assert {r[1] for r in rows(store, "topic", topic="drown")} == {"Rescue Watch", "Ida Berg", "coast guard"}
    assert [(r[0], r[3]) for r in rows(store, "denials")] == [("Ida Berg", "said"), ("Ida Berg", "denied")]


def test_contradicted_by(store: Store) -> None:
    found = rows(store, "contradicted-by", speaker="coast")
    assert [(r[0], r[2], r[3], r[6]) for r in found] == [("coast guard", "Ida Berg", "denies", "1")]


def test_sourcing_gives_the_whole_chain(store: Store) -> None:
    chains = {(r[0], r[2], r[3]) for r in rows(store, "sourcing")}
    assert ("Rescue Watch", "1 has it from", "survivors") in chains
    assert ("divers", "2 as told by", "Ida Berg") in chains
    assert ("divers", "4 as published by", "The Example") in chains


def test_figure_chains_are_in_order(store: Store) -> None:
    steps = [r[1:4] for r in rows(store, "figure-chains", counted="drowned") if r[7] == "Harbour toll disputed"]
    assert steps == [("0", "The Example", None), ("1", "Rescue Watch", "reported"), ("2", "survivors", None)]


def test_unattributed_figures(store: Store) -> None:
    assert [r[5] for r in rows(store, "unattributed-figures")] == ["5 points"]


def test_roles_over_time_and_timeline(store: Store) -> None:
    assert [(r[0], r[1], r[5]) for r in rows(store, "roles-over-time")] == [
        ("Ida Berg", "Mayor", None),
        ("Ida Berg", "mayor", "2015"),
    ]
    assert [r[2] for r in rows(store, "timeline", after="2016-01-01")] == ["event", "figure", "figure"]
    assert [r[2] for r in rows(store, "timeline", before="2016-01-01")] == ["role"]


def test_articles_and_provenance(store: Store) -> None:
    assert [(r[1], r[5], r[6], r[7]) for r in rows(store, "articles")] == [
        ("Harbour toll disputed", "4", "4", "11"),
        ("Coast guard raises toll", "2", "1", "3"),
    ]
    assert [(r[1], r[2], r[3]) for r in rows(store, "provenance")] == [
        ("Coast guard raises toll", "reports/coast.txt", "by hand"),
        ("Harbour toll disputed", "reports/harbour.txt", "by hand"),
    ]


# -- parameters


@settings(max_examples=40, deadline=None)
@given(
    st.text(max_size=30)
    | st.sampled_from(['" } #', '\\" } ', "\\u0022 }", "'''", '"@en', "{", "\n", "\ud800", '") } ; DROP ALL #'])
)
def test_a_parameter_stays_a_value(value: str) -> None:
    text = bind(question("who-said-what").text, {"speaker": value})
    guard(text)
    found = to_rdf(rival()).query(text)
    assert all(value.lower() in str(row[0]).lower() for row in found) or not value  # type: ignore[index]
    assert text.count("VALUES ?speaker") == 1


def test_a_parameter_of_my_own_query(store: Store) -> None:
    text = 'SELECT ?n { VALUES ?least { "0"^^xsd:decimal } ?f kg:low ?n FILTER(?n >= ?least) }'
    assert [p.type for p in parameters(text)] == ["decimal"]
    assert rows(store, text, least="70") == [("75",)]


@pytest.mark.parametrize(
    ("query", "values", "says"),
    [
        ("who-said-what", {"speker": "x"}, "no parameter 'speker'; it takes speaker"),
        ("denials", {"x": "1"}, "it takes none"),
        ("timeline", {"after": "yesterday"}, "'yesterday' is no date"),
        ("who-siad-what", {}, "did you mean who-said-what"),
        ("zzzzzzzz", {}, "there are articles, claim-history"),
        ("", {}, "no question is called ''"),
    ],
)
def test_a_wrong_name_or_value(store: Store, query: str, values: dict[str, str], says: str) -> None:
    with pytest.raises(QueryError, match=says.replace("(", "\\(")):
        run(store, query, values)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("SELECT ?s { ?s", "column 15: it ends too early; a bracket or a variable may be missing"),
        ("SELECT ?s { ?s kg:text }", "column 24: '}' cannot stand here"),
        ("SELECT ?s { ?s kg:text ?t } ORDER ?s", "expected BY"),
        ("SELECT * {\n  ?s kg:text ?o ..\n}", "line 2, column 18: '.' cannot stand here"),
        ("SELECT * {\n  ?s kg:text\n  ?t kg:saidBy ?o .\n}", "line 3, column 6: 'kg:saidBy' cannot stand here"),
        ("SELECT * {\n  ?s kg:text ?o\n  ?t kg:saidBy ?o .\n}", "line 3, column 3: '?t' cannot stand here"),
        ("SELECT ?who, ?what {\n  ?s kg:saidBy ?who }", "line 1, column 12: ',' cannot stand here"),
        ("SELECT * {\n  ?s kg:low ?o FILTER(?o > 3\n}", "line 2, column 22: '(' is not closed"),
        ("SELECT * {\n  ?s kg:low ?o FILTER ?o > 3\n}", "line 2, column 16: 'FILTER' cannot stand here"),
        ("SELECT * {\n  ?s kg:text ?o }\n}", "line 3, column 1: '}' cannot stand here"),
        ("SELECT * {\n  OPTIONL { ?s kg:text ?o }\n}", "line 2, column 3: 'OPTIONL' cannot stand here"),
        ("SELECT * {\n  ?s kg:stance denies\n}", "line 2, column 16: 'denies' cannot stand here"),
        ("SELECT * { " + "?s kg:text ?o . " * 90 + "..}", "it breaks here or before"),
        ("SELECT * { " + "{" * 60 + "?s ?p ?o .. " + "}" * 61, "cannot stand here"),
    ],
)
def test_where_a_query_breaks_is_said_in_words(store: Store, query: str, says: str) -> None:
    with pytest.raises(QueryError, match=re.escape(says)):
        run(store, query)


# -- what is refused


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("SELECT * { ?s ?p", "line 1, column"),
        ("SELECT * {\n  ?s foo:bar ?o }", "prefix is not declared|Unknown namespace prefix"),
        ("SELEKT * { ?s ?p ?o }", "not legal SPARQL"),
        ("INSERT DATA { <a:b> <a:b> <a:b> }", "INSERT is not allowed"),
        ("PREFIX a: <a:> DELETE WHERE { ?s ?p ?o }", "DELETE is not allowed"),
        ("LOAD <http://x.test/>", "LOAD is not allowed"),
        ("CLEAR ALL # x", "CLEAR is not allowed"),
        ("SELECT * { SERVICE <http://x.test/> { ?s ?p ?o } }", "SERVICE is not allowed .line 1, column 12"),
        ("SELECT * { service silent <http://x.test/> { ?s ?p ?o } }", "SERVICE is not allowed"),
        ("SELECT * { S\\u0045RVICE <http://x.test/> { ?s ?p ?o } }", "SERVICE is not allowed"),
        ('SELECT * { ?s ?p "\\u0022 } SERVICE <http://x.test/> {?a ?b ?c} #" }', "SERVICE is not allowed"),
        ("SELECT * " + "{" * 1000 + "}" * 1000, "nests 1000 brackets"),
        ("SELECT * { ?s " + "/".join(["<a:b>"] * 5000) + " ?o }", "limit is 300"),
        ("SELECT * { " + "OPTIONAL { ?s ?p ?o } " * 2000 + "}", "limit is 300"),
        ("SELECT * { ?s ?p ?o } #" + "x" * 70_000, "characters; the limit"),
    ],
)
def test_broken_and_hostile_queries(store: Store, graph: rdflib.Dataset, text: str, says: str) -> None:
    for source in (store, graph):
        with pytest.raises(QueryError, match=says) as caught:
            run(source, text)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ("SERVICE" AS ?x) { }',
        "SELECT ?service { ?service kg:text ?load }",
        "SELECT * { ?s <http://x.test/SERVICE> ?o } # SERVICE { LOAD",
        'ASK { ?s ?p """a "quoted" { SERVICE """ }',
        "SELECT ('{{{{' AS ?x) { }",
        "PREFIX service: <http://x.test/> SELECT * { ?s service:load ?o }",
    ],
)
def test_harmless_queries_pass(store: Store, text: str) -> None:
    run(store, text)


def test_rdflib_is_not_made_to_fetch(graph: rdflib.Dataset) -> None:
    with pytest.raises(QueryError, match="FROM is not allowed"):
        run(graph, "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }")


def test_from_names_graphs_of_the_store(store: Store) -> None:
    name = f"<{store.base}graph/{rival().article.id}>"
    assert len(rows(store, f"SELECT ?t FROM {name} {{ ?s kg:text ?t }}")) == 2
    assert rows(store, "SELECT ?t FROM <https://x.test/none> { ?s kg:text ?t }") == []
    assert rows(store, f"SELECT (COUNT(*) AS ?n) {{ GRAPH {name} {{ ?s kg:text ?t }} }}") == [("2",)]


# -- formats


def test_answers_as_text(store: Store) -> None:
    found = run(store, "SELECT ?s ?t ?n ?nothing { ?s kg:text ?t ; kg:saidBy/rdfs:label 'divers' ; kg:confidence ?n }")
    data = json.loads(found.format("json"))
    assert data["head"]["vars"] == ["s", "t", "n", "nothing"]
    binding = data["results"]["bindings"][0]
    assert binding["s"]["type"] == "uri"
    assert binding["n"] == {"type": "literal", "value": "0.5", "datatype": "http://www.w3.org/2001/XMLSchema#decimal"}
    assert "nothing" not in binding
    table = list(csv.reader(io.StringIO(found.format("csv"))))
    assert table[0] == ["s", "t", "n", "nothing"]
    assert table[1][1:] == ["at least 12 bodies were trapped", "0.5", ""]
    assert found.format("table").splitlines()[0] == "s\tt\tn\tnothing"
    with pytest.raises(QueryError, match="no graph"):
        found.format("ttl")
    with pytest.raises(QueryError, match="no format"):
        found.format("xls")


def test_graphs_and_verdicts(store: Store, graph: rdflib.Dataset) -> None:
    text = "CONSTRUCT { ?s kg:saidBy ?o } { ?s kg:saidBy ?o }"
    assert run(store, text).format("ttl") == run(graph, text).format("ttl")
    read = rdflib.Graph().parse(data=run(store, text).format("ttl"), format="turtle")
    assert len(read) == 6
    with pytest.raises(QueryError, match="a graph"):
        run(store, text).format("csv")
    for source in (store, graph):
        assert run(source, "ASK { ?s kg:stance 'denies' }").rows == [("yes",)]
        assert json.loads(run(source, "ASK { ?s kg:stance 'sings' }").format("json"))["boolean"] is False
    assert run(store, f"DESCRIBE <{BERG}>").columns is None


def test_lines_of_the_store_read_back_as_the_dataset(store: Store, graph: rdflib.Dataset) -> None:
    assert len(list(map(read_line, store.lines()))) == len(graph)


def test_questions_are_files_that_stand_alone() -> None:
    """Each shipped question is complete SPARQL: another server needs the prefixes and nothing else."""
    folder = Path(__file__).resolve().parents[1] / "kg" / "query" / "shipped"
    assert sorted(path.stem for path in folder.glob("*.rq")) == sorted(NAMES)
