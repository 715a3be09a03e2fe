"""Load on `summarizer serve`: mixed good and bad requests, twice as many at once as the server has places, for a while.

    python benchmarks/load.py --minutes 15 [--model DIR] [--threads N]

Starts a server of its own on loopback, prints answers by kind and status, latency and the server's memory, and ends
with 1 if an answer was lost or was not one that its request may get. Needs Linux, for /proc. Judges no summary.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from summarizer.web.assets import asset
from summarizer.web.settings import Settings

EXAMPLE = json.loads(asset("example.json"))
MAX_BYTES = 200_000
REFUSALS = {429, 503, 504}  # what a good request may get from a full server
SECONDS_TO_WAIT = 120


@dataclass(frozen=True)
class Kind:
    """A kind of request. right: the statuses that answer it on an idle server; share: of all requests, in parts."""

    share: int
    right: frozenset[int]
    send: Callable[[httpx.Client], httpx.Response]


def _post(path: str, content: bytes) -> Callable[[httpx.Client], httpx.Response]:
    return lambda client: client.post(path, content=content, headers={"content-type": "application/json"})


def _json(path: str, body: object) -> Callable[[httpx.Client], httpx.Response]:
    return _post(path, json.dumps(body).encode())


def _hang_up(client: httpx.Client) -> httpx.Response:
    return client.post("/v1/summaries", json=EXAMPLE, timeout=0.2)


KINDS = {
    "summary": Kind(40, frozenset({200}), _json("/v1/summaries", {**EXAMPLE, "article": True})),
    "batch": Kind(5, frozenset({200}), _json("/v1/summaries/batch", {"articles": [EXAMPLE] * 3, "bullets": 2})),
    "article": Kind(15, frozenset({200}), _json("/v1/articles", {"text": EXAMPLE["text"]})),
    "hanging up": Kind(5, frozenset({200}), _hang_up),
    "not Hindi": Kind(10, frozenset({422}), _json("/v1/summaries", {"text": "No Hindi at all. " * 50})),
    "bad field": Kind(5, frozenset({422}), _json("/v1/summaries", {"text": EXAMPLE["text"], "bullets": -1})),
    "bad JSON": Kind(5, frozenset({422}), _post("/v1/summaries", b'{"text": "')),
    "too large": Kind(5, frozenset({413}), _post("/v1/summaries", b"x" * (2 * MAX_BYTES))),
    "no such path": Kind(5, frozenset({404}), lambda client: client.get("/v1/nothing")),
    "health": Kind(5, frozenset({200}), lambda client: client.get("/healthz")),
}


@dataclass
class Tally:
    """What came back, from all callers. lost: requests without an answer; wrong: with one that they may not get."""

    statuses: Counter[tuple[str, str]] = field(default_factory=Counter)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, name: str, outcome: httpx.Response | Exception, seconds: float) -> None:
        with self.lock:
            if isinstance(outcome, httpx.TimeoutException) and name == "hanging up":
                self.statuses[name, "left"] += 1
            elif isinstance(outcome, Exception):
                self.statuses[name, "lost"] += 1
                self.lost.append(f"{name}: {outcome!r}")
            else:
                self.statuses[name, str(outcome.status_code)] += 1
                right = KINDS[name].right
                if outcome.status_code in right:
                    self.seconds.setdefault(name, []).append(seconds)
                elif outcome.status_code not in REFUSALS:
                    self.wrong.append(f"{name}: {outcome.status_code} {outcome.text[:200]}")


def _call(address: str, until: float, seed: int, tally: Tally) -> None:
    """One caller: the next request as soon as the last is answered, a short breath after a refusal."""
    chance = random.Random(seed)
    names, shares = list(KINDS), [kind.share for kind in KINDS.values()]
    with httpx.Client(base_url=address, timeout=SECONDS_TO_WAIT) as client:
        while time.monotonic() < until:
            name = chance.choices(names, shares)[0]
            begun = time.monotonic()
            outcome: httpx.Response | Exception
            try:
                outcome = KINDS[name].send(client)
            except httpx.HTTPError as error:
                outcome = error
            tally.note(name, outcome, time.monotonic() - begun)
            if isinstance(outcome, httpx.Response) and outcome.status_code in REFUSALS:
                time.sleep(0.2)


def _memory(pid: int) -> float:
    """Resident memory of a process in MiB."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found.group(1)) / 1024 if found else 0.0


def _report(tally: Tally, memory: list[float], minutes: float) -> None:
    total = sum(tally.statuses.values())
    print(f"{total} requests in {minutes:g} min, {len(tally.lost)} answers lost, {len(tally.wrong)} wrong")
    for name in KINDS:
        counts = "  ".join(f"{s}: {n}" for (k, s), n in sorted(tally.statuses.items()) if k == name)
        times = sorted(tally.seconds.get(name, []))
        spread = ""
        if len(times) >= 2:
            p95 = statistics.quantiles(times, n=20)[-1]
            spread = f"p50 {statistics.median(times):.2f} s  p95 {p95:.2f} s"
        print(f"  {name:13} {counts:36} {spread}")
    print(f"server memory: start {memory[0]:.0f} MiB, highest {max(memory):.0f} MiB, end {memory[-1]:.0f} MiB")
    for line in (*tally.lost[:5], *tally.wrong[:5]):
        print(f"  {line}", file=sys.stderr)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--model")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    places = Settings().concurrency + Settings().queue
    command = [sys.executable, "-m", "summarizer", "serve", "--port", "0", "--max-bytes", str(MAX_BYTES)]
    command += ["--threads", str(args.threads), *(["--model", args.model] if args.model else [])]
    served = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert served.stderr is not None
    found = re.search(r"http://[\d.:]+", first := served.stderr.readline())
    if not found:
        print(f"the server did not start: {first}{served.stderr.read()}", file=sys.stderr)
        return 1
    threading.Thread(target=deque, args=(served.stderr, 0), daemon=True).start()  # its log must not fill the pipe
    with httpx.Client(base_url=found.group(), timeout=SECONDS_TO_WAIT) as client:
        for kind in KINDS.values():  # everything loaded once, before memory is looked at
            if kind.send is not _hang_up:
                kind.send(client)
    tally, memory, until = Tally(), [_memory(served.pid)], time.monotonic() + 60 * args.minutes
    callers = [threading.Thread(target=_call, args=(found.group(), until, seed, tally)) for seed in range(2 * places)]
    for caller in callers:
        caller.start()
    while any(caller.is_alive() for caller in callers):
        time.sleep(1)
        memory.append(_memory(served.pid))
    served.send_signal(signal.SIGTERM)
    code = served.wait(SECONDS_TO_WAIT)
    _report(tally, memory, args.minutes)
    print(f"server ended with {code} when asked to stop")
    return 1 if tally.lost or tally.wrong or code else 0


if __name__ == "__main__":
    sys.exit(main())
