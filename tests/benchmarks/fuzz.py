"""How long the reader of quantities may take over any text, and that what it finds is in bounds.

python tests/benchmarks/fuzz.py [--strings 200000] [--seed 5]

Random words and signs, repeated patterns (what backtracking chokes on) and
random characters. Prints the slowest in ms of CPU time per kB, and exits 1 if
that is above 50.
"""

from __future__ import annotations

import argparse
import random
import sys
import time

from kg.stages.figures.quantities import find_quantities

WORDS = (
    "one two twelve twenty-five hundred thousand million billion 5 1,709 3.2 3.2m 0 2015 1/2 ½ half a third dozens of "
    "thousands to - – and or between from at least up more than about percent % points $ € US$ km kg per day 100,000 "
    "people in out sixfold twice dozen score Rs lakh crore minus plus ( ) . , : / ° ' \" years old rose by fell"
).split()
SIGNS = "0123456789.,-–—%$€£½ °′″/()[]:;'\"’ abkmnt\n\u00a0"
LIMIT = 50.0


def text(pick: random.Random) -> str:
    kind = pick.random()
    if kind < 0.4:
        return " ".join(pick.choices(WORDS, k=pick.randint(5, 150)))
    if kind < 0.6:
        return "".join(pick.choices(SIGNS, k=pick.randint(50, 600)))
    if kind < 0.8:
        return (" ".join(pick.choices(WORDS, k=pick.randint(1, 4))) + pick.choice([" ", ""])) * pick.randint(5, 100)
    return "".join(chr(pick.randint(32, 0x2FFF)) for _ in range(pick.randint(20, 400)))


def cost(words: str) -> float:
    """CPU milliseconds per kB, the best of three where the first is slow; texts below 1 kB count as 1 kB."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        found = find_quantities(words)
        best = min(best, time.process_time() - start)
        for q in found:
            assert q.low is not None or q.high is not None, words
            assert 0 <= q.span.start <= q.core.start < q.core.end <= q.span.end <= len(words), words
        if best < 0.01:
            break
    return 1e6 * best / max(len(words), 1000)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--strings", type=int, default=200_000)
    arguments.add_argument("--seed", type=int, default=5)
    asked = arguments.parse_args()
    pick = random.Random(asked.seed)
    find_quantities("5 km")
    worst, at = 0.0, ""
    for _ in range(asked.strings):
        words = text(pick)
        spent = cost(words)
        if spent > worst:
            worst, at = spent, words
    print(f"{asked.strings} strings; the slowest took {worst:.1f} ms per kB: {at[:60]!r}")
    sys.exit(worst > LIMIT)


if __name__ == "__main__":
    main()
