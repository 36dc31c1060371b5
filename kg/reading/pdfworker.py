"""The process that reads one PDF: bytes on standard input, JSON on standard output, under limits of its own.

It is run as a script, not imported, so that PDFium never lives in the process
of the caller. Exit codes: 0 read, 3 no pypdfium2, 4 cannot be opened.
"""

import ctypes
import json
import sys

MOST_PAGES = 2_000
MOST_CHARACTERS = 5_000_000


def limit(seconds: int, memory: int) -> None:
    """Have the system stop this process past its time, its memory, or at the first byte it writes to a file."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the caller's timeout holds there
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main(data: bytes) -> int:
    """Read the PDF and print its pages, title and author."""
    try:
        import pypdfium2
    except ImportError:
        return 3
    try:
        document = pypdfium2.PdfDocument(data)
        pages, characters = [], 0
        for n in range(min(len(document), MOST_PAGES)):
            page = document[n]
            text = page.get_textpage().get_text_range()
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
    limit(int(sys.argv[1]), int(sys.argv[2]))
    sys.exit(main(sys.stdin.buffer.read()))
