"""A store over HTTP, to read: SPARQL 1.1 Protocol, query page, view, articles, entities, annotation of text.

`GET /view/data?focus=&offset=&limit=` gives the view what its page does not hold, as JSON: an object of the shape of
`kg.view.data.view_data` (articles, entities, topics, statements, figures, roles, relations, events; numbers of
articles, in `article`, `articles` and at the head of a mention, count from 0 in this answer's own `articles`),
`graph` and `axes` to draw them, as `kg.view.page.records` makes them, and a member `page`: `{"offset", "limit",
"next", "articles"}`.
- The order is that of the view, turned around: the latest articles, which a page holds first, come first. `offset` and
  `limit` (1 to 200, by default 20) count articles; an article is never cut in two. `page.articles` is how many there
  are in all, `page.next` the offset to go on at, null at the end. An answer may end before `limit`, at 2,000
  statements; and with a `focus` an article that names it and says nothing of it takes a place and is left out.
- `focus` is an id of the view (`e.` entity, `t.` topic, `a.` article) or an IRI of the graph. With it come the articles
  that name this thing, each cut down to what has to do with it; an article is given whole. Ids are those of the page,
  so that records that it holds already can be told by them.
- It only reads. Wrong numbers get 400, a focus that the store does not hold 404, all in one line of text.
- The page that asks is that of `GET /view`, whose policy has `connect-src 'self'` where it does not hold everything.

Importing it loads neither Starlette nor uvicorn (extra `serve`): `run` does.
"""

from __future__ import annotations

from .request_limits import RequestLimits
from .start import run

__all__ = ["RequestLimits", "run"]
