"""Keys that come twice; and pairs -> groups, where the faces of one must agree with those of the other."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Final, Generic, TypeVar

Face = TypeVar("Face", bound=Hashable)


class Repeated:
    """Which keys may come twice, in a byte or two a key: most keys of many articles come once, and need no list.

    A key that came once may be taken for one that came twice, never the other way round.
    """

    def __init__(self, keys: Iterable[Hashable], number: int) -> None:
        self._mask = (1 << (8 * number).bit_length()) - 1
        self._seen = bytearray(self._mask + 1)
        for key in keys:
            at = hash(key) & self._mask
            self._seen[at] = min(2, self._seen[at] + 1)

    def __contains__(self, key: Hashable) -> bool:
        return self._seen[hash(key) & self._mask] > 1


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
