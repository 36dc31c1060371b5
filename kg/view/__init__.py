"""Extractions -> one interactive HTML page that works offline: claims, figures, network, matrix, article and table.

Importing it loads neither pyvis nor networkx: making a page does.
"""

from .page import page

__all__ = ["page"]
