"""Root may read and write everything; what a user may not do is tested without that right."""

from __future__ import annotations

import os
import shutil

import pytest


def unprivileged() -> list[str]:
    """What goes before a command so that file permissions hold for it, whoever runs the tests; skips where nothing does."""
    if os.name != "posix":
        pytest.skip("no permission bits on this system")
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("the tests run as root, and there is no setpriv to give its rights up")
    return [setpriv, "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"]
