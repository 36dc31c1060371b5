"""Whose a figure is: the statement that holds it, a source that counts, or the one of the sentence before."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from ...language.lexicon import words
from ...language.syntax import root_of
from ...records.attribution import Attribution, Form, Stance
from ...records.entity import Entity
from ...records.figure import Telling
from ...records.mention import EntityType, MentionKind
from ...text.article import Span
from ...text.document import Document, Token
from .chains import chain
from .concept_lexicon import lexicon
from .counted import Counted
from .issuers import Issuers
from .quantities import Quantity


@dataclass(frozen=True, slots=True)
class Report:
    """Who reports a figure: Entity ids of the reporters, of whom they have it from, and the attribution's id.

    `method` is how the number was come by, in the article's words ("a survey
    of 1,200 households", "photographs"), where it says so; `chain` is as in
    `kg.records.figure.Figure`.
    """

    reporters: tuple[str, ...] = ()
    via: str | None = None
    attribution: str | None = None
    method: str | None = None
    chain: tuple[Telling, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureTold:
    """A figure that was told before: what it counts, by whom, and in which sentence."""

    counted: Counted
    report: Report
    sentence: int


_COUNTING = words("figures", "counting")
"""Verbs by which an organisation gives a number as their object: the network documented 306 deaths."""
_EXPECTING = words("figures", "expecting")
"""Those by which it gives its own number, also inside what somebody else reports: the city expects 6 million."""
_ESTIMATES = words("figures", "estimates")
_METHODS = words("figures", "methods")
_SHOWING = words("figures", "showing")
_SHARES = words("figures", "shares")
_OUT_OF = words("figures", "out of")
_TURNS = words("figures", "turns")
_NO_REPORTERS = frozenset({EntityType.EVENT})
_REPORTING = frozenset({EntityType.ORGANIZATION, EntityType.GROUP, EntityType.DOCUMENT, EntityType.PLACE})


class Reporting:
    """The statements and named things of one document, by place."""

    __slots__ = ("_attributions", "_document", "_entities", "_issuers", "_papers", "_sentences", "_starts")

    def __init__(self, document: Document, entities: tuple[Entity, ...], attributions: tuple[Attribution, ...]) -> None:
        self._document = document
        self._attributions = {a.id: a for a in attributions}
        self._entities = {e.id: e for e in entities}
        self._sentences: dict[int, list[Attribution]] = {}
        for attribution in attributions:
            touched = {
                document.tokens[i].sentence for span in attribution.content for i in range(*document.range(span))
            }
            for sentence in sorted(touched):
                self._sentences.setdefault(sentence, []).append(attribution)
        self._starts: dict[int, tuple[int, Entity]] = {}
        for entity in entities:
            for mention in entity.mentions:
                first, last = document.range(mention.span)
                for i in range(first, last):
                    held = self._starts.get(i)
                    if held is None or held[0] < last - first:
                        self._starts[i] = (last - first, entity)
        self._papers = frozenset(e.id for e in entities if e.type is EntityType.DOCUMENT)
        self._issuers = Issuers(document, entities)

    def report(self, q: Quantity, counted: Counted, before: FigureTold | None) -> Report:
        """Who reports a figure; nobody where the article itself does.

        The source of the innermost statement that holds it; else one that
        counts it ("the network documented 306 deaths", "its estimate of 40");
        else the reporter of the figure `before`, where this one goes on about
        the same happening.
        """
        d, span = self._document, q.core
        first, last = d.range(span)
        method = self._method(first, last)
        held = self._holding(span, d.tokens[first].sentence)
        passed_on = self._passed_on(first, last, held[0], method) if held else None
        if passed_on is not None:
            return passed_on
        stated = self._stated(held, first, method)
        if stated is not None:
            return stated
        counter = self._counter(first, last)
        if counter is not None:
            return self._told(counter, None, None, method)
        if not held and before is not None and self._goes_on(first, counted, before):
            told = before.report
            return Report(told.reporters, told.via, told.attribution, method, told.chain)
        share = q.unit is not None and q.unit.kind == "ratio"
        pollster = self._pollster(first) if share and not held else None
        if pollster is not None:
            return self._told(pollster, None, None, method)
        return Report((), None, held[0].id if held else None, method)

    def _passed_on(self, first: int, last: int, held: Attribution, method: str | None) -> Report | None:
        """By whom a figure is that somebody only passes on; by nobody if who reckons so is no named thing."""
        origin = self._counter(first, last, _EXPECTING)
        reckoners = self._reckoners(first, held) if origin is None else None
        if reckoners is not None:
            origin = _by(self._entity(reckoners[0]), reckoners[1])
            if origin is None and reckoners[0].pos == "NOUN":
                return Report((), None, held.id, method)  # "said organizers expected that 40 people would stay"
        if origin is None:
            return None
        opposed = self._opposed(origin)
        if not opposed and (origin.entity == held.entity or any(origin.cue[0] in cue for cue in held.cue)):
            return None  # the statement itself is what counts: a report that documented 306 deaths
        return self._told(origin, None if opposed else held, None, method)

    def _stated(self, held: list[Attribution], first: int, method: str | None) -> Report | None:
        """By whose statement a figure is told, of those that hold it, innermost first; None if by none of them."""
        withheld = next((attribution for attribution in held if self._withheld(attribution)), None)
        if withheld is not None:
            return Report((), None, withheld.id, method)
        for attribution in held:
            quoted = self._quoted(attribution)
            if quoted is not None:
                origin = _by(self._entity(quoted[0], persons=True), quoted[1])
                return self._told(origin, attribution, attribution.entity, method)
            over = self._over_paper(attribution, first) if attribution is held[-1] else None
            if over is not None:
                return self._told(over, attribution, None, method)
            if attribution.entity is not None and self._tells(attribution, held, first):
                teller = Telling(self._answering(attribution), attribution.cue, attribution.id)
                return self._told(teller, attribution, attribution.via, method)
        unknown = held and held[0].source and held[0].entity is None
        return self._told(None, held[0], held[0].via, method) if unknown else None

    def _over_paper(self, attribution: Attribution, first: int) -> Telling | None:
        """Who says what some data show: the bank said that, according to data, output rose."""
        d = self._document
        for token in d.ancestors(first) if self._bare_paper(attribution) else ():
            above = d.tokens[token.head]
            if token.dep == "ccomp" and above.lemma.lower() in words("figures", "saying"):
                over = _by(self._entity(self._subject(above), persons=True), above)
                return over if over is not None and over.entity != attribution.entity else None
        return None

    def _quoted(self, attribution: Attribution) -> tuple[Token, Token] | None:
        """Whom somebody quotes, and the word that says so: "quoted a prisoner as saying"."""
        d = self._document
        cue = (d.tokens[i] for span in attribution.cue for i in range(*d.range(span)))
        verb = next((t for t in cue if t.lemma.lower() == "quote" and t.pos == "VERB"), None)
        whom = next((t for t in d.kids(verb.i) if t.dep == "dobj" and t.i > verb.i), None) if verb is not None else None
        source = [i for span in attribution.source for i in range(*d.range(span))]
        return (whom, verb) if verb is not None and whom is not None and whom.i not in source else None

    def _tells(self, attribution: Attribution, held: list[Attribution], first: int) -> bool:
        """Whether who is said to say something thereby gives a figure in it."""
        elsewhere = self._aside(attribution, first) or self._asked(attribution) or self._comes_upon(attribution)
        if elsewhere or self._of_themselves(attribution, first) or self._gives_none(attribution, first):
            return False
        if self._expected_otherwise(attribution, first):
            return False
        return attribution is held[-1] or not self._bare_paper(attribution)

    def _of_themselves(self, attribution: Attribution, first: int) -> bool:
        """Whether a number says how many the source are: the 15 doctors will name the victims; or a place speaks."""
        entity, here = self._entities.get(attribution.entity or ""), self._document.tokens[first]
        if entity is None:
            return False
        if self._unseen(attribution, first):
            return True
        unsaid = entity.type is EntityType.PLACE and not any(cue.end - cue.start > 1 for cue in attribution.cue)
        return unsaid or any(m.span.start <= here.start < m.span.end for m in entity.mentions)

    def _unseen(self, attribution: Attribution, first: int) -> bool:
        """Whether pictures cannot show a number: how many live in the city that they are of."""
        d = self._document
        roots = (root_of(d, *d.range(span)) for span in attribution.source)
        of = next((t for t in d.ancestors(first) if t.pos == "ADP"), None)
        place = (
            of is not None and of.lower == "of" and d.tokens[of.head].lemma.lower() in words("figures", "holds people")
        )
        return place and any(t.lemma.lower() in words("figures", "pictures") for t in roots)

    def _expected_otherwise(self, attribution: Attribution, first: int) -> bool:
        """Whether a source only says what was expected: 11 cents above what was expected, says a survey of analysts."""
        d = self._document
        source = (d.tokens[i].lemma.lower() for span in attribution.source for i in range(*d.range(span)))
        theirs = not words("figures", "who expects").isdisjoint(source)
        content = [d.tokens[i] for span in attribution.content for i in range(*d.range(span))]
        expected = [
            t
            for t in content
            if t.pos == "NOUN"
            and t.lemma.lower() in words("figures", "estimate noun")
            and (theirs or ("accord" in self._cue(attribution) and self._analysts(t)))
        ]
        return bool(expected) and not any(first in d.subtree(t.i) or d.tokens[first].i == t.head for t in expected)

    def _analysts(self, estimate: Token) -> bool:
        """Whether an estimate is that of analysts."""
        return any(t.lemma.lower() in words("figures", "who expects") for t in self._document.kids(estimate.i))

    def _withheld(self, attribution: Attribution) -> bool:
        """Whether a source does not commit itself: "could not confirm that 15 people had died"."""
        withheld = words("speech", "withheld") - {"say"}
        return attribution.stance is Stance.HEDGES and not self._cue(attribution).isdisjoint(withheld)

    def _cue(self, attribution: Attribution) -> frozenset[str]:
        """The lemmas of a cue."""
        d = self._document
        return frozenset(d.tokens[i].lemma.lower() for span in attribution.cue for i in range(*d.range(span)))

    def _gives_none(self, attribution: Attribution, first: int) -> bool:
        """Whether a source gives no numbers: an event, a remark, who denies, asks for or plans something.

        What is asked for is no report where it is a thing, not so many of
        them: an inquiry after a flood killed 31, protection for the estimated
        300; but 500 new jobs.
        """
        d, entity = self._document, self._entities.get(attribution.entity or "")
        if entity is not None and (entity.type in _NO_REPORTERS):
            return True
        cue = self._cue(attribution)
        under = any(d.tokens[max(0, d.range(span)[0] - 1)].lower == "under" for span in attribution.source)
        if under or not cue.isdisjoint(words("figures", "gives no figure")):
            return True
        if attribution.stance is Stance.DENIES and not cue.isdisjoint(words("speech", "denying")):
            # "The army denied that an air strike killed 16 civilians in Kandar.": its word is that they are not so many
            return True
        if attribution.stance not in (Stance.ASKS, Stance.DEMANDS, Stance.OTHER) or attribution.form is Form.DIRECT:
            return False
        content = [i for span in attribution.content for i in range(*d.range(span))]
        inside = frozenset(content)
        top = next((d.tokens[i] for i in content if d.tokens[i].head not in inside), None)
        thing = top is not None and top.dep in ("dobj", "pobj", "nsubj") and top.pos in ("NOUN", "PROPN")
        return thing and top is not None and top.i not in (first, d.tokens[first].head)

    def _bare_paper(self, attribution: Attribution) -> bool:
        """Whether a source is data or a paper without a name or a body, as those that somebody goes by."""
        entity = self._entities.get(attribution.entity or "")
        if entity is None or entity.named:
            return False
        paper = entity.type is EntityType.DOCUMENT or entity.name.split()[-1].lower() in words("figures", "bare papers")
        return paper and self._answering(attribution) == attribution.entity

    def _told(
        self, teller: Telling | None, attribution: Attribution | None, via: str | None, method: str | None
    ) -> Report:
        said = self._attributions.get(teller.attribution or "") if teller is not None else None
        joint = said.joint if said is not None and teller is not None and said.entity == teller.entity else ()
        reporters = () if teller is None else (teller.entity, *joint)
        steps = chain(attribution, self._attributions, teller, via)
        return Report(reporters, via, attribution.id if attribution is not None else None, method, steps)

    def _answering(self, attribution: Attribution) -> str:
        """The id of the source; where that is a report whose body the article names, of the body."""
        assert attribution.entity is not None
        if attribution.entity in self._papers:
            for span in attribution.source:
                body = self._issuers.of(root_of(self._document, *self._document.range(span)))
                if body is not None:
                    return body.id
        return attribution.entity

    def _holding(self, span: Span, sentence: int) -> list[Attribution]:
        """The statements whose content holds a span, innermost first."""
        found = [a for a in self._sentences.get(sentence, ()) if any(c.start <= span.start < c.end for c in a.content)]
        return sorted(found, key=lambda a: (-self._depth(a), sum(c.end - c.start for c in a.content), a.id))

    def _aside(self, attribution: Attribution, first: int) -> bool:
        """Whether a figure stands in an aside on something that a source only speaks of.

        In "some doubt the mayor, who spent 12 million" the sum is the
        article's; in "some say the mayor, who spent 12 million, lost" it is
        theirs, but in "the minister said she would visit Ore, where 3,000 live" again
        the article's, that explains what she speaks of.
        """
        d = self._document
        content = [i for span in attribution.content for i in range(*d.range(span))]
        if self._beside_saying(attribution, first):
            return True
        if attribution.form is Form.DIRECT or not content:
            return False
        inside = frozenset(content)
        top = next((d.tokens[i] for i in content if d.tokens[i].head not in inside), d.tokens[content[0]])
        spoken_of = top.dep in ("dobj", "pobj") and top.pos in ("NOUN", "PROPN")
        for token in (d.tokens[first], *d.ancestors(first)):
            if token.dep in ("relcl", "appos") and token.pos != "NUM" and token.i in inside:
                start = min(d.subtree(token.i))
                apart = start > 0 and d.tokens[start - 1].lower in (",", "-", "--", "–", "—")
                if not apart and token.dep == "relcl":
                    told = self._cue(attribution) & words("figures", "tells of what is")
                    return not told if spoken_of else self._known_before(attribution, token, top)
                return apart and (spoken_of or self._explains(attribution, token, start))
            if token.i == top.i:
                break
        return False

    def _beside_saying(self, attribution: Attribution, first: int) -> bool:
        """Whether a figure is told beside what is said: he said no, and shares lost 2 %; it reported a loss, ..."""
        d = self._document
        cue = {i for span in attribution.cue for i in range(*d.range(span))}
        clause = next((t for t in (d.tokens[first], *d.ancestors(first)) if t.head in cue), None)
        if clause is None or clause.i < min(cue) or clause.i in cue or clause.pos != "VERB":
            return False
        own = next((t for t in d.kids(clause.i) if t.dep in ("nsubj", "nsubjpass")), None)
        if own is None:
            named = any(t.dep == "dobj" and t.i < clause.i for i in cue for t in d.kids(i))
            return named and clause.dep == "advcl" and clause.tag == "VBG"
        return clause.dep == "conj" and first not in d.subtree(own.i)

    def _known_before(self, attribution: Attribution, clause: Token, top: Token) -> bool:
        """Whether a clause only says which harm is meant: shells were used in the strike that killed 19."""
        d, table = self._document, lexicon()
        which = d.tokens[clause.head]
        things = any(t.dep == "dobj" and not table.is_person(t.lemma) for t in d.kids(top.i))  # fired a shell
        told = table.event(top.lemma) in table.of_people and not things
        harms = not told and table.event(clause.lemma) in table.of_people
        return harms and which.dep == "pobj" and top.i != which.i and attribution.form is Form.INDIRECT

    def _explains(self, attribution: Attribution, clause: Token, start: int) -> bool:
        """Whether a clause in what somebody says explains a place or time they name; what harms people is told."""
        d = self._document
        if "accord" in self._cue(attribution) or attribution.form is not Form.INDIRECT:
            return False
        asks = attribution.stance in (Stance.ASKS, Stance.DEMANDS)
        harms = lexicon().event(clause.lemma) in lexicon().of_people and not asks
        return clause.dep == "relcl" and d.tokens[start].lower in ("where", "when", "whose") and not harms

    def _comes_upon(self, attribution: Attribution) -> bool:
        """Whether somebody found so many, in place of finding that they are so many: he found five players."""
        d, entity = self._document, self._entities.get(attribution.entity or "")
        if entity is None or entity.type is not EntityType.PERSON or "find" not in self._cue(attribution):
            return False
        return d.tokens[max(0, d.range(attribution.content[0])[0] - 1)].lower != "that"

    def _asked(self, attribution: Attribution) -> bool:
        """Whether a source is a share of those asked ("47 percent said ..."): they answer a poll and count nothing.

        So also for "they", where that stands for such a share or for a bare number.
        """
        d = self._document
        spans = [*attribution.source, *self._meant(attribution)]
        several = [[d.tokens[i].lower for i in range(*d.range(span))] for span in spans]
        return any(_is_share(words) for words in several)

    def _meant(self, attribution: Attribution) -> tuple[Span, ...]:
        """The words that a source said by a pronoun stands for, where nothing names it."""
        entity = self._entities.get(attribution.entity or "")
        if entity is None or entity.named:
            return ()
        return tuple(m.span for m in entity.mentions if m.kind is MentionKind.NOMINAL)[:1]

    def _depth(self, attribution: Attribution) -> int:
        depth, seen = 0, {attribution.id}
        while attribution.parent is not None and attribution.parent in self._attributions:
            attribution = self._attributions[attribution.parent]
            if attribution.id in seen:
                break
            seen.add(attribution.id)
            depth += 1
        return depth

    def _counter(self, first: int, last: int, verbs: frozenset[str] | None = None) -> Telling | None:
        """The organisation whose counting the figure is: the object of its verb, or of its "estimate"."""
        d = self._document
        for i in (first, *(t.i for t in d.ancestors(first))):
            token = d.tokens[i]
            if verbs is None and token.pos == "NOUN" and token.lemma.lower() in _ESTIMATES and not first <= i < last:
                owner = self._owner(token)
                if owner is not None:
                    return _by(owner, token)
            if token.pos == "VERB":
                forecast = next((t for t in d.kids(i) if t.dep == "dobj" and t.lemma.lower() in _ESTIMATES), None)
                if forecast is not None and verbs is None:
                    return _by(self._owner(forecast), forecast)  # cut its forecast to 1.8 percent
                if token.lemma.lower() not in (verbs or _COUNTING):
                    reckoned = self._reckoned(token) if verbs is None else None
                    if reckoned is not None:
                        return reckoned
                    if token.dep == "acl" or self._expected(token):
                        continue  # the number of civilians killed at 300; expects 300 to leave
                    return None
                subject = self._subject(token)
                if subject is None or first in d.subtree(subject.i) or self._pays_in(token, first):
                    return None
                return _by(self._entity(subject, persons=token.lemma.lower() in ("put", "estimate")), token)
        return None

    def _reckoners(self, first: int, held: Attribution) -> tuple[Token, Token] | None:
        """Whose number somebody passes on, and the word that says so: "the UN estimated that 5,000 people had fled"."""
        d = self._document
        inside = {i for span in held.content for i in range(*d.range(span))}
        for token in d.ancestors(first):
            if token.i not in inside:
                return None
            above = d.tokens[token.head]
            if token.dep == "ccomp" and above.i in inside and above.lemma.lower() in words("figures", "reckons that"):
                subject = self._subject(above)
                return (subject, above) if subject is not None and subject.i in inside else None
            if token.dep in ("acl", "prep", "pobj") and above.pos == "NOUN" and above.lemma.lower() in _ESTIMATES:
                return self._estimator(above)
        return None

    def _estimator(self, noun: Token) -> tuple[Token, Token] | None:
        """The named thing whose estimate it is, and the noun that says so."""
        owners = [t for t in self._document.kids(noun.i) if t.dep in ("poss", "compound", "nmod")]
        named = (t for t in owners if self._entity(t) is not None or (t.dep == "poss" and t.pos == "NOUN"))
        return next(((t, noun) for t in named), None)

    def _pays_in(self, verb: Token, first: int) -> bool:
        """Whether a sum is put somewhere, which reckons nothing: put $5 million into the club, but put it at 300."""
        d = self._document
        if verb.lemma.lower() != "put":
            return False
        return not any(t.lower == "at" and t.i < first and first in d.subtree(t.i) for t in d.kids(verb.i))

    def _reckoned(self, verb: Token) -> Telling | None:
        """Whose count it is by: by the union's estimate, 5,000 came."""
        d = self._document
        for by in d.kids(verb.i):
            if by.dep == "prep" and by.lower == "by":
                noun = next((t for t in d.kids(by.i) if t.dep == "pobj" and t.lemma.lower() in _ESTIMATES), None)
                owner = self._owner(noun) if noun is not None else None
                if noun is not None and owner is not None:
                    return _by(owner, noun)
        return None

    def _expected(self, verb: Token) -> bool:
        """Whether a verb is what somebody expects: expects 300 people to leave."""
        above = self._document.tokens[verb.head]
        return verb.tag == "VB" and verb.dep in ("ccomp", "xcomp") and above.lemma.lower() in _EXPECTING

    def _opposed(self, teller: Telling) -> bool:
        """Whether a number is set against what was said before it: police said 12, but the hospital put it at 15."""
        d = self._document
        verb = d.tokens[d.range(teller.cue[0])[0]]
        turns = any(t.dep == "cc" and t.lower in ("but", "yet") for t in d.kids(verb.head))
        return verb.dep == "conj" and turns

    def _subject(self, verb: Token) -> Token | None:
        """Who does what a verb says, also over a verb above: the office used records to estimate 300."""
        for _ in range(3):
            subject = next((t for t in self._document.kids(verb.i) if t.dep == "nsubj"), None) or self._agent(verb)
            if subject is not None or verb.dep not in ("xcomp", "conj", "advcl"):
                return subject
            verb = self._document.tokens[verb.head]
        return None

    def _owner(self, noun: Token) -> Entity | None:
        """Whose estimate: the bank's estimate, an estimate by the bank, a figure given by the bank."""
        d = self._document
        for kid in d.kids(noun.i):
            if kid.dep == "poss":
                return self._entity(kid)
            if kid.dep == "prep" and kid.lower in ("by", "from"):
                return self._entity(next((t for t in d.kids(kid.i) if t.dep == "pobj"), None))
            if kid.dep == "acl" and kid.tag == "VBN":
                return self._entity(self._agent(kid))
        return None

    def _agent(self, verb: Token) -> Token | None:
        by = next((t for t in self._document.kids(verb.i) if t.dep == "agent"), None)
        return next((t for t in self._document.kids(by.i) if t.dep == "pobj"), None) if by is not None else None

    def _entity(self, token: Token | None, *, persons: bool = False) -> Entity | None:
        held = self._starts.get(token.i) if token is not None else None
        if held is None:
            return None
        return held[1] if held[1].type in _REPORTING or (persons and held[1].type is EntityType.PERSON) else None

    def _goes_on(self, first: int, counted: Counted, before: FigureTold) -> bool:
        """Whether a sentence without a source goes on with what the reported one before it said.

        It does where the same kind of thing happens to people in it ("50
        detainees were killed" after "5,000 were hanged"), where nobody new speaks
        or acts and no word turns to something else.
        """
        d = self._document
        here = d.tokens[first]
        if here.sentence - before.sentence != 1 or before.report.attribution is None or not before.report.reporters:
            return False
        if self._sentences.get(here.sentence):
            return False
        if not _related(counted.event, before.counted.event):
            return False
        sentence = d.sentences[here.sentence]
        if d.tokens[d.sentences[before.sentence].start].block != here.block or d.tokens[sentence.start].lower in _TURNS:
            return False
        return not self._new_actor(first)

    def _new_actor(self, first: int) -> bool:
        """Whether somebody does what the sentence tells: a subject that is not what the figure counts."""
        d = self._document
        for parent in d.ancestors(first):
            if parent.pos == "VERB":
                subject = next((t for t in d.kids(parent.i) if t.dep == "nsubj"), None)
                return subject is not None and first not in d.subtree(subject.i)
        return False

    def _method(self, first: int, last: int) -> str | None:
        """How a number was come by: photographs that show it, a survey it was found in, records it is based on."""
        d = self._document
        for parent in d.ancestors(first):
            if parent.pos == "VERB":
                subject = next((t for t in d.kids(parent.i) if t.dep == "nsubj"), None)
                if parent.dep == "relcl":
                    return None
                if subject is not None and parent.lemma.lower() in _SHOWING and subject.lemma.lower() in _METHODS:
                    return self._words(subject, first, last)
                for kid in d.kids(parent.i):
                    if kid.lower in ("based", "using") or (kid.dep == "prep" and kid.lower in ("in", "from", "on")):
                        noun = self._source_noun(kid)
                        if noun is not None and first not in d.subtree(noun.i):
                            return self._words(noun, first, last)
        return None

    def _pollster(self, first: int) -> Telling | None:
        """Whose poll a share was answered in: "In a September Gallup poll, 75 percent of Republicans said"."""
        d = self._document
        for verb in d.ancestors(first):
            for preposition in d.kids(verb.i) if verb.pos in ("VERB", "AUX") else ():
                noun = self._source_noun(preposition) if preposition.lower in ("in", "from") else None
                if noun is not None and noun.lemma.lower() in ("poll", "survey", "census"):
                    whose = next((t for t in d.kids(noun.i) if t.dep in ("compound", "nmod", "poss")), None)
                    owner = self._entity(whose) or self._issuers.of(noun)
                    return _by(owner, noun) if owner is not None and owner.named else None
            if verb.dep == "relcl":
                return None
        return None

    def _source_noun(self, token: Token) -> Token | None:
        """The survey of "in a survey", "based on a survey"."""
        d = self._document
        for kid in d.kids(token.i):
            if kid.dep == "pobj" or (kid.dep == "dobj" and token.lower == "using"):
                return kid if kid.lemma.lower() in _METHODS else None
            if kid.lower == "on":
                return self._source_noun(kid)
        return None

    def _words(self, noun: Token, first: int, last: int) -> str:
        """A noun phrase without its article and relative clause; a number inside "a survey of 1,200 people" stays."""
        d = self._document
        clauses = frozenset(t.i for t in d.kids(noun.i) if t.dep in ("relcl", "acl", "appos", "punct"))
        inside = [i for i in d.subtree(noun.i, clauses) if not first <= i < last]
        low, high = inside[0], noun.i
        while high + 1 in inside:
            high += 1
        while low < noun.i and d.tokens[low].pos == "DET":
            low += 1
        return d.words(low, high + 1)


def _by(entity: Entity | None, cue: Token) -> Telling | None:
    return None if entity is None else Telling(entity.id, (Span(cue.start, cue.end),))


def _is_share(words: list[str]) -> bool:
    """Whether words name a share or nothing but a number: 47 percent, nine in ten voters, a third, 60."""
    ratio = any(a == "in" and b in _OUT_OF for a, b in pairwise(words))
    return ratio or bool(_SHARES & set(words)) or (len(words) == 1 and words[0].isdecimal())


def _related(a: str | None, b: str | None) -> bool:
    """Whether two happenings are one, or one is a kind of the other, and happen to people."""
    table = lexicon()
    if a is None or b is None or a not in table.of_people or b not in table.of_people:
        return False
    return a == b or a in table.above(b) or b in table.above(a)
