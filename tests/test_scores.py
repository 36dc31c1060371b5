"""The scores on data that lies beside the checkout do not fall below their pins."""

from __future__ import annotations

import json
from pathlib import Path

import gate
import goldens
import pytest

from kg.text.document import default_model

pytestmark = [pytest.mark.model, pytest.mark.shared, pytest.mark.slow]


@pytest.mark.parametrize("data", ["wikinews", "polnear-dev"])
def test_no_score_falls_below_its_pin(shared: Path, data: str) -> None:
    pinned = json.loads(gate.BASELINE.read_text())
    assert pinned["gold"] == gate.digest(), "the gold changed: measure again and pin with tests/gate.py --pin"
    now = gate.wikinews() if data == "wikinews" else gate.polnear()
    print(f"\n{data} with {default_model()}: {now}")
    # Pins hold for the small pipeline; a larger one may lose a point on one measure and win on others.
    # A point is left for processors that add up in another order. The pins are of the kind of processor of the golden
    # files; on another that was tried one of Wikinews' 29 reported figures goes to nobody, with the rules of two landings.
    slack = 1.0 if default_model() == pinned["model"] else 6.0
    few = {} if goldens.is_written_here(goldens.SMALL) else {"recall of reported figures": 2.5, "who-figure": 0.5}
    least = {name: pin - slack - few.get(name, 0) for name, pin in pinned["scores"][data].items()}
    fell = {name: (now[name], least[name]) for name in least if now[name] < least[name]}
    assert not fell
