"""`summarizer serve`: load a checkpoint, listen, and stop in good order on SIGTERM or Ctrl-C."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sys

from summarizer.errors import SummarizerError, UsageError
from summarizer.web.settings import LOOPBACK, Settings

TOKEN_VARIABLE = "SUMMARIZER_TOKEN"
SPARE_CONNECTIONS = 64  # open beyond those with work: pages that load files, keep-alives, health checks
GRACE = 5  # seconds beyond the timeout that running requests have when the server is asked to stop


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `serve`, the choice of a model apart."""
    own = Settings()
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s, this machine)")
    parser.add_argument("--port", type=int, default=8000, help="port; 0 takes a free one (default: %(default)s)")
    parser.add_argument(
        "--allow-host", action="append", default=[], metavar="NAME", help="name the server may be called by; repeatable"
    )
    parser.add_argument(
        "--token", default=os.environ.get(TOKEN_VARIABLE), help=f"bearer token to ask for (or in ${TOKEN_VARIABLE})"
    )
    parser.add_argument(
        "--max-bytes", type=int, default=own.max_bytes, help="largest request body (default: %(default)s)"
    )
    parser.add_argument(
        "--concurrency", type=int, default=own.concurrency, help="requests worked on at once (default: %(default)s)"
    )
    parser.add_argument(
        "--queue", type=int, default=own.queue, help="requests that may wait, more get 429 (default: %(default)s)"
    )
    parser.add_argument(
        "--timeout", type=float, default=own.timeout, help="seconds until an answer is given up (default: %(default)s)"
    )


def settings_of(args: argparse.Namespace) -> Settings:
    """Settings from parsed options. Raises UsageError for values that make no sense."""
    if not 0 <= args.port <= 65535:
        raise UsageError(f"port is {args.port}; it must be from 0 to 65535")
    local = args.host in LOOPBACK
    named = tuple(name.lower() for name in args.allow_host)
    hosts = (*LOOPBACK, *named) if local else ((args.host.lower(), *LOOPBACK, *named) if named else ())
    return Settings(
        max_bytes=args.max_bytes,
        concurrency=args.concurrency,
        queue=args.queue,
        timeout=args.timeout,
        token=args.token,
        hosts=hosts,
    )


def run(args: argparse.Namespace) -> int:
    """Serve until told to stop. args: those of `add_arguments`, and the choice of a model. Returns the exit code."""
    from summarizer.api import Summarizer

    settings = settings_of(args)
    try:
        import uvicorn

        from summarizer.web.app import create_app
    except ImportError as error:
        raise UsageError(
            f"serve needs {error.name}, which is not installed; pip install 'hindi-news-summarizer[web]'"
        ) from None
    listener = _listen(args.host, args.port)
    with listener:
        options = {name: getattr(args, name) for name in ("engine", "device", "threads", "anchors")}
        summarizer = Summarizer.load(args.model, **options)
        if os.path.isdir(summarizer.name):  # answers name the model, not where it lies
            summarizer.name = os.path.basename(os.path.realpath(summarizer.name))
        config = uvicorn.Config(
            create_app(summarizer, settings),
            log_config=LOGGING,
            log_level="info",
            server_header=False,
            timeout_graceful_shutdown=int(settings.timeout) + GRACE,
            limit_concurrency=settings.concurrency + settings.queue + SPARE_CONNECTIONS,
        )
        _announce(listener, args.host, settings)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _stop)
        uvicorn.Server(config).run(sockets=[listener])
    return 0


def _stop(*_: object) -> None:
    """uvicorn raises the signal that stopped it again when it is done; a stop that was asked for is no failure."""
    raise SystemExit(0)


def _listen(host: str, port: int) -> socket.socket:
    """A bound socket, before the model is loaded: a taken port is known at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=256)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        raise SummarizerError(f"{host}:{port}: cannot listen there ({why}); choose another --host or --port") from None


def _announce(listener: socket.socket, host: str, settings: Settings) -> None:
    shown = f"[{host}]" if ":" in host else host
    print(f"Reading page: http://{shown}:{listener.getsockname()[1]}/  (Ctrl-C stops it)", file=sys.stderr, flush=True)
    if host not in LOOPBACK and settings.token is None:
        print("Anyone who reaches this address may use it; give --token to ask for one", file=sys.stderr, flush=True)


LOGGING = {  # uvicorn's own writes requests to standard output, which is kept for results
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain", "stream": "ext://sys.stderr"}},
    "loggers": {
        "uvicorn": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "uvicorn.error": {"level": "INFO"},
        "uvicorn.access": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
