"""The terms of `ontology/kg.ttl`, one constant each, and those we use of other vocabularies; a test holds them equal.

Constants, not attributes of a namespace: mypy and the editor then catch a
misspelt term, where `KG.sorce` silently mints a new IRI. They are plain
strings, so that making a graph does not have to load rdflib.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from .terms import Iri

KG: Final = "https://w3id.org/reportedly/ns#"
DCT: Final = "http://purl.org/dc/terms/"
GEO: Final = "http://www.opengis.net/ont/geosparql#"
OA: Final = "http://www.w3.org/ns/oa#"
ORG: Final = "http://www.w3.org/ns/org#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
PROV: Final = "http://www.w3.org/ns/prov#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA: Final = "https://schema.org/"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"

PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "kg": KG,
        "dct": DCT,
        "geo": GEO,
        "oa": OA,
        "org": ORG,
        "owl": OWL,
        "prov": PROV,
        "rdf": RDF,
        "rdfs": RDFS,
        "schema": SCHEMA,
        "skos": SKOS,
        "xsd": XSD,
    }
)
"""Every query may use these prefixes without declaring them."""

Agent: Final = Iri(KG + "Agent")
Article: Final = Iri(KG + "Article")
Claim: Final = Iri(KG + "Claim")
Collective: Final = Iri(KG + "Collective")
Comparison: Final = Iri(KG + "Comparison")
Document: Final = Iri(KG + "Document")
Entity: Final = Iri(KG + "Entity")
Event: Final = Iri(KG + "Event")
Evidence: Final = Iri(KG + "Evidence")
Extraction: Final = Iri(KG + "Extraction")
Figure: Final = Iri(KG + "Figure")
Identity: Final = Iri(KG + "Identity")
Input: Final = Iri(KG + "Input")
Link: Final = Iri(KG + "Link")
NamedEvent: Final = Iri(KG + "NamedEvent")
Organization: Final = Iri(KG + "Organization")
Person: Final = Iri(KG + "Person")
Place: Final = Iri(KG + "Place")
Relation: Final = Iri(KG + "Relation")
Review: Final = Iri(KG + "Review")
Role: Final = Iri(KG + "Role")
Source: Final = Iri(KG + "Source")
Statement: Final = Iri(KG + "Statement")
Telling: Final = Iri(KG + "Telling")
TimeExpression: Final = Iri(KG + "TimeExpression")
Topic: Final = Iri(KG + "Topic")
Utterance: Final = Iri(KG + "Utterance")
about: Final = Iri(KG + "about")
affirms: Final = Iri(KG + "affirms")
agent: Final = Iri(KG + "agent")
approximate: Final = Iri(KG + "approximate")
articles: Final = Iri(KG + "articles")
asFound: Final = Iri(KG + "asFound")
asOf: Final = Iri(KG + "asOf")
asOfEdtf: Final = Iri(KG + "asOfEdtf")
bearsOn: Final = Iri(KG + "bearsOn")
bound: Final = Iri(KG + "bound")
byline: Final = Iri(KG + "byline")
change: Final = Iri(KG + "change")
chosen: Final = Iri(KG + "chosen")
confidence: Final = Iri(KG + "confidence")
contentSpan: Final = Iri(KG + "contentSpan")
compares: Final = Iri(KG + "compares")
copyOf: Final = Iri(KG + "copyOf")
counted: Final = Iri(KG + "counted")
countedHead: Final = Iri(KG + "countedHead")
countedSpan: Final = Iri(KG + "countedSpan")
counts: Final = Iri(KG + "counts")
cue: Final = Iri(KG + "cue")
cueSpan: Final = Iri(KG + "cueSpan")
decided: Final = Iri(KG + "decided")
denies: Final = Iri(KG + "denies")
denotes: Final = Iri(KG + "denotes")
doubts: Final = Iri(KG + "doubts")
eventType: Final = Iri(KG + "eventType")
evidence: Final = Iri(KG + "evidence")
extractor: Final = Iri(KG + "extractor")
figureSpan: Final = Iri(KG + "figureSpan")
finding: Final = Iri(KG + "finding")
firstPublished: Final = Iri(KG + "firstPublished")
form: Final = Iri(KG + "form")
found: Final = Iri(KG + "found")
from_: Final = Iri(KG + "from")
fromEdtf: Final = Iri(KG + "fromEdtf")
gender: Final = Iri(KG + "gender")
happening: Final = Iri(KG + "happening")
hedges: Final = Iri(KG + "hedges")
high: Final = Iri(KG + "high")
identityType: Final = Iri(KG + "identityType")
inArticle: Final = Iri(KG + "inArticle")
inputHash: Final = Iri(KG + "inputHash")
instrument: Final = Iri(KG + "instrument")
lemma: Final = Iri(KG + "lemma")
linkedFrom: Final = Iri(KG + "linkedFrom")
localId: Final = Iri(KG + "localId")
linkMethod: Final = Iri(KG + "linkMethod")
linkOf: Final = Iri(KG + "linkOf")
linkTo: Final = Iri(KG + "linkTo")
low: Final = Iri(KG + "low")
mention: Final = Iri(KG + "mention")
mentionType: Final = Iri(KG + "mentionType")
method: Final = Iri(KG + "method")
model: Final = Iri(KG + "model")
nameMention: Final = Iri(KG + "nameMention")
named: Final = Iri(KG + "named")
negated: Final = Iri(KG + "negated")
nestedIn: Final = Iri(KG + "nestedIn")
nominalMention: Final = Iri(KG + "nominalMention")
object: Final = Iri(KG + "object")
occurrence: Final = Iri(KG + "occurrence")
participant: Final = Iri(KG + "participant")
path: Final = Iri(KG + "path")
patient: Final = Iri(KG + "patient")
per: Final = Iri(KG + "per")
place: Final = Iri(KG + "place")
problems: Final = Iri(KG + "problems")
position: Final = Iri(KG + "position")
pronounMention: Final = Iri(KG + "pronounMention")
readFrom: Final = Iri(KG + "readFrom")
reason: Final = Iri(KG + "reason")
recipient: Final = Iri(KG + "recipient")
recordKind: Final = Iri(KG + "recordKind")
relationType: Final = Iri(KG + "relationType")
reportedBy: Final = Iri(KG + "reportedBy")
reports: Final = Iri(KG + "reports")
reporterOrder: Final = Iri(KG + "reporterOrder")
reviewOf: Final = Iri(KG + "reviewOf")
reviewed: Final = Iri(KG + "reviewed")
saidBy: Final = Iri(KG + "saidBy")
sameThingAs: Final = Iri(KG + "sameThingAs")
score: Final = Iri(KG + "score")
speakerOrder: Final = Iri(KG + "speakerOrder")
speakers: Final = Iri(KG + "speakers")
sourceSpan: Final = Iri(KG + "sourceSpan")
stance: Final = Iri(KG + "stance")
statedIn: Final = Iri(KG + "statedIn")
status: Final = Iri(KG + "status")
subject: Final = Iri(KG + "subject")
teller: Final = Iri(KG + "teller")
text: Final = Iri(KG + "text")
textHash: Final = Iri(KG + "textHash")
throughTelling: Final = Iri(KG + "throughTelling")
timeType: Final = Iri(KG + "timeType")
timeValue: Final = Iri(KG + "timeValue")
title: Final = Iri(KG + "title")
trigger: Final = Iri(KG + "trigger")
unit: Final = Iri(KG + "unit")
until: Final = Iri(KG + "until")
untilEdtf: Final = Iri(KG + "untilEdtf")
verdict: Final = Iri(KG + "verdict")
via: Final = Iri(KG + "via")
voices: Final = Iri(KG + "voices")
words: Final = Iri(KG + "words")
wording: Final = Iri(KG + "wording")

TERMS: Final = frozenset(
    value for value in list(globals().values()) if isinstance(value, str) and value[len(KG) :] and value.startswith(KG)
)
"""Every term of our own."""

type_: Final = Iri(RDF + "type")
label: Final = Iri(RDFS + "label")
Concept: Final = Iri(SKOS + "Concept")
prefLabel: Final = Iri(SKOS + "prefLabel")
broader: Final = Iri(SKOS + "broader")
closeMatch: Final = Iri(SKOS + "closeMatch")
sameAs: Final = Iri("http://www.w3.org/2002/07/owl#sameAs")
start: Final = Iri(OA + "start")
end: Final = Iri(OA + "end")
exact: Final = Iri(OA + "exact")
hasSource: Final = Iri(OA + "hasSource")
member: Final = Iri(ORG + "member")
organization: Final = Iri(ORG + "organization")
headline: Final = Iri(SCHEMA + "headline")
author: Final = Iri(SCHEMA + "author")
publisher: Final = Iri(SCHEMA + "publisher")
datePublished: Final = Iri(SCHEMA + "datePublished")
url: Final = Iri(SCHEMA + "url")
inLanguage: Final = Iri(SCHEMA + "inLanguage")
articleBody: Final = Iri(SCHEMA + "articleBody")
used: Final = Iri(PROV + "used")
wasGeneratedBy: Final = Iri(PROV + "wasGeneratedBy")
wasDerivedFrom: Final = Iri(PROV + "wasDerivedFrom")
wasAssociatedWith: Final = Iri(PROV + "wasAssociatedWith")
endedAtTime: Final = Iri(PROV + "endedAtTime")
person: Final = Iri(PROV + "Person")
Geometry: Final = Iri(GEO + "Geometry")
hasGeometry: Final = Iri(GEO + "hasGeometry")
hasCentroid: Final = Iri(GEO + "hasCentroid")
asWKT: Final = Iri(GEO + "asWKT")

string: Final = Iri(XSD + "string")
integer: Final = Iri(XSD + "integer")
decimal: Final = Iri(XSD + "decimal")
boolean: Final = Iri(XSD + "boolean")
date: Final = Iri(XSD + "date")
dateTime: Final = Iri(XSD + "dateTime")
anyURI: Final = Iri(XSD + "anyURI")
wktLiteral: Final = Iri(GEO + "wktLiteral")
