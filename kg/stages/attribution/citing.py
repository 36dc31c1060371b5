"""Whom a source has its words from: "reported from witnesses", "said, citing aid groups", "was quoted by the paper"."""

from __future__ import annotations

from collections.abc import Sequence

from ...language.syntax import FINITE, agent, child, is_passive
from ...records.attribution import Attribution, Form
from ...text.article import Span
from ...text.document import Document, Token
from .book import tokens_of, top_of
from .nouns import can_tell
from .quoting import QUOTING

CITING = frozenset(("citing", "quoting"))


def only_cites(document: Document, attribution: Attribution) -> bool:
    """Whether an attribution only names whom somebody has it from: "citing officials", without words of theirs.

    So does one that only names who passes it on: "Hill, cited by the paper, said".
    """
    cue = tokens_of(document, attribution.cue)
    if not cue or document[cue[-1]].lemma not in QUOTING or attribution.form is not Form.INDIRECT:
        return False
    content = tokens_of(document, attribution.content)
    noun = document[top_of(document, content)]
    known = noun.ent in ("PERSON", "ORG", "NORP") or can_tell(noun)
    own = {i for kid in document.kids(noun.i) if kid.dep == "relcl" for i in document.subtree(kid.i)}
    return known and not any(document[i].tag in FINITE for i in content if i not in own)


def hosts(document: Document, told: Sequence[Attribution], only_cites: Sequence[Attribution]) -> dict[str, Token]:
    """By id of an attribution the noun that names whom its source cites for it, found as an attribution of its own."""
    found: dict[str, Token] = {}
    by_source: dict[tuple[Span, ...], list[Attribution]] = {}
    for attribution in told:
        if attribution.source and attribution.cue:
            by_source.setdefault(attribution.source, []).append(attribution)
    for citing in only_cites:
        at = document.range(citing.cue[0])[0]
        near = by_source.get(citing.source, [])
        if near:
            host = min(near, key=lambda a: (a.parent is not None, abs(document.range(a.cue[0])[0] - at)))
            found[host.id] = document[top_of(document, tokens_of(document, citing.content))]
    return found


def beside_name(document: Document, name: Token) -> Token | None:
    """By whom somebody is cited, or whom he cites, in the words after his name.

    >>> from kg.text.document import Article, parse
    >>> document = parse(Article("Jo Hill, cited by the Herald, said no."))
    >>> beside_name(document, document[1]).text
    'Herald'
    """
    for kid in document.kids(name.i):
        if kid.lemma in QUOTING and kid.dep in ("acl", "relcl"):
            return agent(document, kid.i) if is_passive(document, kid) else child(document, kid.i, "dobj")
    return None
