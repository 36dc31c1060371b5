"""Whether a URL may be fetched: scheme, host and port by rule, and every address that the host's name stands for."""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from ..errors import ReadError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolver = Callable[[str, int], Sequence[str]]
"""Host name and port -> the addresses it stands for, as text."""

_REFUSED = tuple(
    ipaddress.ip_network(n)
    for n in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/3", "::/96", "100::/64", "2001::/23", "2001:db8::/32", "fc00::/7", "fe80::/10", "fec0::/10",
        "ff00::/8",
    )
)  # fmt: skip
"""Private, local, shared, documentation and multicast networks (IANA special-purpose registries)."""

_NAT64 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))
_HOST = re.compile(
    r"(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*"
)


@dataclass(frozen=True, slots=True)
class HostAddress:
    """A URL taken apart and found to be allowed: what to ask for, of whom."""

    scheme: str
    host: str
    port: int
    target: str
    url: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, as robots rules and courtesy count them."""
        return f"{self.scheme}://{self.authority}"

    @property
    def authority(self) -> str:
        """The host as the Host header has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == {"https": 443, "http": 80}[self.scheme] else f"{host}:{self.port}"


def taken_apart(url: str, schemes: frozenset[str], ports: frozenset[int]) -> HostAddress:
    """The parts of a URL. Raises ReadError unless its scheme and port are allowed and it is written without tricks.

    >>> taken_apart("https://example.org/mill?page=2", frozenset({"https"}), frozenset({443})).target
    '/mill?page=2'
    >>> taken_apart("https://jo:pass@example.org/", frozenset({"https"}), frozenset({443}))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    kg.errors.ReadError: https://jo:pass@example.org/: the URL holds a user name or password; ...
    """

    def refuse(why: str) -> ReadError:
        return ReadError(shown(url), why, "give the https:// address of a public page")

    if len(url) > 4000 or any(ord(c) <= 32 or ord(c) == 127 for c in url) or "\\" in url:
        raise refuse("the URL has characters that no URL has, or too many")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise refuse(f"the URL cannot be read ({error})") from error
    scheme = parts.scheme.lower()
    if scheme not in schemes:
        what = f"{scheme}: is not fetched" if scheme else "it does not say how it is fetched"
        raise refuse(f"{what}, only {', '.join(f'{each}://' for each in sorted(schemes))}")
    if "@" in parts.netloc:
        raise refuse("the URL holds a user name or password")
    host = _host(parts.hostname)
    if host is None:
        raise refuse("the URL names no host that can be")
    port = port if port is not None else {"https": 443, "http": 80}[scheme]
    if port not in ports:
        raise refuse(f"port {port} is not fetched from")
    target = parts.path or "/"
    if parts.query:
        target += "?" + parts.query
    if not target.isascii():
        target = "".join(c if c.isascii() else "".join(f"%{b:02X}" for b in c.encode("utf-8")) for c in target)
    place = HostAddress(scheme, host, port, target, "")
    return HostAddress(scheme, host, port, target, f"{place.origin}{target}")


def shown(url: str) -> str:
    """A URL as messages print it: short, without what may break a line.

    >>> shown("https://example.org/the mill")
    'https://example.org/the%20mill'
    """
    return "".join(c if c.isprintable() and c != " " else "%20" for c in url[:200])


def _host(host: str | None) -> str | None:
    if not host or "%" in host:  # a zone such as %eth0 belongs to a local link
        return None
    if ":" in host:
        try:
            return str(ipaddress.IPv6Address(host))
        except ValueError:
            return None
    host = host.lower().removesuffix(".")
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    return host if _HOST.fullmatch(host) else None


def is_public(address: str, allowed: Sequence[Network] = ()) -> bool:
    """Whether an address is one of the public internet, seen through the ways IPv6 has of carrying IPv4.

    >>> is_public("93.184.216.34"), is_public("127.0.0.1")
    (True, False)
    """
    try:
        ip: Address = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if any(ip in network for network in allowed if network.version == ip.version):
        return True
    if any(ip in network for network in _REFUSED if network.version == ip.version) or _is_special(ip):
        return False
    return all(is_public(str(inner)) for inner in _carried(ip))


def _is_special(ip: Address) -> bool:
    here = (ip.is_loopback, ip.is_link_local, ip.is_private)
    return any((*here, ip.is_multicast, ip.is_unspecified, ip.is_reserved))


def _carried(ip: Address) -> list[ipaddress.IPv4Address]:
    if isinstance(ip, ipaddress.IPv4Address):
        return []
    found = [ip.ipv4_mapped, ip.sixtofour]
    if ip.teredo is not None:
        found += [*ip.teredo]
    if any(ip in network for network in _NAT64):
        found.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return [inner for inner in found if inner is not None]


def checked_address(place: HostAddress, resolver: Resolver, allowed: Sequence[Network], seconds: float) -> str:
    """One address of the host, after looking at all of them; the connection must then go to it and no other.

    A name that is looked up again may have another answer by then.

    Raises ReadError if the host has no address, one that is not public, or its name server does not answer in time.

    >>> place = taken_apart("https://example.org/", frozenset({"https"}), frozenset({443}))
    >>> checked_address(place, lambda host, port: ["93.184.216.34"], (), seconds=5)
    '93.184.216.34'
    >>> checked_address(place, lambda host, port: ["127.0.0.1"], (), seconds=5)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    kg.errors.ReadError: https://example.org/: example.org is 127.0.0.1, which is not a public address; ...
    """
    found: list[str] = []
    failed: list[Exception] = []

    def look_up() -> None:
        try:
            found.extend(resolver(place.host, place.port))
        except (OSError, UnicodeError) as error:
            failed.append(error)

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(max(0.0, seconds))
    if thread.is_alive():
        raise ReadError(place.url, "the name server does not answer", "try again later")
    if failed or not found:
        raise ReadError(place.url, f"there is no host {place.host}", "check the address")
    for address in found:
        if not is_public(address, allowed):
            raise ReadError(
                place.url,
                f"{place.host} is {address}, which is not a public address",
                "give the address of a public page",
            )
    return found[0]


def system_resolver(host: str, port: int) -> list[str]:
    """The addresses that this machine's resolver gives for a name, each once, in its order."""
    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in rows))
