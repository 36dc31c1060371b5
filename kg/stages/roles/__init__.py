"""Document and entities -> roles: who holds which post, where, from when until when.

The stage (`finding`) reads noun phrases that name a post (`post_phrase`) off the tokens beside a name (`beside`),
and off clauses (`role_clauses`) that say what somebody is (`copula_clauses`), what happens to a post (`post_clauses`)
or what somebody does (`deed_clauses`), with the words of `role_lexicon` and the dates of `tenure`.
"""

from __future__ import annotations

from ...records.role import Role, RoleStatus
from .finding import find_roles
from .origins import with_origins

__all__ = ["Role", "RoleStatus", "find_roles", "with_origins"]
