"""The post beside a name -> what it tells of the type: a body's behind it, a person's before it."""

from __future__ import annotations

from ...language.lexicon import words
from ...text.document import Document
from .leads import opens_sentence
from .names import is_acronym, is_person_noun, lexicon
from .surroundings import ORGANIZATION, PERSON, PLACE, SAYING, Evidence, Surroundings


def post_after(s: Surroundings) -> Evidence:
    """A post and a name behind, which is a body's: more than many labels. The post may have a word or two before it."""
    if s.after is None or (s.is_place and s.entry is not None and s.entry.kind != "city"):
        return
    owns = s.after.tag == "POS" or (s.after.dep == "case" and s.after.text in ("'", "’"))
    k = _post_from(s, s.candidate.end + owns)
    if k is None or not (owns or _then_name(s.document, k)):
        return
    if s.single and s.first.tag == "JJ" and opens_sentence(s.document, s.candidate.start):
        return  # "Outspoken striker Tom Hale": its capital is that of the sentence
    name, posts = _telling_posts(s, owns=owns, field=k > s.candidate.end)
    of_two = not s.single and not s.is_place and s.document[k].lower in words("roles", "post behind two words")
    if s.document[k].lower in posts or of_two:
        yield name, ORGANIZATION


def _telling_posts(s: Surroundings, *, owns: bool, field: bool) -> tuple[str, frozenset[str]]:
    """The posts that only a body has, where it owns them, they have their `field` before them, or it may be a town."""
    if s.is_place:
        return "club post behind", frozenset() if owns else _CLUB_POSTS
    if owns:
        return "owner of a sure post", _SURE_POSTS
    sure = _SURE_POSTS | _WITH_FIELD if field else _SURE_POSTS
    return "sure post behind", frozenset() if s.candidate.known else sure


def _post_from(s: Surroundings, first: int) -> int | None:
    """The token of the post, past a field of one or two words; None after a body: in "Parish council chairman"."""
    tokens = s.document.tokens
    k = first
    fields = words("roles", "fields of posts")  # the "managing" of a director is a participle to the tagger
    while k < min(first + 2, len(tokens) - 1) and (tokens[k].tag in ("NN", "JJ") or tokens[k].text in fields):
        if not tokens[k].text.islower():
            break
        sure = tokens[k].lower in _SURE_POSTS and tokens[k + 1].lower not in _WITH_FIELD  # an executive director
        chief = tokens[k].lower in words("roles", "post behind two words") and tokens[k + 1].pos == "PROPN"
        if sure or chief or tokens[k].lower in (_WITH_FIELD if k > first else _CLUB_POSTS):
            break
        if lexicon().heads.get(tokens[k].lower) == "org":
            return None
        k += 1
    return k if k < len(tokens) else None


_SURE_POSTS = words("roles", "post in a body, surely")
_CLUB_POSTS = words("roles", "post in a club")
_WITH_FIELD = words("roles", "post in a body, with its field")
"""Posts that are a body's where a word says for what: "Halden marketing director Ann Moor"."""


def _then_name(document: Document, post: int) -> bool:
    """Whether a name follows a post: "Gawker founder Nick Denton", where the first name is a body's.

    Not after another post, such as a spokesman's for a Secretary-General.
    """
    before = {document[post - 1].lower, document[max(0, post - 3)].lower}
    before -= words("roles", "common modifiers") | words("roles", "fields of posts")
    if lexicon().titles.keys() & before:
        return False
    following = document[post + 1] if post + 1 < len(document) else None
    return following is not None and following.pos == "PROPN" and following.sentence == document[post].sentence


def place_post_after(s: Surroundings) -> Evidence:
    """A post that a town or region has, and a name behind: "Redholm Mayor Ida Blom", no party's nor in letters."""
    tokens, k = s.document.tokens, s.candidate.end
    if s.after is None or is_acronym(s.text) or (s.entry is not None and not s.is_place) or s.first.tag == "JJ":
        return
    k += tokens[k].lower in words("roles", "common modifiers")
    names = lexicon()
    plain = names.heads.get(s.tokens[-1].lower) in (None, "place") and names.titles.keys().isdisjoint(
        t.lower for t in s.tokens
    )
    if k < len(tokens) and tokens[k].lower in words("roles", "one in a place, before a name") and plain:
        titled = k + 2 < len(tokens) and tokens[k + 1].text == "," and tokens[k + 2].lower in names.titles
        if titled or _then_name(s.document, k):  # "Redholm Mayor, Councillor Ida Blom"
            yield "post of a place behind", PLACE


def whose_person(s: Surroundings) -> Evidence:
    """Two words behind a body in letters whose they are, the last used alone elsewhere: "the DA’s Orm Vale ... Vale"."""
    owner = s.second_before
    if owner is None or s.before is None or s.before.tag != "POS" or not is_acronym(owner.text) or s.entry is not None:
        return
    first, last = s.tokens[0], s.tokens[-1]
    two = len(s.tokens) == 2 and all(t.text.istitle() for t in s.tokens)
    if not two or last.lower in lexicon().heads:
        return
    if any(t.text == last.text and t.i != last.i and s.document[t.i - 1].text != first.text for t in s.document.tokens):
        yield "of a body, called by the surname", PERSON


def _is_event(s: Surroundings) -> bool:
    """Whether a name says by its noun that it is held, as a body's may: a festival, a forum, a convention."""
    return any(t.lower in words("entities", "event or body") for t in s.tokens)


def speaking_event(s: Surroundings) -> Evidence:
    """What is called an event and speaks or has people is a body: "The Halden Festival announced"."""
    verb = s.document[s.head.head]
    if s.head.dep == "nsubj" and verb.lemma in SAYING and _is_event(s):
        yield "post in what is called an event", ORGANIZATION


def post_before(s: Surroundings) -> Evidence:
    """A post and a preposition in front: "chairman of Halden Water", "an analyst at Voss"."""
    tokens, k = s.document.tokens, s.candidate.start - 1
    k -= k > 0 and tokens[k].lower == "the"
    if k < 1 or tokens[k].lower not in ("of", "at", "with", "for"):
        return
    post = tokens[k - 1].lower
    if tokens[k].lower == "for":
        if k + 1 < s.candidate.start and post in words("roles", "speaks for a body"):
            yield "post of a body in front", ORGANIZATION  # "spokesperson for the Elders Collective"
        return
    if is_person_noun(post) and _is_event(s):
        yield "post in what is called an event", ORGANIZATION
    if k > 2 and tokens[k - 2].text == "-":
        post = f"{tokens[k - 3].lower}-{post}"
    of_two = k > 1 and f"{tokens[k - 2].lower} {post}" in words("roles", "post of the body told of")
    if post in _POSTS_OF_BODIES or of_two:
        yield "post of a body in front", ORGANIZATION


_POSTS_OF_BODIES = words("roles", "post of a body, before its name")
