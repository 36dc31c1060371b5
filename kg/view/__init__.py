"""Extractions -> one interactive HTML page that works offline: claims, figures, network, matrix, article and table.

`page` makes the document; `asked` the part of a store that a query returns, `static_svg` and `static_png` pictures
without a browser, `notebook` what a notebook shows.

Importing it loads neither pyvis nor networkx: making a page does.
"""

from .page import page

__all__ = ["page"]
