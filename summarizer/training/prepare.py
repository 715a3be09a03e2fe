"""From raw article/summary files to cleaned, deduplicated, split JSONL with a data card.

Articles that share wording (a run of thirteen words) form one group, and a group goes to one split as a whole: no
near-duplicate of a training article is ever in dev or test. Which split is decided by a hash of the group's smallest
shingle, so that adding articles later moves none of the old ones.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from summarizer.errors import InputError, UsageError
from summarizer.pipeline.prepare import require_hindi
from summarizer.text import segment
from summarizer.training.corpora import Drops, expand, rows

SHINGLE = 13  # words; shorter runs occur in unrelated news (agency phrases, titles of office)
SPLITS = ("train", "dev", "test")


@dataclass(frozen=True)
class Prepared:
    """text: body sentences, a paragraph a line, boilerplate and datelines gone; summary: as given."""

    id: str
    text: str
    summary: str | tuple[str, ...]
    title: str | None


@dataclass
class Options:
    """text_field, summary_field, title_field, id_field: names in the raw rows. min_words: shorter articles are dropped.
    min_summary_words, max_compression: a summary must be shorter than this share of its article."""

    text_field: str = "text"
    summary_field: str = "summary"
    title_field: str = "title"
    id_field: str = "id"
    min_words: int = 40
    min_summary_words: int = 4
    max_compression: float = 0.8
    shares: Mapping[str, float] = field(default_factory=lambda: {"train": 0.9, "dev": 0.05, "test": 0.05})


def clean(row: Mapping[str, Any], options: Options, fallback_id: str) -> Prepared:
    """One raw row, cleaned. Raises ValueError with the reason to drop it."""
    text = row.get(options.text_field)
    summary = row.get(options.summary_field)
    if not isinstance(text, str) or not text.strip():
        raise ValueError(f"no {options.text_field}")
    if isinstance(summary, Sequence) and not isinstance(summary, str):
        summary = tuple(" ".join(str(s.get("en", "") if isinstance(s, dict) else s).split()) for s in summary)
    elif isinstance(summary, str):
        summary = " ".join(summary.split())
    if not summary:
        raise ValueError(f"no {options.summary_field}")
    try:
        require_hindi(text)
    except InputError as error:
        raise ValueError("not Hindi") from error
    body = [s for s in segment(text) if s.role == "body"]
    paragraphs: dict[int, list[str]] = {}
    for sentence in body:
        paragraphs.setdefault(sentence.paragraph, []).append(sentence.text)
    cleaned = "\n".join(" ".join(part) for part in paragraphs.values())
    words = len(cleaned.split())
    length = len((summary if isinstance(summary, str) else " ".join(summary)).split())
    if words < options.min_words:
        raise ValueError(f"fewer than {options.min_words} words of body")
    if length < options.min_summary_words:
        raise ValueError(f"summary of fewer than {options.min_summary_words} words")
    if length > options.max_compression * words:
        raise ValueError("summary nearly as long as the article")
    title = row.get(options.title_field)
    return Prepared(str(row.get(options.id_field) or fallback_id), cleaned, summary, str(title) if title else None)


def shingles(text: str) -> list[int]:
    """Hashes of the text's runs of thirteen words, one in eight kept by value; the whole text's if it is shorter."""
    words = text.split()
    runs = [" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))]
    hashes = [int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big") for run in runs]
    return [h for h in hashes if h % 8 == 0] or [min(hashes)]


def groups(articles: Sequence[Prepared]) -> list[int]:
    """For each article the smallest shingle hash of its group; articles that share a shingle are one group."""
    parent = list(range(len(articles)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    first: dict[int, int] = {}
    smallest: list[int] = []
    for i, article in enumerate(articles):
        found = shingles(article.text)
        smallest.append(min(found))
        for shingle in found:
            parent[root(i)] = root(first.setdefault(shingle, i))
    keys: dict[int, int] = {}
    for i, key in enumerate(smallest):
        keys[root(i)] = min(key, keys.get(root(i), key))
    return [keys[root(i)] for i in range(len(articles))]


def split_of(group: int, shares: Mapping[str, float]) -> str:
    """The split of a group, by hash."""
    total = sum(shares.values())
    digest = hashlib.blake2b(str(group).encode(), digest_size=8).digest()
    point, reached = int.from_bytes(digest, "big") / 2**64, 0.0
    for name, share in shares.items():
        reached += share / total
        if point < reached:
            return name
    return next(reversed(list(shares)))


def prepare_corpus(patterns: Iterable[str], output: Path, options: Options, licence: str) -> dict[str, int]:
    """Read, clean, deduplicate, split, write `train/dev/test.jsonl` and README.md. Returns articles per split."""
    if min(options.shares.values()) < 0 or sum(options.shares.values()) <= 0:
        raise UsageError("the shares of the splits must be 0 or more and not all 0; give for example 0.9 0.05 0.05")
    drops, articles = Drops(), []
    for path in expand(list(patterns)):
        name = Path(path).name
        for number, row in enumerate(rows(path, {"header": True}, drops, name)):
            try:
                articles.append(clean(row, options, f"{name}:{number + 1}"))
            except ValueError as error:
                drops.add(name, str(error))
    if not articles:
        raise InputError(f"no article left; dropped: {drops.table()}")
    chosen: dict[str, list[Prepared]] = {name: [] for name in options.shares}
    seen: set[str] = set()
    keys = groups(articles)
    for article, key in zip(articles, keys, strict=True):
        if article.text in seen:
            drops.add("all", "repeated article")
            continue
        seen.add(article.text)
        chosen[split_of(key, options.shares)].append(article)
    output.mkdir(parents=True, exist_ok=True)
    for name, members in chosen.items():
        with open(output / f"{name}.jsonl", "w", encoding="utf8") as file:
            file.writelines(_line(article) for article in members)
    counts = {name: len(members) for name, members in chosen.items()}
    shared = sum(size > 1 for size in Counter(keys).values())
    (output / "README.md").write_text(_card(counts, chosen, drops, shared, licence), "utf8")
    return counts


def _line(article: Prepared) -> str:
    row = {"id": article.id, "title": article.title, "text": article.text, "summary": article.summary}
    return json.dumps({k: v for k, v in row.items() if v is not None}, ensure_ascii=False) + "\n"


def _card(
    counts: Mapping[str, int], chosen: Mapping[str, Sequence[Prepared]], drops: Drops, shared: int, licence: str
) -> str:
    def words(members: Sequence[Prepared]) -> int:
        return sum(len(m.text.split()) for m in members)

    def lines() -> Iterator[str]:
        yield "# Data card\n"
        yield f"Licence: {licence}\n"
        yield "| split | articles | Hindi words |\n|---|---:|---:|"
        for name, members in chosen.items():
            yield f"| {name} | {counts[name]} | {words(members)} |"
        yield f"\nGroups of articles that share wording, kept in one split: {shared}\n"
        yield "| source | left out because | rows |\n|---|---|---:|"
        for source, reasons in drops.table().items():
            for reason, count in reasons.items():
                yield f"| {source} | {reason} | {count} |"

    return "\n".join(lines()) + "\n"
