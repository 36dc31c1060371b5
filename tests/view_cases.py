"""Five extractions made by hand, on public facts and in sentences of our own, for the tests of the view."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from kg.records.attribution import Attribution, Form, Stance
from kg.records.entity import Entity
from kg.records.event import Event, Participant, Relation
from kg.records.extraction import Extraction
from kg.records.figure import Bound, Figure
from kg.records.mention import EntityType, Mention, MentionKind
from kg.records.role import Role, RoleStatus
from kg.records.topic import Topic
from kg.text.article import Article, Span, locate


def _word(quote: str, text: str, at: int) -> Span | None:
    """Where a quote stands next with no letter beside it; a pattern for each would cost more than all else of a record."""
    while (at := text.find(quote, at)) >= 0:
        end = at + len(quote)
        if not any(c.isalnum() or c == "_" for c in (text[at - 1 : at], text[end : end + 1]) if c):
            return Span(at, end)
        at += 1
    return None


class Reading:
    """An extraction under construction: records point at the article by quoting it."""

    def __init__(self, text: str, **meta: Any) -> None:
        self.article = Article(text, **meta)
        self.entities: list[Entity] = []
        self.attributions: list[Attribution] = []
        self.figures: list[Figure] = []
        self.roles: list[Role] = []
        self.events: list[Event] = []
        self.relations: list[Relation] = []
        self.topics: list[Topic] = []

    def at(self, *quotes: str, after: int = 0) -> tuple[Span, ...]:
        spans: list[Span] = []
        for quote in quotes:
            start = spans[-1].end if spans else after
            # a whole word where there is one: "he" is not in "the"
            spans.append(_word(quote, self.article.text, start) or locate(quote, self.article, after=start))
        return tuple(spans)

    def entity(self, kind: EntityType, name: str, *mentions: str, named: bool = True) -> str:
        how = MentionKind.NAME if named else MentionKind.NOMINAL
        spans = [locate(words, self.article) for words in (mentions or (name,))]
        key = f"e{len(self.entities) + 1}"
        self.entities.append(Entity(key, kind, name, tuple(Mention(s, how, kind) for s in spans), named))
        return key

    def said(
        self,
        who: str | None,
        source: str,
        cue: str,
        *content: str,
        form: Form = Form.INDIRECT,
        stance: Stance = Stance.ASSERTS,
        **more: Any,
    ) -> str:
        key = f"a{len(self.attributions) + 1}"
        spans = self.at(*content)
        near = max(0, spans[0].start - 160, self.article.text.rfind("\n", 0, spans[0].start))
        self.attributions.append(
            Attribution(
                key,
                self.at(source, after=near) if source else (),
                self.at(cue, after=near) if cue else (),
                spans,
                form,
                stance,
                who,
                **more,
            )
        )
        return key

    def figure(
        self,
        words: str,
        low: float | None,
        high: float | None,
        bound: Bound,
        counted: str | None,
        evidence: str,
        **more: Any,
    ) -> None:
        whole = locate(evidence, self.article)
        span = locate(words, self.article, after=whole.start)
        numbers = [None if v is None else Decimal(str(v)) for v in (low, high)]
        self.figures.append(
            Figure(f"f{len(self.figures) + 1}", span, *numbers, bound, counted=counted, evidence=whole, **more)
        )

    def role(self, holder: str, title: str, words: str, **more: Any) -> None:
        self.roles.append(Role(f"r{len(self.roles) + 1}", holder, title, locate(words, self.article), **more))

    def topic(self, label: str, *attributions: str, entity: str | None = None) -> None:
        self.topics.append(
            Topic(f"t{len(self.topics) + 1}", label, label.casefold(), attributions, self.at(label), entity)
        )

    def done(self) -> Extraction:
        parts = (
            self.entities,
            self.attributions,
            self.figures,
            self.roles,
            (),
            self.events,
            self.relations,
            self.topics,
        )
        return Extraction(self.article, "by hand", *map(tuple, parts))


PERSON, ORG, PLACE, GROUP = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE, EntityType.GROUP


def briefing() -> Extraction:
    """The day of the US briefing: assertion, denial, doubt, nested belief, a figure passed on."""
    r = Reading(
        "Washington says a crematorium hides killings at Saydnaya\n\n"
        "WASHINGTON, 15 May 2017. The State Department said on Monday that the Syrian government had put up a crematorium beside "
        "Saydnaya prison to hide how many people die there.\n\n"
        "Stuart Jones, the acting assistant secretary of state for Near Eastern affairs, said credible sources believed that many bodies "
        "had been buried in mass graves. “We think the building serves to cover up the killings,” he told reporters. As many as 50 detainees "
        "a day may be hanged there, he added, citing aid groups.\n\n"
        "Syria’s foreign ministry denied the charge a day later, calling it “a new Hollywood story” that was “detached from reality”.\n\n"
        "Robert Ford, who was the United States ambassador to Syria from 2011 to 2014, doubts that Washington will act on the new pictures. "
        "Nikki Haley, the US ambassador to the United Nations, demanded that Russia and Iran “stop shielding” the government in Damascus.\n\n"
        "Paulo Pinheiro, who chairs the UN commission of inquiry, said he had no information about a crematorium. Two officials who asked "
        "not to be named said the satellite pictures were taken over four years.\n",
        title="Washington says a crematorium hides killings at Saydnaya",
        publisher="Sample Wire",
        published=date(2017, 5, 16),
        url="https://example.org/briefing",
    )
    us = r.entity(ORG, "State Department")
    syria = r.entity(ORG, "Syrian government")
    prison = r.entity(PLACE, "Saydnaya prison")
    jones = r.entity(PERSON, "Stuart Jones", "Stuart Jones", "he told reporters")
    sources = r.entity(GROUP, "credible sources", named=False)
    aid = r.entity(GROUP, "aid groups", named=False)
    ministry = r.entity(ORG, "Syria’s foreign ministry")
    ford = r.entity(PERSON, "Robert Ford")
    haley = r.entity(PERSON, "Nikki Haley")
    pinheiro = r.entity(PERSON, "Paulo Pinheiro")
    commission = r.entity(ORG, "UN commission of inquiry")
    officials = r.entity(GROUP, "two officials", "Two officials", named=False)
    un = r.entity(ORG, "United Nations")
    country = r.entity(PLACE, "Syria", "Syria from")
    built = r.said(
        us,
        "The State Department",
        "said",
        "the Syrian government had put up a crematorium beside Saydnaya prison to hide how many people die there",
        confidence=0.96,
    )
    nested = r.said(
        jones,
        "Stuart Jones",
        "said",
        "credible sources believed that many bodies had been buried in mass graves",
        confidence=0.93,
    )
    inner = r.said(
        sources,
        "credible sources",
        "believed",
        "many bodies had been buried in mass graves",
        parent=nested,
        confidence=0.88,
    )
    cover = r.said(
        jones,
        "he",
        "told reporters",
        "“We think the building serves to cover up the killings,”",
        form=Form.DIRECT,
        confidence=0.95,
    )
    fifty = r.said(jones, "he", "added", "As many as 50 detainees a day may be hanged there", via=aid, confidence=0.9)
    denial = r.said(
        ministry,
        "Syria’s foreign ministry",
        "denied",
        "the charge",
        "“a new Hollywood story” that was “detached from reality”",
        form=Form.MIXED,
        stance=Stance.DENIES,
        confidence=0.91,
    )
    doubt = r.said(
        ford, "Robert Ford", "doubts", "Washington will act on the new pictures", stance=Stance.DOUBTS, confidence=0.83
    )
    demand = r.said(
        haley,
        "Nikki Haley",
        "demanded",
        "Russia and Iran “stop shielding” the government in Damascus",
        form=Form.MIXED,
        stance=Stance.DEMANDS,
        confidence=0.9,
    )
    unknown = r.said(
        pinheiro,
        "Paulo Pinheiro",
        "said",
        "he had no information about a crematorium",
        stance=Stance.DOUBTS,
        confidence=0.8,
    )
    pictures = r.said(
        officials,
        "Two officials who asked not to be named",
        "said",
        "the satellite pictures were taken over four years",
        confidence=0.77,
    )
    r.figure(
        "50",
        None,
        50,
        Bound.AT_MOST,
        "detainees",
        "As many as 50 detainees a day may be hanged there",
        per="day",
        concept="detainee",
        event="hang",
        reporters=(jones,),
        via=aid,
        attribution=fifty,
        place=prison,
        confidence=0.9,
    )
    r.figure(
        "many",
        None,
        None,
        Bound.VAGUE,
        "bodies",
        "many bodies had been buried in mass graves",
        concept="body",
        event="bury",
        reporters=(jones, sources),
        attribution=inner,
        confidence=0.6,
    )
    r.role(
        jones,
        "acting assistant secretary of state for Near Eastern affairs",
        "the acting assistant secretary of state for Near Eastern affairs",
        organization=us,
        status=RoleStatus.ACTING,
    )
    r.role(
        ford,
        "United States ambassador to Syria",
        "the United States ambassador to Syria from 2011 to 2014",
        place=country,
        start="2011",
        end="2014",
        status=RoleStatus.FORMER,
    )
    r.role(haley, "US ambassador to the United Nations", "the US ambassador to the United Nations", organization=un)
    r.role(pinheiro, "chair", "chairs the UN commission of inquiry", organization=commission)
    r.relations.append(Relation("x1", "partOf", commission, un, locate("UN commission of inquiry", r.article)))
    r.events.append(
        Event(
            "v1",
            "build",
            locate("put up", r.article),
            (Participant("agent", syria),),
            locate("the Syrian government had put up a crematorium", r.article),
            place=prison,
            attribution=built,
        )
    )
    r.topic("crematorium", built, cover, denial, unknown)
    r.topic("satellite pictures", pictures)
    r.topic("mass graves", nested, inner)
    r.topic("hanged", fifty)
    r.topic("Russia and Iran", demand)
    r.topic("pictures", doubt)
    return r.done()


def amnesty() -> Extraction:
    """The Amnesty report of February 2017: a range, a rate, witnesses as the source behind the source."""
    r = Reading(
        "Thousands hanged in secret at Saydnaya, Amnesty says\n\n"
        "BEIRUT, 7 February 2017. Amnesty International said between 5,000 and 13,000 people were hanged in secret at Saydnaya prison "
        "between September 2011 and December 2015. It had the number from witnesses, among them former guards and judges.\n\n"
        "Groups of up to 50 detainees were taken from their cells once or twice a week, the group said. “They were told they would be moved "
        "to a civilian prison,” said Lynn Maalouf, deputy director for research at Amnesty’s Beirut office.\n\n"
        "Syria’s foreign ministry rejected the report as “completely untrue”.\n",
        title="Thousands hanged in secret at Saydnaya, Amnesty says",
        publisher="Levant Notes",
        published=date(2017, 2, 7),
    )
    group = r.entity(ORG, "Amnesty International", "Amnesty International", "Amnesty’s")
    prison = r.entity(PLACE, "Saydnaya prison")
    witnesses = r.entity(GROUP, "witnesses", named=False)
    maalouf = r.entity(PERSON, "Lynn Maalouf")
    ministry = r.entity(ORG, "Syria’s foreign ministry")
    hanged = r.said(
        group,
        "Amnesty International",
        "said",
        "between 5,000 and 13,000 people were hanged in secret at Saydnaya prison between September 2011 and December 2015",
        via=witnesses,
        confidence=0.97,
    )
    weekly = r.said(
        group,
        "the group",
        "said",
        "Groups of up to 50 detainees were taken from their cells once or twice a week",
        confidence=0.92,
    )
    moved = r.said(
        maalouf,
        "Lynn Maalouf",
        "said",
        "“They were told they would be moved to a civilian prison,”",
        form=Form.DIRECT,
        confidence=0.96,
    )
    denial = r.said(
        ministry,
        "Syria’s foreign ministry",
        "rejected",
        "the report as “completely untrue”",
        form=Form.MIXED,
        stance=Stance.DENIES,
        confidence=0.9,
    )
    r.figure(
        "between 5,000 and 13,000",
        5000,
        13000,
        Bound.BETWEEN,
        "people hanged",
        "between 5,000 and 13,000 people were hanged in secret",
        concept="person",
        event="hang",
        reporters=(group,),
        via=witnesses,
        attribution=hanged,
        place=prison,
        start="2011-09",
        end="2015-12",
        confidence=0.95,
    )
    r.figure(
        "up to 50",
        None,
        50,
        Bound.AT_MOST,
        "detainees",
        "Groups of up to 50 detainees were taken",
        concept="detainee",
        event="take",
        reporters=(group,),
        attribution=weekly,
        place=prison,
        confidence=0.85,
    )
    r.role(
        maalouf,
        "deputy director for research",
        "deputy director for research at Amnesty’s Beirut office",
        organization=group,
    )
    r.topic("hanged", hanged, weekly)
    r.topic("prison", moved)
    r.topic("report", denial)
    return r.done()


def photographs() -> Extraction:
    """The Human Rights Watch report of December 2015: an open lower end, and a figure of the article's own."""
    r = Reading(
        "Photographs show thousands of dead detainees\n\n"
        "NEW YORK, 16 December 2015. Photographs that a defector took out of Syria show the bodies of at least 6,786 detainees who died in "
        "custody, Human Rights Watch said. About 28,000 of the pictures show people who died in government detention, according to the group. "
        "The defector, who goes by Caesar, left the country in August 2013 with 53,275 files.\n\n"
        "“Just about every detainee in these pictures was somebody’s child,” said Nadim Houry, the group’s deputy Middle East director.\n",
        title="Photographs show thousands of dead detainees",
        publisher="Sample Wire",
        published=date(2015, 12, 16),
    )
    group = r.entity(ORG, "Human Rights Watch")
    houry = r.entity(PERSON, "Nadim Houry")
    syria = r.entity(PLACE, "Syria")
    r.entity(PERSON, "Caesar")
    bodies = r.said(
        group,
        "Human Rights Watch",
        "said",
        "Photographs that a defector took out of Syria show the bodies of at least 6,786 detainees who died in custody",
        confidence=0.97,
    )
    pictures = r.said(
        group,
        "the group",
        "according to",
        "About 28,000 of the pictures show people who died in government detention",
        confidence=0.9,
    )
    child = r.said(
        houry,
        "Nadim Houry",
        "said",
        "“Just about every detainee in these pictures was somebody’s child,”",
        form=Form.DIRECT,
        confidence=0.97,
    )
    r.figure(
        "at least 6,786",
        6786,
        None,
        Bound.AT_LEAST,
        "detainees who died in custody",
        "at least 6,786 detainees who died in custody",
        concept="detainee",
        event="die",
        reporters=(group,),
        attribution=bodies,
        place=syria,
        method="photographs",
        confidence=0.95,
    )
    r.figure(
        "About 28,000",
        28000,
        28000,
        Bound.ABOUT,
        "pictures",
        "About 28,000 of the pictures",
        approximate=True,
        concept="picture",
        reporters=(group,),
        attribution=pictures,
        confidence=0.9,
    )
    r.figure("53,275", 53275, 53275, Bound.EXACT, "files", "53,275 files", concept="file", confidence=0.8)
    r.role(houry, "deputy Middle East director", "the group’s deputy Middle East director", organization=group)
    r.topic("detainees", bodies, child)
    r.topic("pictures", pictures)
    return r.done()


