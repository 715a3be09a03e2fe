"""Which sentences become bullets: salience against redundancy, then what belongs together in one bullet.

Sentences are chosen and grouped here, never rewritten, merged or put in order; the caller sorts groups by position.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from zlib import crc32

import numpy as np

from summarizer.document import Anchor, Sentence
from summarizer.selection.features import PAIR, SENTENCE, View, leans, pair_features, sentence_features
from summarizer.selection.logistic import shipped
from summarizer.selection.stems import overlap

METHODS = ("salience", "lead", "random")
MAX_GROUP_CHARS = 240
_LONGEST_GROUP = 3
_TOGETHER = 0.3  # least probability that a neighbour belongs into a chosen sentence's bullet
_LEAD = 0.15  # added to the first sentence: many training articles have lost theirs, news sites put the news there
_DANGLING = 0.1  # taken from a sentence that leans on one which its bullet will not hold
_REDUNDANCY = 0.3  # taken per unit of overlap with what is chosen (maximal marginal relevance)
_DUPLICATE = 0.8
_CANDIDATES = 200  # considered at most, so that a very long article costs no more than a long one


def default_bullets(sentences: int) -> int:
    """Bullets for an article of so many body sentences: what references have, all of them for very short ones."""
    if sentences <= 3:
        return max(sentences, 0)
    return 3 + (sentences >= 5) + (sentences >= 7) + (sentences >= 11)


def select(
    sentences: Sequence[Sentence],
    anchors: Sequence[Anchor],
    bullets: int | None = None,
    *,
    method: str = "salience",
    reserves: int = 3,
    max_chars: int = MAX_GROUP_CHARS,
) -> list[tuple[int, ...]]:
    """Groups of `Sentence.index` values, most important first: `bullets` to use, then up to `reserves` to fall back on.

    sentences: all segments of an article; only those with role "body" are chosen. anchors: of the same article.
    bullets: None for `default_bullets`. method: "lead" and "random" (seeded by the text) are baselines of single
    sentences. max_chars: the most characters a group of more than one sentence may have.
    A group is one to three neighbouring sentences that one bullet rests on; no sentence is in two groups, and a
    sentence that nearly repeats a chosen one is in none, so there may be fewer groups than asked for.
    Raises ValueError on an unknown method, bullets below 1 or reserves below 0.
    """
    if method not in METHODS:
        raise ValueError(f"method {method!r} is not known; use 'salience', 'lead' or 'random'")
    if reserves < 0 or (bullets is not None and bullets < 1):
        raise ValueError(f"bullets must be 1 or more and reserves 0 or more, not {bullets} and {reserves}")
    body = [s for s in sentences if s.role == "body"]
    count = min(len(body), (default_bullets(len(body)) if bullets is None else bullets) + reserves)
    if method == "lead":
        return [(s.index,) for s in body[:count]]
    if method == "random":
        rng = Random(crc32("".join(s.text for s in body).encode("utf-8", "surrogatepass")))
        return [(s.index,) for s in rng.sample(body, count)]
    if not body:
        return []
    view = View.of(body)
    scores = shipped("salience", SENTENCE)(sentence_features(view, anchors))
    scores[:1] += _LEAD
    return [tuple(body[i].index for i in group) for group in choose(view, scores, count, max_chars)]


def choose(view: View, scores: np.ndarray, count: int, max_chars: int) -> list[list[int]]:
    """Up to `count` groups of positions in the body, each grown from the sentence that scores best when chosen."""
    order = sorted(range(len(scores)), key=lambda i: (-scores[i], i))[: max(_CANDIDATES, 2 * count)]
    closest = dict.fromkeys(order, 0.0)  # overlap with the most similar chosen sentence
    used: set[int] = set()  # chosen, or nearly repeating what is
    groups: list[list[int]] = []
    while order and len(groups) < count:
        worth = {i: scores[i] - _REDUNDANCY * closest[i] - _DANGLING * _dangles(view, i, used) for i in order}
        group = grow(view, scores, max(order, key=lambda i: (worth[i], -i)), used, max_chars)
        groups.append(group)
        used.update(group)
        for i in order:
            closest[i] = max(closest[i], *(overlap(view.stems[i], view.stems[j]) for j in group))
        used.update(i for i in order if closest[i] >= _DUPLICATE)
        order = [i for i in order if i not in used]
    return groups


def _dangles(view: View, i: int, used: set[int]) -> bool:
    return leans(view.body[i].text) and (i - 1 in used or not _adjoin(view, i - 1))


def grow(view: View, scores: np.ndarray, i: int, used: set[int], max_chars: int) -> list[int]:
    """Sentence i with the neighbours that belong to it, in order, as long as the group stays short.

    The probability that a neighbour belongs is that of being used at all times that of sharing the bullet.
    """
    cohesion = shipped("cohesion", PAIR)
    group = [i]
    while len(group) < _LONGEST_GROUP:
        room = max_chars - sum(len(view.body[j].text) + 1 for j in group)
        options = [
            (float(scores[new] * cohesion(pair_features(view, left))), new)
            for new, left in ((group[0] - 1, group[0] - 1), (group[-1] + 1, group[-1]))
            if _adjoin(view, left)
            and new not in used
            and len(view.body[new].text) <= room
            and all(overlap(view.stems[new], view.stems[j]) < _DUPLICATE for j in group)
        ]
        belongs, new = max(options, default=(0.0, -1))
        if belongs < _TOGETHER:
            break
        group = sorted([*group, new])
    return group


def _adjoin(view: View, i: int) -> bool:
    """Whether body sentence i has a follower with nothing set aside, such as a sub-head, between them."""
    return 0 <= i < len(view.body) - 1 and view.body[i].index + 1 == view.body[i + 1].index
