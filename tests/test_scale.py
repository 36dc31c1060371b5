"""Several workers build the same bytes as one process; those that die, and those that kill, cost nothing else."""

from __future__ import annotations

import json
import os
import random
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_build import STORY, stub

from kg import build as building
from kg import store as stores
from kg.build import cluster as scale
from kg.build.cluster import merge, pool, shard
from kg.build.results import REPORT, Fate
from kg.errors import KGError
from kg.identity.linking import link
from kg.records.extraction import Extraction
from kg.text.article import Article

pytest.importorskip("distributed", reason="needs reportedly[scale]")


def deadly(article: Article, model: str) -> Extraction:
    """The stub, but an article about Sorrow ends the process that reads it."""
    if "Sorrow" in article.text:
        os.kill(os.getpid(), signal.SIGKILL)
    return stub(article, model)


def fleeting(article: Article, model: str) -> Extraction:
    """The stub, but the first to read an article about Luck dies; the word after it names the file that tells."""
    if "Luck" in article.text:
        told = Path(article.text.split("Luck:")[1].split(":")[0])
        if not told.exists():
            told.write_text("read")
            os.kill(os.getpid(), signal.SIGKILL)
    return stub(article, model)


def run(folder: Path, *sources: Path, **more: object) -> building.Built:
    how = {"pool": more.pop("pool")} if "pool" in more else {}
    plan = building.Plan(sources, model="en_core_web_sm", outputs=False, **({"extract": stub} | more))  # type: ignore[arg-type]
    return building.run(plan, folder, **how)  # type: ignore[arg-type]


def lines(folder: Path) -> list[str]:
    with stores.open(folder) as store:
        return store.lines()


@pytest.fixture
def towns(tmp_path: Path) -> Iterator[Path]:
    source = tmp_path / "in"
    source.mkdir()
    for n in range(30):
        (source / f"{n:02}.txt").write_text(STORY.format(f"Town {n}"))
    yield source


def test_workers_give_the_bytes_of_a_serial_build_in_any_order(towns: Path, tmp_path: Path) -> None:
    run(tmp_path / "serial", towns)
    files = sorted(towns.iterdir())
    for seed in range(5):
        random.Random(seed).shuffle(files)
        run(tmp_path / f"shuffled{seed}", *files)
        assert lines(tmp_path / f"shuffled{seed}") == lines(tmp_path / "serial")
    for workers in (1, 2, 4):
        run(tmp_path / f"graph{workers}", *files, pool=pool(workers=workers))
        assert lines(tmp_path / f"graph{workers}") == lines(tmp_path / "serial")
        assert (tmp_path / f"graph{workers}" / REPORT).read_bytes() == (tmp_path / "serial" / REPORT).read_bytes()
    again = run(tmp_path / "graph2", towns, pool=pool(workers=2))
    assert {r.fate for r in again.results} == {Fate.UNCHANGED}


def test_a_killed_worker_costs_nothing_and_one_that_kills_is_quarantined(towns: Path, tmp_path: Path) -> None:
    told = tmp_path / "told"
    (towns / "99.txt").write_text(STORY.format(f"Luck:{told}:"))
    run(tmp_path / "serial", towns)
    (towns / "05.txt").write_text(STORY.format("Sorrow"))
    built = run(tmp_path / "graph", towns, pool=pool(workers=2), extract=_both)
    bad = [r for r in built.results if r.why]
    assert [(Path(r.source).name, r.fate) for r in bad] == [("05.txt", Fate.QUARANTINED)]
    assert "died" in (bad[0].why or "") and told.exists() and len(built.results) == 31
    (towns / "05.txt").unlink()
    run(tmp_path / "serial", towns)
    assert lines(tmp_path / "graph") == lines(tmp_path / "serial")


def _both(article: Article, model: str) -> Extraction:
    deadly(article, model)
    return fleeting(article, model)


def test_an_article_over_its_limit_is_quarantined_in_a_worker_too(towns: Path, tmp_path: Path) -> None:
    from kg.build.limits import ArticleLimits

    (towns / "05.txt").write_text(STORY.format("Endless"))
    built = run(tmp_path / "graph", towns, pool=pool(workers=1), extract=_endless, limits=ArticleLimits(seconds=0.5))
    assert [Path(r.source).name for r in built.results if "processor time" in (r.why or "")] == ["05.txt"]
    assert sum(r.fate is Fate.ADDED for r in built.results) == 29


def _endless(article: Article, model: str) -> Extraction:
    while "Endless" in article.text:
        pass
    return stub(article, model)


def test_shards_merged_are_the_bytes_of_one_build_whatever_the_order(towns: Path, tmp_path: Path) -> None:
    run(tmp_path / "serial", towns)
    parts = []
    for i in (1, 2, 3):
        run(tmp_path / f"part{i}", towns, shard=(i, 3))
        parts.append(tmp_path / f"part{i}")
    for seed in range(3):
        random.Random(seed).shuffle(parts)
        with stores.open(tmp_path / f"whole{seed}", create=True) as store:
            assert merge(parts, store) == 30
            link(store)
        assert lines(tmp_path / f"whole{seed}") == lines(tmp_path / "serial")


@pytest.mark.parametrize("text", ["", "0/3", "4/3", "1", "a/b", "1/0", "-1/3"])
def test_what_names_no_shard(text: str) -> None:
    with pytest.raises(KGError, match="write 1/8"):
        shard(text)


def test_a_scheduler_that_is_not_there(towns: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scale, "PATIENCE", "1s")
    with pytest.raises(KGError, match="no Dask scheduler answers"):
        run(tmp_path / "graph", towns, pool=pool(scheduler="tcp://127.0.0.1:9"))
    assert json.loads((tmp_path / "graph" / "store.json").read_text())
