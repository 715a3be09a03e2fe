"""Blocking work in threads, bounded: so many at once, so many waiting, so long. The event loop stays free meanwhile.

A thread cannot be stopped: work that outlives its request keeps its place until it ends, so the bound holds.
"""

from __future__ import annotations

import asyncio
import math
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")
LONGEST_RETRY = 60


class RefusedError(Exception):
    """No answer to this request. status: of the HTTP answer; retry_after: seconds until it is worth asking again."""

    def __init__(self, status: int, message: str, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.status, self.message, self.retry_after = status, message, retry_after


class Gate:
    """concurrency, queue: places in work and in wait. timeout: seconds, waiting included."""

    def __init__(self, concurrency: int, queue: int, timeout: float) -> None:
        self.concurrency, self.queue, self.timeout = concurrency, queue, timeout
        self._pool = ThreadPoolExecutor(concurrency, thread_name_prefix="summarize")
        self._lock = threading.Lock()
        self._pending = 0
        self._seconds = 1.0  # moving average of a piece of work

    @property
    def pending(self) -> int:
        """Pieces of work in work or waiting."""
        return self._pending

    def retry_after(self) -> int:
        """Whole seconds after which a place should be free, from how long work took lately."""
        return max(1, min(LONGEST_RETRY, math.ceil(self._seconds * self._pending / self.concurrency / 2)))

    async def run(self, work: Callable[[], T], gone: Coroutine[Any, Any, None]) -> T:
        """What `work` returns or raises. gone: ends when the caller goes away.

        Raises RefusedError: 429 no place left, 503 waited too long, 504 worked too long, 499 the caller went away.
        """
        with self._lock:
            full = self._pending >= self.concurrency + self.queue
            self._pending += not full
        if full:
            gone.close()
            raise RefusedError(429, "too many requests are waiting; try again later", self.retry_after())
        job: Future[T] = self._pool.submit(self._timed, work)
        job.add_done_callback(self._leave)
        result: asyncio.Future[Any] = asyncio.wrap_future(job)
        watch: asyncio.Future[Any] = asyncio.ensure_future(gone)
        result.add_done_callback(_seen)
        try:
            done, _ = await asyncio.wait({result, watch}, timeout=self.timeout, return_when=asyncio.FIRST_COMPLETED)
            if result in done:
                return result.result()
        finally:
            watch.cancel()
            started = not job.cancel()
        if watch in done:
            raise RefusedError(499, "the caller went away")
        if started:
            raise RefusedError(504, f"took longer than {self.timeout:g} seconds; send a shorter text", None)
        raise RefusedError(503, f"waited longer than {self.timeout:g} seconds; try again later", self.retry_after())

    def close(self) -> None:
        """Take no more work; what has not begun is dropped."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _timed(self, work: Callable[[], T]) -> T:
        begun = time.monotonic()
        try:
            return work()
        finally:
            with self._lock:
                self._seconds += 0.2 * (time.monotonic() - begun - self._seconds)

    def _leave(self, _: Future[Any]) -> None:
        with self._lock:
            self._pending -= 1


def _seen(result: asyncio.Future[Any]) -> None:
    """Look at an outcome nobody waits for any more, else asyncio complains about it."""
    if not result.cancelled():
        result.exception()
