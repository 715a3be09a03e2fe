"""The web application: routes and error answers. How requests are bounded is in `gate` and `guard`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from summarizer.api import Failure, Summarizer
from summarizer.errors import InputError
from summarizer.pipeline.prepare import prepare
from summarizer.web import assets, schemas
from summarizer.web.gate import Gate, RefusedError
from summarizer.web.guard import Guard
from summarizer.web.settings import Settings
from summarizer.web.view import Article, article_view

DESCRIPTION = (
    "Faithful English bullets of Hindi news articles. Names that the article glosses in brackets are spelt as it "
    "prints them. Offsets count Unicode code points of the text as it was sent. Where the server has a token, "
    "requests to /v1 carry it in the header Authorization: Bearer TOKEN."
)
DEFAULTS = Settings()
_ERRORS = {
    400: "The body is not JSON in UTF-8.",
    401: "The token is missing or wrong.",
    408: "The request did not arrive in time.",
    413: "The request is too large.",
    421: "The server is not called by this name.",
    422: "The request is malformed or its text cannot be summarised.",
    429: "Too many requests are waiting; Retry-After says when to come back.",
    500: "A fault of the server.",
    503: "The request waited too long; Retry-After says when to come back.",
    504: "The work took too long.",
}


def create_app(summarizer: Summarizer, settings: Settings = DEFAULTS) -> Guard:
    """The ASGI application around a loaded Summarizer."""
    gate = Gate(settings.concurrency, settings.queue, settings.timeout)
    reading = Gate(1, settings.queue, settings.timeout)  # needs no model, so it need not wait for those that do

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        gate.close()
        reading.close()

    app = FastAPI(
        title="Hindi news summarizer",
        version=_version(),
        description=DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,  # FastAPI's own pages load scripts from elsewhere
        redoc_url=None,
    )
    _add_files(app)
    _add_errors(app)
    _add_api(app, summarizer, gate, reading)
    return Guard(app, settings)


def _add_api(app: FastAPI, summarizer: Summarizer, gate: Gate, reading: Gate) -> None:
    errors: dict[int | str, dict[str, Any]] = {
        status: {"model": schemas.Error, "description": text} for status, text in _ERRORS.items()
    }

    @app.post("/v1/summaries", response_model=schemas.SummaryAnswer, responses=errors, summary="Summarise an article")
    async def summarize(request: Request, asked: schemas.SummaryRequest) -> JSONResponse:
        return await _bounded(gate, request, partial(_summary, summarizer, asked))

    @app.post(
        "/v1/summaries/batch",
        response_model=schemas.BatchAnswer,
        responses=errors,
        summary="Summarise several",
    )
    async def summarize_batch(request: Request, asked: schemas.BatchRequest) -> JSONResponse:
        """Each article has its own result or error, in the order of the request."""
        return await _bounded(gate, request, partial(_batch, summarizer, asked))

    @app.post("/v1/articles", response_model=Article, responses=errors, summary="Read an article without summarising")
    async def read(request: Request, asked: schemas.Text) -> JSONResponse:
        """Segments with their roles, glosses with their statuses. Needs no model, so it is quick."""
        return await _bounded(reading, request, lambda: _read(summarizer, asked.text).to_dict())

    @app.get(
        "/healthz", response_model=schemas.Health, responses={421: errors[421]}, summary="Whether the server is well"
    )
    async def health() -> dict[str, Any]:
        return {
            "status": "ok",
            **summarizer.describe(),
            "pending": gate.pending,
            "places": gate.concurrency + gate.queue,
        }


async def _bounded(gate: Gate, request: Request, work: Callable[[], dict[str, Any]]) -> JSONResponse:
    return JSONResponse(await gate.run(work, _gone(request)))


def _read(summarizer: Summarizer, text: str) -> Article:
    return article_view(prepare(text, summarizer.lexicon, summarizer.anchors))


def _summary(summarizer: Summarizer, asked: schemas.SummaryRequest) -> dict[str, Any]:
    summary = summarizer.summarize(asked.text, bullets=asked.bullets, id=asked.id, title=asked.title).to_dict()
    return {**summary, "article": _read(summarizer, asked.text).to_dict()} if asked.article else summary


def _batch(summarizer: Summarizer, asked: schemas.BatchRequest) -> dict[str, Any]:
    results: list[dict[str, Any]] = []
    made = summarizer.summarize_many(asked.articles, bullets=asked.bullets)
    for item, result in zip(asked.articles, made, strict=True):
        if isinstance(result, Failure):
            results.append({"id": item.id, "summary": None, "error": result.error})
            continue
        summary = result.to_dict()
        if asked.article:
            summary["article"] = _read(summarizer, item.text).to_dict()
        results.append({"id": item.id, "summary": summary, "error": None})
    return {"results": results}


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _add_files(app: FastAPI) -> None:
    def add(path: str, name: str, media_type: str) -> None:
        async def file() -> Response:
            return Response(assets.asset(name), media_type=media_type)

        app.add_api_route(path, file, methods=["GET", "HEAD"], include_in_schema=False)

    for path, (name, media_type) in assets.ROUTES.items():
        add(path, name, media_type)


def _add_errors(app: FastAPI) -> None:
    @app.exception_handler(RequestValidationError)
    async def malformed(_: Request, error: RequestValidationError) -> JSONResponse:
        problems = [_problem(e) for e in error.errors()[:20]]
        said = "; ".join(f"{p['field']}: {p['problem']}" for p in problems[:3])
        return JSONResponse({"error": said, "problems": problems}, 422)

    @app.exception_handler(InputError)
    async def unusable(_: Request, error: InputError) -> JSONResponse:
        return JSONResponse({"error": str(error)}, 422)

    @app.exception_handler(RefusedError)
    async def refused(_: Request, error: RefusedError) -> JSONResponse:
        headers = {"retry-after": str(error.retry_after)} if error.retry_after else None
        return JSONResponse({"error": error.message}, error.status, headers)

    @app.exception_handler(HTTPException)
    async def http(_: Request, error: HTTPException) -> JSONResponse:
        said = "the body is not JSON in UTF-8" if error.status_code == 400 else str(error.detail)
        return JSONResponse({"error": said}, error.status_code, error.headers)

    @app.exception_handler(Exception)
    async def fault(_: Request, error: Exception) -> JSONResponse:  # the server's log has the traceback
        return JSONResponse({"error": "the server failed on this request; its log says why"}, 500)


def _problem(error: dict[str, Any]) -> dict[str, str]:
    """One fault in words, without the value at fault: it may be long, or no valid text."""
    if error["type"] == "json_invalid":
        return {"field": "body", "problem": f"not valid JSON at character {error['loc'][-1]}"}
    field = ".".join(str(part) for part in error["loc"][1:]) or "body"
    return {"field": field, "problem": str(error["msg"])}


def _version() -> str:
    try:
        return version("hindi-news-summarizer")
    except PackageNotFoundError:
        return "unknown"
