"""A Summarizer without a model, whose work can be held up, and servers on loopback for it and for the real one."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

from summarizer.api import Failure
from summarizer.document import Bullet, Summary
from summarizer.errors import SummarizerError
from summarizer.pipeline.prepare import prepare

ARTICLE = (
    "मॉस्को: रूस (Russia) के राष्ट्रपति ने सोमवार को कहा कि वह अगले महीने भारत (India) आएंगे. "
    "इस यात्रा में रक्षा समझौते (unclear) पर 3 घंटे बातचीत होगी. भारत के विदेश मंत्री ने इसकी पुष्टि की है.\n\n"
    "ये भी पढ़ें: मौसम का हाल"
)
HELD, BROKEN = "रुकना", "गड़बड़"


class FakeSummarizer:
    """A bullet for each of the first body sentences: "About" and its spellings.

    Texts that hold HELD wait for `let_go`; texts that hold BROKEN raise an error with a path in it.
    """

    lexicon, anchors = None, "article"

    def __init__(self) -> None:
        self.let_go, self.begun = threading.Event(), threading.Semaphore(0)

    def summarize(
        self,
        text: str,
        *,
        bullets: int | None = None,
        id: str | None = None,  # noqa: A002 - the record's own word
        title: str | None = None,
    ) -> Summary:
        if HELD in text:
            self.begun.release()
            self.let_go.wait(20)
        if BROKEN in text:
            raise RuntimeError("/home/somebody/secret.py failed")
        article = prepare(text, self.lexicon, self.anchors, id)
        made = []
        for sentence in article.body[:bullets]:
            anchors = [a for a in article.anchors_of(sentence.index) if a.usable]
            line = "About " + " and ".join(["the news", *(a.en for a in anchors)]) + "."
            used = tuple(article.bullet_anchor(a) for a in anchors)
            made.append(Bullet(line, used, (article.source_span(sentence.index),), -0.5))
        return Summary(tuple(made), tuple(article.notes()), id, title, "fake")

    def summarize_many(self, records: Any, *, bullets: int | None = None) -> Iterator[Summary | Failure]:
        for record in records:
            try:
                yield self.summarize(record.text, bullets=bullets, id=record.id, title=record.title)
            except SummarizerError as error:
                yield Failure(record.id, str(error))

    def describe(self) -> dict[str, Any]:
        return {"model": "fake", "family": "none", "engine": "none", "strategy": "extract", "anchors": self.anchors}


def client_of(summarizer: Any, **settings: Any) -> Any:
    """A client of the application in this process, under a name that a local server answers to."""
    from fastapi.testclient import TestClient

    from summarizer.web.app import create_app
    from summarizer.web.settings import Settings

    app = create_app(summarizer, Settings(**settings))
    return TestClient(app, base_url="http://localhost", raise_server_exceptions=False)


@contextlib.contextmanager
def serving(summarizer: Any, **settings: Any) -> Iterator[str]:
    """The address of a server in a thread of this process."""
    import uvicorn

    from summarizer.web.app import create_app
    from summarizer.web.settings import Settings

    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(summarizer, Settings(**settings)), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(20)
    listener.close()
