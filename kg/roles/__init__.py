"""Document and entities -> roles: who holds which post, where, from when until when.

The stage reads noun phrases that name a post (`phrase`) off the tokens beside a
name, after a copula or after a verb of appointment (`find`), with the words of
`lexicon` and the dates of `bounds`.
"""

from __future__ import annotations

from .find import find_roles
from .record import Role, RoleStatus

__all__ = ["Role", "RoleStatus", "find_roles"]
