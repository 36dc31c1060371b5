"""Extractions written by hand that hold every kind of record and every field: what graph, store and queries are tested on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kg.records.attribution import Attribution, Form, Stance
from kg.records.entity import Entity
from kg.records.event import Event, Participant, Relation
from kg.records.extraction import Extraction
from kg.records.figure import Bound, Change, Figure, Telling
from kg.records.mention import EntityType, Mention, MentionKind
from kg.records.role import Role, RoleStatus
from kg.records.time import Time, TimeType
from kg.records.topic import Topic
from kg.text.article import Article, Span, locate

NAME, NOMINAL, PRONOUN = MentionKind.NAME, MentionKind.NOMINAL, MentionKind.PRONOUN


def rich() -> Extraction:
    """One article with every kind of record and, between them, every field."""
    article = Article(
        "Harbour toll disputed\n\n"
        "Rescue Watch reported from survivors that between 40 and 60 passengers drowned off Port Ellis "
        "in March 2019. “The report is false,” Mayor Ida Berg of the Harbour Party said, “and harmful.” "
        "Berg, mayor since 2015, said divers believed at least 12 bodies were trapped. "
        "A survey put support for her at about 30 per cent, down by 5 points, as of June 2019. "
        "Two officers were not arrested.",
        title="Harbour toll disputed",
        authors=("Zoe Young", "Abel Old"),
        publisher="The Example",
        published=date(2019, 6, 30),
        url="https://news.example/harbour?toll=1&x=<y>",
        language="en",
        path="reports/harbour.txt",
    )

    def at(words: str, after: int = 0) -> Span:
        return locate(words, article, after=after)

    def mention(words: str, kind: MentionKind, type_: EntityType, after: int = 0) -> Mention:
        return Mention(at(words, after), kind, type_)

    person, organization, place = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE
    said = at("said, “").start
    second = at("Berg, mayor").start
    her = at("support").start
    entities = (
        Entity("e1", organization, "Rescue Watch", (mention("Rescue Watch", NAME, organization),)),
        Entity("e2", EntityType.GROUP, "survivors", (mention("survivors", NOMINAL, EntityType.GROUP),), named=False),
        Entity("e3", place, "Port Ellis", (mention("Port Ellis", NAME, place),)),
        Entity("e4", EntityType.DOCUMENT, "The report", (mention("The report", NOMINAL, EntityType.DOCUMENT),), False),
        Entity(
            "e5",
            person,
            "Ida Berg",
            (
                mention("Ida Berg", NAME, person),
                mention("Berg", NAME, place, second),
                mention("her", PRONOUN, person, her),
            ),
            gender="f",
        ),
        Entity("e6", organization, "Harbour Party", (mention("Harbour Party", NAME, organization),)),
        Entity("e7", EntityType.GROUP, "divers", (mention("divers", NOMINAL, EntityType.GROUP),), named=False),
        Entity(
            "e8", EntityType.DOCUMENT, "A survey", (mention("A survey", NOMINAL, EntityType.DOCUMENT),), named=False
        ),
        Entity("e9", EntityType.OTHER, "points", (mention("points", NOMINAL, EntityType.OTHER),), named=False),
        Entity(
            "e10", EntityType.GROUP, "Two officers", (mention("Two officers", NOMINAL, EntityType.GROUP),), named=False
        ),
        Entity("e11", EntityType.EVENT, "Harbour toll", (mention("Harbour toll", NAME, EntityType.EVENT),)),
    )
    drowned = at("between 40 and 60 passengers drowned off Port Ellis in March 2019")
    trapped = at("divers believed at least 12 bodies were trapped")
    attributions = (
        Attribution(
            "a1",
            (at("Rescue Watch"),),
            (at("reported"),),
            (drowned,),
            Form.INDIRECT,
            Stance.ASSERTS,
            "e1",
            "e2",
            confidence=0.93,
        ),
        Attribution(
            "a2",
            (at("Mayor Ida Berg of the Harbour Party"),),
            (at("said", said),),
            (at("“The report is false,”"), at("“and harmful.”")),
            Form.DIRECT,
            Stance.DENIES,
            "e5",
            confidence=0.8765,
        ),
        Attribution(
            "a3", (at("Berg", second),), (at("said", second),), (trapped,), Form.INDIRECT, Stance.ASSERTS, "e5"
        ),
        Attribution(
            "a4",
            (at("divers"),),
            (at("believed"),),
            (at("at least 12 bodies were trapped"),),
            Form.INDIRECT,
            Stance.OTHER,
            "e7",
            parent="a3",
            confidence=0.5,
        ),
    )
    figures = (
        Figure(
            "f1",
            at("between 40 and 60"),
            Decimal(40),
            Decimal(60),
            Bound.BETWEEN,
            counted="passengers",
            counted_span=at("passengers"),
            concept="passenger",
            event="drown",
            reporters=("e1",),
            via="e2",
            attribution="a1",
            chain=(Telling("e1", (at("reported"),), "a1"), Telling("e2", (), "a1")),
            start="2019-03",
            end="2019-03",
            place="e3",
            evidence=drowned,
            confidence=0.9,
        ),
        Figure(
            "f2",
            at("at least 12"),
            Decimal(12),
            None,
            Bound.AT_LEAST,
            counted="bodies",
            concept="body",
            event="trap",
            reporters=("e5", "e7"),
            attribution="a4",
        ),
        Figure(
            "f3",
            at("about 30 per cent"),
            Decimal(30),
            Decimal(30),
            Bound.ABOUT,
            approximate=True,
            unit="%",
            per="100 person",
            counted="support for her",
            reporters=("e8",),
            as_of="2019-06",
            method="A survey",
        ),
        Figure("f4", at("5 points"), Decimal("5.0"), Decimal(5), Bound.EXACT, unit="%", change=Change.DOWN_BY),
    )
    roles = (
        Role("r1", "e5", "Mayor", at("Mayor Ida Berg of the Harbour Party"), organization="e6", as_of="2019-06-30"),
        Role(
            "r2",
            "e5",
            "mayor",
            at("mayor since 2015"),
            place="e3",
            start="2015",
            end="2019-06",
            status=RoleStatus.ACTING,
            confidence=0.7,
        ),
    )
    times = (
        Time(at("March 2019"), TimeType.DATE, "2019-03", "2019-03", "2019-03"),
        Time(at("since 2015"), TimeType.DATE, "2015", "2015", None),
        Time(at("June 2019"), TimeType.DATE, "2019-06", "2019-06", "2019-06"),
    )
    events = (
        Event(
            "v1",
            "die",
            at("drowned"),
            (Participant("patient", "e2"),),
            drowned,
            place="e3",
            start="2019-03",
            end="2019-03",
            attribution="a1",
        ),
        Event(
            "v2",
            "detain",
            at("arrested"),
            (Participant("patient", "e10"),),
            at("Two officers were not arrested"),
            negated=True,
        ),
    )
    relations = (
        Relation("n1", "memberOf", "e5", "e6", at("Ida Berg of the Harbour Party"), start="2015", confidence=0.6),
        Relation("n2", "locatedIn", "e2", "e3", drowned, attribution="a1", end="2019"),
    )
    topics = (
        Topic("t1", "The report", "report", ("a2",), (at("The report"),), entity="e4"),
        Topic("t2", "drowned", "drown", ("a1", "a3"), (at("drowned"), at("bodies"))),
    )
    return Extraction(
        article,
        "by hand",
        entities,
        attributions,
        figures,
        roles,
        times,
        events,
        relations,
        topics,
        ('sentence at 0: odd "quotes" and \\ backslash', "second line"),
    )


def rival() -> Extraction:
    """A second article with another figure for the same thing, and a denial: something to compare `rich` with."""
    article = Article(
        "The coast guard said on Sunday that 75 passengers drowned off Port Ellis in March 2019. "
        "Ida Berg denied that anyone had drowned.",
        title="Coast guard raises toll",
        publisher="Second Paper",
        published=date(2019, 7, 2),
        url="https://second.example/1",
        path="reports/coast.txt",
    )

    def at(words: str) -> Span:
        return locate(words, article)

    organization, place, person = EntityType.ORGANIZATION, EntityType.PLACE, EntityType.PERSON
    content = at("75 passengers drowned off Port Ellis in March 2019")
    return Extraction(
        article,
        "by hand",
        (
            Entity("e1", organization, "coast guard", (Mention(at("coast guard"), NAME, organization),)),
            Entity("e2", place, "Port Ellis", (Mention(at("Port Ellis"), NAME, place),)),
            Entity("e3", person, "Ida Berg", (Mention(at("Ida Berg"), NAME, person),)),
        ),
        (
            Attribution("a1", (at("The coast guard"),), (at("said"),), (content,), Form.INDIRECT, Stance.ASSERTS, "e1"),
            Attribution(
                "a2",
                (at("Ida Berg"),),
                (at("denied"),),
                (at("anyone had drowned"),),
                Form.INDIRECT,
                Stance.DENIES,
                "e3",
            ),
        ),
        (
            Figure(
                "f1",
                at("75"),
                Decimal(75),
                Decimal(75),
                Bound.EXACT,
                counted="passengers",
                counted_span=at("passengers"),
                concept="passenger",
                event="drown",
                reporters=("e1",),
                attribution="a1",
                start="2019-03",
                end="2019-03",
                place="e2",
                evidence=content,
            ),
        ),
        topics=(Topic("t1", "drowned", "drown", ("a1", "a2"), (at("drowned"),)),),
    )


def report(
    text: str, who: str, cue: str, content: str, published: date, *,
    stance: Stance = Stance.ASSERTS, form: Form = Form.INDIRECT, kind: EntityType = EntityType.ORGANIZATION,
) -> Extraction:  # fmt: skip
    """An article with one named source and one statement of it."""
    article = Article(text, title=f"{who}: {published}", published=published, path=f"reports/{published}-{who}.txt")
    source = locate(who, article)
    return Extraction(
        article,
        "by hand",
        entities=(Entity("e1", kind, who, (Mention(source, NAME, kind),)),),
        attributions=(
            Attribution(
                "a1", (source,), (locate(cue, article),), (locate(content, article),), form, stance, "e1"
            ),
        ),
    )  # fmt: skip


def followed() -> tuple[Extraction, ...]:
    """Articles in which one claim is made, repeated, quoted twice from one mouth, and denied."""
    ferry = "the ferry Alma carried forty containers of stolen copper"
    quoted = "We counted every container on that deck twice over"
    return (
        report(f"Harbour Watch said {ferry}.", "Harbour Watch", "said", ferry, date(2020, 3, 1)),
        report(f"Dock Union also said that {ferry}.", "Dock Union", "said", ferry, date(2020, 3, 4)),
        report(
            f"Alma Lines denied that {ferry}.", "Alma Lines", "denied", ferry, date(2020, 3, 5), stance=Stance.DENIES
        ),
        report(f"“{quoted},” said Jo Hill.", "Jo Hill", "said", quoted, date(2020, 3, 2), form=Form.DIRECT, kind=EntityType.PERSON),
        report(f"“{quoted},” Jo Hill told us.", "Jo Hill", "told", quoted, date(2020, 3, 3), form=Form.DIRECT, kind=EntityType.PERSON),
    )  # fmt: skip
