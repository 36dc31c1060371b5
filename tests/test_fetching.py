"""Fetching, against a server on loopback: what is asked for is read, what a hostile server tries is refused."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import pytest

from kg.errors import ReadError
from kg.reading import articles
from kg.reading.address import is_public, taken_apart
from kg.reading.fetch import Fetcher, FetchLimits

HERE = "127.0.0.2"
"""Where the server that may be asked listens; 127.0.0.1 stands for the machine that must not be reached."""

BODY = "".join(f"<p>The ministry said on day {n} that ten more people had died in the camp.</p>" for n in range(9))
PAGE = f"<html lang=en><head><title>Deaths rise</title></head><body><article><h1>Deaths rise</h1>{BODY}</article></body></html>"

Answer = Callable[[socket.socket], None]


def answer(body: bytes | str = PAGE, status: str = "200 OK", **headers: str) -> Answer:
    data = body.encode() if isinstance(body, str) else body
    lines = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(data))}
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = f"HTTP/1.1 {status}\r\n" + "".join(f"{n}: {v}\r\n" for n, v in lines.items() if v) + "\r\n"
    return lambda client: client.sendall(head.encode("latin-1") + data)


def redirect(target: str, status: str = "302 Found") -> Answer:
    return answer("", status, Location=target)


@dataclass
class Server:
    """Answers by path, and keeps what it was asked."""

    address: str
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    port: int = 0

    def start(self) -> None:
        self.listening = socket.create_server((self.address, self.port))
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self._one, args=(client,), daemon=True).start()

    def _one(self, client: socket.socket) -> None:
        with client:
            try:
                request = client.recv(65_536).decode("latin-1")
                path = request.split(" ", 2)[1] if " " in request else "?"
                self.asked.append(path)
                self.requests.append(request)
                self.answers.get(path, answer("not here", "404 Not Found"))(client)
            except OSError:
                return  # the client has seen enough


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server(HERE)
    running.start()
    yield running
    running.listening.close()


@pytest.fixture
def inside() -> Iterator[Server]:
    """A service of this machine that nobody outside may reach through us."""
    running = Server("127.0.0.1", {"/": answer("SECRET"), "/secret": answer("SECRET")})
    running.start()
    yield running
    running.listening.close()
    assert running.asked == []


def fetcher(server: Server, *ports: int, names: dict[str, list[str]] | None = None, **limits: object) -> Fetcher:
    """A fetcher that may reach the test server, and knows names without a name server."""
    known = {"news.example": [HERE], "other.example": [HERE], **(names or {})}

    def resolver(host: str, port: int) -> Sequence[str]:
        if host in known:
            return known[host]
        return [
            str(row[4][0])
            for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
        ]

    rules = FetchLimits(
        seconds=2.0,
        pause=0.0,
        schemes=frozenset({"http", "https"}),
        ports=frozenset({server.port, *ports}),
        networks=(ipaddress.ip_network(f"{HERE}/32"),),
    )
    return Fetcher(replace(rules, **limits), resolver)  # type: ignore[arg-type]


def test_a_page_is_read_with_its_address(server: Server) -> None:
    server.answers["/a?b=c%20d"] = answer()
    (outcome,) = articles([f"http://news.example:{server.port}/a?b=c%20d#top"], fetcher=fetcher(server))
    assert outcome.article is not None
    assert outcome.article.text.startswith("Deaths rise\n\nThe ministry said")
    assert outcome.article.url == f"http://news.example:{server.port}/a?b=c%20d"
    assert dict(outcome.origin)["url"] == "fetched from"
    assert server.asked == ["/robots.txt", "/a?b=c%20d"]
    assert f"Host: news.example:{server.port}\r\n" in server.requests[1]
    assert "Cookie" not in server.requests[1]


def test_nothing_is_fetched_unasked(server: Server) -> None:
    (outcome,) = articles([f"http://news.example:{server.port}/a"])
    assert "not fetched unless asked" in str(outcome.error)
    assert server.asked == []


def test_by_default_only_https_on_its_own_port() -> None:
    for url in ("http://example.org/", "https://example.org:8443/", "ftp://example.org/"):
        with pytest.raises(ReadError, match="fetched"):
            Fetcher().fetch(url)


def test_redirects_within_the_public_internet_are_followed(server: Server) -> None:
    server.answers |= {
        "/a": redirect("/b", "301 Moved"),
        "/b": redirect(f"http://other.example:{server.port}/c"),
        "/c": answer(),
    }
    response = fetcher(server).fetch(f"http://news.example:{server.port}/a")
    assert response.url == f"http://other.example:{server.port}/c"
    assert server.asked == ["/robots.txt", "/a", "/b", "/robots.txt", "/c"]


def test_robots_rules_are_kept(server: Server) -> None:
    server.answers |= {
        "/robots.txt": answer(
            "User-agent: reportedly\nDisallow: /private\n\nUser-agent: *\nDisallow:\n", Content_Type="text/plain"
        ),
        "/private/a": answer(),
        "/a": answer(),
        "/to": redirect("/private/a"),
    }
    client = fetcher(server)
    assert client.fetch(f"http://news.example:{server.port}/a").status == 200
    for path in ("/private/a", "/to"):
        with pytest.raises(ReadError, match="robots"):
            client.fetch(f"http://news.example:{server.port}{path}")
    assert "/private/a" not in server.asked
    assert server.asked.count("/robots.txt") == 1


def test_a_broken_robots_file_forbids_and_a_missing_one_allows(server: Server) -> None:
    server.answers |= {"/robots.txt": answer("", "503 Busy"), "/a": answer()}
    with pytest.raises(ReadError, match="robots"):
        fetcher(server).fetch(f"http://news.example:{server.port}/a")
    server.answers["/robots.txt"] = answer("", "403 Forbidden")
    assert fetcher(server).fetch(f"http://news.example:{server.port}/a").status == 200


def test_a_host_is_let_rest_between_requests(server: Server) -> None:
    server.answers["/a"] = answer()
    started = time.monotonic()
    fetcher(server, pause=0.3).fetch(f"http://news.example:{server.port}/a")
    assert time.monotonic() - started >= 0.3


def test_packed_and_chunked_answers_are_read(server: Server) -> None:
    packed = gzip.compress(PAGE.encode())
    server.answers["/gzip"] = answer(packed, Content_Encoding="gzip")
    chunks = b"".join(b"%x;x=y\r\n%s\r\n" % (len(p), p) for p in (packed[:20], packed[20:])) + b"0\r\n\r\n"
    server.answers["/both"] = answer(chunks, Content_Encoding="gzip", Transfer_Encoding="chunked", Content_Length="")
    server.answers["/plain"] = answer(PAGE, Content_Length="")
    for path in ("/gzip", "/both", "/plain"):
        assert fetcher(server).fetch(f"http://news.example:{server.port}{path}").body == PAGE.encode()


PRIVATE = [
    "127.0.0.1", "127.0.0.3", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "240.0.0.1",
    "255.255.255.255", "::1", "::", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "fe80::1", "fc00::1",
    "fd12:3456::1", "ff02::1", "2001:db8::1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:c0a8:101::1",
    "2001:0:4136:e378:8000:63bf:80ff:fffe", "fe80::1%eth0", "nonsense",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


# Request forgery: 44 ways to have us read what is not for the outside; none may reach the service inside.

DIRECT = [
    "http://127.0.0.1:{inside}/secret",
    "http://localhost:{inside}/secret",
    "http://LOCALHOST.:{inside}/secret",
    "http://[::1]:{inside}/secret",
    "http://[::ffff:127.0.0.1]:{inside}/secret",
    "http://[::ffff:7f00:1]:{inside}/secret",
    "http://0.0.0.0:{inside}/secret",
    "http://0:{inside}/secret",
    "http://127.1:{inside}/secret",
    "http://2130706433:{inside}/secret",
    "http://0x7f000001:{inside}/secret",
    "http://0177.0.0.1:{inside}/secret",
    "http://017700000001:{inside}/secret",
    "http://127.0.0.1.:{inside}/secret",
    "http://１２７.０.０.１:{inside}/secret",
    "http://127。0。0。1:{inside}/secret",
    "http://inside.example:{inside}/secret",
    "http://two-faced.example:{inside}/secret",
    "http://user:pass@127.0.0.1:{inside}/secret",
    "http://news.example@127.0.0.1:{inside}/secret",
    "http://127.0.0.1:{inside}\\@news.example/secret",
    "http://news.example:{server}\\@127.0.0.1:{inside}/",
    "http://[fe80::1%25lo]:{inside}/secret",
    "http://169.254.169.254/latest/meta-data/",
    "http://news.example:22/",
    "http:///secret",
    "http://:{inside}/secret",
    "file:///etc/passwd",
    "file://localhost/etc/passwd",
    "ftp://127.0.0.1/",
    "gopher://127.0.0.1:{inside}/_GET%20/secret",
    "dict://127.0.0.1:{inside}/",
    "data:text/html,secret",
    "jar:http://127.0.0.1!/",
    "http://news.example:{server}/a\r\nHost: 127.0.0.1",
    "http://news.example:{server}/a HTTP/1.1",
    "http://news.example:99999/",
    "http://[::1/",
]
REDIRECTS = [*DIRECT[:14], "//127.0.0.1:{inside}/secret", "//localhost:{inside}/secret", "file:///etc/passwd", "ftp://news.example/",
             "http://inside.example:{inside}/secret", "javascript:alert(1)", "gopher://127.0.0.1/", "", "http://[", "/loop"]  # fmt: skip


def test_there_are_enough_cases() -> None:
    assert len(DIRECT) + len(REDIRECTS) >= 40


NAMES = {"inside.example": ["127.0.0.1"], "two-faced.example": [HERE, "127.0.0.1"], "localhost": ["127.0.0.1"]}


@pytest.mark.parametrize("url", DIRECT)
def test_a_forged_address_is_refused(url: str, server: Server, inside: Server) -> None:
    client = fetcher(server, inside.port, names=NAMES)
    with pytest.raises(ReadError) as caught:
        client.fetch(url.format(server=server.port, inside=inside.port))
    assert "\n" not in str(caught.value) and "\r" not in str(caught.value)
    assert not any("\r" in request.partition("\r\n")[0] for request in server.requests)


@pytest.mark.parametrize("target", REDIRECTS)
@pytest.mark.parametrize("status", ["302 Found", "307 Temporary Redirect"])
def test_a_redirect_to_a_forged_address_is_refused(target: str, status: str, server: Server, inside: Server) -> None:
    server.answers["/a"] = redirect(target.format(server=server.port, inside=inside.port), status)
    server.answers["/loop"] = redirect("/loop")
    with pytest.raises(ReadError):
        fetcher(server, inside.port, names=NAMES).fetch(f"http://news.example:{server.port}/a")


def test_robots_cannot_be_used_to_reach_inside(server: Server, inside: Server) -> None:
    server.answers |= {"/robots.txt": redirect(f"http://127.0.0.1:{inside.port}/secret"), "/a": answer()}
    with pytest.raises(ReadError, match="not a public address"):
        fetcher(server, inside.port).fetch(f"http://news.example:{server.port}/a")


def test_a_name_that_changes_its_answer_gains_nothing(inside: Server) -> None:
    """Rebinding: public when checked, 127.0.0.1 when connected. The connection goes to the address that was checked."""
    outside = Server(HERE, {"/a": answer()}, port=inside.port)
    outside.start()
    asked: list[str] = []

    def resolver(host: str, port: int) -> list[str]:
        asked.append(host)
        return [HERE] if len(asked) % 2 else ["127.0.0.1"]

    client = fetcher(outside)
    client.resolver = resolver
    with pytest.raises(ReadError, match=r"127\.0\.0\.1, which is not a public"):
        client.fetch(f"http://turning.example:{outside.port}/a")
    assert (
        asked == ["turning.example"] * 2
    )  # once for robots.txt, once for the page, never between check and connection
    assert outside.asked == ["/robots.txt"]
    outside.listening.close()


def drip(client: socket.socket) -> None:
    client.sendall(b"HTTP/1.1 200 OK\r\n")
    for _ in range(200):
        client.sendall(b"X")
        time.sleep(0.05)


def drip_body(client: socket.socket) -> None:
    client.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    for _ in range(200):
        client.sendall(b"x")
        time.sleep(0.05)


def endless(client: socket.socket) -> None:
    client.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        client.sendall(b"x" * 65_536)


def endless_head(client: socket.socket) -> None:
    client.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        client.sendall(b"X: " + b"x" * 1000 + b"\r\n")


def silent(client: socket.socket) -> None:
    time.sleep(4)


BOMB = gzip.compress(b"x" * 30_000_000)


@pytest.mark.parametrize("path", ["/robots.txt", "/a"])
@pytest.mark.parametrize(
    ("hostile", "why"),
    [
        (drip, "too long"),
        (drip_body, "too long"),
        (silent, "too long"),
        (endless, "larger"),
        (endless_head, "not HTTP"),
        (answer(b"x", Content_Length="99999999999"), "larger"),
        (answer(b"x", Content_Length="-1"), "larger"),
        (answer(b"x", Content_Length="50"), "breaks off"),
        (answer(b"FFFFFFF\r\n", Transfer_Encoding="chunked"), "larger"),
        (answer(b"zz\r\n", Transfer_Encoding="chunked"), "not HTTP"),
        (answer(BOMB, Content_Encoding="gzip"), "larger"),
        (answer(b"x", Content_Encoding="gzip"), "unpacked"),
        (answer(b"x", Content_Encoding="br"), "not asked for"),
        (lambda client: client.sendall(b"SSH-2.0-OpenSSH\r\n\r\n"), "not HTTP"),
        (lambda client: client.close(), "not HTTP|cannot be read"),
    ],
)
def test_a_hostile_answer_ends_at_a_limit(hostile: Answer, why: str, path: str, server: Server) -> None:
    server.answers |= {"/a": answer(), path: hostile}
    started = time.monotonic()
    with pytest.raises(ReadError, match=why):
        fetcher(server, seconds=1.0, bytes=1_000_000).fetch(f"http://news.example:{server.port}/a")
    assert time.monotonic() - started < 2.5


def test_a_name_server_that_does_not_answer_ends_at_the_limit(server: Server) -> None:
    client = fetcher(server, seconds=0.5)
    client.resolver = lambda host, port: time.sleep(3) or []  # type: ignore[func-returns-value]
    with pytest.raises(ReadError, match="name server"):
        client.fetch(f"http://news.example:{server.port}/a")


def test_other_answers_than_200_are_errors(server: Server) -> None:
    (outcome,) = articles([f"http://news.example:{server.port}/gone"], fetcher=fetcher(server))
    assert "answers 404" in str(outcome.error)


@pytest.mark.parametrize(
    ("url", "host", "target"),
    [
        ("https://example.org", "example.org", "/"),
        ("HTTPS://Example.ORG./a/../b?x#y", "example.org", "/a/../b?x"),
        ("https://bücher.example/ü", "xn--bcher-kva.example", "/%C3%BC"),
        ("https://[2606:2800:21f::1]/", "2606:2800:21f::1", "/"),
    ],
)
def test_a_url_is_taken_apart(url: str, host: str, target: str) -> None:
    place = taken_apart(url, frozenset({"https"}), frozenset({443}))
    assert (place.host, place.target, place.port) == (host, target, 443)
