"""An OpenAI-compatible endpoint: whether it may be asked at all, one request, and its answer within limits."""

from __future__ import annotations

import json
import os
import ssl
import time
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

from ...errors import ExtractorError, ReadError
from ...reading.address import HostAddress, shown, system_resolver, taken_apart
from ...reading.fetch import AGENT, Response, exchange

KEY: Final = "KG_LLM_KEY"
"""The variable of the environment that holds the key, where an endpoint wants one. It is never written down."""

LONGEST_WAIT: Final = 30.0
"""Seconds between two tries, whatever the server asks for."""

_BUSY: Final = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model answers, and what one request may take.

    `url` is the address below which `/chat/completions` lies, `seconds` one
    try as a whole, `bytes` the largest answer, `tokens` the longest reply.
    """

    url: str
    model: str
    tokens: int = 4096
    seconds: float = 300.0
    bytes: int = 1_000_000
    tries: int = 4
    seed: int = 1

    @property
    def host(self) -> str:
        """The host's name, for people."""
        return urlsplit(self.url).hostname or ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model answered: its text, the tokens read and written, and why it ended ("length": cut short)."""

    text: str
    read: int
    written: int
    ended: str


def checked(endpoint: Endpoint, allowed: Collection[str] = ()) -> Endpoint:
    """The endpoint itself, if it is on this machine or its host is among those allowed.

    Raises ExtractorError if it is not, or its address is none.
    """
    place = _place(endpoint)
    if not _here(place.host) and place.host not in {host.lower() for host in allowed}:
        raise ExtractorError(
            f"{shown(endpoint.url)}: articles would be sent to {place.host}; "
            f"say --allow-host {place.host} if they may, or name a model on this machine (http://127.0.0.1:8080/v1)"
        )
    if place.scheme == "http" and not _here(place.host) and os.environ.get(KEY):
        raise ExtractorError(f"{shown(endpoint.url)}: the key in {KEY} would be sent in the clear; write https://")
    return endpoint


def ask(endpoint: Endpoint, messages: list[dict[str, str]], schema: dict[str, Any]) -> Reply:
    """What the model answers, held to a JSON Schema where the server can.

    A server that is busy or not there is tried again, later each time; a
    redirect is not followed.

    Raises ExtractorError if there is no answer, or none within the limits.
    """
    held: dict[str, Any] = {
        "type": "json_schema",
        "json_schema": {"name": "records", "strict": True, "schema": schema},
    }
    response = _asked(endpoint, {**request(endpoint, messages), "response_format": held})
    if response.status in (400, 422) and b"response_format" in response.body + b"json_schema":
        response = _asked(endpoint, {**request(endpoint, messages), "response_format": {"type": "json_object"}})
    if response.status != 200:
        raise ExtractorError(_refusal(endpoint, response))
    return _reply(endpoint, response.body)


def request(endpoint: Endpoint, messages: list[dict[str, str]]) -> dict[str, Any]:
    """What is asked for, without its form: the same for the same article, so that an answer can be kept by it."""
    return {
        "model": endpoint.model,
        "messages": messages,
        "temperature": 0,
        "seed": endpoint.seed,
        "max_tokens": endpoint.tokens,
        "stream": False,
    }


def _asked(endpoint: Endpoint, wanted: dict[str, Any]) -> Response:
    """The answer to one request, of whatever status, after as many tries as it takes and may take."""
    place, problem, wait = _place(endpoint), "", 0.0
    body = json.dumps(wanted, ensure_ascii=True).encode("ascii")
    for attempt in range(endpoint.tries):
        time.sleep(wait)
        wait = 2.0**attempt
        try:
            response = _sent(endpoint, place, body)
        except ReadError as error:
            if "larger than the limit" in error.why:
                raise ExtractorError(f"{place.url}: {error.why} of {endpoint.bytes:,} bytes") from None
            problem = f"{place.url}: {error.why}"
            continue
        if response.status not in _BUSY and response.status < 500:
            return response
        problem = _refusal(endpoint, response)
        asked = response.headers.get("retry-after", "")
        wait = min(float(asked), LONGEST_WAIT) if asked.isascii() and asked.isdigit() else wait
    raise ExtractorError(f"{problem}; tried {endpoint.tries} times, the same command goes on later")


def _sent(endpoint: Endpoint, place: HostAddress, body: bytes) -> Response:
    """One try: the first of the host's addresses that takes a connection answers."""
    key = os.environ.get(KEY, "")
    if not key.isascii() or not key.isprintable():
        raise ExtractorError(f"the key in {KEY} has characters that no key has")
    head = (
        f"POST {place.target} HTTP/1.1\r\nHost: {place.authority}\r\nUser-Agent: {AGENT}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nAccept: application/json\r\n"
        f"{f'Authorization: Bearer {key}{chr(13)}{chr(10)}' if key else ''}Connection: close\r\n\r\n"
    ).encode("ascii")
    failed = ReadError(place.url, f"there is no host {place.host}", "check the address")
    deadline = time.monotonic() + endpoint.seconds
    for address in _addresses(place):
        try:
            return exchange(
                place,
                address,
                head + body,
                deadline=deadline,
                most=endpoint.bytes,
                context=ssl.create_default_context(),
            )
        except ReadError as error:
            failed = error
            if not isinstance(error.__cause__, ConnectionRefusedError):
                break
    raise failed


def _addresses(place: HostAddress) -> list[str]:
    """Where to connect to; a name of this machine must stand for this machine."""
    try:
        found = system_resolver(place.host, place.port)
    except OSError:
        return []
    return [a for a in found if ip_address(a).is_loopback] if _here(place.host) else found


def _place(endpoint: Endpoint) -> HostAddress:
    """The address that is asked, taken apart."""
    url = f"{endpoint.url.rstrip('/')}/chat/completions"
    try:
        port = urlsplit(url).port
        ports = frozenset({80, 443} if port is None else {port})
        return taken_apart(url, frozenset({"http", "https"}), ports)
    except ValueError as error:  # a ReadError is one
        why = error.why if isinstance(error, ReadError) else str(error)
        raise ExtractorError(f"{shown(endpoint.url)}: {why}; write http://127.0.0.1:8080/v1") from None


def _here(host: str) -> bool:
    """Whether a host's name can be none but this machine's."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _refusal(endpoint: Endpoint, response: Response) -> str:
    said = " ".join(response.body[:2000].decode("utf-8", "replace").split())[:200]
    return f"{shown(endpoint.url)}: the server answers {response.status} {said}".strip()


def _reply(endpoint: Endpoint, body: bytes) -> Reply:
    """The reply in an answer. Raises ExtractorError if it is none of a chat."""
    try:
        answer = json.loads(body)
        choice = answer["choices"][0]
        text, ended = choice["message"]["content"], choice.get("finish_reason")
        usage = answer.get("usage") or {}
        read, written = (int(usage.get(name) or 0) for name in ("prompt_tokens", "completion_tokens"))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise ExtractorError(f"{shown(endpoint.url)}: the answer is none of a chat ({type(error).__name__})") from None
    if not isinstance(text, str):
        raise ExtractorError(f"{shown(endpoint.url)}: the answer holds no text")
    return Reply(text, max(read, 0), max(written, 0), str(ended or "")[:20])
