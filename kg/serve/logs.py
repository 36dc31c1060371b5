"""What the server tells of itself, by the standard library's logging: events with fields, as JSON, a line each.

The server only says; nothing is set up on import, or by `kg.serve.run`. The
command does it by `configure`, another program as it likes.
"""

from __future__ import annotations

import json
import logging
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOG = logging.getLogger("kg.serve")


class Level(StrEnum):
    """From which weight on events are told."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


def _debug(event: str, **fields: object) -> None:
    """Tell what only somebody who looks for a fault wants to know."""
    LOG.debug(event, extra={"fields": fields})


def info(event: str, **fields: object) -> None:
    """Tell what goes as it should."""
    LOG.info(event, extra={"fields": fields})


def warning(event: str, **fields: object) -> None:
    """Tell what hinders, and does not end, the server."""
    LOG.warning(event, extra={"fields": fields})


def error(event: str, **fields: object) -> None:
    """Tell what is a fault of the server's own."""
    LOG.error(event, extra={"fields": fields})


class Lines(logging.Formatter):
    """A record as one line of JSON in ASCII: time (UTC), level, event, its fields. Nothing in it can break a line."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return json.dumps(told, default=str)


def configure(level: Level) -> None:
    """Have what the server says, and uvicorn's warnings, go to standard error as such lines, from a level on."""
    handler = logging.StreamHandler()
    handler.setFormatter(Lines())
    lowest = logging.getLevelNamesMapping()[level.upper()]
    for name, least in (("kg.serve", lowest), ("uvicorn", max(lowest, logging.WARNING))):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(least)


@dataclass(frozen=True, slots=True)
class Told:
    """ASGI middleware that tells of each request, on level debug, how it was answered.

    Neither the query of its address nor its headers: they hold tokens, and what people search for.
    """

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not LOG.isEnabledFor(logging.DEBUG):
            await self.app(scope, receive, send)
            return
        status, begun = 0, time.monotonic()

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            took = round(1000 * (time.monotonic() - begun))
            _debug("request", method=scope["method"], path=scope["path"], status=status, ms=took)
