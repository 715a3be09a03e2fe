"""The HTML report: one file without outside references. What it shows is all in the results; nothing is computed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from importlib import resources
from string import Template
from typing import Any

from summarizer.evaluation import plots, tables
from summarizer.evaluation.report_articles import articles_section
from summarizer.evaluation.scoring import BY_KEY, STATUSES

PLOTTED = ("rouge2", "rougeLsum", "anchor_recall", "anchor_kept", "similarity")


def html(results: dict[str, Any]) -> str:
    """The page as text."""
    assets = resources.files("summarizer.evaluation") / "assets"
    page, style, script = ((assets / f"report.{kind}").read_text(encoding="utf-8") for kind in ("html", "css", "js"))
    articles = results["kind"] == "articles"
    sections = [_summary_section(results), *(_article_sections(results) if articles else [_sentence_section(results)])]
    return Template(page).substitute(
        name=escape(results["data"]["name"]),
        count=results["count"],
        unit="articles" if articles else "sentences",
        baseline=escape(results["baseline"]),
        style=style,
        script=script,
        sections="\n".join(sections),
        # "<" is written otherwise, so that no text can end the script element.
        data=json.dumps(_page_data(results), ensure_ascii=False).replace("<", "\\u003c"),
    )


def _page_data(results: dict[str, Any]) -> dict[str, Any]:
    """What the script needs: each article's figures by system, scaled as shown."""
    shown = tables.columns(results)
    keys = [{"key": m.key, "title": m.title} for m in shown]
    articles = [
        {
            name: {
                m.key: round(m.scale * value, 3)
                for m in shown
                if (value := tables.article_value(one, m.key)) is not None
            }
            for name, one in article["systems"].items()
        }
        for article in results.get("articles", [])
    ]
    ids = [article["id"] for article in results.get("articles", [])]
    return {"metrics": keys, "systems": [s["name"] for s in results["systems"]], "articles": articles, "ids": ids}


def _summary_section(results: dict[str, Any]) -> str:
    header, body = tables.rows(results)
    about = "".join(
        f'<li><span class="key c{i % plots.COLOURS}"></span><b>{escape(s["name"])}</b>: {escape(s["about"])}'
        f"{' (' + escape(str(s['model'])) + ')' if s['model'] else ''}</li>"
        for i, s in enumerate(results["systems"])
    )
    legend = "".join(f"<li><b>{escape(m.title)}</b>: {escape(m.about)}</li>" for m in tables.columns(results))
    lines = "".join(f"<li><code>{escape(line)}</code></li>" for line in results["signature"].values())
    return (
        f'<section><h2>Systems</h2><div class="wide">{_table(header, body, "sortable")}</div>'
        f'<ul class="plain">{about}</ul>'
        f"<details><summary>What the columns mean</summary><ul>{legend}</ul></details>"
        f"<details><summary>Signatures</summary><ul>{lines}<li><code>data {results['data']['sha256']}</code></li>"
        "</ul></details></section>"
    )


def _article_sections(results: dict[str, Any]) -> list[str]:
    return [_plot_section(results), _pair_section(results), _anchor_section(results), articles_section(results)]


def _plot_section(results: dict[str, Any]) -> str:
    figures = []
    for key in PLOTTED:
        metric = BY_KEY[key]
        series = [
            _series(results, s["name"], s["metrics"][key], key) for s in results["systems"] if key in s["metrics"]
        ]
        if series:
            figures.append(_figure(plots.strips(series, f"{metric.title}: {metric.about}"), "A dot an article"))
    groups = []
    for status in STATUSES:
        found = [
            _series(results, s["name"], s["statuses"][status]) for s in results["systems"] if status in s["statuses"]
        ]
        if found:
            count = next(s["statuses"][status]["expected"] for s in results["systems"] if status in s["statuses"])
            groups.append((f"{status} ({count:.0f})", found))
    if groups:
        figures.append(_figure(plots.bars(groups, "anchor recall, %"), "By the status of the printed gloss"))
    dots = [
        (name, [(a["id"], w, 100 * q) for a in results["articles"] for w, q in _length_quality(a["systems"][name])])
        for name in (s["name"] for s in results["systems"])
    ]
    figures.append(
        _figure(
            plots.scatter(dots, "words of the output", "ROUGE-2"),
            "Length against quality; colours as in the list of systems",
        )
    )
    return f'<section><h2>Plots</h2><div class="plots">{"".join(figures)}</div></section>'


def _length_quality(one: dict[str, Any]) -> list[tuple[float, float]]:
    words, quality = (tables.article_value(one, key) for key in ("words", "rouge2"))
    return [(words, quality)] if words is not None and quality is not None else []


def _series(results: dict[str, Any], name: str, estimate: dict[str, float], key: str | None = None) -> plots.Series:
    scale = BY_KEY[key].scale if key else 100
    points = [
        (article["id"], scale * value)
        for article in results["articles"]
        if key and (value := tables.article_value(article["systems"][name], key)) is not None
    ]
    return plots.Series(name, points, *(scale * estimate[k] for k in ("value", "low", "high")))


def _pair_section(results: dict[str, Any]) -> str:
    if len(results["systems"]) < 2:
        return ""
    return (
        '<section id="pair"><h2>System against system</h2><p class="controls">'
        '<label>across <select id="pair-a"></select></label> <label>up <select id="pair-b"></select></label> '
        '<label>metric <select id="pair-metric"></select></label></p>'
        '<div class="plots"><figure><div id="pair-plot"></div>'
        '<figcaption id="pair-caption"></figcaption></figure></div>'
        "</section>"
    )


def _anchor_section(results: dict[str, Any]) -> str:
    parts = []
    for system in results["systems"]:
        body = [
            [a["en"], a["hi"], a["status"], str(a["expected"]), str(a["found"]), ", ".join(a["variants"])]
            for a in system["anchors"]
        ]
        lost = sum(a["found"] < a["expected"] for a in system["anchors"])
        header = ["gloss", "Hindi", "status", "expected", "found", "rendered otherwise"]
        parts.append(
            f"<details><summary>{escape(system['name'])}: {len(body)} spellings, {lost} not always there</summary>"
            f'<div class="wide">{_table(header, body, "sortable")}</div></details>'
        )
    return f"<section><h2>Anchors one by one</h2>{''.join(parts)}</section>"


def _sentence_section(results: dict[str, Any]) -> str:
    names = [s["name"] for s in results["systems"]]
    header = ["#", "Hindi", "reference", *(h for name in names for h in (name, "chrF"))]
    body = [
        [str(i), item["hindi"], item["reference"]]
        + [cell for name in names for cell in (item["systems"][name]["text"], f"{item['systems'][name]['chrf']:.1f}")]
        for i, item in enumerate(results["sentences"], 1)
    ]
    return f'<section><h2>Sentences</h2><div class="wide">{_table(header, body, "sortable texts")}</div></section>'


def _figure(svg: str, caption: str) -> str:
    return f"<figure>{svg}<figcaption>{escape(caption)}</figcaption></figure>"


def _table(header: Sequence[str], body: Sequence[Sequence[str]], kind: str) -> str:
    head = "".join(f"<th>{escape(cell)}</th>" for cell in header)
    lines = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in line) + "</tr>" for line in body)
    return f'<table class="{kind}"><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>'
