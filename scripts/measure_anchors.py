"""Measures gloss judging on annotated articles and glossary precision on translated ones.

usage: python scripts/measure_anchors.py ARTICLES.jsonl [--pairs FILE.jsonl.gz] [--errors]
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from summarizer.anchors import Lexicon, annotate, english, unlisted
from summarizer.anchors.words import keys
from summarizer.document import Anchor, Sentence


def sentence(text: str, index: int = 0) -> Sentence:
    return Sentence(index, text, 0, len(text), tuple(range(len(text))))


def articles(path: Path) -> Iterator[dict]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def expected(article: dict) -> list[tuple[str, str, str, str]]:
    """(Hindi words, printed text, status, right English) of the brackets in the body, in no order."""
    body = "\n".join(article["body_sentences"])
    out = []
    for gloss in article["glosses"]:
        status = "placeholder" if gloss["status"] == "empty" else gloss["status"]
        out.append((gloss["hi"], gloss["en"], status, gloss["correct"]))
    for inner in article["not_glosses"]:
        if re.search(rf"\(\s*{re.escape(inner)}\s*\)", body):
            out.append(("", inner, "not_a_gloss", ""))
    return out


def compare(path: Path, lexicon: Lexicon | None, show: bool) -> dict[str, float]:
    """Spans, statuses and repairs against the annotation. A bracket is paired by its printed text and nearest Hindi."""
    tally: Counter[str] = Counter()
    for article in articles(path):
        sentences = [sentence(text, i) for i, text in enumerate(article["body_sentences"])]
        found = [a for a in annotate(sentences, lexicon) if a.bracket]
        for hindi, printed, status, correct in expected(article):
            anchor = _pair(found, hindi, printed)
            if anchor is None:
                tally[f"missing {status}"] += 1
                continue
            found.remove(anchor)
            _count(tally, anchor, hindi, status, correct)
            wrong_span = status != "not_a_gloss" and keys(anchor.hi) != keys(hindi)
            if show and (
                wrong_span or anchor.status != status or (status != "not_a_gloss" and not right(anchor, correct))
            ):
                print(f"{article['id']}: {hindi} ({printed}) {status} {correct} | {anchor}", file=sys.stderr)
        tally["extra"] += len(found)
    return _figures(tally)


def right(anchor: Anchor, correct: str) -> bool:
    return english.same(anchor.en, correct)


def _pair(found: list[Anchor], hindi: str, printed: str) -> Anchor | None:
    same = [a for a in found if a.gloss == printed.strip()]
    return min(
        same, key=lambda a: (not hindi.endswith(a.hi.split()[-1] if a.hi.split() else " "), a.sentence), default=None
    )


def _count(tally: Counter[str], anchor: Anchor, hindi: str, status: str, correct: str) -> None:
    tally[f"gold {status}"] += 1
    tally[f"said {anchor.status}"] += 1
    tally[f"both {status}"] += anchor.status == status
    if status != "not_a_gloss":
        tally["spans"] += 1
        tally["spans right"] += anchor.status != "not_a_gloss" and keys(anchor.hi) == keys(hindi)
        tally[f"english {status}"] += right(anchor, correct)


def _figures(tally: Counter[str]) -> dict[str, float]:
    out: dict[str, float] = {"brackets": sum(n for k, n in tally.items() if k.startswith("gold "))}
    out["span accuracy"] = tally["spans right"] / max(1, tally["spans"])
    for status in ("valid", "placeholder", "misspelt", "misplaced", "not_a_gloss"):
        both, said, gold = (tally[f"{k} {status}"] for k in ("both", "said", "gold"))
        out[f"{status} n"] = gold
        out[f"{status} precision"] = both / said if said else 0.0
        out[f"{status} recall"] = both / gold if gold else 0.0
        if status != "not_a_gloss":
            out[f"{status} right English"] = tally[f"english {status}"] / gold if gold else 0.0
    out["missing"] = sum(n for k, n in tally.items() if k.startswith("missing"))
    out["extra"] = tally["extra"]
    return out


def added_precision(path: Path, lexicon: Lexicon) -> dict[str, tuple[int, float]]:
    """Per kind: anchors of the glossary, of the dictionary and by sound, and the share whose English the sentence's
    translation holds."""
    seen: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for article in articles(path):
        pairs = article["sentences"]
        sentences = [sentence(p["hi"], i) for i, p in enumerate(pairs)]
        by_sentence: dict[int, list[Anchor]] = defaultdict(list)
        for anchor in annotate(sentences, lexicon):
            by_sentence[anchor.sentence].append(anchor)
        for one in sentences:
            here = by_sentence[one.index]
            listed = [a for a in here if a.origin == "lexicon"]
            for anchor in [*listed, *unlisted(one, here, lexicon)]:
                target = english.signature(pairs[anchor.sentence]["en"])
                wanted = english.signature(anchor.en)
                kind = anchor.reason + (" of several words" if anchor.reason == "term" and " " in anchor.hi else "")
                if anchor not in listed:
                    kind += " by sound" if anchor.origin == "sound" else " of the dictionary"
                seen[kind] += 1
                kept[kind] += set(wanted) <= set(target) or "".join(wanted) in "".join(target)
    return {kind: (n, kept[kind] / n) for kind, n in seen.most_common()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument(
        "--pairs",
        type=Path,
        help="articles with translated sentences, for the precision of glossary, dictionary and sound",
    )
    parser.add_argument("--errors", action="store_true", help="print each disagreement to stderr")
    args = parser.parse_args()
    lexicon = Lexicon.load()
    for name, used in (("with the glossary", lexicon), ("without", None)):
        print(name)
        for key, value in compare(args.articles, used, args.errors and used is not None).items():
            print(f"  {key:28} {value:.3f}" if isinstance(value, float) else f"  {key:28} {value}")
    if args.pairs:
        for kind, (n, precision) in added_precision(args.pairs, lexicon).items():
            print(f"{kind:24} {n:6} {precision:.3f}")


if __name__ == "__main__":
    main()
