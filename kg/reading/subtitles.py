"""Subtitles and transcripts (.srt, .vtt) -> text: a paragraph a turn, with who speaks and a line that says when."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..errors import ReadError
from .pieces import Piece
from .text import decode

_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_CUE = re.compile(rf"\s*({_TIME})\s*-->\s*{_TIME}.*")
_VOICE = re.compile(r"<v(?:\.[\w.-]+)?\s+([^>]{1,80})>")
_TAG = re.compile(r"<[^<>]{0,200}>|\{\\[^{}]{0,80}\}")
_SPEAKER = re.compile(r"(?:>>+\s*|-\s*)?((?:[A-Z][\w.'’-]*)(?:\s[A-Z(][\w.'’)-]*){0,5}):\s+(.*)", re.S)
_TURN = re.compile(r"^(?:>>+|-|–)\s+")
LONGEST_TURN = 700
"""Characters after which a turn goes on in a new paragraph, with its own time."""


def piece_from_subtitles(data: bytes, name: str) -> Piece:
    """The words that are spoken, joined over cues to turns.

    Each paragraph begins with who speaks, where the file says so, and stands
    under a line with its time code, `[00:01:02]`: what is found in it can be
    traced to the second. Sounds in brackets stay, styles and positions go.

    Raises ReadError if there is no cue in it.

    >>> film = b"1\\n00:00:01,000 --> 00:00:02,000\\nIt failed.\\n"
    >>> piece_from_subtitles(film, "a.srt").text
    '[00:00:01]\\n\\nIt failed.'
    """
    turns = _Turns()
    cues = 0
    for time, lines in _cues(decode(data, name)):
        cues += 1
        for who, words in _spoken(lines):
            turns.say(time, who, words)
    if not cues:
        raise ReadError(
            name, "there are no cues with times in it", "give SubRip (.srt) or WebVTT (.vtt), or save it as .txt"
        )
    turns.close()
    return Piece(name, "\n\n".join(turns.parts))


@dataclass(slots=True)
class _Turns:
    """What is said, joined to a paragraph for each turn of a speaker."""

    parts: list[str] = field(default_factory=list)
    speaker: str | None = None
    began: str = ""
    now: list[str] = field(default_factory=list)

    def say(self, time: str, who: str | None, words: str) -> None:
        """Go on with the turn, or begin another: where somebody else speaks, and at the end of a long sentence."""
        ended = bool(self.now) and self.now[-1][-1:] in '.!?…”"' and sum(map(len, self.now)) > LONGEST_TURN
        if who is not None and (who != self.speaker or who == ""):
            self.close()
            self.speaker = who
        elif ended:
            self.close()
        if not self.now:
            self.began = time
        self.now.append(words)

    def close(self) -> None:
        if self.now:
            said = " ".join(self.now)
            self.parts.append(f"[{self.began}]\n\n{f'{self.speaker}: ' if self.speaker else ''}{said}")
            self.now.clear()


def _cues(text: str) -> Iterator[tuple[str, list[str]]]:
    """The time at which each cue begins, as HH:MM:SS, and its lines."""
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.strip("\n").split("\n")
        at = next((n for n, line in enumerate(lines[:3]) if _CUE.fullmatch(line)), None)
        if at is None:  # WEBVTT, NOTE, STYLE
            continue
        clock = _CUE.fullmatch(lines[at])
        assert clock is not None
        hours, minutes, seconds = ["0", *re.split("[:.,]", clock[1])[:-1]][-3:]
        yield f"{int(hours):02}:{int(minutes):02}:{int(seconds):02}", [line for line in lines[at + 1 :] if line.strip()]


def _spoken(lines: list[str]) -> Iterator[tuple[str | None, str]]:
    """Who says what in a cue: a name, "" for somebody else who is not named, None for whoever spoke before."""
    for line in lines:
        voice = _VOICE.search(line)
        words = " ".join(html.unescape(_TAG.sub("", line)).split())
        if not words:
            continue
        if voice is not None:
            yield " ".join(html.unescape(voice[1]).split()), words
        elif (named := _SPEAKER.fullmatch(words)) is not None:
            yield named[1], named[2]
        elif _TURN.match(words):
            yield "", _TURN.sub("", words)
        else:
            yield None, words
