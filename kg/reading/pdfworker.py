"""The process that reads one PDF: bytes on standard input, JSON on standard output, under limits of its own.

It is run as a script, not imported, so that PDFium never lives in the process
of the caller. Exit codes: 0 read, 3 no pypdfium2, 4 cannot be opened.
"""

import ctypes
import json
import sys
from itertools import pairwise
from typing import Any

MOST_PAGES = 2_000
MOST_BOXES = 5_000
MOST_CHARACTERS = 5_000_000
MOST_DOTS = 40_000_000
APART = 2.5  # heights of a line between a column and what is none of it


def _limit(seconds: int, memory: int) -> None:
    """Have the system stop this process past its time, its memory, or at the first byte it writes to a file."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the caller's timeout holds there
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _page_text(page: Any) -> str:
    """The text of a page, column by column where it has two that are drawn line by line."""
    words = page.get_textpage()
    text = str(words.get_text_range())
    boxes = [words.get_rect(n) for n in range(min(words.count_rects(), MOST_BOXES))]
    stretches = _in_order(boxes, 0.0, page.get_width())
    if len(stretches) == 1:
        return text
    parts = []
    for chosen in stretches:
        lines: dict[int, list[tuple[float, float, float, float]]] = {}
        for box in chosen:
            lines.setdefault(round(box[1] / 3), []).append(box)
        for _, line in sorted(lines.items(), reverse=True):
            said = " ".join(words.get_text_bounded(*box).strip() for box in sorted(line))
            # what PDFium puts for a hyphen that breaks a word
            parts.append(said[:-1] + "-" if said.endswith(("\ufffe", "\x02")) else said)
        parts.append("")
    return "\n".join(parts)


def _in_order(
    boxes: list[tuple[float, float, float, float]], left: float, right: float
) -> list[list[tuple[float, float, float, float]]]:
    """The boxes of a strip of the page as people read them: one stretch, or several if columns are drawn across."""
    gutter = _find_gutter(boxes, left, right)
    if gutter is None or not _mixed(boxes, gutter):
        return [boxes]
    above, first, second, below = _in_columns(boxes, gutter)
    return [above, *_in_order(first, left, gutter), *_in_order(second, gutter, right), below]


def _find_gutter(boxes: list[tuple[float, float, float, float]], start: float, end: float) -> float | None:
    """The middle of the blank strip between two columns: few lines cross it, and many stand on either side."""
    best = None
    among = range(int(start + (end - start) * 0.3), int(start + (end - start) * 0.7), 4)
    for x in among:
        left = sum(box[2] <= x for box in boxes)
        right = sum(box[0] >= x for box in boxes)
        crossing = len(boxes) - left - right
        if left >= 4 and right >= 4 and crossing <= 0.2 * len(boxes) and (best is None or crossing < best[0]):
            best = (crossing, x)
    if best is None:
        return None
    # the strip may be wide: take its middle
    clear = [
        x for x in among if sum(box[0] < x < box[2] for box in boxes) == best[0]
    ]  # fmt: skip
    run = [x for x in clear if abs(x - best[1]) <= 4 * len(clear)]
    return sum(run) / len(run)


def _mixed(boxes: list[tuple[float, float, float, float]], gutter: float) -> bool:
    """Whether the page is drawn across its columns: left and right take turns more often than columns do."""
    sides = [box[0] >= gutter for box in boxes if box[2] <= gutter or box[0] >= gutter]
    return sum(a != b for a, b in pairwise(sides)) > max(4, len(sides) // 3)


def _in_columns(
    boxes: list[tuple[float, float, float, float]], gutter: float
) -> list[list[tuple[float, float, float, float]]]:
    """The boxes as they are read: what stands across above the columns, the left, the right, what stands below."""
    left = _body([box for box in boxes if box[2] <= gutter])
    right = _body([box for box in boxes if box[0] >= gutter])
    across = [box for box in boxes if box not in left and box not in right]
    top = max(box[3] for box in [*left, *right])
    # a heading or foot that is short enough to stand on one side stands apart from the columns
    above = [box for box in across if box[1] >= top - 2]
    below = [box for box in across if box not in above]
    return [above, left, right, below]


def _picture(page: Any) -> bytes:
    """A page as a grey picture in the plainest format there is (PGM), 300 dots an inch, of at most so many dots."""
    scale = min(300 / 72, (MOST_DOTS / max(1.0, page.get_width() * page.get_height())) ** 0.5)
    drawn = page.render(scale=scale, grayscale=True)
    rows = bytes(drawn.buffer)
    packed = b"".join(rows[n * drawn.stride : n * drawn.stride + drawn.width] for n in range(drawn.height))
    return b"P5 %d %d 255\n%s" % (drawn.width, drawn.height, packed)


def _body(boxes: list[tuple[float, float, float, float]]) -> list[tuple[float, float, float, float]]:
    """The boxes of a column without what stands far above or below it: running heads, page numbers, feet."""
    ordered = sorted(boxes, key=lambda box: -box[3])
    runs: list[list[tuple[float, float, float, float]]] = []
    for box in ordered:
        if runs and runs[-1][-1][1] - box[3] <= APART * (box[3] - box[1]):
            runs[-1].append(box)
        else:
            runs.append([box])
    longest = max(runs, key=len, default=[])
    return boxes if 2 * len(longest) < len(boxes) else longest


def main(data: bytes, drawn: int | None = None) -> int:
    """Read the PDF and print its pages, title and author; or one page as a picture."""
    try:
        import pypdfium2
    except ImportError:
        return 3
    try:
        document = pypdfium2.PdfDocument(data)
        if drawn is not None:
            sys.stdout.buffer.write(_picture(document[drawn]))
            return 0
        pages, characters = [], 0
        for n in range(min(len(document), MOST_PAGES)):
            page = document[n]
            text = _page_text(page)
            characters += len(text)
            pages.append(text)
            page.close()
            if characters > MOST_CHARACTERS:
                break
        said = document.get_metadata_dict()
    except (pypdfium2.PdfiumError, ctypes.ArgumentError, ValueError) as error:
        print(str(error).replace("\n", " "), file=sys.stderr)
        return 4
    answer = {"pages": pages, "title": said.get("Title"), "author": said.get("Author")}
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))
    return 0


if __name__ == "__main__":
    _limit(int(sys.argv[1]), int(sys.argv[2]))
    sys.exit(main(sys.stdin.buffer.read(), int(sys.argv[3]) if len(sys.argv) > 3 else None))
