"""Plots as inline SVG text, coloured by CSS classes so that light and dark pages share them. No plotting library."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

WIDTH, ROW, LEFT, RIGHT, TOP, BOTTOM = 620, 34, 150, 20, 12, 34
COLOURS = 8  # classes c0 to c7 of the style sheet


class Series(NamedTuple):
    """points: one a article, with its label; value with its interval: the figure of the table."""

    name: str
    points: Sequence[tuple[str, float]]
    value: float
    low: float
    high: float


def ticks(low: float, high: float, count: int = 5) -> list[float]:
    """Round values that span low to high, about `count` of them."""
    if not high > low:
        return [low]
    raw = (high - low) / count
    scale = 10 ** math.floor(math.log10(raw))
    step = next((m * scale for m in (1, 2, 2.5, 5) if m * scale >= raw), 10 * scale)
    first = math.ceil(low / step - 1e-9)
    return [round(i * step, 10) for i in range(first, math.floor(high / step + 1e-9) + 1)]


def strips(series: Sequence[Series], label: str) -> str:
    """A row a system: its articles as dots, its figure as a bar with the 95% interval."""
    values = [v for s in series for v in (*(p for _, p in s.points), s.low, s.high)]
    axis = _Axis(min([0, *values]), max([*values, 1e-9]), LEFT, WIDTH - RIGHT)
    height = TOP + ROW * len(series) + BOTTOM
    parts = [_grid(axis, TOP, height - BOTTOM, label)]
    for row, one in enumerate(series):
        y = TOP + ROW * row + ROW / 2
        colour = f"c{row % COLOURS}"
        parts.append(
            f'<text class="name" x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{escape(_short(one.name))}</text>'
        )
        for place, (title, value) in enumerate(one.points):
            shift = ((place * 7) % 11 - 5) * 0.9  # spread, the same in every run
            parts.append(_dot(axis(value), y + shift, colour, f"{title}: {value:.1f}"))
        parts.append(
            f'<g class="{colour}"><title>{escape(one.name)}: {one.value:.1f} [{one.low:.1f}, {one.high:.1f}]</title>'
            f'<line class="whisker" x1="{axis(one.low):.1f}" x2="{axis(one.high):.1f}" y1="{y}" y2="{y}"/>'
            f'<line class="mean" x1="{axis(one.value):.1f}" x2="{axis(one.value):.1f}" y1="{y - 9}" y2="{y + 9}"/></g>'
        )
    return _svg(height, parts, label)


def bars(groups: Sequence[tuple[str, Sequence[Series]]], label: str) -> str:
    """Groups of bars with intervals, 0 to 100: one group a gloss status, one bar a system."""
    thick = 13
    height = TOP + sum(thick * len(series) + 14 for _, series in groups) + BOTTOM
    axis = _Axis(0, 100, LEFT, WIDTH - RIGHT)
    parts = [_grid(axis, TOP, height - BOTTOM, label)]
    y = float(TOP + 7)
    for name, series in groups:
        middle = y + thick * len(series) / 2
        parts.append(f'<text class="name" x="{LEFT - 8}" y="{middle + 4}" text-anchor="end">{escape(name)}</text>')
        for place, one in enumerate(series):
            colour = f"c{place % COLOURS}"
            parts.append(
                f'<g class="{colour}"><title>{escape(one.name)}, {escape(name)}: {one.value:.1f} '
                f"[{one.low:.1f}, {one.high:.1f}]</title>"
                f'<rect class="bar" x="{LEFT}" y="{y}" width="{axis(one.value) - LEFT:.1f}" height="{thick - 3}"/>'
                f'<line class="whisker" x1="{axis(one.low):.1f}" x2="{axis(one.high):.1f}" y1="{y + thick / 2 - 1.5}" '
                f'y2="{y + thick / 2 - 1.5}"/></g>'
            )
            y += thick
        y += 14
    return _svg(height, parts, label)


def scatter(series: Sequence[tuple[str, Sequence[tuple[str, float, float]]]], across: str, up: str) -> str:
    """Dots (label, x, y) of each system in its colour."""
    points = [p for _, dots in series for p in dots]
    height, bottom = 320, 320 - BOTTOM
    if not points:
        return ""
    x = _Axis(0, max([p[1] for p in points] + [1e-9]), 60, WIDTH - RIGHT)
    y = _Axis(0, max([p[2] for p in points] + [1e-9]), bottom, TOP)
    parts = [_grid(x, TOP, bottom, across)]
    for value in y.ticks:
        parts.append(f'<text class="tick" x="52" y="{y(value) + 4:.1f}" text-anchor="end">{value:g}</text>')
        parts.append(f'<line class="grid" x1="60" x2="{WIDTH - RIGHT}" y1="{y(value):.1f}" y2="{y(value):.1f}"/>')
    middle = (TOP + bottom) / 2
    parts.append(
        f'<text class="axis" transform="translate(14 {middle}) rotate(-90)" text-anchor="middle">{escape(up)}</text>'
    )
    for place, (name, dots) in enumerate(series):
        for title, px, py in dots:
            parts.append(_dot(x(px), y(py), f"c{place % COLOURS}", f"{name}, {title}: {px:.0f}, {py:.1f}"))
    return _svg(height, parts, f"{up} against {across}")


class _Axis:
    """Maps values to pixels; ends at the last round value."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self.ticks = ticks(low, high)
        step = self.ticks[1] - self.ticks[0] if len(self.ticks) > 1 else (high or 1)
        if self.ticks[-1] < high - 1e-9:
            self.ticks.append(self.ticks[-1] + step)
        self.low, self.high = min(low, self.ticks[0]), max(high, self.ticks[-1])
        self.start, self.end = start, end

    def __call__(self, value: float) -> float:
        return self.start + (value - self.low) / ((self.high - self.low) or 1) * (self.end - self.start)


def _grid(axis: _Axis, top: float, bottom: float, label: str) -> str:
    parts = []
    for value in axis.ticks:
        x = axis(value)
        parts.append(f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{bottom}"/>')
        parts.append(f'<text class="tick" x="{x:.1f}" y="{bottom + 14}" text-anchor="middle">{value:g}</text>')
    middle = (axis.start + axis.end) / 2
    parts.append(f'<text class="axis" x="{middle}" y="{bottom + 29}" text-anchor="middle">{escape(label)}</text>')
    return "".join(parts)


def _dot(x: float, y: float, colour: str, title: str) -> str:
    return f'<circle class="dot {colour}" cx="{x:.1f}" cy="{y:.1f}" r="3"><title>{escape(title)}</title></circle>'


def _short(name: str, most: int = 22) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"


def _svg(height: float, parts: Sequence[str], label: str) -> str:
    return (
        f'<svg viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{escape(label)}" '
        f'xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'
    )
