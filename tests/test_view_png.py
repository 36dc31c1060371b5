"""Pictures without a browser, as PNG."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

import pytest
from view_cases import five

from kg.errors import KGError
from kg.view import static_png
from kg.view.fonts import Font, family, installed
from kg.view.static_png import draws, png
from kg.view.static_svg import FONT, claims_svg, figures_svg

EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"></svg>'


@pytest.fixture
def font() -> Font:
    """The font of this machine in which words are drawn; skips where there is none."""
    pytest.importorskip("resvg_py")
    found = static_png.drawing_font()
    if found is None:
        pytest.skip("no font is installed on this machine")
    return found


@pytest.mark.parametrize("picture", [claims_svg, figures_svg])
def test_a_picture_becomes_a_png_of_twice_its_size(picture: object, font: Font) -> None:
    svg = picture(five())  # type: ignore[operator]
    made = png(svg)
    assert made[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", made[16:24])
    assert f'width="{width // 2}"' in svg and width % 2 == height % 2 == 0
    assert made == png(svg) and len(made) > 50_000  # words are drawn, the same each time
    assert struct.unpack(">II", png(EMPTY, zoom=1)[16:24]) == (30, 20)


def test_any_installed_font_draws_the_words_of_a_picture_that_names_none(font: Font) -> None:
    words = EMPTY.replace("></svg>", ' font-family="{}"><text y="15">Wm</text></svg>')
    drawn = {png(words.format(name)) for name in ("sans-serif", "serif", "no such font")}
    assert png(EMPTY) not in drawn and len(drawn) == 1


def test_a_machine_without_any_font_is_told_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("resvg_py")
    (tmp_path / "broken.ttf").write_bytes(b"\x00\x01\x00\x00\x00\x09")
    monkeypatch.setattr(static_png, "installed", lambda: installed([tmp_path, tmp_path / "not there"]))
    monkeypatch.setattr(static_png, "drawing_font", static_png.drawing_font.__wrapped__)
    with pytest.raises(KGError, match="no font is installed"):
        png(EMPTY)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(KGError, match=r"reportedly\[png\]"):
        png(EMPTY)


def test_what_is_no_picture_is_refused(font: Font) -> None:
    with pytest.raises(ValueError, match="token"):
        png("no picture")


def names(*entries: tuple[int, int, str]) -> bytes:
    """The smallest file that says its names: a font with the one table `name`; entries are (which, language, text)."""
    records, texts = b"", b""
    for which, language, text in entries:
        encoded = text.encode("utf-16-be")
        records += struct.pack(">6H", 3, 1, language, which, len(encoded), len(texts))
        texts += encoded
    table = struct.pack(">3H", 0, len(entries), 6 + len(records)) + records + texts
    return struct.pack(">4s4H4sIII", b"\x00\x01\x00\x00", 1, 0, 0, 0, b"name", 0, 28, len(table)) + table


def test_the_family_of_a_font_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.ttf"
    file.write_bytes(names((1, 0x0409, "Kite Sans Light"), (2, 0x0409, "Regular"), (16, 0x0409, "Kite Sans")))
    assert family(file) == "Kite Sans"
    file.write_bytes(names((1, 0x0407, "Drachen"), (1, 0x0409, "Kite")))
    assert family(file) == "Kite"
    file.write_bytes(names((1, 0x0407, "Drachen")))
    assert family(file) == "Drachen"
    collection = (
        b"ttcf"
        + struct.pack(">HHII", 1, 0, 1, 16)
        + names((1, 0x0409, "Kite")).replace(struct.pack(">I", 28), struct.pack(">I", 44), 1)
    )
    file.write_bytes(collection)
    assert family(file) == "Kite"
    for length in range(60):
        file.write_bytes(collection[:length])
        assert family(file) in {None, ""}


def test_the_families_that_pictures_name_come_first(tmp_path: Path) -> None:
    for n, name in enumerate(["Zilla", "Alpha Sans", "DejaVu Sans", "Noto Sans"]):
        (tmp_path / f"{n}.ttf").write_bytes(names((1, 0x0409, name)))
    (tmp_path / "read.me").write_text("no font")
    found = list(installed([tmp_path]))
    assert [f.family for f in found] == ["Noto Sans", "DejaVu Sans", "Alpha Sans", "Zilla"]
    assert all(f"'{f.family}'" in FONT for f in found[:2])
    pytest.importorskip("resvg_py")
    assert not any(map(draws, found))  # they have names and no letters
