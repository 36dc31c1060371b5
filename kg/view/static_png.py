"""An SVG picture -> PNG, without a browser: for papers and slides that take no SVG.

Drawn by resvg (extra `png`): a library without a browser, a network or a
script in it, whose licences are all permissive.
"""

from __future__ import annotations

from functools import lru_cache

from ..errors import KGError
from .fonts import Font, installed


def png(svg: str, *, zoom: float = 2.0) -> bytes:
    """A picture of `kg.view.static_svg` as PNG, `zoom` pixels for each of its own; by default two, as print wants.

    Text is drawn in the first installed font of those that the picture names,
    or, where none of them is there, in any that is installed.

    Raises KGError if the extra `png` or every font is missing, ValueError if the picture is no SVG.
    """
    try:
        import resvg_py  # type: ignore[import-not-found,unused-ignore]
    except ImportError as error:
        raise KGError("a PNG needs resvg: pip install 'reportedly[png]', or take the SVG") from error
    font = drawing_font()
    if font is None:
        raise KGError("no font is installed, so a PNG would have no words: install one (DejaVu, Noto), or take the SVG")
    name = font.family
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, zoom=zoom, font_files=[str(font.path)],
            font_family=name, sans_serif_family=name, serif_family=name,
        )
    )  # fmt: skip


@lru_cache(maxsize=1)
def drawing_font() -> Font | None:
    """The installed font in which words are drawn where the picture names none that is there; None if there is none."""
    return next(filter(draws, installed()), None)


def draws(font: Font) -> bool:
    """Whether resvg draws Latin letters in a font: without one that has them, it leaves text out and says nothing."""
    import resvg_py

    def drawn(text: str) -> bytes:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=f'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">'
                f'<text x="2" y="16" font-family="sans-serif" font-size="16">{text}</text></svg>',
                skip_system_fonts=True,
                font_files=[str(font.path)],
                sans_serif_family=font.family,
            )
        )

    return drawn("W") != drawn("")
