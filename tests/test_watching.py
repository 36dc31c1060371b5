"""Watching: new items come in, a restart loses none, alerts tell what a question newly answers, and nothing twice."""

from __future__ import annotations

import ipaddress
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from test_fetching import HERE, Server, answer
from typer.testing import CliRunner

from kg import store as stores
from kg.build import Built, Plan
from kg.build.rounds import STATE, Alert, News, look
from kg.cli import app
from kg.errors import StoreError
from kg.query import run
from kg.reading.fetch import Fetcher, FetchLimits
from kg.records.attribution import Attribution, Form, Stance
from kg.records.entity import Entity
from kg.records.extraction import Extraction
from kg.records.mention import EntityType, Mention, MentionKind
from kg.text.article import Article, Span

SAYS = "{} said that the ferry to the outer islands would not sail again before the spring."


def said(article: Article, model: str) -> Extraction:
    """Who said something, by the first words: enough to ask for."""
    match = re.search(r"(\w+) (said) (that .*)", article.text)
    assert match is not None
    who, cue, what = (Span(*match.span(n)) for n in (1, 2, 3))
    stance = Stance.DENIES if "not" in match[3] else Stance.ASSERTS
    entity = Entity("e1", EntityType.PERSON, match[1], (Mention(who, MentionKind.NAME, EntityType.PERSON),))
    return Extraction(
        article, model, (entity,), (Attribution("a1", (who,), (cue,), (what,), Form.INDIRECT, stance, "e1"),)
    )


def feed(*names: str) -> str:
    items = "".join(
        f"<item><title>{n} on the ferry</title><guid>tag:{n}</guid><description>{SAYS.format(n)}</description></item>"
        for n in names
    )
    return f"<rss version='2.0'><channel><title>Shore Mail</title>{items}</channel></rss>"


def plan(*sources: str | Path, **options: object) -> Plan:
    return Plan([str(s) for s in sources], extract=said, variant="said", model="none", outputs=False, **options)  # type: ignore[arg-type]


def fetcher(server: Server) -> Fetcher:
    limits = FetchLimits(
        seconds=5,
        pause=0,
        schemes=frozenset({"http"}),
        ports=frozenset({server.port}),
        networks=(ipaddress.ip_network(f"{HERE}/32"),),
    )
    return Fetcher(limits, resolver=lambda host, port: [HERE])


def speakers(folder: Path) -> list[str | None]:
    with stores.open(folder) as store:
        return sorted(row[0] or "" for row in run(store, "who-said-what").rows)  # type: ignore[return-value]


def test_a_feed_that_moves_on_loses_nothing(tmp_path: Path) -> None:
    server = Server(HERE)
    server.start()
    address = f"http://ferry.example:{server.port}/feed"
    folder, told = tmp_path / "g", list[News]()
    alerts = (Alert("denials"),)
    for names in (("Ann", "Ben"), ("Cid", "Ann"), ("Dee", "Cid"), ("Dee", "Cid")):
        server.answers["/feed"] = answer(feed(*names), Content_Type="application/rss+xml")
        look(plan(address, fetcher=fetcher(server)), folder, alerts, tell=told.append)
    assert speakers(folder) == ["Ann", "Ben", "Cid", "Dee"]
    assert sorted(news.row["who"] or "" for news in told) == ["Ann", "Ben", "Cid", "Dee"]
    assert json.loads(told[0].to_json())["question"] == "denials"
    server.answers["/feed"] = answer("gone", "500 No")
    built = look(plan(address, fetcher=fetcher(server)), folder, alerts, tell=told.append)
    assert [r.fate for r in built.results] == ["failed"] and len(speakers(folder)) == 4 and len(told) == 4


