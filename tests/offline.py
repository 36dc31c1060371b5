"""The suite without a network: while it runs, nothing but this machine can be reached.

On Linux, where the process may, it moves into a network of its own that has
only the loopback device (man 7 network_namespaces), and its children with it.
Elsewhere Python's own connections are refused, those of child processes not.
"""

from __future__ import annotations

import ctypes
import ipaddress
import os
import socket
import struct
import sys
from typing import Any

CLONE_NEWNET = 0x40000000
SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1


def cut_off() -> str:
    """Leave the network; how, in a few words."""
    sys.addaudithook(_refuse)
    if sys.platform == "linux" and os.geteuid() == 0 and ctypes.CDLL(None).unshare(CLONE_NEWNET) == 0:
        _loopback_up()
        return "none but the loopback device, for the tests and their child processes"
    return "connections of Python other than to this machine are refused"


def _loopback_up() -> None:
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        flags = struct.unpack("16sh", fcntl.ioctl(any_socket, SIOCGIFFLAGS, struct.pack("16sh", b"lo", 0)))[1]
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh", b"lo", flags | IFF_UP))


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event != "socket.connect" or arguments[0].family not in (socket.AF_INET, socket.AF_INET6):
        return
    host = str(arguments[1][0])
    if host != "localhost" and not ipaddress.ip_address(host.partition("%")[0]).is_loopback:
        raise PermissionError(f"a test wanted to reach {host}, outside this machine")
