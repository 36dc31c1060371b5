"""Extractions -> one interactive HTML page that works offline: graph, claims, figures, matrix, article, table.

`page` makes the document; `graph` joins records into nodes and edges, `scenes` and `spread` say where they stand;
`judged` reads what `kg.comparison` found of several records together, `axes` draws figures by it;
`from_query` gives the part of a store that a query returns, `notebook` what a notebook shows.

Importing it loads neither pyvis nor networkx: making a page does.
"""

from .page import page

__all__ = ["page"]