def test_what_was_there_before_the_first_look_is_old(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(SAYS.format("Ann"))
    folder, told = tmp_path / "g", list[News]()
    look(plan(tmp_path / "in"), folder, tell=told.append)
    (tmp_path / "in" / "b.txt").write_text(SAYS.format("Ben"))
    alerts = (Alert("denials"), Alert("who-said-what", {"speaker": "an"}))
    look(plan(tmp_path / "in"), folder, alerts, tell=told.append)
    assert [(news.question, news.row["who"]) for news in told] == [("denials", "Ben")]


def test_a_watch_that_is_stopped_while_it_tells_tells_it_again_and_loses_none(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("Ann", "Ben"):
        (tmp_path / "in" / f"{name}.txt").write_text(SAYS.format(name))
    folder, told = tmp_path / "g", list[str | None]()

    def fails(news: News) -> None:
        told.append(news.row["who"])
        if len(told) == 2:
            raise KeyboardInterrupt

    alerts = (Alert("denials"),)
    with pytest.raises(KeyboardInterrupt):
        look(plan(tmp_path / "in"), folder, alerts, tell=fails)
    look(plan(tmp_path / "in"), folder, alerts, tell=lambda news: told.append(news.row["who"]))
    assert set(told) == {"Ann", "Ben"} and len(told) == 4
    look(plan(tmp_path / "in"), folder, alerts, tell=lambda news: told.append("again"))
    assert len(told) == 4


def test_a_state_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / STATE).write_text("{")
    with pytest.raises(StoreError, match=r"watch.json: cannot be read"):
        look(plan(tmp_path), tmp_path, (Alert("denials"),), tell=lambda news: None)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--every", "soon"], "'soon' is no stretch of time"),
        (["--every", "0m"], "is no stretch of time"),
        (["https://ferry.example/feed", "--every", "5s"], "too often to ask others"),
        (["--alert", "denails"], "did you mean denials"),
        (["--alert", "denials", "-p", "nix=3"], "no --alert has the parameter 'nix'; there are none"),
        (["--alert", "who-said-what", "-p", "speakr=Ann"], "no --alert has the parameter 'speakr'; there are speaker"),
        (["--alert", "denials", "--alert-file", "none/a.jsonl"], "none/a.jsonl: there is no folder none; name"),
    ],
)
def test_what_is_wrong_is_one_line(tmp_path: Path, options: list[str], says: str) -> None:
    result = CliRunner().invoke(app, ["watch", str(tmp_path), "-d", str(tmp_path / "g"), *options])
    assert result.exit_code == 2 and says in result.output and not (tmp_path / "g").exists()


@pytest.mark.model
def test_a_look_says_once_what_is_wrong_and_goes_on_with_what_a_build_has_read(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(SAYS.format("Ann"))
    folder, alerts = tmp_path / "g", tmp_path / "alerts"
    kg = CliRunner().invoke
    assert kg(app, ["build", str(tmp_path / "in"), "-d", str(folder), "--fast", "--no-outputs"]).exit_code == 0
    look = ["watch", str(tmp_path / "in"), "-d", str(folder), "--fast", "--once", "--alert", "denials"]
    same = kg(app, look)
    assert (same.exit_code, same.output) == (0, ""), "what a build has read is not read again"
    missing = kg(app, [*look, str(tmp_path / "gone.rss")])
    assert missing.exit_code == 1
    assert (
        missing.output == f"kg: {tmp_path / 'gone.rss'}: there is no such file; name a file or a folder of articles\n"
    )
    (tmp_path / "in" / "b.txt").write_text("Bo Ek denied that the ferry had been sold.")
    alerts.mkdir()
    failed = kg(app, [*look, "--alert-file", str(alerts)])
    assert failed.exit_code == 2 and failed.output == f"kg: {alerts}: cannot be written: Is a directory\n"
    assert "Bo Ek" in kg(app, look).output, "what could not be told is told when it can be"


@pytest.mark.parametrize(("options", "code"), [([], 0), (["--once"], 130)])
def test_ctrl_c_in_a_look_is_said(
    options: list[str], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.build.rounds.look", lambda *_, **__: Built((), (), complete=False))
    (tmp_path / "a.txt").write_text(SAYS.format("Ann"))
    result = CliRunner().invoke(app, ["watch", str(tmp_path / "a.txt"), "-d", str(tmp_path / "g"), "--fast", *options])
    assert result.exit_code == code
    assert result.output == "kg: stopped; what is done is kept, and the same command goes on\n"


@pytest.mark.model
@pytest.mark.slow
def test_the_command_watches_a_folder_until_it_is_stopped(tmp_path: Path) -> None:
    folder, alerts = tmp_path / "g", tmp_path / "alerts.jsonl"
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(
        "The mayor, Rosa Lindqvist, denied on Monday that the ferry had been sold.\n"
    )
    command = [sys.executable, "-m", "kg", "watch", str(tmp_path / "in"), "-d", str(folder), "--every", "1s"]
    command += ["--alert", "denials", "--alert-file", str(alerts)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=dict(os.environ)
    )

    def lines(n: int) -> list[str]:
        for _ in range(3000):
            found = alerts.read_text().splitlines() if alerts.exists() else []
            if len(found) >= n:
                return found
            time.sleep(0.1)
        raise AssertionError(f"no {n} alerts in five minutes")

    try:
        lines(1)
        (tmp_path / "in" / "b.txt").write_text("Bo Ek, the captain, denied on Tuesday that the boat was late.\n")
        assert {json.loads(line)["who"] for line in lines(2)} == {"Rosa Lindqvist", "Bo Ek"}
    finally:
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=300)
    assert "1 added" in output and "stopped; what is done is kept" in output
    assert (folder / "view.html").is_file()
