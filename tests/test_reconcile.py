"""A reconciliation service: asked once, answers kept, nothing believed that it says."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from kg.errors import ReadError, StoreError
from kg.identity.reconcile import ANSWER, CACHE, LIMIT, Answers, ask
from kg.identity.reference_tables import WIKIDATA
from kg.records.mention import EntityType

httpx = pytest.importorskip("httpx")
PERSON, ORGANIZATION = EntityType.PERSON, EntityType.ORGANIZATION
URL = "https://wikidata.example/en/api"


class Fake:
    """A service in memory that counts what it is asked."""

    def __init__(self, body: bytes | None = None, status: int = 200) -> None:
        self.asked: list[dict] = []
        self.body, self.status = body, status
        self.client = httpx.Client(transport=httpx.MockTransport(self.answer))

    def answer(self, request: httpx.Request) -> httpx.Response:
        query = json.loads(parse_qs(request.content.decode())["queries"][0])["q0"]
        self.asked.append(query)
        rows = [{"id": f"Q{n}", "name": f"{query['query']} {n}", "score": 100, "match": True} for n in range(1, 9)]
        body = self.body if self.body is not None else json.dumps({"q0": {"result": rows}}).encode()
        return httpx.Response(self.status, content=body)


def asked(tmp_path: Path, fake: Fake, *names: tuple[str, EntityType], url: str = URL) -> list[tuple[str, int]]:
    return list(ask(url, tmp_path, names, client=fake.client))


def test_a_name_is_asked_once_with_its_type(tmp_path: Path) -> None:
    fake = Fake()
    assert asked(tmp_path, fake, ("Ana Rojas", PERSON), ("ANA  Rojas", PERSON)) == [("Ana Rojas", LIMIT)]
    assert asked(tmp_path, fake, ("Ana Rojas", PERSON)) == []
    assert fake.asked == [{"query": "Ana Rojas", "limit": LIMIT, "type": "Q5"}]
    found = Answers(tmp_path).find("Ana Rojas", PERSON)
    assert [thing.ids[0] for thing in found] == [f"{WIKIDATA}Q{n}" for n in range(1, LIMIT + 1)]
    assert list(Answers(tmp_path).find("Ana Rojas", ORGANIZATION)) == []


def test_another_service_is_asked_without_a_type_and_names_its_own_ids(tmp_path: Path) -> None:
    fake = Fake()
    asked(tmp_path, fake, ("River Aid", ORGANIZATION), url="https://db.example/api")
    assert "type" not in fake.asked[0]
    (first, *_) = Answers(tmp_path).find("River Aid", ORGANIZATION)
    assert (first.ids, first.type) == (("https://db.example/api/Q1",), None)


def test_equal_answers_are_kept_as_equal_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    names = [("Ana Rojas", PERSON), ("River Aid", ORGANIZATION)]
    asked(tmp_path / "a", Fake(), *names)
    asked(tmp_path / "b", Fake(), *names[::-1])
    assert (tmp_path / "a" / CACHE).read_bytes() == (tmp_path / "b" / CACHE).read_bytes()


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"[]", b'{"q0": []}', b'{"q0": {"result": [{"id": 1}]}}', b"[" * 90_000, b"x" * (ANSWER + 1)],
    ids=["empty", "html", "list", "shape", "no name", "deep", "long"],
)
def test_what_is_no_answer_is_refused_by_name(tmp_path: Path, body: bytes) -> None:
    with pytest.raises(StoreError, match=r"wikidata\.example"):
        asked(tmp_path, Fake(body), ("Ana Rojas", PERSON))
    assert list(Answers(tmp_path).find("Ana Rojas", PERSON)) == []


def test_what_was_answered_before_a_failure_is_kept(tmp_path: Path) -> None:
    fake = Fake()
    asked(tmp_path, fake, ("Ana Rojas", PERSON))
    with pytest.raises(StoreError, match="does not answer"):
        asked(tmp_path, Fake(status=503), ("River Aid", ORGANIZATION))
    assert len(Answers(tmp_path).find("Ana Rojas", PERSON)) == LIMIT


def test_an_id_that_is_no_iri_is_left_out(tmp_path: Path) -> None:
    rows = [{"id": "x> <urn:y", "name": "A"}, {"id": "http://ok.example/1", "name": "B"}]
    asked(tmp_path, Fake(json.dumps({"q0": {"result": rows}}).encode()), ("River Aid", ORGANIZATION))
    assert [t.ids for t in Answers(tmp_path).find("River Aid", ORGANIZATION)] == [("http://ok.example/1",)]


@pytest.mark.parametrize("url", ["file:///etc/passwd", "wikidata.example", "http://a b"])
def test_only_web_addresses_are_asked(tmp_path: Path, url: str) -> None:
    with pytest.raises(ReadError, match="no address"):
        asked(tmp_path, Fake(), ("Ana Rojas", PERSON), url=url)


def test_a_broken_cache_is_named(tmp_path: Path) -> None:
    (tmp_path / CACHE).write_text("{")
    with pytest.raises(StoreError, match="remove it"):
        Answers(tmp_path)