def office() -> Extraction:
    """The UN Human Rights Office in June 2022, beside a monitor with another number: two figures that exclude each other."""
    r = Reading(
        "UN counts 306,887 civilians killed in ten years of war in Syria\n\n"
        "GENEVA, 28 June 2022. The UN Human Rights Office said 306,887 civilians were killed in Syria between 1 March 2011 and 31 March 2021. "
        "“These are people killed as a direct result of war operations,” said Michelle Bachelet, the UN High Commissioner for Human Rights. "
        "The Syrian Observatory for Human Rights puts the number of civilians killed in the same period at about 160,000. "
        "A Damascus newspaper asked whether the office had “counted anyone twice”.\n",
        title="UN counts 306,887 civilians killed in ten years of war in Syria",
        publisher="Lake Gazette",
        published=date(2022, 6, 28),
    )
    un = r.entity(ORG, "UN Human Rights Office")
    bachelet = r.entity(PERSON, "Michelle Bachelet")
    monitor = r.entity(ORG, "Syrian Observatory for Human Rights")
    paper = r.entity(GROUP, "a Damascus newspaper", "A Damascus newspaper", named=False)
    syria = r.entity(PLACE, "Syria")
    count = r.said(
        un,
        "The UN Human Rights Office",
        "said",
        "306,887 civilians were killed in Syria between 1 March 2011 and 31 March 2021",
        confidence=0.98,
    )
    direct = r.said(
        bachelet,
        "Michelle Bachelet",
        "said",
        "“These are people killed as a direct result of war operations,”",
        form=Form.DIRECT,
        confidence=0.97,
    )
    other = r.said(
        monitor,
        "The Syrian Observatory for Human Rights",
        "puts",
        "the number of civilians killed in the same period at about 160,000",
        confidence=0.9,
    )
    asked = r.said(
        paper,
        "A Damascus newspaper",
        "asked",
        "whether the office had “counted anyone twice”",
        form=Form.MIXED,
        stance=Stance.ASKS,
        confidence=0.86,
    )
    period = {"start": "2011-03-01", "end": "2021-03-31", "place": syria, "concept": "civilian", "event": "kill"}
    r.figure(
        "306,887",
        306887,
        306887,
        Bound.EXACT,
        "civilians",
        "306,887 civilians were killed",
        reporters=(un,),
        attribution=count,
        confidence=0.97,
        **period,
    )
    r.figure(
        "about 160,000",
        160000,
        160000,
        Bound.ABOUT,
        "civilians",
        "the number of civilians killed in the same period at about 160,000",
        approximate=True,
        reporters=(monitor,),
        attribution=other,
        confidence=0.9,
        **period,
    )
    r.role(
        bachelet, "UN High Commissioner for Human Rights", "the UN High Commissioner for Human Rights", organization=un
    )
    r.topic("civilians", count, other, direct)
    r.topic("office", asked)
    return r.done()


