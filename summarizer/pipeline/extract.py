"""Strategy "extract": each chosen group of sentences becomes one bullet; refused ones give way to the next group."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from summarizer.anchors import consistency
from summarizer.document import Bullet
from summarizer.pipeline.prepare import Prepared, Unit
from summarizer.pipeline.rescoring import Candidate, Reading, Weights, best, contest


@dataclass
class Extraction:
    """State of one article between generation rounds. wanted: bullets still to fill; queue: groups not tried yet."""

    article: Prepared
    queue: list[tuple[int, ...]]
    wanted: int
    rescore: bool = True
    done: list[tuple[Unit, Candidate]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def next_units(self) -> list[Unit]:
        """Units for the coming round: as many as there are bullets to fill."""
        count = self.wanted - len(self.done)
        taken, self.queue = self.queue[:count], self.queue[count:]
        return [self.article.unit(group) for group in taken]

    def judge(
        self, unit: Unit, readings: Sequence[Reading], weights: Weights, before: Sequence[Candidate] = ()
    ) -> list[Candidate]:
        """`before` and candidates of a unit's hypotheses; without rescoring only the first of those is looked at."""
        others = [a for a in self.article.anchors if a.sentence not in unit.group]
        chosen = best(before)
        considered = readings if self.rescore else readings[:1]
        beaten = chosen.score if chosen else -math.inf
        return [*before, *contest(considered, unit, others, weights, beaten)]

    def wants_more(self, candidates: Sequence[Candidate]) -> bool:
        """Whether other hypotheses could do better: none is acceptable, or the best one loses a gloss or a number or
        comes back to its own words."""
        chosen = best(candidates)
        return self.rescore and (chosen is None or chosen.lost > 0 or chosen.echoes > 0)

    def take(self, unit: Unit, candidates: Sequence[Candidate]) -> None:
        """Keep the best acceptable candidate, unless it says what another bullet says."""
        chosen = best(candidates)
        if chosen is None:
            why = "; ".join(dict.fromkeys(r for c in candidates[:1] for r in c.reasons)) or "no hypothesis"
            self.notes.append(f"sentence {unit.group[0]} gave no acceptable bullet ({why})")
        elif any(similar(chosen.text, other.text) for _, other in self.done):
            self.notes.append(f"sentence {unit.group[0]} says what another bullet says")
        else:
            self.done.append((unit, chosen))

    def bullets(self) -> Iterator[Bullet]:
        """Finished bullets in the article's order."""
        for unit, candidate in sorted(self.done, key=lambda pair: pair[0].group):
            kept = consistency(candidate.text, unit.anchors).kept
            anchors = {u.anchor.en.casefold(): u.anchor for u in kept}
            yield Bullet(
                text=candidate.text,
                anchors=tuple(self.article.bullet_anchor(a) for a in anchors.values()),
                sources=tuple(self.article.source_span(i) for i in unit.group),
                score=round(candidate.score, 4),
            )


def similar(one: str, other: str, threshold: float = 0.7) -> bool:
    """Whether two bullets share most of their longer words (Jaccard)."""
    a, b = ({w.strip(".,").lower() for w in t.split() if len(w) > 3} for t in (one, other))
    return bool(a | b) and len(a & b) / len(a | b) >= threshold
