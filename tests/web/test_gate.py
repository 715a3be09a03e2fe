"""Bounded work: places, waiting, time, and callers that go away."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from summarizer.web.gate import Gate, RefusedError


async def _never() -> None:
    await asyncio.Event().wait()


class Held:
    """Work that waits until it is let go."""

    def __init__(self) -> None:
        self.let_go, self.runs = threading.Event(), 0

    def __call__(self) -> str:
        self.runs += 1
        assert self.let_go.wait(20)
        return "done"


def _run(test: Callable[[Held], Any]) -> None:
    held = Held()
    try:
        asyncio.run(asyncio.wait_for(test(held), 20))
    finally:
        held.let_go.set()


async def _settled(gate: Gate, pending: int) -> None:
    while gate.pending != pending:
        await asyncio.sleep(0.01)


def test_results_and_errors_come_back_and_free_their_place() -> None:
    async def test(_: Held) -> None:
        gate = Gate(1, 0, 5)
        assert await gate.run(lambda: 7, _never()) == 7
        await _settled(gate, 0)
        with pytest.raises(ZeroDivisionError):
            await gate.run(lambda: 1 // 0, _never())
        await _settled(gate, 0)

    _run(test)


def test_no_more_than_the_places_are_taken() -> None:
    async def test(held: Held) -> None:
        gate = Gate(2, 3, 10)
        running = [asyncio.create_task(gate.run(held, _never())) for _ in range(5)]
        await _settled(gate, 5)
        with pytest.raises(RefusedError) as refusal:
            await gate.run(held, _never())
        assert refusal.value.status == 429 and refusal.value.retry_after >= 1
        assert held.runs == 2  # the other three wait
        held.let_go.set()
        assert await asyncio.gather(*running) == ["done"] * 5
        await _settled(gate, 0)
        assert await gate.run(held, _never()) == "done"

    _run(test)


def test_work_that_takes_too_long_keeps_its_place_until_it_ends() -> None:
    async def test(held: Held) -> None:
        gate = Gate(1, 1, 0.2)
        first, second = (asyncio.create_task(gate.run(held, _never())) for _ in range(2))
        outcomes = await asyncio.gather(first, second, return_exceptions=True)
        assert sorted(o.status for o in outcomes) == [503, 504]  # one was at work, one never began
        await _settled(gate, 1)
        held.let_go.set()
        await _settled(gate, 0)
        assert held.runs == 1

    _run(test)


def test_a_waiting_caller_that_goes_away_leaves_its_place() -> None:
    async def test(held: Held) -> None:
        gate = Gate(1, 5, 10)
        running = asyncio.create_task(gate.run(held, _never()))
        await _settled(gate, 1)
        with pytest.raises(RefusedError) as refusal:
            await gate.run(held, asyncio.sleep(0.05))
        assert refusal.value.status == 499 and gate.pending == 1
        held.let_go.set()
        assert await running == "done" and held.runs == 1

    _run(test)


def test_the_loop_stays_free_while_work_blocks() -> None:
    async def test(_: Held) -> None:
        gate = Gate(1, 0, 5)
        job = asyncio.create_task(gate.run(lambda: time.sleep(0.3), _never()))
        ticks = 0
        while not job.done():
            await asyncio.sleep(0.01)
            ticks += 1
        assert ticks > 10

    _run(test)