def follow_up() -> Extraction:
    """A later article: names in other scripts, a speaker of the first again, a third figure for the hangings."""
    r = Reading(
        "What became of the claim\n\n"
        "Robert Ford, the former US ambassador to Syria, told العربي الجديد that the pictures “never settled the question” 🛰. "
        "Ahmad Hariri (أحمد الحريري), a researcher, counts more than 13,000 people hanged at Saydnaya prison between 2011 and 2015, "
        "and dozens more since. Some reports say the building was never used.\n",
        title="What became of the claim",
        publisher="Lake Gazette",
        published=date(2019, 3, 2),
    )
    ford = r.entity(PERSON, "Robert Ford")
    r.entity(ORG, "العربي الجديد")
    hariri = r.entity(PERSON, "Ahmad Hariri (أحمد الحريري)")
    prison = r.entity(PLACE, "Saydnaya prison")
    country = r.entity(PLACE, "Syria", "Syria,")
    settled = r.said(
        ford,
        "Robert Ford",
        "told",
        "the pictures “never settled the question”",
        form=Form.MIXED,
        stance=Stance.DOUBTS,
        confidence=0.92,
    )
    counts = r.said(
        hariri,
        "Ahmad Hariri (أحمد الحريري)",
        "counts",
        "more than 13,000 people hanged at Saydnaya prison between 2011 and 2015, and dozens more since",
        confidence=0.81,
    )
    used = r.said(None, "Some reports", "say", "the building was never used", confidence=0.55)
    r.figure(
        "more than 13,000",
        13000,
        None,
        Bound.MORE_THAN,
        "people hanged",
        "more than 13,000 people hanged",
        concept="person",
        event="hang",
        reporters=(hariri,),
        attribution=counts,
        place=prison,
        start="2011",
        end="2015",
        confidence=0.8,
    )
    r.figure(
        "dozens",
        24,
        None,
        Bound.VAGUE,
        "people hanged",
        "dozens more since",
        concept="person",
        event="hang",
        reporters=(hariri,),
        attribution=counts,
        place=prison,
        start="2015",
        confidence=0.5,
    )
    r.role(
        ford,
        "former US ambassador to Syria",
        "the former US ambassador to Syria",
        place=country,
        status=RoleStatus.FORMER,
    )
    r.role(
        ford,
        "United States ambassador to Syria",
        "US ambassador to Syria",
        place=country,
        status=RoleStatus.FORMER,
        confidence=0.7,
    )
    r.topic("pictures", settled)
    r.topic("hanged", counts)
    r.topic("crematorium", used) if "crematorium" in r.article.text else r.topic("building", used)
    return r.done()


def five() -> list[Extraction]:
    """All five, latest last."""
    return [briefing(), amnesty(), photographs(), office(), follow_up()]


def relabelled(extraction: Extraction, **meta: Any) -> Extraction:
    """The same extraction under other metadata."""
    return replace(extraction, article=replace(extraction.article, **meta))
