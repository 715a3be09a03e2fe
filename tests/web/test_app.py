"""The JSON API over a Summarizer without a model: answers, errors, limits and who may ask."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from web_tools import ARTICLE, BROKEN, FakeSummarizer, client_of

from summarizer.document import Summary
from summarizer.web import assets
from summarizer.web.guard import HEADERS


@pytest.fixture
def client(fake: FakeSummarizer) -> Any:
    return client_of(fake)


def test_a_summary_has_the_schema_of_the_library(client: Any) -> None:
    answer = client.post("/v1/summaries", json={"text": ARTICLE, "id": "n1", "title": "खबर", "bullets": 2})
    assert answer.status_code == 200
    summary = Summary.from_dict(answer.json())
    assert (summary.id, summary.title, len(summary.bullets)) == ("n1", "खबर", 2)
    assert json.loads(summary.to_json()) == answer.json()
    source = summary.bullets[0].sources[0]
    assert ARTICLE[source.start : source.end] == source.text


def test_the_article_comes_on_request_with_roles_statuses_and_places(client: Any) -> None:
    article = client.post("/v1/summaries", json={"text": ARTICLE, "article": True}).json()["article"]
    assert article == client.post("/v1/articles", json={"text": ARTICLE}).json()
    segments = {s["index"]: s for s in article["segments"]}
    assert {s["role"] for s in segments.values()} == {"dateline", "body", "boilerplate"}
    assert all(s["reason"] for s in segments.values() if s["role"] != "body")
    statuses = {a["gloss"]: a["status"] for a in article["anchors"] if a["bracket"]}
    assert statuses == {"Russia": "valid", "India": "valid", "unclear": "placeholder"}
    for anchor in article["anchors"]:
        text = segments[anchor["segment"]]["text"]
        assert text[slice(*anchor["at"])] == anchor["hi"] == ARTICLE[anchor["start"] : anchor["end"]]
        if anchor["bracket"]:
            assert text[slice(*anchor["bracket"])] == f"({anchor['gloss']})"


def test_each_item_of_a_batch_has_its_own_result_or_error(client: Any) -> None:
    articles = [{"text": ARTICLE, "id": "a"}, {"text": "only English", "id": "b"}, {"text": ARTICLE}]
    results = client.post("/v1/summaries/batch", json={"articles": articles, "article": True}).json()["results"]
    assert [(r["id"], r["error"] is None) for r in results] == [("a", True), ("b", False), (None, True)]
    assert "no Hindi" in results[1]["error"] and results[1]["summary"] is None
    assert results[0]["summary"]["bullets"] and results[0]["summary"]["article"]["segments"]


def test_health_says_what_is_loaded_and_how_full_it_is(client: Any) -> None:
    health = client.get("/healthz").json()
    assert health["status"] == "ok" and health["model"] == "fake" and health["pending"] == 0 and health["places"] > 0


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "body"),
        (b"{", "not valid JSON"),
        (b"[1]", "body"),
        (b"[" * 100_000, "JSON"),
        (b"\xff\xfe", "JSON"),
        (b"{}", "text: Field required"),
        (b'{"text": 3}', "text"),
        (b'{"text": ""}', "text"),
        (b'{"text": "   "}', "empty"),
        (b'{"text": "English only"}', "no Hindi"),
        (b'{"text": "\\ud800"}', "text"),
        (json.dumps({"text": ARTICLE, "bullets": 0}).encode(), "bullets"),
        (json.dumps({"text": ARTICLE, "bullets": True}).encode(), "bullets"),
        (json.dumps({"text": ARTICLE, "bullets": 10**30}).encode(), "bullets"),
        (json.dumps({"text": ARTICLE, "bulets": 3}).encode(), "bulets"),
        (json.dumps({"text": ARTICLE, "title": "x" * 501}).encode(), "title"),
    ],
)
def test_a_bad_request_is_told_what_is_wrong_with_it(client: Any, body: bytes, said: str) -> None:
    answer = client.post("/v1/summaries", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (400, 422)
    assert said in answer.json()["error"] and len(answer.content) < 2000


def test_a_batch_must_hold_some_articles_but_not_too_many(client: Any) -> None:
    for count in (0, 33):
        answer = client.post("/v1/summaries/batch", json={"articles": [{"text": ARTICLE}] * count})
        assert answer.status_code == 422 and "articles" in answer.json()["error"]


def test_a_form_of_a_foreign_page_is_not_taken_for_json(client: Any) -> None:
    answer = client.post("/v1/summaries", content=json.dumps({"text": ARTICLE}), headers={"content-type": "text/plain"})
    assert answer.status_code == 422


def test_a_fault_shows_neither_path_nor_traceback(client: Any) -> None:
    answer = client.post("/v1/summaries", json={"text": f"{BROKEN} {ARTICLE}"})
    assert answer.status_code == 500 and set(answer.json()) == {"error"}
    assert not re.search(r"secret|Traceback|File|\.py|/", answer.text)


def test_unknown_paths_and_methods_are_answered_in_json(client: Any) -> None:
    for method, path, status in (("GET", "/nothing", 404), ("GET", "/v1/summaries", 405), ("GET", "/../app.py", 404)):
        answer = client.request(method, path)
        assert answer.status_code == status and answer.json()["error"]


def test_a_large_request_is_refused_with_and_without_a_length(fake: FakeSummarizer) -> None:
    body = json.dumps({"text": ARTICLE}).encode()
    headers = {"content-type": "application/json"}
    just, small = client_of(fake, max_bytes=len(body)), client_of(fake, max_bytes=len(body) - 1)

    def parts() -> Iterator[bytes]:
        yield body[:100]
        yield body[100:]

    for content in (lambda: body, parts):
        assert just.post("/v1/summaries", content=content(), headers=headers).status_code == 200
        answer = small.post("/v1/summaries", content=content(), headers=headers)
        assert answer.status_code == 413 and "bytes" in answer.json()["error"]


def test_a_token_is_asked_for_where_there_is_one(fake: FakeSummarizer) -> None:
    client = client_of(fake, token="open-sesame")
    for given in (None, "Bearer", "Bearer open", "Bearer open-sesame2", "Basic open-sesame", "Bearer öpen"):
        headers = {"authorization": given.encode("latin-1")} if given else {}
        answer = client.post("/v1/articles", json={"text": ARTICLE}, headers=headers)
        assert answer.status_code == 401 and answer.headers["www-authenticate"] == "Bearer"
    right = {"authorization": "Bearer open-sesame"}
    assert client.post("/v1/articles", json={"text": ARTICLE}, headers=right).status_code == 200
    assert client.get("/").status_code == client.get("/healthz").status_code == 200


def test_another_name_for_the_server_is_refused(fake: FakeSummarizer) -> None:
    client = client_of(fake)
    for host in ("evil.example", "evil.example:8000", "127.0.0.1.evil.example", "", "[::2]:80"):
        assert client.get("/healthz", headers={"host": host}).status_code == 421
    for host in ("localhost", "LOCALHOST:8000", "127.0.0.1:1", "[::1]:8000", "localhost."):
        assert client.get("/healthz", headers={"host": host}).status_code == 200
    assert client_of(fake, hosts=()).get("/healthz", headers={"host": "news.example"}).status_code == 200


def test_every_answer_has_the_security_headers(fake: FakeSummarizer) -> None:
    client = client_of(fake, token="t", max_bytes=2000)
    answers: list[httpx.Response] = [client.get(path) for path in (*assets.ROUTES, "/healthz", "/openapi.json", "/no")]
    answers += [
        client.head("/"),
        client.get("/", headers={"host": "evil.example"}),
        client.post("/v1/summaries"),
        client.post("/v1/summaries", content=b"x" * 3000, headers={"authorization": "Bearer t"}),
        client.post("/v1/summaries", json={"text": f"{BROKEN} {ARTICLE}"}, headers={"authorization": "Bearer t"}),
    ]
    assert {a.status_code for a in answers} == {200, 401, 404, 413, 421, 500}
    for answer in answers:
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "unsafe" not in HEADERS["content-security-policy"]


def test_the_page_asks_nothing_of_other_sites() -> None:
    for name, _ in assets.ROUTES.values():
        foreign = re.sub(r'xmlns="http://www.w3.org/2000/svg"', "", assets.asset(name))
        assert not re.search(r"https?://", foreign), name


def test_the_api_document_names_every_answer(client: Any) -> None:
    spec = client.get("/openapi.json").json()
    assert set(spec["paths"]) == {"/v1/summaries", "/v1/summaries/batch", "/v1/articles", "/healthz"}
    responses = spec["paths"]["/v1/summaries"]["post"]["responses"]
    assert {"200", "401", "413", "422", "429", "503", "504"} <= set(responses)
    assert responses["422"]["content"]["application/json"]["schema"]["$ref"].endswith("/Error")
    assert "sources" in spec["components"]["schemas"]["Bullet"]["properties"]


def test_a_real_checkpoint_summarises_the_example(real: Any) -> None:
    example = json.loads(assets.asset("example.json"))
    answer = client_of(real).post("/v1/summaries", json={**example, "article": True, "bullets": 3})
    assert answer.status_code == 200
    data = answer.json()
    article = data.pop("article")
    summary = Summary.from_dict(data)
    assert 1 <= len(summary.bullets) <= 3 and summary.title == example["title"]
    places = {(a["start"], a["end"]) for a in article["anchors"]}
    assert all((a.start, a.end) in places for b in summary.bullets for a in b.anchors)
    assert not any(re.search(r"[\u0900-\u097f]|unclear", b.text) for b in summary.bullets)
