"""Words that stand for who speaks: pronouns, bodies, documents, those who know something."""

from __future__ import annotations

from ...text.document import Token
from ..entities.names import is_person_noun

FIRST_PERSON = frozenset(("i", "we", "me", "us", "my", "our", "myself", "ourselves"))

THIRD_PERSON = frozenset(("he", "she", "him", "her", "his", "hers", "himself", "herself"))

PLURAL = frozenset(("they", "them", "their", "these", "those", "others", "some", "many", "both", "themselves"))

NEUTRAL = frozenset(("it", "its", "itself", "this"))

RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))

DOCUMENTS = frozenset(
    "report study poll survey letter statement memo document article email e-mail book data figure estimate research "
    "paper analysis review audit investigation filing lawsuit complaint petition indictment transcript record poster "
    "story editorial column post tweet video ad advertisement photo photograph image picture footage website site page "
    "release communique declaration resolution law bill act treaty agreement constitution census statistic finding "
    "result evidence message note sign headline affidavit ruling verdict text dossier file cable account".split()
)
"""Nouns of things that say something without being anybody."""

BODIES = frozenset(
    "company firm group organization organisation agency department ministry party bank university union network "
    "newspaper paper court committee commission council government administration army military police church team "
    "club campaign association institute center centre office force bureau board tribunal parliament congress senate "
    "house regime charity foundation authority corporation outlet broadcaster station service league federation".split()
)
"""Nouns of organisations, by which an article takes up one that it named before."""

INFORMANTS = frozenset(
    "witness official source resident activist survivor prisoner detainee guard judge relative doctor medic journalist "
    "group report document record police soldier officer diplomat lawyer expert analyst refugee worker".split()
)


def can_tell(noun: Token) -> bool:
    """Whether a noun names somebody or something that tells: witnesses, a ministry, a report."""
    lemma = noun.lemma.lower()
    return lemma in INFORMANTS or lemma in BODIES or lemma in DOCUMENTS or is_person_noun(lemma)
