"""Long sources translated in two parts: hypotheses beside those of the whole.

A small model drops, repeats and crosses the clauses of a long source, while it translates each of them well (Kuang
and Xiong 2016, doi:10.1007/978-3-319-50496-4_14; for Hindi to English Sharma et al. 2014, "Exploring the effects of
Sentence Simplification on Hindi to English Machine Translation System"). Hindi puts its verb last, so a finite verb
before a comma or a conjunction ends a clause.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarizer.anchors.names import opens_with_name
from summarizer.pipeline.prepare import Unit
from summarizer.pipeline.rescoring import tidy

MAX_CHARS = 3000  # of a unit; what is longer is cut off by a model's limits, not by clauses
MIN_WORDS = 5  # of either part of a sentence
_CONJUNCTIONS = {"और": "and", "तथा": "and", "लेकिन": "but", "मगर": "but", "किंतु": "but", "जबकि": "while", "वहीं": "while"}
_AUXILIARY = "है|हैं|था|थे|थी|थीं|होगा|होगी|होंगे|गया|गई|गए|गयी|गये"
_VERB = f"{_AUXILIARY}|दिया|दी|दिए|किया|रहा|रही|रहे|कहा|लिया|लिए|हुआ|हुई|हुए|चाहिए|सकता|सकती|सकते"
_JOINT = re.compile(
    rf"(?<=\s)(?:{_VERB})(?P<conjunction>\s*,?\s+(?P<word>{'|'.join(_CONJUNCTIONS)})\s+)"
    # what opens with जो, जब, तो and the like leans on the clause before
    rf"|(?<=\s)(?:{_AUXILIARY})(?P<comma>\s*,\s+)(?!(?:जो|जब|जहां|जहाँ|जि[सन]\S*|तो|वह|कि)\s)"
)


@dataclass(frozen=True)
class Split:
    """A unit as two sources, and what stands between their translations."""

    first: str
    between: str
    second: str


def splits(unit: Unit) -> list[Split]:
    """The ways to cut a unit in two: between its sentences, and where a clause of one ends. [] where there is none."""
    if sum(map(len, unit.marked)) > MAX_CHARS:
        return []
    found = []
    for i, sentence in enumerate(unit.marked):
        before, after = unit.marked[:i], unit.marked[i + 1 :]
        if before:
            found.append(Split(" ".join(before), " ", " ".join((sentence, *after))))
        for match in _JOINT.finditer(sentence):
            place = "conjunction" if match["word"] else "comma"
            first, second = sentence[: match.start(place)], sentence[match.end(place) :]
            if min(len(first.split()), len(second.split())) >= MIN_WORDS:
                word = _CONJUNCTIONS.get(match["word"], "and")
                found.append(Split(" ".join((*before, first + "।")), f", {word} ", " ".join((second, *after))))
    return found


def joined(first: str, second: str, between: str, unit: Unit) -> str:
    """The translations of a unit's halves as one text. The second goes on in lower case where it goes on with the
    first's sentence, unless it begins with a name."""
    first, second = tidy(first), tidy(second)
    if between == " ":
        return f"{first} {second}"
    if not opens_with_name(second, unit.plain, [a.en for a in unit.anchors]):
        second = second[:1].lower() + second[1:]
    return first.rstrip(".!?") + between + second
