"""Who wrote what "he" or "she" says something in: "a letter by Ann Moss, in which she said that it was late"."""

from __future__ import annotations

from ....language.lexicon import words
from ....language.syntax import child
from ....text.document import Document, Token
from .candidate_pool import CandidatePool, Referent
from .pairs import AskedMention


def writer(document: Document, pool: CandidatePool, question: AskedMention) -> int | None:
    """The candidate who owns or made the paper on which the pronoun's clause hangs; None if there is none."""
    paper = _paper(document, question.token)
    who = _maker(document, pool, paper) if paper is not None else None
    return next((n for n, r in enumerate(question.candidates) if r is who), None) if who is not None else None


def _paper(document: Document, pronoun: Token) -> Token | None:
    """The paper that a relative clause with a pronoun for its subject tells of: "his letter, in which she said"."""
    verb = document[pronoun.head]
    into = next((k for k in document.kids(verb.i) if k.lower == "in" and k.i < pronoun.i), None)
    which = child(document, into.i, "pobj") if into is not None else None
    if pronoun.dep != "nsubj" or verb.dep != "relcl" or which is None or which.lower != "which":
        return None
    papers = words("speech", "document")
    near = (document[verb.head], *document.ancestors(verb.head))
    return next((t for t in near if t.lemma.lower() in papers and t.sentence == verb.sentence), None)


def _maker(document: Document, pool: CandidatePool, paper: Token) -> Referent | None:
    """Who a paper is by, or whose it is."""
    by = next((k for k in document.kids(paper.i) if k.lower in ("by", "from")), None)
    maker = child(document, by.i, "pobj") if by is not None else child(document, paper.i, "poss")
    return pool.heads.get(maker.i) if maker is not None else None
