"""The systems that the inference benchmark compares, the articles it gives them and the quality of what they say.

All read the same marked sentences, chosen by the same selection, with the same weights, the same beam and no repeated
4-grams. The plain ones are what one writes with transformers in an afternoon: float32, `generate` with its defaults for
everything else, one hypothesis, no checks; the sentences in reading order, one at a time or in padded batches of 16.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from summarizer.anchors import consistency
from summarizer.api import WINDOW, Summarizer
from summarizer.document import Summary
from summarizer.pipeline.prepare import Prepared, prepare
from summarizer.selection import default_bullets, select

ROOT = Path(__file__).resolve().parents[1]
_WORD = re.compile(r"[\u0900-\u097f]{4,}")
_SENTENCE = re.compile(r"[^।.?\n]+[।.?\n]*")


@dataclass(frozen=True)
class Output:
    """Bullets of one article, and the indices of the sentences behind them."""

    bullets: list[str]
    sentences: list[int]


System = Callable[[Iterable[str]], Iterator[Output]]


def ours(summarizer: Summarizer) -> System:
    """summarize_many as it stands: n-best, rescoring, refused bullets replaced."""

    def run(texts: Iterable[str]) -> Iterator[Output]:
        for result in summarizer.summarize_many(texts):
            bullets = result.bullets if isinstance(result, Summary) else ()
            yield Output([b.text for b in bullets], sorted({s.index for b in bullets for s in b.sources}))

    return run


def plain(model: Any, summarizer: Summarizer, batch: int) -> System:
    """transformers' generate over sentences in reading order: one at a time (batch 1) or padded batches."""
    import torch

    codec, options = summarizer.engine.codec, summarizer.options

    def generate(sources: list[list[int]]) -> list[str]:
        longest = max(map(len, sources))
        ids = torch.tensor([s + [codec.pad_id] * (longest - len(s)) for s in sources])
        mask = torch.tensor([[1] * len(s) + [0] * (longest - len(s)) for s in sources])
        with torch.inference_mode():
            rows = model.generate(
                input_ids=ids,
                attention_mask=mask,
                num_beams=options.beam_size,
                no_repeat_ngram_size=options.no_repeat_ngram_size,
                max_new_tokens=options.max_new_tokens,
            )
        return [codec.decode(row) for row in rows.tolist()]

    def run(texts: Iterable[str]) -> Iterator[Output]:
        source = iter(texts)
        while some := list(islice(source, WINDOW)):
            yield from block(some)

    def block(texts: Sequence[str]) -> Iterator[Output]:
        chosen = [chosen_groups(prepare(text, summarizer.lexicon)) for text in texts]
        units = [unit for article, groups in chosen for unit in map(article.unit, groups)]
        sources = codec.encode_sources([u.source for u in units], "bullet")
        said = iter([text for i in range(0, len(sources), batch) for text in generate(sources[i : i + batch])])
        for _, groups in chosen:
            yield Output([next(said) for _ in groups], sorted(i for group in groups for i in group))

    return run


def chosen_groups(article: Prepared) -> tuple[Prepared, list[tuple[int, ...]]]:
    return article, list(select(article.sentences, article.anchors, default_bullets(len(article.body)), reserves=0))


def load_articles(path: Path | None) -> list[dict[str, Any]]:
    """Records with `text`, and `bullets` where the file has references; else the project's examples."""
    if path is not None and path.exists():
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [{"text": p.read_text("utf-8")} for p in sorted((ROOT / "examples").glob("*.txt"))]


def varied(articles: Sequence[str], seed: int = 0) -> Iterator[str]:
    """These articles, then without end again, a word of every sentence replaced by another word of the corpus, so that
    no cache sees a sentence twice. Lengths stay what they are."""
    rng = random.Random(seed)
    words = sorted({w for text in articles for w in _WORD.findall(text)})

    def vary(match: re.Match[str]) -> str:
        found = [w for w in _WORD.finditer(match[0]) if match[0][w.end() : w.end() + 2] != " ("]
        if not found:
            return match[0]
        at = rng.choice(found)
        return match[0][: at.start()] + rng.choice(words) + match[0][at.end() :]

    yield from articles
    for text in cycle(articles):
        yield _SENTENCE.sub(vary, text)


def short(text: str) -> str:
    """The first long sentence of an article, for runs of many thousands."""
    return next((s.strip() for s in _SENTENCE.findall(text) if len(s) > 80), text)


def quality(records: Sequence[dict[str, Any]], outputs: Sequence[Output], summarizer: Summarizer) -> dict[str, float]:
    """ROUGE-Lsum F1 against the references (nan without any), and the share of the glosses of the sentences used that
    the bullets spell as printed. Each in percent."""
    from rouge_score import rouge_scorer

    scorer = rouge_scorer.RougeScorer(["rougeLsum"], use_stemmer=True)
    scores, kept, wanted = [], 0, 0
    for record, output in zip(records, outputs, strict=True):
        if record.get("bullets"):
            reference = "\n".join(b["en"] for b in record["bullets"])
            scores.append(scorer.score(reference, "\n".join(output.bullets))["rougeLsum"].fmeasure)
        article = prepare(record["text"], summarizer.lexicon)
        own = [a for a in article.anchors if a.usable and a.origin != "lexicon" and a.sentence in output.sentences]
        names = {a.en.casefold() for a in own}
        found = {u.anchor.en.casefold() for u in consistency(" \n".join(output.bullets), own).kept}
        kept, wanted = kept + len(names & found), wanted + len(names)
    return {
        "rougeLsum": 100 * sum(scores) / len(scores) if scores else float("nan"),
        "anchor_recall": 100 * kept / wanted if wanted else float("nan"),
    }
