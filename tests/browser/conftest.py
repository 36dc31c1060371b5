"""A real browser with no network, and a page opened in it with everything that goes wrong written down."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from waiting import rest

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WATCH = (
    "window.__violations = [];"
    "document.addEventListener('securitypolicyviolation', e => window.__violations.push(e.violatedDirective + ' ' + e.blockedURI));"
)


# How many times slower than this machine the pages shall be: `KG_SLOWED=6 pytest tests/browser` finds tests that do not wait.
SLOWED = float(os.environ.get("KG_SLOWED", "1"))


PATIENCE = 120_000  # milliseconds: that the machine is busy is no fault of a page


def _patient(browser: Any) -> None:
    """Wait long for every page that the browser opens, and make it as slow as `KG_SLOWED` says."""
    new_context = browser.new_context

    def patient(**options: Any) -> Any:
        context = new_context(**options)
        context.set_default_timeout(PATIENCE)
        new_page = context.new_page

        def slow_page() -> Any:
            page = new_page()
            context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
            return page

        if SLOWED > 1:
            context.new_page = slow_page
        return context

    browser.new_context = patient


def _missing(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason}, and the browser tests must run in CI")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, driven by playwright."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("playwright is not installed")
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        _missing("no chromium on the path")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        _patient(chromium)
        yield chromium
        chromium.close()


class Windows:
    """Contexts that are kept for the next test: a page opens in half the time where another has been.

    A page has one to itself while it is open, and what it keeps goes when it is given back: storage, cookies, the cache.
    """

    def __init__(self, browser: Any) -> None:
        self.browser = browser
        self.free: dict[tuple[tuple[str, Any], ...], list[Any]] = {}

    def page(self, size: dict[str, int], **options: Any) -> Any:
        free = self.free.setdefault(tuple(options.items()), [])
        context = free.pop() if free else self.made(options)
        page = context.new_page()
        page.set_viewport_size(size)
        return page

    def made(self, options: dict[str, Any]) -> Any:
        context = self.browser.new_context(**options)
        context.add_init_script(WATCH)
        context.new_page()  # stays, and the process of its pages with it
        return context

    def give_back(self, page: Any, **options: Any) -> None:
        context = page.context
        kept, *others = context.pages
        origin = "file:///" if page.url.startswith("file:") else "/".join(page.url.split("/")[:3])
        for other in others:
            other.close()
        session = context.new_cdp_session(kept)
        session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        session.send("Network.clearBrowserCache")
        session.detach()
        self.free[tuple(options.items())].append(context)


@pytest.fixture(scope="session")
def windows(browser: Any) -> Windows:
    return Windows(browser)


@dataclass
class Opened:
    """A page in the browser and what went wrong on it."""

    page: Any
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def run(self, script: str, argument: Any = None) -> Any:
        return self.page.evaluate(script, argument)

    def show(self, view: str) -> None:
        self.run("view => document.getElementById('tab-' + view).click()", view)
        rest(self.page)

    def violations(self) -> list[str]:
        return list(self.run("window.__violations"))

    def assert_quiet(self) -> None:
        """No error, no request, no dialog, no breach of the security policy."""
        assert self.errors == []
        assert self.requests == []
        assert self.dialogs == []
        assert self.violations() == []


class Opener:
    """Opens pages for a test, or for all of a file, and gives them back."""

    def __init__(self, windows: Windows, folder: Path) -> None:
        self.windows = windows
        self.folder = folder / "Aufnahme – архив 記録"
        self.made: list[tuple[Any, dict[str, Any]]] = []

    def __call__(
        self,
        html: str,
        fragment: str = "",
        *,
        width: int = 1400,
        height: int = 900,
        scheme: str = "light",
        touch: bool = False,
    ) -> Opened:
        self.folder.mkdir(exist_ok=True)
        file = self.folder / "view.html"
        file.write_text(html, encoding="utf-8")
        options = {"offline": True, "color_scheme": scheme, "has_touch": touch, "is_mobile": touch}
        page = self.windows.page({"width": width, "height": height}, **options)
        self.made.append((page, options))
        result = Opened(page)
        page.on("pageerror", lambda error: result.errors.append(f"uncaught {error}"))
        page.on("console", lambda m: result.errors.append(m.text) if m.type in {"error", "warning"} else None)
        page.on(
            "request",
            lambda r: None if r.url.startswith(("file:", "data:", "blob:")) else result.requests.append(r.url),
        )
        page.on("dialog", lambda d: (result.dialogs.append(d.message), d.dismiss()))
        page.on("popup", lambda p: result.requests.append(f"popup {p.url}"))
        page.goto(file.as_uri() + (f"#{fragment}" if fragment else ""))
        page.wait_for_selector("html[data-ready='1']", state="attached")
        return result

    def give_back(self) -> None:
        for page, options in self.made:
            self.windows.give_back(page, **options)


@pytest.fixture
def opened(windows: Windows, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """A function: HTML, part of the address after `#`, width, colour scheme -> the page, ready."""
    opener = Opener(windows, tmp_path)
    yield opener
    opener.give_back()


@pytest.fixture(scope="module")
def kept(windows: Windows, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Opened]]:
    """As `opened`; but what is asked for again is the same page, as the tests of the file left it."""
    opener = Opener(windows, tmp_path_factory.mktemp("kept"))
    yield cache(opener)
    opener.give_back()
