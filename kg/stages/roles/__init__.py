"""Document and entities -> roles: who holds which post, where, from when until when.

The stage reads noun phrases that name a post (`phrase`) off the tokens beside a
name, after a copula or after a verb of appointment (`find`), with the words of
`lexicon` and the dates of `bounds`.
"""

from __future__ import annotations

from ...records.role import Role, RoleStatus
from .finding import find_roles

__all__ = ["Role", "RoleStatus", "find_roles"]
