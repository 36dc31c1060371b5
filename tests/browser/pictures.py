"""Pictures of every page, to be looked at: `python tests/browser/pictures.py OUT ADDRESS ... [--width 390] [--vision tritanopia]`.

An address is a file that `kg build` wrote, or a page of `kg serve`; a file gives a picture of each of its views, with a
record selected and without, unless the address names a view after `#`.
"""

from __future__ import annotations

import argparse
import re
import shutil
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

VISIONS = ("none", "achromatopsia", "deuteranopia", "protanopia", "tritanopia", "blurredVision")
VIEWS = ("graph", "claims", "figures", "matrix", "reader", "table", "overview", "map")


def _arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("out", type=Path)
    asked.add_argument("addresses", nargs="+")
    asked.add_argument("--width", type=int, nargs="+", default=[1400, 1920, 390])
    asked.add_argument("--scheme", nargs="+", choices=["light", "dark"], default=["light", "dark"])
    asked.add_argument("--vision", nargs="+", choices=VISIONS, default=["none"])
    return asked.parse_args()


def addresses_of(address: str) -> list[str]:
    """The addresses behind one: of a file without a view each of its views."""
    if re.match(r"https?:", address):
        return [address]
    path, _, view = address.partition("#")
    return [f"{Path(path).resolve().as_uri()}#{part}" for part in ([view] if view else [f"view={v}" for v in VIEWS])]


def _take(page: Page, address: str, stem: Path, visions: list[str]) -> None:
    page.goto("about:blank")
    page.goto(address)
    if address.startswith("file:"):
        page.wait_for_selector("html[data-ready='1']", state="attached")
    page.wait_for_timeout(300)
    client = page.context.new_cdp_session(page)
    for vision in visions:
        client.send("Emulation.setEmulatedVisionDeficiency", {"type": vision})
        page.screenshot(path=f"{stem}{'' if vision == 'none' else '-' + vision}.png")


def main() -> None:
    """Take the pictures, one file each, named after page, width and scheme."""
    asked = _arguments()
    asked.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        for width in asked.width:
            for scheme in asked.scheme:
                page = chromium.new_page(
                    viewport={"width": width, "height": 844 if width < 600 else 900}, color_scheme=scheme
                )
                for address in (a for given in asked.addresses for a in addresses_of(given)):
                    name = (
                        re.sub(r"[^\w]+", "-", re.sub(r".*(?:view\.html#|://[^/]*)", "", address)).strip("-") or "front"
                    )
                    _take(page, address, asked.out / f"{name[:60]}-{width}-{scheme}", asked.vision)
                page.close()


if __name__ == "__main__":
    main()
