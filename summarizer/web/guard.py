"""What every request passes before the application: Host, token, size; and the headers every answer carries.

Plain ASGI around the whole application, so that error answers and the page's files are covered too.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from summarizer.web.settings import Settings

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}
_RAW_HEADERS = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
DRAINED = 8  # times the size limit that is still read (and dropped), so that the caller gets to read the answer


class Guard:
    """ASGI middleware. Answers 421, 401, 408 and 413 itself; the application sees whole bodies within the limit."""

    def __init__(self, app: App, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in message.get("headers", ())}
                extra = [(name, value) for name, value in _RAW_HEADERS if name not in own]
                message = {**message, "headers": [*message.get("headers", ()), *extra]}
            await send(message)

        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        if not self._host_allowed(headers.get(b"host", "")):
            await answer(dressed, 421, "this server is not called by that name; use its own address")
            return
        if scope["path"].startswith("/v1/") and not self._token_right(headers.get(b"authorization", "")):
            await answer(dressed, 401, "a token is needed: Authorization: Bearer TOKEN", {"www-authenticate": "Bearer"})
            return
        try:
            body = await asyncio.wait_for(self._body(receive, headers), self.settings.timeout)
        except TimeoutError:
            await answer(dressed, 408, "the request did not arrive in time", {"connection": "close"})
            return
        if body is None:
            limit = self.settings.max_bytes
            await answer(dressed, 413, f"the request is larger than {limit:,} bytes; send less text", _CLOSE)
            return
        await self.app(scope, _replay(body, receive), dressed)

    def _host_allowed(self, host: str) -> bool:
        name = host.rpartition("]")[0].lstrip("[") if host.startswith("[") else host.partition(":")[0]
        return not self.settings.hosts or name.lower().rstrip(".") in self.settings.hosts

    def _token_right(self, header: str) -> bool:
        token = self.settings.token
        if token is None:
            return True
        scheme, _, given = header.partition(" ")
        same = hmac.compare_digest(given.strip().encode(), token.encode())
        return same and scheme.lower() == "bearer"

    async def _body(self, receive: Receive, headers: dict[bytes, str]) -> bytes | None:
        """The whole body; None for one over the limit. Never holds more than the limit."""
        limit = self.settings.max_bytes
        length = headers.get(b"content-length", "0")
        large = not length.isdecimal() or int(length) > limit
        body, seen = bytearray(), 0
        while seen <= DRAINED * limit:
            message = await receive()
            if message["type"] != "http.request":
                break
            chunk = message.get("body", b"")
            seen += len(chunk)
            if large or seen > limit:
                large = True
                body.clear()
            else:
                body += chunk
            if not message.get("more_body", False):
                break
        return None if large else bytes(body)


_CLOSE = {"connection": "close"}


def _replay(body: bytes, receive: Receive) -> Receive:
    sent = False

    async def replayed() -> Message:
        nonlocal sent
        if sent:
            return await receive()  # from here on only the news that the caller went away
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed


async def answer(send: Send, status: int, error: str, headers: dict[str, str] | None = None) -> None:
    """A JSON error, as the application gives them."""
    body = json.dumps({"error": error}).encode()
    fields = {"content-type": "application/json", "content-length": str(len(body)), **(headers or {})}
    start = {
        "type": "http.response.start",
        "status": status,
        "headers": [(n.encode(), v.encode()) for n, v in fields.items()],
    }
    await send(start)
    await send({"type": "http.response.body", "body": body})
