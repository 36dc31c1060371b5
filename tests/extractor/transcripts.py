"""An extractor of one's own, as a package: in a transcript, `ADA BROWN: words` is what Ada Brown says."""

import re

from kg import Article, Extraction, Span
from kg.records.attribution import Attribution, Form, Stance
from kg.records.entity import Entity
from kg.records.mention import EntityType, Mention, MentionKind


def extract(article: Article) -> Extraction:
    people, said = [], []
    for n, line in enumerate(re.finditer(r"^([A-Z][A-Z ]+)(:) (.+)$", article.text, re.MULTILINE), start=1):
        who, cue, words = (Span(*line.span(part)) for part in (1, 2, 3))
        mention = Mention(who, MentionKind.NAME, EntityType.PERSON)
        people.append(Entity(f"e{n}", EntityType.PERSON, line[1].title(), (mention,)))
        said.append(Attribution(f"a{n}", (who,), (cue,), (words,), Form.DIRECT, Stance.ASSERTS, f"e{n}"))
    return Extraction(article, "none", tuple(people), tuple(said))
