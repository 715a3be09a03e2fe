"""One system's output for one article, judged by every metric: ratios for the tables, details for the report.

METRICS names the figures; each is a ratio of sums over articles (see significance). Nothing is generated here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from summarizer.anchors import Lexicon, annotate, consistency
from summarizer.anchors.names import unsupported_names
from summarizer.document import Anchor
from summarizer.evaluation import terms
from summarizer.evaluation.data import Example, Output
from summarizer.evaluation.significance import Pair
from summarizer.text import numbers
from summarizer.text.negation import flipped

STATUSES = ("valid", "misspelt", "placeholder", "misplaced")


class Metric(NamedTuple):
    """better: 1 the higher the better, -1 the lower, 0 neither. scale: what a value is multiplied by to be shown."""

    key: str
    title: str
    better: int
    scale: float
    about: str


METRICS = (
    Metric("rouge1", "R-1", 1, 100, "ROUGE-1 F1, mean over articles"),
    Metric("rouge2", "R-2", 1, 100, "ROUGE-2 F1, mean over articles"),
    Metric("rougeL", "R-L", 1, 100, "ROUGE-L F1, mean over articles"),
    Metric("rougeLsum", "R-Lsum", 1, 100, "ROUGE-L F1 by bullets, mean over articles"),
    Metric("anchor_recall", "recall", 1, 100, "of the glosses that the reference uses, those in the output, %"),
    Metric("recall_ceiling", "ceiling", 0, 100, "recall if the chosen sentences were translated perfectly, %"),
    Metric("anchor_consistency", "consist.", 1, 100, "of the glosses rendered in any form, those spelt as printed, %"),
    Metric("anchor_kept", "kept", 1, 100, "of the glosses in a bullet's own source sentences, those in the bullet, %"),
    Metric("placeholder_leaks", "placeh.", -1, 1, "placeholder glosses that surface, per article"),
    Metric("misspelt_leaks", "missp.", -1, 1, "misspelt or misplaced glosses that surface, per article"),
    Metric("bad_numbers", "numbers", -1, 100, "bullets with a number that their source lacks, %"),
    Metric("bad_negation", "negation", -1, 100, "bullets that lose their source's negation or make one up, %"),
    Metric("bad_names", "names", -1, 100, "bullets with a name that their source does not support, %"),
    Metric("similarity", "LaSE", 1, 100, "meaning times length against the Hindi source, mean over bullets"),
    Metric("bullets", "bullets", 0, 1, "bullets per article"),
    Metric("words", "words", 0, 1, "words per article"),
    Metric("seconds", "s", 0, 1, "seconds per article, the model's loading apart"),
)
BY_KEY = {metric.key: metric for metric in METRICS}


@dataclass(frozen=True)
class BulletDetail:
    """A bullet's findings. sources: sentence indices; None where the output does not say (then: the whole article)."""

    text: str
    sources: tuple[int, ...] | None
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    negation: str | None = None


@dataclass
class Scored:
    """values: (numerator, denominator) by metric; status_recall the same by a gloss's status.

    expected: the spellings that the reference uses; found: those of them that the output has."""

    values: dict[str, Pair]
    bullets: list[BulletDetail]
    terms: terms.TermReport
    expected: tuple[Anchor, ...]
    found: tuple[Anchor, ...]
    status_recall: dict[str, Pair] = field(default_factory=dict)


def expected_anchors(example: Example) -> tuple[Anchor, ...]:
    """The article's glosses whose spelling the reference uses, one each; a printed bracket outranks a bare mention."""
    ranked = sorted(example.anchors, key=lambda a: a.origin == "mention")
    return tuple(use.anchor for use in _once(consistency(example.reference, ranked).kept))


def score(example: Example, output: Output) -> Scored:
    """Every metric but ROUGE and similarity, which are computed for all articles at once."""
    report = terms.report(output.text, example.anchors, human_english(example))
    expected = expected_anchors(example)
    found = tuple(a for a in expected if report.has(a))
    details = [_bullet(example, bullet.text, bullet.sources) for bullet in output.bullets]
    count = len(details)
    placeholders = sum(leak.kind == "placeholder" for leak in report.leaks)
    values: dict[str, Pair] = {
        "anchor_recall": (len(found), len(expected)),
        "recall_ceiling": _ceiling(example, output, expected),
        "anchor_consistency": (len(report.kept), len(report.kept) + len(report.variants)),
        "anchor_kept": _kept(example, output),
        "placeholder_leaks": (placeholders, 1),
        "misspelt_leaks": (len(report.leaks) - placeholders, 1),
        "bad_numbers": (sum(bool(d.numbers) for d in details), count),
        "bad_negation": (sum(bool(d.negation) for d in details), count),
        "bad_names": (sum(bool(d.names) for d in details), count),
        "bullets": (count, 1),
        "words": (len(output.text.split()), 1),
        "seconds": (0, 0) if output.seconds is None else (output.seconds, 1),
    }
    by_status = {
        status: (
            float(sum(a.status == status for a in found)),
            float(sum(a.status == status for a in expected)),
        )
        for status in STATUSES
    }
    return Scored(values, details, report, expected, found, by_status)


def human_english(example: Example) -> str:
    return "\n".join([example.reference, *example.translations.values()])


def source_text(example: Example, sources: Sequence[int] | None) -> list[str]:
    """The Hindi sentences of a bullet; the whole body where its sources are unknown."""
    return [s.text for s in example.body if sources is None or s.index in sources]


def _once(uses: Sequence) -> list:
    return list({use.anchor.en.casefold(): use for use in uses}.values())


def _bullet(example: Example, text: str, sources: tuple[int, ...] | None) -> BulletDetail:
    hindi = source_text(example, sources)
    here = [s for s in example.sentences if sources is None or s.index in sources]
    indices = {s.index for s in here}
    spellings = [a.en for a in example.anchors if a.usable and a.sentence in indices]
    spellings += [a.en for a in annotate(here, Lexicon.load()) if a.usable]
    bad_numbers = tuple(n.text for n in numbers.unsupported(text, hindi, spellings))
    bad_names = tuple(unsupported_names(text, hindi, spellings))
    return BulletDetail(text, sources, bad_names, bad_numbers, flipped(text, hindi))


def _ceiling(example: Example, output: Output, expected: Sequence[Anchor]) -> Pair:
    """Of the expected glosses, those in the human translations of the sentences that the output rests on."""
    if not example.translations or any(b.sources is None for b in output.bullets):
        return 0, 0
    chosen = {i for b in output.bullets for i in b.sources or ()}
    text = "\n".join(example.translations[i] for i in sorted(chosen) if i in example.translations)
    kept = {u.anchor.en.casefold() for u in consistency(text, expected).kept}
    return len(kept), len(expected)


def _kept(example: Example, output: Output) -> Pair:
    """Over bullets: of the glosses in their source sentences (those that the human translation uses, where there is
    one), the ones in the bullet."""
    kept = wanted = 0
    for bullet in output.bullets:
        if bullet.sources is None:
            continue
        own = [a for a in example.anchors if a.sentence in bullet.sources and a.usable]
        if example.translations:
            english = "\n".join(example.translations.get(i, "") for i in bullet.sources)
            own = [u.anchor for u in consistency(english, own).kept]
        wanted += len({a.en.casefold() for a in own})
        kept += len(terms.report(bullet.text, own, human_english(example)).kept)
    return kept, wanted
