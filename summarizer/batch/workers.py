"""Processes that summarise chunks of articles, each with its own Summarizer. Reading and writing is not done here.

Every process has a pipe of its own whose other end only the parent holds: when the parent is killed the pipe ends, and
so do they. multiprocessing's pools and queues would leave them waiting for ever.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Any

from summarizer.batch.work import Outcome, Settings, failed, outcomes
from summarizer.errors import ModelError, SummarizerError
from summarizer.formats.records import BadRecord, Record, name_of

Chunk = Sequence[Record | BadRecord]
OVERLAP = 2  # chunks at work in one process: Python prepares or checks one while the engine decodes the other
_AHEAD = 4  # chunks a worker may be ahead of the slowest one; results wait in memory for their turn


class _DiedError(Exception):
    """The process ended before it answered."""


class _Worker:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.given: dict[int, Chunk] = {}
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")  # a fork would copy locks of running threads
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._settings), daemon=True)
        self._process.start()
        theirs.close()

    def ready(self) -> None:
        """Wait until the model is loaded. Raises what loading it raised."""
        try:
            self._receive()
        except _DiedError:
            raise ModelError(f"a worker process died while it loaded the model ({self._why()})") from None

    def give(self, number: int, chunk: Chunk) -> None:
        self.given[number] = chunk
        with suppress(OSError):  # it has died; `take` finds out
            self.connection.send((number, chunk))

    def take(self) -> dict[int, list[Outcome]]:
        """Outcomes of at least one chunk given, by its number; waits for it."""
        try:
            number, result = self._receive()
        except _DiedError:
            return self._recover()
        del self.given[number]
        return {number: result}

    def _receive(self) -> Any:
        try:
            message = self.connection.recv()
        except (EOFError, OSError):
            raise _DiedError from None
        if isinstance(message, Exception):
            raise message
        return message

    def _recover(self) -> dict[int, list[Outcome]]:
        """A new process for one that died: each chunk again and, if it dies again, article by article, so that only the
        article that kills it is lost."""
        given, self.given = self.given, {}
        found = {}
        self._restart()
        for number, chunk in given.items():
            try:
                found[number] = self._ask(chunk)
            except _DiedError:
                self._restart()
                found[number] = [self._alone(item) for item in chunk]
        return found

    def _restart(self) -> None:
        self.stop()
        self._start()
        self.ready()

    def _ask(self, chunk: Chunk) -> list[Outcome]:
        with suppress(OSError):
            self.connection.send((0, chunk))
        return self._receive()[1]

    def _alone(self, item: Record | BadRecord) -> Outcome:
        try:
            return self._ask([item])[0]
        except _DiedError:
            place, why = name_of(item.source, item.line), self._why()
            self._restart()
            return failed(item, f"{place}: the process that worked on it died ({why}); is it very long?")

    def _why(self) -> str:
        self._process.join(5)
        code = self._process.exitcode
        return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"

    def stop(self) -> None:
        self.connection.close()
        self._process.terminate()
        self._process.join()


def summarised(chunks: Iterable[Chunk], settings: Settings, count: int) -> Iterator[list[Outcome]]:
    """The outcomes of each chunk, in the order of `chunks`, worked on by `count` processes; a bounded number of chunks
    is held. Raises ModelError, UsageError when the model cannot be loaded."""
    workers: list[_Worker] = []
    try:
        workers += [_Worker(settings) for _ in range(count)]
        for worker in workers:
            worker.ready()
        yield from _ordered(enumerate(chunks), workers)
    finally:
        for worker in workers:
            worker.stop()


def _ordered(numbered: Iterator[tuple[int, Chunk]], workers: list[_Worker]) -> Iterator[list[Outcome]]:
    done: dict[int, list[Outcome]] = {}
    turn = given = 0
    while True:
        for worker in workers:
            while len(worker.given) < OVERLAP + 1 and given - turn < len(workers) * (OVERLAP + _AHEAD):
                item = next(numbered, None)
                if item is None:
                    break
                worker.give(*item)
                given += 1
        busy = {worker.connection: worker for worker in workers if worker.given}
        if not busy:
            return
        for connection in wait(list(busy)):
            done.update(busy[connection].take())  # type: ignore[index]
        while turn in done:
            yield done.pop(turn)
            turn += 1


def _serve(connection: Connection, settings: Settings) -> None:
    """The process: chunks in, outcomes out, until the pipe ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    try:
        summarizer = settings.load()
    except SummarizerError as error:
        connection.send(error)
        return
    connection.send("ready")
    sending = threading.Lock()

    def answer(number: int, chunk: Chunk) -> None:
        message: Any
        try:
            message = (number, outcomes(summarizer, chunk, settings.bullets))
        except Exception as error:
            message = error if isinstance(error, SummarizerError) else RuntimeError(repr(error))
        with sending, suppress(OSError):
            connection.send(message)

    with ThreadPoolExecutor(OVERLAP) as pool, suppress(EOFError, OSError):
        while True:
            pool.submit(answer, *connection.recv())
