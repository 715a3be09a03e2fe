"""What the API takes and gives, for checking requests and for the OpenAPI document. Answers are built by `app`."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.dataclasses import dataclass

from summarizer.document import Bullet
from summarizer.web.settings import MAX_BATCH, MAX_BULLETS
from summarizer.web.view import Article

EXAMPLE = "मॉस्को: रूस (Russia) के राष्ट्रपति ने सोमवार को कहा कि वह अगले महीने भारत (India) की यात्रा करेंगे."

Label = Annotated[str, Field(max_length=500)]
Bullets = Annotated[int, Field(ge=1, le=MAX_BULLETS, strict=True, description="How many bullets, at most.")]


class Text(BaseModel):
    """An article's text."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"text": EXAMPLE}]})
    text: str = Field(min_length=1, description="The article: plain text, or an HTML page.")


class LabelledText(Text):
    """An article with its own names, which come back with its summary."""

    id: Label | None = None
    title: Label | None = None


class SummaryRequest(LabelledText):
    """One article to summarise."""

    bullets: Bullets | None = None
    article: bool = Field(False, strict=True, description="Whether the answer holds the article as it was read.")


class BatchRequest(BaseModel):
    """Articles to summarise together."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"articles": [{"text": EXAMPLE}]}]})
    articles: Annotated[list[LabelledText], Field(min_length=1, max_length=MAX_BATCH)]
    bullets: Bullets | None = None
    article: bool = Field(False, strict=True, description="Whether the answer holds the articles as they were read.")


@dataclass(frozen=True)
class SummaryAnswer:
    """A summary. article: only where it was asked for."""

    bullets: tuple[Bullet, ...]
    notes: tuple[str, ...]
    id: str | None
    title: str | None
    model: str
    article: Article | None = None


class BatchItem(BaseModel):
    """What became of one article: a summary, or an error that says why there is none."""

    id: str | None
    summary: SummaryAnswer | None = None
    error: str | None = None


class BatchAnswer(BaseModel):
    """results: in the order of the request."""

    results: list[BatchItem]


class Health(BaseModel):
    """pending: requests for summaries in work or waiting; places: how many may be, more are answered 429."""

    status: str
    model: str
    family: str
    engine: str
    strategy: str
    anchors: str
    pending: int
    places: int


class Problem(BaseModel):
    field: str
    problem: str


class Error(BaseModel):
    """Any answer that is no success. problems: field by field, where the request's fields are at fault."""

    error: str
    problems: list[Problem] | None = None
