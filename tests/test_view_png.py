"""Pictures without a browser, as PNG."""

from __future__ import annotations

import struct
import sys

import pytest
from view_cases import five

from kg.errors import KGError
from kg.view.static_png import png
from kg.view.static_svg import claims_svg, figures_svg

EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"></svg>'


@pytest.mark.parametrize("picture", [claims_svg, figures_svg])
def test_a_picture_becomes_a_png_of_twice_its_size(picture: object) -> None:
    pytest.importorskip("resvg_py")
    svg = picture(five())  # type: ignore[operator]
    made = png(svg)
    assert made[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", made[16:24])
    assert f'width="{width // 2}"' in svg and width % 2 == height % 2 == 0
    assert made == png(svg) and len(made) > 50_000  # words are drawn, the same each time
    assert struct.unpack(">II", png(EMPTY, zoom=1)[16:24]) == (30, 20)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(KGError, match=r"reportedly\[png\]"):
        png(EMPTY)


def test_what_is_no_picture_is_refused() -> None:
    pytest.importorskip("resvg_py")
    with pytest.raises(ValueError, match="token"):
        png("no picture")
