"""Starting the server: what may be asked for, and what must be there."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from ..errors import ServeError
from .request_limits import RequestLimits

SHORTEST = 16
"""Characters of a token."""

_NAME = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*|\[?[0-9A-Fa-f]*:[0-9A-Fa-f:.]*\]?")

_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?|https?://\[[0-9a-f:.]+\](:[0-9]{1,5})?")


def run(
    folder: str | os.PathLike[str],
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    token: str | None = None,
    timeout: float | None = None,
    model: str | None = None,
    names: Iterable[str] = (),
    origins: Iterable[str] = (),
    limits: RequestLimits | None = None,
    review: str | None = None,
    apart: bool = False,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve the store in a folder until interrupted; `ready` is called with the address once it answers.

    Builds of the folder can go on: the store is served as it stood, and a
    second or two after a build has ended as that left it. `port` 0 takes a free
    one. `names` are further host names by which others call this machine;
    `origins` are those of pages elsewhere that may ask (`https://notes.example`).
    With `review`, a token, whoever sends it may decide about records, by pages of this server alone.
    With `apart` nothing is one thing with another article's. `timeout` is the seconds a query may take, in place of
    that of `limits`.

    Raises ServeError if starlette or uvicorn is missing, if a name or origin is none, if it should listen
    where others reach it without a token, or cannot listen there; StoreError
    if the folder is no store.
    """
    try:
        from .gate import is_loopback
        from .process import serve
    except ImportError as error:
        raise ServeError(f"kg serve needs {error.name}; pip install 'reportedly[serve]'") from None
    _check_tokens(token, review)
    if token is None and not is_loopback(host):
        raise ServeError(
            f"at {host} others can reach this server; give a token, for example --token {secrets.token_urlsafe(24)}"
        )
    names, origins = tuple(names), tuple(origin.rstrip("/").lower() for origin in origins)
    _check_names(names, origins)
    bounds = limits or RequestLimits()
    if timeout is not None:
        bounds = replace(bounds, seconds=timeout)
    serve(
        Path(folder), host, port, token=token, model=model, names=names, origins=origins, limits=bounds, review=review,
        apart=apart, ready=ready,
    )  # fmt: skip


def _check_tokens(token: str | None, review: str | None) -> None:
    if token is not None and len(token) < SHORTEST:
        raise ServeError(f"the token has {len(token)} characters; take {SHORTEST} or more that nobody guesses")
    if review is not None and len(review) < SHORTEST:
        raise ServeError(f"the token to review has {len(review)} characters; take {SHORTEST} or more")


def _check_names(names: Iterable[str], origins: Iterable[str]) -> None:
    for name in names:
        if not _NAME.fullmatch(name):
            raise ServeError(
                f"{name!r} is no host name; give one such as kg.example, without http:// and without a port"
            )
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise ServeError(
                f"{origin!r} is no origin of a page; give one such as https://notes.example or http://localhost:8888"
            )
