"""URLs -> what is served there: a small HTTP client that keeps to robots rules, its limits, and public addresses.

Only what the user names is fetched, and what that redirects to. Each hop is
checked anew: its scheme, its port, all addresses of its host; the connection
goes to an address that was checked, so that a name that changes its answer in
between gains nothing. Time and size are limits on the whole, redirects and
robots.txt included: a server that sends a byte a second ends at the deadline.
"""

from __future__ import annotations

import re
import socket
import ssl
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser

from ..errors import ReadError
from .address import HostAddress, Network, Resolver, checked_address, system_resolver, taken_apart

AGENT = "reportedly"
_HEAD = (
    f"User-Agent: {AGENT}\r\nAccept: text/html, application/xhtml+xml, text/plain, application/pdf, */*;q=0.5\r\n"
    "Accept-Encoding: gzip\r\nConnection: close\r\n"
)
_LARGEST_HEAD = 65_536
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """What fetching may do. The defaults are for the public internet; tests widen `networks`, `schemes` and `ports`."""

    seconds: float = 30.0
    bytes: int = 20_000_000
    redirects: int = 5
    pause: float = 1.0
    schemes: frozenset[str] = frozenset({"https"})
    ports: frozenset[int] = frozenset({443})
    networks: tuple[Network, ...] = ()


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered: the URL after redirects, the status, headers in lower case, the body."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def type(self) -> str:
        """The media type, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The encoding that the server declares, if any."""
        match = re.search(r"charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,30})", self.headers.get("content-type", ""), re.I)
        return match[1] if match else None


@dataclass(slots=True)
class Fetcher:
    """Fetches URLs one after another; remembers robots rules and when each host was last asked."""

    limits: FetchLimits = field(default_factory=FetchLimits)
    resolver: Resolver = system_resolver
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    _robots: dict[str, RobotFileParser | None] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def fetch(self, url: str) -> Response:
        """What is served at a URL, redirects followed.

        Raises ReadError if the URL or one it redirects to is not allowed, the
        robots rules forbid it, the answer is not 200, or a limit is reached.
        """
        deadline = time.monotonic() + self.limits.seconds
        place = taken_apart(url, self.limits.schemes, self.limits.ports)
        for _ in range(self.limits.redirects + 1):
            self._check_robots(place, deadline)
            response = self._get(place, deadline, self.limits.bytes)
            if response.status not in _REDIRECTS:
                break
            place = self._next(place, response)
        else:
            raise ReadError(url, f"it redirects more than {self.limits.redirects} times", "give the final address")
        if response.status != 200:
            raise ReadError(place.url, f"the server answers {response.status}", "check the address in a browser")
        return response

    def _next(self, place: HostAddress, response: Response) -> HostAddress:
        location = response.headers.get("location", "")
        if not location:
            raise ReadError(place.url, "it redirects to nowhere", "give the final address")
        try:
            target = urljoin(place.url, location.strip())
        except ValueError as error:
            raise ReadError(place.url, f"it redirects to no URL ({error})", "give the final address") from error
        return taken_apart(target, self.limits.schemes, self.limits.ports)

    def _check_robots(self, place: HostAddress, deadline: float) -> None:
        """Raises ReadError where robots.txt forbids the page; no such file allows all, a broken server nothing."""
        if place.origin not in self._robots:
            self._robots[place.origin] = self._rules(place, deadline)
        rules = self._robots[place.origin]
        if rules is not None and not rules.can_fetch(AGENT, place.url):
            raise ReadError(place.url, "the site's robots.txt asks programs not to read it", "save the page by hand")

    def _rules(self, place: HostAddress, deadline: float) -> RobotFileParser | None:
        at = taken_apart(f"{place.origin}/robots.txt", self.limits.schemes, self.limits.ports)
        for _ in range(self.limits.redirects + 1):
            response = self._get(at, deadline, 500_000)
            if response.status not in _REDIRECTS:
                break
            at = self._next(at, response)
        if response.status >= 500:
            raise ReadError(place.url, f"the site's robots.txt answers {response.status}", "try again later")
        if response.status != 200:
            return None
        rules = RobotFileParser()
        rules.parse(response.body.decode("utf-8", "replace").splitlines())
        return rules

    def _get(self, place: HostAddress, deadline: float, most: int) -> Response:
        """One request and its answer, over a connection of its own."""
        self._wait(place, deadline)
        address = checked_address(place, self.resolver, self.limits.networks, deadline - time.monotonic())
        request = f"GET {place.target} HTTP/1.1\r\nHost: {place.authority}\r\n{_HEAD}\r\n".encode("ascii")
        try:
            return exchange(place, address, request, deadline=deadline, most=most, context=self.context)
        finally:
            self._asked[place.origin] = time.monotonic()

    def _wait(self, place: HostAddress, deadline: float) -> None:
        """Let a host rest between two requests."""
        last = self._asked.get(place.origin)
        if last is not None:
            rest = last + self.limits.pause - time.monotonic()
            if rest > 0:
                time.sleep(min(rest, _left(place, deadline)))


