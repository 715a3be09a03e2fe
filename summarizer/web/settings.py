"""The limits a server keeps and who may ask it. Plain data; the defaults suit one machine and its user."""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.errors import UsageError

LOOPBACK = ("127.0.0.1", "localhost", "::1")
MAX_BATCH = 32
MAX_BULLETS = 20


@dataclass(frozen=True)
class Settings:
    """max_bytes: of a request body. concurrency: articles in work at once; queue: further requests that may wait.

    timeout: seconds from a request's arrival to its answer. token: a bearer token that `/v1` asks for; None asks none.
    hosts: names by which the server may be called (the Host header, against DNS rebinding); () allows any.
    """

    max_bytes: int = 1_000_000
    concurrency: int = 2
    queue: int = 16
    timeout: float = 60.0
    token: str | None = None
    hosts: tuple[str, ...] = LOOPBACK

    def __post_init__(self) -> None:
        for name, least in (("max_bytes", 1), ("concurrency", 1), ("queue", 0)):
            if getattr(self, name) < least:
                raise UsageError(f"{name.replace('_', '-')} is {getattr(self, name)}; it must be {least} or more")
        if not 0 < self.timeout < 86_400:
            raise UsageError(f"timeout is {self.timeout}; give seconds, more than 0 and less than a day")
        if self.token is not None and (not self.token.strip() or not self.token.isascii()):
            raise UsageError("the token must be ASCII and not blank; leave it out to ask for none")
