"""summarize_many at work on two windows at once: order, how far it reads ahead, errors, and what it holds."""

from __future__ import annotations

import threading
import tracemalloc
from collections.abc import Iterator

import pytest
from scripted_batch import Codec, Engine

from summarizer.api import Failure, Summarizer

ARTICLE = "मंत्री ने किसानों से {} बार बात की. रूस (Russia) ने भी इस पर सहमति जताई."


class MeetingEngine(Engine):
    """Waits until two threads are in it at once."""

    def __init__(self) -> None:
        self.barrier = threading.Barrier(2)
        self.codec = Codec()

    def generate(self, sources, options):
        self.barrier.wait(20)  # raises BrokenBarrierError when nobody else comes
        return super().generate(sources, options)


def test_two_windows_are_at_work_at_once_and_results_keep_their_order() -> None:
    # Each article takes one generation, so four windows make two meetings.
    articles = [type("R", (), {"id": str(n), "text": ARTICLE.format(n)})() for n in range(8)]
    results = list(Summarizer(MeetingEngine()).summarize_many(articles, bullets=1, window=2))
    assert [r.id for r in results] == [str(n) for n in range(8)]


def test_no_more_than_two_windows_are_read_ahead() -> None:
    read = 0

    def endless() -> Iterator[str]:
        nonlocal read
        while True:
            read += 1
            yield ARTICLE.format(read)

    results = Summarizer(Engine()).summarize_many(endless(), window=4)
    for taken in range(1, 30):
        next(results)
        assert read <= taken + 3 * 4
    results.close()


def test_a_reader_that_breaks_and_an_engine_that_breaks_are_heard() -> None:
    def broken() -> Iterator[str]:
        yield ARTICLE.format(1)
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        list(Summarizer(Engine()).summarize_many(broken(), window=1))
    with pytest.raises(ZeroDivisionError):
        list(Summarizer(Engine()).summarize_many([ARTICLE.format("दोष")]))
    assert isinstance(next(Summarizer(Engine()).summarize_many(["English"])), Failure)


def test_memory_does_not_grow_with_the_number_of_articles() -> None:
    """A short stand-in for long runs: 400 articles need what 40 need. Texts come again, so that the bounded caches of
    words and sentences are full from the start and only something kept for each article could grow."""
    summarizer = Summarizer(Engine())

    def peak_of(articles: int) -> int:
        tracemalloc.reset_peak()
        for _ in summarizer.summarize_many((ARTICLE.format(n % 20) for n in range(articles)), window=8):
            pass
        return tracemalloc.get_traced_memory()[1]

    tracemalloc.start()
    try:
        peak_of(400)
        few, many = peak_of(40), peak_of(400)
    finally:
        tracemalloc.stop()
    assert many < few + 100_000
