"""The post beside a name -> what it tells of the type: a body's behind it, a person's before it."""

from __future__ import annotations

from ...language.lexicon import words
from ...text.document import Document, Token
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
    if s.document[k].lower in posts:
        yield name, ORGANIZATION


def _telling_posts(s: Surroundings, *, owns: bool, field: bool) -> tuple[str, frozenset[str]]:
    """The posts that only a body has, where it owns them, they have their `field` before them, or it may be a town."""
    if s.is_place:
        return "club post behind", frozenset() if owns else _CLUB_POSTS
    if owns:
        return "owner of a sure post", _SURE_POSTS
    sure = _SURE_POSTS | _WITH_FIELD if field else _SURE_POSTS
    sure |= frozenset() if s.single else _BEHIND_TWO
    return "sure post behind", frozenset() if s.candidate.known else sure


def _post_from(s: Surroundings, first: int) -> int | None:
    """The token of the post, past a field of one or two words; None after a body: in "Parish council chairman"."""
    tokens = s.document.tokens
    k = first
    fields = words("roles", "fields of posts")  # the "managing" of a director is a participle to the tagger
    while k < min(first + 2, len(tokens) - 1) and (tokens[k].tag in ("NN", "JJ") or tokens[k].text in fields):
        if not tokens[k].text.islower() or _is_sure(s.document, k, first):
            break
        if lexicon().heads.get(tokens[k].lower) == "org":
            return None
        k += 1
    return k if k < len(tokens) else None


def _is_sure(document: Document, k: int, first: int) -> bool:
    """Whether a word is the post itself and no field of one."""
    word, after = document[k].lower, document[k + 1]
    sure = word in _SURE_POSTS and after.lower not in _WITH_FIELD  # an executive director
    chief = word in _BEHIND_TWO and after.pos == "PROPN"
    return sure or chief or word in (_WITH_FIELD if k > first else _CLUB_POSTS)


_SURE_POSTS = words("roles", "post in a body, surely")
_BEHIND_TWO = words("roles", "post behind two words")
"""Posts that only a body of several words has for sure: "Halden Mining chief", but the fire chief."""
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
    k = s.candidate.end + (s.after is not None and s.after.lower in words("roles", "common modifiers"))
    if s.after is None or k >= len(s.document) or not _may_be_town(s):
        return
    if s.document[k].lower in words("roles", "one in a place, before a name") and _then_titled(s.document, k):
        yield "post of a place behind", PLACE


def _may_be_town(s: Surroundings) -> bool:
    """Whether no table, letter or noun speaks against a name being a place's."""
    names = lexicon()
    if is_acronym(s.text) or (s.entry is not None and not s.is_place) or s.first.tag == "JJ":
        return False
    parts = [t.lower for t in s.tokens]
    if s.single and parts[0] in words("roles", "before a rank in a town hall"):
        return False  # the "County" of a sheriff
    return names.heads.get(parts[-1]) in (None, "place") and names.titles.keys().isdisjoint(parts)


def _then_titled(document: Document, post: int) -> bool:
    """Whether a name follows a post, or a comma and a title: "Redholm Mayor, Councillor Ida Blom"."""
    behind = document.tokens[post + 1 : post + 3]
    titled = len(behind) == 2 and behind[0].text == "," and behind[1].lower in lexicon().titles
    return titled or _then_name(document, post)


def whose_person(s: Surroundings) -> Evidence:
    """Two words behind the letters of a body, the last used alone elsewhere: "The DA’s Cal Brandt lost"."""
    owner = s.second_before
    if owner is None or s.before is None or s.before.tag != "POS" or not is_acronym(owner.text):
        return
    two = s.entry is None and len(s.tokens) == 2 and all(t.text.istitle() for t in s.tokens)
    if two and s.tokens[-1].lower not in lexicon().heads and _is_said_alone(s):
        yield "of a body, called by the surname", PERSON


def _is_said_alone(s: Surroundings) -> bool:
    """Whether the last word of a name of two stands elsewhere without the first."""
    first, last = s.tokens
    return any(t.text == last.text and s.document[t.i - 1].text != first.text for t in s.document.tokens)


def _is_event(s: Surroundings) -> bool:
    """Whether a name says by its noun that it is held, as a body's may: a festival, a forum, a convention."""
    return any(t.lower in words("entities", "event or body") for t in s.tokens)


def speaking_event(s: Surroundings) -> Evidence:
    """What is called an event and speaks or has people is a body: "The Halden Festival announced"."""
    verb = s.document[s.head.head]
    if s.head.dep == "nsubj" and verb.lemma in SAYING and _is_event(s):
        yield "post in what is called an event", ORGANIZATION


def post_in_event(s: Surroundings) -> Evidence:
    """A post of what is called an event: "president of the Convention of Northern Towns"."""
    post = _post_in_front(s)
    if post is not None and is_person_noun(post.lower) and _is_event(s):
        yield "post in what is called an event", ORGANIZATION


def seat_in_front(s: Surroundings) -> Evidence:
    """Letters of who sits for a place, and "for", in front: "MP for Redholm North"."""
    letters = s.second_before
    led = letters is not None and s.before is not None and s.before.lower == "for"
    if led and letters is not None and letters.lower in words("roles", "sits for a place"):
        yield "seat in front", PLACE


def _post_in_front(s: Surroundings) -> Token | None:
    """The word before "of", "at" or "with" and a name; before "for the" and a name, a spokesman only."""
    tokens, k = s.document.tokens, s.candidate.start - 1
    the = k > 0 and tokens[k].lower == "the"
    k -= the
    if k < 1:
        return None
    speaks = the and tokens[k].lower == "for" and tokens[k - 1].lower in _SPEAKING
    return tokens[k - 1] if speaks or tokens[k].lower in ("of", "at", "with") else None


def post_before(s: Surroundings) -> Evidence:
    """A post and a preposition in front: "chairman of Halden Water", "an analyst at Voss"."""
    noun = _post_in_front(s)
    if noun is None:
        return
    post, before = noun.lower, s.document[max(0, noun.i - 1)]
    if before.text == "-" and noun.i > 1:
        post = f"{s.document[noun.i - 2].lower}-{post}"
    of_two = f"{before.lower} {post}" in words("roles", "post of the body told of")
    if post in _POSTS_OF_BODIES | _SPEAKING or of_two:
        yield "post of a body in front", ORGANIZATION


_SPEAKING = words("roles", "speaks for a body")
_POSTS_OF_BODIES = words("roles", "post of a body, before its name")