def exchange(
    place: HostAddress, address: str, request: bytes, *, deadline: float, most: int, context: ssl.SSLContext
) -> Response:
    """What a server at an address answers to the bytes of a request, over a connection of its own.

    `deadline` is by `time.monotonic`, `most` the bytes of the largest answer.

    Raises ReadError if the server is not there, breaks off, or passes one of the two.
    """
    try:
        with socket.create_connection((address, place.port), _left(place, deadline)) as plain:
            if place.scheme == "https":
                plain.settimeout(_left(place, deadline))
                with context.wrap_socket(plain, server_hostname=place.host) as secure:
                    return _exchange(secure, place, request, deadline, most)
            return _exchange(plain, place, request, deadline, most)
    except TimeoutError as error:
        raise _late(place) from error
    except (OSError, ssl.SSLError) as error:
        raise ReadError(place.url, f"the server cannot be read ({error})", "check the address in a browser") from error


def _left(place: HostAddress, deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise _late(place)
    return left


def _late(place: HostAddress) -> ReadError:
    return ReadError(place.url, "the server takes too long", "save the page by hand")


def _exchange(connection: socket.socket, place: HostAddress, request: bytes, deadline: float, most: int) -> Response:
    connection.settimeout(_left(place, deadline))
    connection.sendall(request)
    stream = _Stream(connection, place, deadline, most)
    status, headers = _head(stream, place)
    body = _body(stream, status, headers, place, most)
    if headers.get("content-encoding", "").lower() in ("gzip", "x-gzip"):
        body = _inflated(body, place, most)
    elif headers.get("content-encoding", "identity").lower() not in ("identity", ""):
        raise ReadError(place.url, "the answer is packed in a way that was not asked for", "save the page by hand")
    return Response(place.url, status, headers, body)


class _Stream:
    """Bytes from a connection, under the deadline and the limit of size."""

    __slots__ = ("_buffer", "_connection", "_deadline", "_left", "_place")

    def __init__(self, connection: socket.socket, place: HostAddress, deadline: float, most: int) -> None:
        self._connection, self._place, self._deadline = connection, place, deadline
        self._buffer = bytearray()
        self._left = most + _LARGEST_HEAD

    def _more(self) -> bool:
        self._connection.settimeout(_left(self._place, self._deadline))
        data = self._connection.recv(65_536)
        self._left -= len(data)
        if self._left < 0:
            raise ReadError(self._place.url, "the answer is larger than the limit", "save the page by hand")
        self._buffer += data
        return bool(data)

    def until(self, mark: bytes, most: int) -> bytes:
        """The bytes before a mark, which is taken too. Raises ReadError if it does not come within `most` bytes."""
        searched = 0
        while (at := self._buffer.find(mark, max(0, searched - len(mark)))) < 0:
            searched = len(self._buffer)
            if searched > most or not self._more():
                raise ReadError(self._place.url, "the server's answer is not HTTP", "check the address in a browser")
        found = bytes(self._buffer[:at])
        del self._buffer[: at + len(mark)]
        return found

    def exactly(self, count: int) -> bytes:
        """The next bytes, as many as asked for. Raises ReadError if there are fewer."""
        while len(self._buffer) < count:
            if not self._more():
                raise ReadError(self._place.url, "the server's answer breaks off", "try again later")
        found = bytes(self._buffer[:count])
        del self._buffer[:count]
        return found

    def rest(self) -> bytes:
        """All that is still to come."""
        while self._more():
            pass
        return bytes(self._buffer)


def _head(stream: _Stream, place: HostAddress) -> tuple[int, dict[str, str]]:
    for _ in range(5):
        lines = stream.until(b"\r\n\r\n", _LARGEST_HEAD).decode("latin-1").split("\r\n")
        match = re.fullmatch(r"HTTP/1\.[01] (\d{3})(?: .*)?", lines[0])
        if match is None:
            raise ReadError(place.url, "the server's answer is not HTTP", "check the address in a browser")
        status = int(match[1])
        if status >= 200:  # below that comes another head
            break
    headers: dict[str, str] = {}
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        if colon:
            headers.setdefault(name.strip().lower(), value.strip())
    return status, headers


def _body(stream: _Stream, status: int, headers: Mapping[str, str], place: HostAddress, most: int) -> bytes:
    if status in (204, 304):
        return b""
    if headers.get("transfer-encoding", "").lower() == "chunked":
        return _chunks(stream, place, most)
    length = headers.get("content-length")
    if length is None:
        return stream.rest()
    if not re.fullmatch(r"\d{1,12}", length) or int(length) > most:
        raise ReadError(place.url, "the answer is larger than the limit", "save the page by hand")
    return stream.exactly(int(length))


def _chunks(stream: _Stream, place: HostAddress, most: int) -> bytes:
    parts: list[bytes] = []
    total = 0
    while True:
        size = stream.until(b"\r\n", 1000).partition(b";")[0].strip()
        if not re.fullmatch(rb"[0-9A-Fa-f]{1,8}", size):
            raise ReadError(place.url, "the server's answer is not HTTP", "check the address in a browser")
        count = int(size, 16)
        total += count
        if total > most:
            raise ReadError(place.url, "the answer is larger than the limit", "save the page by hand")
        if count == 0:
            return b"".join(parts)
        parts.append(stream.exactly(count))
        stream.exactly(2)


def _inflated(body: bytes, place: HostAddress, most: int) -> bytes:
    unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        found = unpack.decompress(body, most + 1)
    except zlib.error as error:
        raise ReadError(place.url, f"the answer cannot be unpacked ({error})", "save the page by hand") from error
    if len(found) > most:
        raise ReadError(place.url, "the answer is larger than the limit", "save the page by hand")
    if not unpack.eof:
        raise ReadError(place.url, "the answer cannot be unpacked (it breaks off)", "save the page by hand")
    return found
