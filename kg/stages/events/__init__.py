"""Document and entities -> events and relations: who did what to whom, where, when, and on whose claim.

A small set of kinds, each found only where the words leave little doubt; the
words of each stand in `data/relations.tsv`. A Relation lasts and holds between
two entities:

| relation    | subject                   | object              | said by, for example                          |
|-------------|---------------------------|---------------------|-----------------------------------------------|
| `memberOf`  | person, body, place       | body                | `a member of B`; `B spokesman A`; `A joined B`  |
| `leads`     | person                    | body, place         | `A, head of B`; `B, led by A`; `A runs B`       |
| `partOf`    | body, place               | body                | `A, a branch of B`; `B's armed wing, A`         |
| `locatedIn` | place, body               | place               | `A, Indiana`; `A in B`; `the A district of B`   |
| `allyOf`    | person, body, place       | the same            | `A's ally B`; `A is allied with B`              |
| `supports`  | person, body, place       | the same            | `A backs B`; `A-backed B`; `A's support for B`  |
| `fights`    | body, place               | the same            | `the war between A and B`; `A's war on B`       |

A body is an organisation or a named group. An Event happened, or is said to
have. Its participants are entities:

| event       | agent                     | patient             | said by, for example                          |
|-------------|---------------------------|---------------------|-----------------------------------------------|
| `accuse`    | who accuses               | the accused         | `A accused B of`; `A blamed B`                  |
| `criticize` | who criticises            | the criticised      | `A condemned B`                               |
| `meet`      | who meets                 | whom                | `A met B`; `A spoke with B`; `A and B met`      |
| `detain`    | who detains, if said      | the detained        | `A was arrested`; `B jailed A`                  |
| `kill`      | who kills, if said        | the killed          | `A was killed`; `B executed A`                  |
| `fight`     | who attacks               | the attacked        | `A bombed B`; `A clashed with B`                |
| `build`     | who builds                | what, if an entity  | `A built a prison`                            |
| `defect`    | who defects               |                     | `A defected`                                  |
| None        | subject, by name          | object, by name     | any other verb between names, in its own words |

Nothing is taken from conditions, wishes, plans, orders or questions. A denied
event is kept, with `negated`; a denied relation is left out.
"""

from __future__ import annotations

from ...records.event import Event, Participant, Relation
from .event_finding import find_events

__all__ = ["Event", "Participant", "Relation", "find_events"]
