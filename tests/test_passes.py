"""The passes of the grammar: each after those that it says it needs, and every one with its reason."""

from __future__ import annotations

import pytest

from kg.stages.attribution.passes import PASSES, Pass


def test_every_pass_has_a_name_of_its_own_and_a_reason() -> None:
    assert len(PASSES) >= 10
    assert len({p.name for p in PASSES}) == len(PASSES)
    assert all(p.why for p in PASSES)


@pytest.mark.parametrize("one", PASSES, ids=lambda p: p.name)
def test_a_pass_runs_after_those_it_needs(one: Pass) -> None:
    before = [p.name for p in PASSES[: PASSES.index(one)]]
    assert set(one.after) <= set(before)
    assert one.after or one is PASSES[0]
