"""Who is let in: by which name the server is called, from which page, with which token; the headers of all answers."""

from __future__ import annotations

import hmac
import socket
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "kg_token"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
    "content-security-policy": POLICY,
}

_PREFLIGHT = {
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": "accept, authorization, content-type",
    "access-control-max-age": "600",
}
"""What a browser is told that asks whether a page may ask. Cookies are never taken from elsewhere."""


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a server that listens there.

    >>> is_loopback("localhost"), is_loopback("127.0.0.1"), is_loopback("192.0.2.7")
    (True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def names(host: str, more: Iterable[str] = ()) -> frozenset[str]:
    """The names by which a server that listens at `host` may be called.

    >>> "localhost" in names("127.0.0.1"), "notes.example" in names("127.0.0.1", ["Notes.example"])
    (True, True)
    """
    found = {_bracketed(name.lower()) for name in more} | LOOPBACK
    if not is_loopback(host):
        found |= {socket.gethostname().lower(), socket.getfqdn().lower()}
    return frozenset(found | {_bracketed(host.lower())})


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


@dataclass(frozen=True, slots=True)
class Gate:
    """Starlette middleware. `token` is None where only this machine can ask; pages of `origins` may ask from elsewhere.

    A page from elsewhere that makes a browser call this server (DNS rebinding,
    a form, fetch) calls it by another name or says where it comes from.
    """

    app: ASGIApp
    names: frozenset[str]
    any_address: bool = False
    token: str | None = field(default=None, repr=False)
    origins: frozenset[str] = frozenset()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # a websocket: nobody is there
            await send({"type": "websocket.close", "code": 1008})
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if self._welcome(scope):
                    headers["access-control-allow-origin"] = Headers(scope=scope)["origin"]
                    headers["cross-origin-resource-policy"] = "cross-origin"
                if self.origins:
                    headers.add_vary_header("origin")
            await send(message)

        refused = self._refusal(scope)
        await (refused or self.app)(scope, receive, with_headers)

    def _welcome(self, scope: Scope) -> bool:
        """Whether the request is by a page of an origin that may ask."""
        return Headers(scope=scope).get("origin", "").lower() in self.origins

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._known(hosts[0]):
            return _no(
                HTTPStatus.MISDIRECTED_REQUEST,
                f"this server is not called {', '.join(hosts)[:100] or '(nothing)'}; "
                "call it by the address it was started with, or start it with that name allowed",
            )
        welcome = self._welcome(scope)
        if welcome and scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            return Response(status_code=HTTPStatus.NO_CONTENT, headers=_PREFLIGHT)
        origin = headers.get("origin")
        if origin is not None and not welcome and urlsplit(origin).netloc.lower() != hosts[0].lower():
            return _no(HTTPStatus.FORBIDDEN, "requests by pages of other sites are not answered")
        other = headers.get("sec-fetch-site") in {"cross-site", "same-site"}
        if other and not welcome and headers.get("sec-fetch-mode") != "navigate":
            return _no(HTTPStatus.FORBIDDEN, "requests by pages of other sites are not answered")
        return self._stranger(scope, headers) if self.token is not None else None

    def _known(self, host: str) -> bool:
        name = host.lower()
        if not name.endswith("]"):
            name, colon, port = name.rpartition(":") if ":" in name else (name, "", "")
            if colon and not port.isdecimal():
                return False
        if name in self.names:
            return True
        if not self.any_address:
            return False
        try:
            return bool(ip_address(name.strip("[]")))
        except ValueError:
            return False

    def _stranger(self, scope: Scope, headers: Headers) -> Response | None:
        """What a client without the token gets; who brings it in the address gets a cookie in its place."""
        assert self.token is not None
        kind, _, value = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and _same(value.strip(), self.token):
            return None
        if _same(_cookie(headers), self._ticket()):
            return None
        pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True, errors="replace")
        given = [value for name, value in pairs if name == "token"]
        if given and scope["method"] == "GET" and _same(given[0], self.token):
            rest = urlencode([pair for pair in pairs if pair[0] != "token"])
            path = "/" + scope["path"].lstrip("/\\")  # never another host
            answer = RedirectResponse(path + (f"?{rest}" if rest else ""), HTTPStatus.SEE_OTHER)
            answer.set_cookie(COOKIE, self._ticket(), httponly=True, samesite="lax", path="/")
            return answer
        return _no(
            HTTPStatus.UNAUTHORIZED,
            "a token is needed: open the address that kg serve printed, or send Authorization: Bearer TOKEN",
            {"www-authenticate": 'Bearer realm="kg"'},
        )

    def _ticket(self) -> str:
        """What the cookie holds: proof of the token, not the token."""
        return hmac.new((self.token or "").encode(), b"cookie of kg serve", sha256).hexdigest()


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode("utf-8", "replace"))


def _cookie(headers: Headers) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _no(status: int, message: str, headers: dict[str, str] | None = None) -> Response:
    return PlainTextResponse(message + "\n", int(status), headers)
