"""`summarizer serve` as a process, and limits over real connections."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from web_tools import ARTICLE, HELD, FakeSummarizer, serving

from summarizer.cli import main


@pytest.fixture
def process(default_checkpoint: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "summarizer", "serve", "--port", "0", "--threads", "1"]
    served = subprocess.Popen(
        [*command, "--model", str(default_checkpoint)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert served.stderr is not None
    found = re.search(r"http://127\.0\.0\.1:\d+", served.stderr.readline())
    assert found, "the first line names the address"
    yield served, found.group()
    served.kill()
    served.communicate()


def test_a_running_request_is_finished_when_the_server_is_asked_to_stop(
    process: tuple[subprocess.Popen[str], str],
) -> None:
    served, address = process
    answers = []

    def ask() -> None:
        body = {"articles": [{"text": ARTICLE}] * 8}
        answers.append(httpx.post(f"{address}/v1/summaries/batch", json=body, timeout=60))

    asking = threading.Thread(target=ask)
    asking.start()
    while httpx.get(f"{address}/healthz", timeout=60).json()["pending"] == 0 and not answers:
        time.sleep(0.01)
    served.send_signal(signal.SIGTERM)
    asking.join(60)
    out, log = served.communicate(timeout=60)
    assert answers[0].status_code == 200 and len(answers[0].json()["results"]) == 8
    assert "/" not in answers[0].json()["results"][0]["summary"]["model"]
    assert served.returncode == 0 and out == "" and "Traceback" not in log
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{address}/healthz")


def test_health_answers_while_all_places_are_taken_and_the_rest_is_sent_away(fake: FakeSummarizer) -> None:
    with serving(fake, concurrency=1, queue=1) as address:
        statuses: list[int] = []

        def ask() -> None:
            body = {"text": f"{HELD} {ARTICLE}"}
            statuses.append(httpx.post(f"{address}/v1/summaries", json=body, timeout=30).status_code)

        asking = [threading.Thread(target=ask) for _ in range(2)]
        for thread in asking:
            thread.start()
        while (health := httpx.get(f"{address}/healthz").json())["pending"] < 2:
            time.sleep(0.01)
        assert health["places"] == 2
        assert httpx.post(f"{address}/v1/articles", json={"text": ARTICLE}).status_code == 200, "needs no model"
        refused = httpx.post(f"{address}/v1/summaries", json={"text": ARTICLE})
        assert refused.status_code == 429 and int(refused.headers["retry-after"]) >= 1
        fake.let_go.set()
        for thread in asking:
            thread.join(30)
        assert statuses == [200, 200]


def test_a_request_that_takes_too_long_is_given_up(fake: FakeSummarizer) -> None:
    with serving(fake, concurrency=1, queue=1, timeout=0.3) as address:
        answer = httpx.post(f"{address}/v1/summaries", json={"text": f"{HELD} {ARTICLE}"}, timeout=30)
        assert answer.status_code == 504 and "0.3 seconds" in answer.json()["error"]
        waiting = httpx.post(f"{address}/v1/summaries", json={"text": ARTICLE}, timeout=30)
        assert waiting.status_code == 503 and waiting.headers["retry-after"]
        fake.let_go.set()


def test_a_caller_that_hangs_up_while_waiting_is_not_worked_for(fake: FakeSummarizer) -> None:
    with serving(fake, concurrency=1, queue=5) as address:
        body = {"text": f"{HELD} {ARTICLE}"}
        first = threading.Thread(target=lambda: httpx.post(f"{address}/v1/summaries", json=body, timeout=30))
        first.start()
        assert fake.begun.acquire(timeout=10)
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(f"{address}/v1/summaries", json=body, timeout=0.3)
        deadline = time.monotonic() + 10
        while httpx.get(f"{address}/healthz").json()["pending"] > 1:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        fake.let_go.set()
        first.join(30)
        assert not fake.begun.acquire(timeout=0.3)


def test_a_request_that_never_ends_is_answered(fake: FakeSummarizer) -> None:
    with serving(fake, timeout=0.3) as address, socket.create_connection(("127.0.0.1", int(address[-5:]))) as line:
        line.sendall(b"POST /v1/summaries HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{")
        line.settimeout(10)
        assert line.recv(1000).startswith(b"HTTP/1.1 408")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--timeout", "0"], "timeout"),
        (["--max-bytes", "0"], "max-bytes"),
        (["--concurrency", "0"], "concurrency"),
        (["--queue", "-1"], "queue"),
        (["--port", "70000"], "port"),
        (["--token", " "], "token"),
    ],
)
def test_a_setting_that_makes_no_sense_is_wrong_usage(
    options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", *options]) == 2
    assert said in capsys.readouterr().err


def test_a_taken_port_is_said_before_the_model_is_loaded(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main(["serve", "--port", port, "--model", os.devnull]) == 1
    assert f"127.0.0.1:{port}: cannot listen there" in capsys.readouterr().err
