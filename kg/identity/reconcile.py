"""Candidates from a W3C Reconciliation service: only where a user names one, and only once for each name.

Nothing here runs unasked: what a service is asked leaves the machine, and it
is the names that articles hold. Answers are kept beside the graph and read
from there, so that a build asks nobody and gives the same bytes.
https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ReadError, StoreError
from ..rdf.iris import is_iri
from ..records.mention import EntityType
from ..store.files import write_whole
from .reference_tables import WIKIDATA, Method, Thing, fold

if TYPE_CHECKING:
    import httpx

CACHE = "reconciled.json"
"""What services answered, beside the graph."""

LIMIT = 5
"""Candidates that are asked for."""

NAME = 300
"""Characters of an id or name at most."""

ANSWER = 1_000_000
"""Bytes of an answer at most; a longer one is refused."""

TYPES: Mapping[str, Mapping[EntityType, str]] = {
    "wikidata": {EntityType.PERSON: "Q5", EntityType.ORGANIZATION: "Q43229", EntityType.PLACE: "Q2221906"},
    "opensanctions": {EntityType.PERSON: "Person", EntityType.ORGANIZATION: "Organization"},
}
"""What services call our types, by a word in their address; another is asked without a type."""


class Answers:
    """What services answered before: a source of `kg.identity.external` that asks nobody."""

    method = Method.SERVICE

    def __init__(self, folder: Path) -> None:
        self._services = _cached(folder / CACHE)

    def find(self, name: str, type: EntityType) -> Sequence[Thing]:
        """The things that services found for the name, each service's in its order."""
        key = _key(name, type)
        rows = [row for url in sorted(self._services) for row in self._services[url].get(key, [])]
        kinds = {row["iri"]: EntityType(row["type"]) if row.get("type") else None for row in rows}
        return [Thing((row["iri"],), row["name"], kinds[row["iri"]], None, 0.8) for row in rows]


def ask(
    url: str,
    folder: Path,
    names: Iterable[tuple[str, EntityType]],
    *,
    prefix: str | None = None,
    client: httpx.Client | None = None,
) -> Iterator[tuple[str, int]]:
    """Ask a service for names that it was not asked before: each name with how many candidates it gave.

    What was answered is kept in the folder, also when the rest is not asked
    any more. `prefix` goes before ids that are no IRIs; without it those of a
    service whose address holds "wikidata" are Wikidata's, others the service's.

    Raises ReadError if `url` is no address, StoreError if the service does not
    answer as a reconciliation service does, or the answers cannot be kept.
    """
    import httpx

    if not url.startswith(("http://", "https://")) or not is_iri(url):
        raise ReadError(url, "is no address of a reconciliation service", "write https://host/path")
    before = prefix or (WIKIDATA if "wikidata" in url else f"{url.rstrip('/')}/")
    types = next((types for word, types in TYPES.items() if word in url), {})
    everywhere = _cached(folder / CACHE)
    known = everywhere.setdefault(url, {})
    # Neither the proxies of the environment nor a redirect: the user named one address.
    asked = client or httpx.Client(timeout=30, follow_redirects=False, trust_env=False)
    try:
        for name, type in names:
            key = _key(name, type)
            if key not in known:
                kind = type if type in types else None
                known[key] = [
                    {"iri": iri, "name": row["name"], **({"type": str(kind)} if kind else {})}
                    for row in _ask(asked, url, name, types.get(type))
                    if is_iri(iri := row["id"] if row["id"].startswith(("http://", "https://")) else before + row["id"])
                ]
                yield name, len(known[key])
    finally:
        if client is None:
            asked.close()
        write_whole(folder / CACHE, json.dumps(everywhere, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def _key(name: str, type: EntityType) -> str:
    return f"{type} {fold(name)}"


def _ask(client: httpx.Client, url: str, name: str, type: str | None) -> list[dict[str, str]]:
    import httpx

    query: dict[str, Any] = {"query": name, "limit": LIMIT} | ({"type": type} if type else {})
    try:
        with client.stream("POST", url, data={"queries": json.dumps({"q0": query})}) as answer:
            answer.raise_for_status()
            body = b""
            for part in answer.iter_bytes():
                body += part
                if len(body) > ANSWER:
                    raise StoreError(f"{url}: answered more than {ANSWER} bytes to one name; use another service")
        found = json.loads(body)["q0"]["result"]
        return [{"id": str(row["id"])[:NAME], "name": str(row["name"])[:NAME]} for row in found[:LIMIT]]
    except httpx.HTTPError as error:
        raise StoreError(f"{url}: does not answer ({error}); try again later, what it answered is kept") from None
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise StoreError(f"{url}: does not answer as a reconciliation service does ({error!r})") from None


def _cached(path: Path) -> dict[str, dict[str, list[dict[str, str]]]]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError:
        raise StoreError(f"{path}: is not JSON; remove it, and the services are asked again") from None
    if not isinstance(found, dict):
        raise StoreError(f"{path}: is no JSON object; remove it, and the services are asked again")
    return found
