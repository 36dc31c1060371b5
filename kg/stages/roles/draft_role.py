"""A role while it is being read: who holds it, its title and the tokens that say so."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

from ...language.lexicon import words
from ...records.entity import Entity
from ...records.role import RoleStatus
from ...text.document import Document
from . import role_lexicon as lexicon
from .belonging import possessive
from .mention_index import MentionIndex
from .post_phrase import PostPhrase
from .role_lexicon import PostKind
from .tenure import Bounds


class Owner(Enum):
    """Whose the words say that a post is, where they name nobody: a person's, or some body's."""

    PERSON = auto()
    BODY = auto()


class Found(NamedTuple):
    """A role before it becomes a record: who, what, the tokens that say it."""

    holder: Entity
    title: str
    first: int
    last: int
    organization: Entity | None
    place: Entity | None
    status: RoleStatus
    start: str | None
    end: str | None
    confidence: float
    owner: Owner | None = None
    whose: int | None = None
    """The token of who owns the post, with an owner: the union of "The union's safety officer"."""

    @property
    def noun(self) -> str:
        """The noun of the post, in lower case: the last word before its first preposition."""
        title = self.title.casefold().split()
        cut = next((n for n, w in enumerate(title) if w in lexicon.PREPOSITIONS), len(title))
        return title[cut - 1]


_COUNTED = words("roles", "counted")


def make(
    index: MentionIndex,
    holder: Entity,
    phrase: PostPhrase,
    at: tuple[int, int],
    confidence: float,
    bounds: Bounds | None = None,
    organization: Entity | None = None,
    status: RoleStatus | None = None,
) -> Found:
    """A phrase as the role of `holder`, whose words are tokens `at`; what the phrase does not say is filled in."""
    document = index.document
    title = document.words(phrase.start, phrase.end)
    if phrase.plural:
        head = document[phrase.head]
        singular = lexicon.singular(head.lower)
        cut = head.start - document[phrase.start].start
        printed = head.text[: len(singular)] if head.lower.startswith(singular) else head.text[0] + singular[1:]
        title = title[:cut] + printed + title[cut + len(head.text) :]
    bounds = bounds or Bounds(None, None, phrase.end)
    if any(t.lower in _COUNTED for t in document.tokens[phrase.begin : phrase.head]):
        # "only the fourth councillor since 1848" did not take office then.
        bounds = bounds._replace(start=bounds.start if bounds.end else None)
    return Found(
        holder,
        " ".join(title.split()),
        min(phrase.start, at[0]),
        max(phrase.end, at[1], bounds.stop),
        phrase.organization or (None if phrase.kind is PostKind.STATE and phrase.place else organization),
        phrase.place,
        status if status is not None and phrase.status is RoleStatus.CURRENT else phrase.status,
        bounds.start,
        bounds.end,
        confidence,
        *_owner(index, phrase),
    )


def _owner(index: MentionIndex, phrase: PostPhrase) -> tuple[Owner | None, int | None]:
    """Whose a post is by a pronoun or a possessor before it: his spokesman, Ana Ruiz's lawyer, the party's chairman."""
    document, k = index.document, phrase.start - 1
    while k > phrase.begin and not possessive(document, k):
        k -= 1
    if k >= 0 and document[k].lower in lexicon.POSSESSIVE_PRONOUNS:
        return Owner.BODY if document[k].lower in ("its", "their", "our") else Owner.PERSON, k
    if k < 1 or not possessive(document, k):
        return None, None
    if index.person(k - 1) is not None:
        return Owner.PERSON, k - 1
    return Owner.BODY if document[k - 1].tag == "NN" else None, k - 1


def sentence_end(document: Document, i: int) -> int:
    """The end of token `i`'s sentence."""
    return document.sentences[document[i].sentence].end


def past_partitive(document: Document, k: int) -> tuple[int, bool]:
    """Past `one of` before a plural, and whether it stood there: `one of the Halden Choir's founding members`."""
    partitive = document.words(k, min(k + 2, len(document))).lower() == "one of"
    return (k + 2, True) if partitive else (k, False)


def indefinite(document: Document, phrase: PostPhrase) -> bool:
    """Whether the phrase opens with a or an."""
    return document[phrase.begin].lower in ("a", "an")
