"""kg serve as users start it: a process of its own on a free port of this machine, over a store made by hand."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from samples import rich, rival

from kg import store as stores
from kg.rdf.write import entity_iris, identity_iri
from kg.records.mention import EntityType

ROOT = Path(__file__).resolve().parents[1]
CODE = """
import json, sys
import kg.serve
folder, limits, options = sys.argv[1], *map(json.loads, sys.argv[2:])
kg.serve.run(folder, port=0, limits=kg.serve.RequestLimits(**limits), ready=lambda address: print(address, flush=True), **options)
"""
BERG = identity_iri("Ida Berg")


def make_store(folder: Path) -> Path:
    """Two articles that hold every kind of record, and one person in both."""
    with stores.open(folder, create=True) as made:
        made.put(rich())
        made.put(rival())
        made.set_links(
            {entity_iris(rich())["e5"]: BERG, entity_iris(rival())["e3"]: BERG},
            {BERG: (EntityType.PERSON, "Mayor Ida Berg")},
        )
    return folder


@contextmanager
def serving(folder: Path, **limits: Any) -> Iterator[str]:
    """The address of a server over the store in a folder. `options` among the limits go to `kg.serve.run`."""
    import json

    options = limits.pop("options", {})
    command = [sys.executable, "-c", CODE, str(folder), json.dumps(limits), json.dumps(options)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        assert address.startswith("http://"), "the server did not start; its own words are above"
        yield address.rstrip("/")
    finally:
        process.terminate()
        process.wait(20)
