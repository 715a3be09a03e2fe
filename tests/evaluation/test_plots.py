"""Plots: round ticks, every dot drawn, text escaped, figures without spread or without points."""

import xml.etree.ElementTree as ElementTree

from summarizer.evaluation.plots import Series, bars, scatter, strips, ticks


def test_ticks_are_round_and_span():
    assert ticks(0, 100) == [0, 20, 40, 60, 80, 100]
    assert ticks(0, 0.9)[:3] == [0, 0.2, 0.4]
    assert ticks(3, 3) == [3]


def test_every_article_is_a_dot_and_text_is_escaped():
    series = [Series("a<b>", [(f"n{i}", float(i)) for i in range(7)], 3.0, 2.0, 4.0), Series("flat", [], 0.0, 0.0, 0.0)]
    root = ElementTree.fromstring(strips(series, "R & D"))
    assert len(root.findall(".//{*}circle")) == 7
    assert any(e.text == "a<b>" for e in root.iter())


def test_bars_end_where_their_values_are():
    root = ElementTree.fromstring(bars([("valid", [Series("a", [], 50, 40, 60), Series("b", [], 100, 100, 100)])], "%"))
    half, full = (float(e.get("width")) for e in root.findall(".//{*}rect"))
    assert abs(full - 2 * half) < 0.2


def test_scatter():
    root = ElementTree.fromstring(scatter([("a", [("n1", 10, 5), ("n2", 20, 50)])], "words", "R-2"))
    low, high = root.findall(".//{*}circle")
    assert float(low.get("cx")) < float(high.get("cx"))
    assert float(low.get("cy")) > float(high.get("cy"))
    assert scatter([("a", [])], "words", "R-2") == ""
