"""Which sentences become bullets: salience against redundancy, then what belongs together in one bullet.

Sentences are chosen and grouped here, never rewritten, merged or put in order; the caller sorts groups by position.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import Literal
from zlib import crc32

from summarizer.document import Anchor, Sentence
from summarizer.selection.stems import centroid, cosine_to, overlap, stems

Method = Literal["salience", "lead", "random"]
MAX_GROUP_CHARS = 280
_CANDIDATES = 200
_REDUNDANCY = 0.5
_DUPLICATE = 0.8
_FOLLOWS = ("उन्होंने", "उन्हें", "उनके", "उनकी", "उनका", "इसके", "इससे", "इसमें", "इस ", "वह ", "वे ", "यह ", "ये ", "हालांकि", "वहीं", "लेकिन")  # fmt: skip


def default_bullets(sentences: int) -> int:
    """Bullets for an article of so many body sentences: what references have, all of them for very short ones."""
    if sentences <= 3:
        return sentences
    return 3 + (sentences > 4) + (sentences > 8) + (sentences > 14)


def select(
    sentences: Sequence[Sentence],
    anchors: Sequence[Anchor],
    bullets: int | None = None,
    *,
    method: Method = "salience",
    reserves: int = 3,
    max_chars: int = MAX_GROUP_CHARS,
) -> list[tuple[int, ...]]:
    """Groups of `Sentence.index` values, most important first: `bullets` to use, then up to `reserves` to fall back on.

    A group is one to three neighbouring body sentences that one bullet rests on; no sentence is in two groups.
    """
    body = [s for s in sentences if s.role == "body"]
    count = (default_bullets(len(body)) if bullets is None else bullets) + reserves
    if method == "lead":
        return [(s.index,) for s in body[:count]]
    if method == "random":
        rng = Random(crc32("".join(s.text for s in body).encode()))
        return [(s.index,) for s in rng.sample(body, min(count, len(body)))]
    if method != "salience":
        raise ValueError(f"method {method!r} is not known; use 'salience', 'lead' or 'random'")
    return _salient(body, anchors, count, max_chars)


def _salient(body: Sequence[Sentence], anchors: Sequence[Anchor], count: int, max_chars: int) -> list[tuple[int, ...]]:
    bags = [Counter(stems(s.text)) for s in body]
    central = cosine_to(centroid(bags), bags)
    glossed = Counter(a.sentence for a in anchors if a.usable)
    scores = [
        c + 0.3 / (i + 1) ** 0.5 + 0.02 * min(glossed[s.index], 5) - 0.2 * (len(s.text) < 40) - 0.2 * ("?" in s.text)
        for i, (s, c) in enumerate(zip(body, central, strict=True))
    ]
    left = sorted(range(len(body)), key=lambda i: (-scores[i], i))[:_CANDIDATES]
    closest = dict.fromkeys(left, 0.0)
    used: set[int] = set()
    groups: list[tuple[int, ...]] = []
    while left and len(groups) < count:
        best = max(left, key=lambda i: (scores[i] - _REDUNDANCY * closest[i], -i))
        group = _with_follow_up(body, best, used, max_chars)
        used.update(group)
        groups.append(tuple(body[i].index for i in group))
        for i in left:
            closest[i] = max(closest[i], *(overlap(bags[i], bags[j]) for j in group))
        left = [i for i in left if i not in used and closest[i] < _DUPLICATE]
    return groups


def _with_follow_up(body: Sequence[Sentence], i: int, used: set[int], max_chars: int) -> list[int]:
    """Sentence i with the one before it if i leans on it, or with a short follow-up."""
    for first in (i - 1, i):
        pair = [first, first + 1]
        if first < 0 or pair[-1] >= len(body) or used & set(pair) or body[first].index + 1 != body[first + 1].index:
            continue
        if body[pair[1]].text.startswith(_FOLLOWS) and sum(len(body[j].text) for j in pair) <= max_chars:
            return pair
    return [i]
