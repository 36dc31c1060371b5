"""Pairs -> groups of numbers, where the faces of each group must agree with those of the other that joins it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Final, Generic, TypeVar

Face = TypeVar("Face", bound=Hashable)

MOST: Final = 24
"""Faces of a group that are asked: those of a thousand reprints are few, and what keeps the work linear."""


class Joining(Generic[Face]):
    """Groups in the making, of the numbers from 0 that have these faces; equal faces are asked once."""

    def __init__(self, faces: Sequence[Face]) -> None:
        self._home = list(range(len(faces)))
        self._members: dict[int, list[int]] = {n: [n] for n in self._home}
        self._faces: dict[int, list[Face]] = {n: [face] for n, face in enumerate(faces)}

    def join(self, a: int, b: int, agree: Callable[[Face, Face], bool]) -> bool:
        """Make the groups of two numbers one if all faces of one agree with all of the other; whether they are one."""
        one, other = self._home[a], self._home[b]
        if one == other:
            return True
        if not all(agree(x, y) for x in self._faces[one] for y in self._faces[other]):
            return False
        kept, gone = (one, other) if len(self._members[one]) >= len(self._members[other]) else (other, one)
        for n in self._members[gone]:
            self._home[n] = kept
        self._members[kept] += self._members.pop(gone)
        self._faces[kept] = list(dict.fromkeys(self._faces[kept] + self._faces.pop(gone)))[:MOST]
        return True

    def groups(self) -> list[list[int]]:
        """The groups of more than one, each in order, by their least."""
        return sorted(sorted(members) for members in self._members.values() if len(members) > 1)
