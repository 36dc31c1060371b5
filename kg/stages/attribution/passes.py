"""The grammar: what it makes of a document, pass by pass, in a table that says what each comes after and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ...language.quotes import Quotes
from ...text.document import Document
from .asides import with_asides
from .boundaries import bounded
from .confidence import confidence_of
from .constructions import Construction
from .content_edges import is_somebody, tidied
from .cueless import uncued
from .cues import CueClass, CueLexicon
from .drafts import Draft, find_drafts, find_quoted
from .labels import find_introduced, find_labelled
from .nonstatements import is_unsaid
from .occasions import without_occasion
from .ownership import deal
from .quoting import relayed
from .statements import is_statement, is_whole


class _Given(NamedTuple):
    """What every pass looks at."""

    document: Document
    quotes: Quotes
    lexicon: CueLexicon
    attitudes: bool


class Pass(NamedTuple):
    """A step of the grammar: what it makes of the drafts so far, which passes it comes after, and why."""

    name: str
    run: Callable[[_Given, list[Draft]], list[Draft]]
    after: tuple[str, ...]
    why: str


PASSES = (
    Pass("cues", lambda g, _: find_drafts(g.document, g.quotes, g.lexicon), (), "all else goes by the cues there are"),
    Pass(
        "labels", lambda g, d: d + find_labelled(g.document, g.quotes), ("cues",),
        "who speaks by the layout stands beside what a cue tells",
    ),
    Pass(
        "introduced", lambda g, d: d + find_introduced(g.document, g.quotes, d), ("cues", "labels"),
        "a colon introduces only what neither cue nor label has",
    ),
    Pass(
        "quotations", lambda g, d: deal(g.document, g.quotes, d), ("cues", "labels", "introduced"),
        "a quotation goes to the nearest of all that may have it",
    ),
    Pass(
        "bounds", lambda g, d: bounded(g.document, d), ("quotations",),
        "one cue ends another's content where it stands in it, quotations and all",
    ),
    Pass(
        "relays", lambda g, d: relayed(g.document, g.quotes, d), ("bounds",),
        "quoting and saying become one statement, each with its own bounds",
    ),
    Pass(
        "within quotations", lambda g, d: d if g.attitudes else d + find_quoted(g.document, g.quotes, g.lexicon),
        ("quotations", "bounds"), "what quoted words tell of others takes no quotation and ends no content",
    ),
    Pass(
        "statements", lambda g, d: [x for x in d if _counts(g, x)], ("quotations", "within quotations"),
        "only what has its content can be told from none",
    ),
    Pass(
        "denials beside", lambda g, d: with_asides(g.document, g.quotes, d), ("statements",),
        "what is denied beside it is a statement that stands",
    ),
    Pass(
        "edges", lambda g, d: [without_occasion(g.document, g.quotes, tidied(g.document, g.quotes, x)) for x in d],
        ("denials beside",), "an aside cut out leaves a new edge",
    ),
    Pass(
        "nobody's", lambda g, d: [x for x in d if _is_said(g, x)], ("edges",),
        "whether somebody said it shows in what is left of it",
    ),
    Pass(
        "without a cue", lambda g, d: uncued(g.document, g.quotes, d, joined=g.attitudes), ("nobody's",),
        "quoted words that no statement holds, once it is known which stand",
    ),
    Pass("once", lambda _, d: _settled(d), ("without a cue",), "two ways to the same words are one statement"),
)  # fmt: skip
"""The grammar, in order."""


def _counts(given: _Given, draft: Draft) -> bool:
    return is_whole(given.document, draft) and (given.attitudes or is_statement(given.document, draft))


def _is_said(given: _Given, draft: Draft) -> bool:
    return is_somebody(given.document, draft) and (given.attitudes or not is_unsaid(given.document, draft))


def drawn_drafts(
    document: Document, quotes: Quotes, lexicon: CueLexicon, *, attitudes: bool
) -> list[tuple[Draft, float]]:
    """The drafts of the grammar, each with its confidence, in the order of the text."""
    given = _Given(document, quotes, lexicon, attitudes)
    drafts: list[Draft] = []
    for step in PASSES:
        drafts = step.run(given, drafts)
    drafts.sort(key=lambda d: (min(d.cue + d.content), d.content))
    return [(draft, confidence_of(draft, quoted_share(document, quotes, draft))) for draft in drafts]


def _settled(drafts: list[Draft]) -> list[Draft]:
    """One draft a content: of two that hold the same words, the one more likely to be right; a denial stands apart."""
    by_content: dict[tuple[tuple[int, ...], bool], Draft] = {}
    for draft in drafts:
        words = (draft.content, draft.cls is CueClass.DENIES and draft.construction is Construction.OBJECT)
        other = by_content.get(words)
        if other is None or confidence_of(draft, 0) > confidence_of(other, 0):
            by_content[words] = draft
    return list(by_content.values())


def quoted_share(document: Document, quotes: Quotes, draft: Draft) -> float:
    """The share of the content's words that stand in quotation marks."""
    words = [i for i in draft.content if document[i].pos not in ("PUNCT", "SPACE")]
    return sum(quotes.at[i] is not None for i in words) / max(1, len(words))
