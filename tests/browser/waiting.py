"""Waiting in a page whose policy forbids what playwright's own waiting does."""

from __future__ import annotations

from typing import Any


def rest(page: Any, ms: int = 60) -> None:
    """Wait until the page has drawn and has done what it put off for so many milliseconds: by its own clock, as it may be slow."""
    page.evaluate(
        f"new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, {ms}))))"
    )


def until(page: Any, script: str, argument: Any = None, *, seconds: float = 20) -> None:
    """Wait for a script to give something true: playwright's own waiting evaluates text in the page, which its policy forbids."""
    for _ in range(int(seconds * 20)):
        if page.evaluate(script, argument):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never became true: {script}")


def becomes(page: Any, script: str, expected: Any, *, seconds: float = 20) -> None:
    """Wait for a script to give what is expected; what it gave last is told where it never does."""
    for _ in range(int(seconds * 20)):
        if page.evaluate(script) == expected:
            return
        page.wait_for_timeout(50)
    assert page.evaluate(script) == expected
