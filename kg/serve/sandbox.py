"""What a worker process gives up before it sees a query: sockets, programs, files to write, memory past a limit.

The guard refuses what would leave the graph; this makes sure of it where the
system can, so that a query that gets past the guard still reaches nothing.
"""

from __future__ import annotations

import ctypes
import errno
import mmap
import platform
import struct
import sys
from pathlib import Path

# Linux's numbers: machine -> (audit architecture, (socket, connect, execve, execveat, ptrace))
_CALLS = {
    "x86_64": (0xC000003E, (41, 42, 59, 322, 101)),
    "aarch64": (0xC00000B7, (198, 203, 221, 281, 117)),
}
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06  # BPF: load a word, jump if equal, return
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2


def give_up() -> None:
    """Have this process write no file, open no socket and start no program, each as far as the system knows it.

    Threads started later are bound as well.
    """
    _limit("RLIMIT_CORE", 0)
    _limit("RLIMIT_FSIZE", 0)
    if sys.platform == "linux" and platform.machine() in _CALLS:
        _forbid(*_CALLS[platform.machine()])


def bound(memory: int) -> None:
    """Let this process's address space grow by so many bytes and no more."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:  # no Linux: what is taken already is not known, so it counts as well
        pages = 0
    _limit("RLIMIT_AS", pages * mmap.PAGESIZE + memory)


def _limit(name: str, value: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: the caller's time limit holds alone
        return
    what = getattr(resource, name)
    hard = resource.getrlimit(what)[1]
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)  # a limit that stands already is kept
    resource.setrlimit(what, (value, value))


def _forbid(architecture: int, calls: tuple[int, ...]) -> None:
    """A seccomp filter under which the given system calls fail with EPERM (seccomp(2), filter mode)."""
    steps = [
        (_LOAD, 0, 0, 4),  # the architecture; another than ours numbers its calls otherwise, so it gets none
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _ERRNO | errno.EPERM),
        (_LOAD, 0, 0, 0),  # the call
        *((_EQUAL, len(calls) - n, 0, call) for n, call in enumerate(calls)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _ERRNO | errno.EPERM),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("@HP", len(steps), ctypes.addressof(code)))
    libc = ctypes.CDLL(None, use_errno=True)
    zero = ctypes.c_ulong(0)
    libc.prctl(_NO_NEW_PRIVILEGES, ctypes.c_ulong(1), zero, zero, zero)
    # where the system refuses (an old kernel, a container's own filter), the guard stands alone
    libc.prctl(_SECCOMP, ctypes.c_ulong(_FILTER), ctypes.byref(program), zero, zero)


def more_time(seconds: float) -> None:
    """Let this process use so much more CPU time before the system ends it: it ends even if nobody watches."""
    try:
        import resource
    except ImportError:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(usage.ru_utime + usage.ru_stime + seconds) + 2
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    if hard == resource.RLIM_INFINITY or soft < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
