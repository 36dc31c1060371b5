"""What the endpoint says of itself: SPARQL 1.1 Service Description."""

from __future__ import annotations

from .negotiation import GRAPHS, SOLUTIONS

SD = "http://www.w3.org/ns/sparql-service-description#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_FORMATS = "http://www.w3.org/ns/formats/"
_NAMES = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "N-Quads", "TriG", "JSON-LD", "RDF_XML"),
)


def described(endpoint: str, media: str) -> bytes:
    """The service description of the endpoint at an address, in one of the media types of graphs."""
    import pyoxigraph as ox

    name = ox.NamedNode

    service, dataset, graph = ox.BlankNode("service"), ox.BlankNode("dataset"), ox.BlankNode("default")
    triples = [
        ox.Triple(service, name(_TYPE), name(SD + "Service")),
        ox.Triple(service, name(SD + "endpoint"), name(endpoint)),
        ox.Triple(service, name(SD + "supportedLanguage"), name(SD + "SPARQL11Query")),
        ox.Triple(service, name(SD + "feature"), name(SD + "UnionDefaultGraph")),
        *(ox.Triple(service, name(SD + "resultFormat"), name(_FORMATS + form)) for form in _NAMES),
        ox.Triple(service, name(SD + "defaultDataset"), dataset),
        ox.Triple(dataset, name(_TYPE), name(SD + "Dataset")),
        ox.Triple(dataset, name(SD + "defaultGraph"), graph),
        ox.Triple(graph, name(_TYPE), name(SD + "Graph")),
    ]
    form = GRAPHS[media]
    prefixes = {"sd": SD, "formats": _FORMATS} if form in {"ttl", "trig"} else None
    return ox.serialize(triples, format=ox.RdfFormat.from_extension(form), prefixes=prefixes) or b""


assert len(_NAMES) == len(set(SOLUTIONS.values())) + len(set(GRAPHS.values()))
