"""Gloss augmentation: word-aligned pairs become pairs whose source carries inline glosses, as news sites print them.

Hindi span + " (English span)" goes into the source, the same English stands in the target, so the model learns that
what the bracket says is what the bullet must say. A share of broken glosses teaches it to look past them; a share of
swapped glosses (another name in the bracket and in the target) teaches it to copy rather than to remember.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from summarizer.models.codec import space_glosses
from summarizer.training.align import Link, bare

MAX_WORDS = 4
PLACEHOLDERS = ("unclear", "sic", "?", "", "n/a", "...", "not clear", "xx")
_WORD = re.compile(r"^(.*?)([\"'“”‘’)\],.;:!?।]*)$", re.S)
_STOP_ENGLISH = frozenset(
    """a an the of and or in on at to for from by with as is are was were be been being it its this that these those he
    she they we i you his her their our who whom which what when where while will would can could may might shall should
    must has have had do does did not no also but if than then so such into over under after before about up out more
    most other some any each very just only there here him them me my your said says say according""".split()
)
_STOP_HINDI = frozenset(
    """के का की में है हैं को से और ने पर यह वह कि जो भी तो ही था थे थी एक इस उस हो कर लिए या नहीं किया गया ये वे अपने साथ
    रहा रहे रही जा गई गए कहा हुए हुई हुआ बाद तक""".split()
)


@dataclass
class Glossing:
    """How glosses are made. mode: inline = correct ones, shuffled = right words on the wrong spans (an ablation),
    none = the text as it is. The shares are probabilities per gloss; `all_names` is per example."""

    mode: str = "inline"
    placeholder: float = 0.06
    misspelt: float = 0.02
    misplaced: float = 0.02
    swapped: float = 0.12
    title_case: float = 0.3
    all_names: float = 0.4


@dataclass(frozen=True)
class Span:
    """Hindi words first..last of the source and the English that they align with (words english..english+length)."""

    first: int
    last: int
    text: str
    english: int
    length: int
    name: bool


@dataclass
class Glosser:
    """Glosses examples with a random generator of its own, so that a seed fixes the corpus."""

    options: Glossing
    seed: int
    names: Sequence[str] = ()
    random: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def gloss(self, source: str, target: str, links: Sequence[Link]) -> tuple[str, str, list[Link]] | None:
        """(source with glosses, target, links between their words), or None when no span qualifies or the source has
        brackets already. Target words that a gloss gives are linked to the gloss instead of the Hindi."""
        if self.options.mode == "none" or "(" in source:
            return None
        spans = self._choose(candidates(source, target, links))
        if not spans:
            return None
        texts = [span.text for span in spans]
        if self.options.mode == "shuffled":
            texts = texts[1:] + texts[:1]
        english = target.split()
        ending = {span.last: (span, text) for span, text in zip(spans, texts, strict=True)}
        words: list[str] = []
        moved: dict[int, int] = {}
        to_source = {j: i for i, j in links}
        for i, word in enumerate(source.split()):
            moved[i] = len(words)
            if i not in ending:
                words.append(word)
                continue
            span, text = ending[i]
            gloss, faithful = self._print(span, text, english)
            head, tail = _WORD.match(word).groups()  # type: ignore[union-attr]
            words.append(head)
            chunk = space_glosses(f"({gloss}){tail}").split()
            if faithful and len(chunk) == span.length + 2:  # -1 - position: already a position in the new words
                to_source.update({span.english + k: -2 - len(words) - k for k in range(span.length)})
            words += chunk
        new_links = [(moved[i] if i >= 0 else -1 - i, j) for j, i in to_source.items()]
        return " ".join(words), " ".join(english), sorted(new_links)

    def _choose(self, spans: list[Span]) -> list[Span]:
        names = [s for s in spans if s.name]
        if names and self.random.random() < self.options.all_names:
            extra = [s for s in spans if not s.name and self.random.random() < 0.15]
            return names + extra
        count = min(self.random.choice((1, 1, 2, 2, 3, 4)), len(spans))
        weights = [(3.0 if s.name else 1.0) for s in spans]
        chosen: list[Span] = []
        pool = list(zip(spans, weights, strict=True))
        for _ in range(count):
            pick = self.random.choices(range(len(pool)), [w for _, w in pool])[0]
            chosen.append(pool.pop(pick)[0])
        return chosen

    def _print(self, span: Span, text: str, english: list[str]) -> tuple[str, bool]:
        """The gloss as printed, and whether the target says the same; may change `english` (a swapped name) but never
        lets a broken gloss into it."""
        options, draw = self.options, self.random.random()
        if options.mode == "shuffled":
            return text, False
        for kind in ("placeholder", "misspelt", "misplaced", "swapped"):
            share = getattr(options, kind)
            if draw < share:
                return self._broken(kind, span, text, english), kind == "swapped"
            draw -= share
        if not span.name and self.random.random() < options.title_case:
            return text.title(), True
        return text, True

    def _broken(self, kind: str, span: Span, text: str, english: list[str]) -> str:
        if kind == "placeholder":
            return self.random.choice(PLACEHOLDERS)
        if kind == "misspelt" and len(text) > 4:
            return misspell(text, self.random)
        if kind == "misplaced" and self.names:
            return self.random.choice(self.names)
        if kind == "swapped" and span.name and self.names and span.length == 1:
            name = self.random.choice(self.names)
            old = english[span.english]
            english[span.english] = old.replace(bare(re.sub(r"['’]s\b", "", old)), name, 1)
            return name
        return text


def misspell(text: str, rng: random.Random) -> str:
    """One typing error inside a word: a letter left out, doubled, swapped or replaced by a vowel."""
    i = rng.randrange(1, len(text) - 1)
    return rng.choice(
        (
            text[:i] + text[i + 1 :],
            text[:i] + text[i] + text[i:],
            text[:i] + text[i + 1] + text[i] + text[i + 2 :],
            text[:i] + rng.choice("aeiou") + text[i + 1 :],
        )
    )


def candidates(source: str, target: str, links: Sequence[Link]) -> list[Span]:
    """Spans that can carry a gloss: up to four adjacent English words whose Hindi words are adjacent too, no numbers,
    no function words at either edge. Spans do not overlap."""
    hindi, english = source.split(), target.split()
    if not links or max(i for i, _ in links) >= len(hindi) or max(j for _, j in links) >= len(english):
        return []
    to_hindi = {j: i for i, j in links}
    spans: list[Span] = []
    j = 0
    while j < len(english):
        span = _longest(j, hindi, english, to_hindi)
        if span is None:
            j += 1
            continue
        if not any(s.first <= span.last and span.first <= s.last for s in spans):
            spans.append(span)
        j = span.english + span.length
    return spans


def _content(word: str, stop: frozenset[str]) -> bool:
    word = bare(word).lower()
    return len(word) > 1 and word not in stop and not re.search(r"[\d()/@#]", word)


def _longest(start: int, hindi: list[str], english: list[str], to_hindi: dict[int, int]) -> Span | None:
    """The span that begins at English word `start`: names extend over capitalised neighbours, nouns take one more."""
    if start not in to_hindi or not _content(english[start], _STOP_ENGLISH):
        return None
    name = bare(english[start])[:1].isupper() and (start > 0 or bare(english[start]).isupper())
    end = start
    while (
        end + 1 in to_hindi
        and end + 1 - start < MAX_WORDS
        and bare(english[end]) == english[end].lstrip("\"'“‘([")
        and _content(english[end + 1], _STOP_ENGLISH)
        and bare(english[end + 1])[:1].isupper() == name
        and (name or end == start)
        and abs(to_hindi[end + 1] - to_hindi[end]) == 1
    ):
        end += 1
    rows = [to_hindi[j] for j in range(start, end + 1)]
    first, last = min(rows), max(rows)
    if last - first != len(rows) - 1 or not all(_content(hindi[i], _STOP_HINDI) for i in range(first, last + 1)):
        return None
    if any(re.search(r"[,.;:!?।]$", hindi[i]) for i in range(first, last)):
        return None
    text = re.sub(r"['’]s$", "", " ".join(bare(w) for w in english[start : end + 1]))
    return Span(first, last, text, start, end + 1 - start, name) if text else None
