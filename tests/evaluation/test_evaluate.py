"""The whole evaluation: rows from models, human translations and files; table, CSV, JSON, report, figures."""

import argparse
import csv
import io
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from summarizer.errors import InputError, UsageError
from summarizer.evaluation import tables
from summarizer.evaluation.command import add_arguments, run, run_options
from summarizer.evaluation.options import Options
from summarizer.evaluation.run import evaluate
from summarizer.evaluation.systems import SETS, SYSTEMS, entries

ROOT = Path(__file__).resolve().parents[2]
STORIES = [
    (
        ["रूस (Russia) ने सोमवार को 5 जहाज रोके.", "यूक्रेन (Ukraine) ने विरोध किया, मदद मांगी.", "मौसम साफ रहा, लोग निकले."],
        ["Russia stopped 5 ships on Monday.", "Ukraine protested and asked for help.", "The weather was clear."],
    ),
    (
        ["चेन्नई (Chennai) में भारी बारिश हुई और पानी भरा.", "स्कूल दो दिन बंद रहेंगे.", "पुलिस ने लोगों को बचाया."],
        ["Heavy rain fell in Chennai.", "Schools stay shut for two days.", "Police saved people."],
    ),
    (
        ["भारत (India) ने जापान (Japan) को 3-1 से हराया.", "कप्तान ने दो गोल किए और मैच जीता.", "अगला मैच रविवार को होगा."],
        ["India beat Japan 3-1.", "The captain scored two goals and won the match.", "The next match is on Sunday."],
    ),
]  # fmt: skip


@pytest.fixture
def data(tmp_path):
    items = [
        {
            "id": f"n{i}",
            "text": " ".join(hindi),
            "bullets": english[:2],
            "body_sentences": hindi,
            "translations": english,
        }
        for i, (hindi, english) in enumerate(STORIES)
    ]
    path = tmp_path / "news.jsonl"
    path.write_text("".join(json.dumps(i, ensure_ascii=False) + "\n" for i in items), encoding="utf-8")
    return path


@pytest.fixture
def finished(tmp_path):
    """Outputs of two systems: the references, and the references of the next article."""
    texts = [english[:2] for _, english in STORIES]
    for name, bullets in (("perfect", texts), ("shuffled", texts[1:] + texts[:1])):
        lines = [json.dumps({"id": f"n{i}", "bullets": b}) for i, b in enumerate(bullets)]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines))
    return [str(tmp_path / "perfect.jsonl"), str(tmp_path / "shuffled.jsonl")]


def options(data, **more):
    return Options.from_dict({"data": str(data), "similarity": "off", "resamples": 200} | more)


def values(results, name):
    system = next(s for s in results["systems"] if s["name"] == name)
    return {key: one["value"] for key, one in system["metrics"].items()}


def test_files_of_outputs(data, finished):
    results = evaluate(options(data, systems=[], outputs=finished))
    perfect, shuffled = values(results, "perfect"), values(results, "shuffled")
    for key in ("rouge1", "rouge2", "rougeL", "rougeLsum", "anchor_recall", "anchor_consistency"):
        assert perfect[key] == pytest.approx(1.0)
    assert perfect["bad_numbers"] == perfect["bad_names"] == 0
    assert shuffled["rouge2"] < 0.1
    assert shuffled["anchor_recall"] == 0
    assert shuffled["bad_names"] > 0.3
    assert results["comparisons"]["shuffled"]["rouge2"]["difference"] < -0.9
    assert results == evaluate(options(data, systems=[], outputs=finished))


def test_human_translations_bound_what_selection_allows(data):
    results = evaluate(options(data, systems=["bounds"], bullets=2))
    oracle, lead = values(results, "human-oracle"), values(results, "human-lead")
    assert oracle["rouge2"] == pytest.approx(1.0)
    assert lead["anchor_recall"] == lead["recall_ceiling"] == 1.0
    assert values(evaluate(options(data, systems=["human-lead"], bullets=1)), "human-lead")["rouge2"] < 0.9


def test_a_model_and_its_ablations(data, tiny_compact):
    names = ["default", "lead", "random", "oracle", "shuffled-anchors", "plain"]
    results = evaluate(options(data, systems=names, model=str(tiny_compact), threads=1, bullets=2))
    assert [s["name"] for s in results["systems"]] == names
    for article in results["articles"]:
        assert set(article["systems"]) == set(names)
    assert all("seconds" in s["metrics"] for s in results["systems"])


def test_summarise_then_translate(data, tiny_compact, tiny_mt5):
    asked = options(
        data, systems=["summarise-then-translate"], model=str(tiny_compact), relay_model=str(tiny_mt5), limit=1
    )
    assert evaluate(asked)["count"] == 1
    with pytest.raises(UsageError, match="give relay_model"):
        entries(options(data, systems=["summarise-then-translate"]))


def test_sentences(tmp_path, tiny_compact):
    pairs = [pair for hindi, english in STORIES for pair in zip(hindi, english, strict=True)]
    path = tmp_path / "dev.tsv"
    path.write_text("".join(f"{h}\t{e}\n" for h, e in pairs), encoding="utf-8")
    (tmp_path / "perfect.txt").write_text("".join(f"{e}\n" for _, e in pairs))
    asked = options(
        path, systems=["plain"], model=str(tiny_compact), outputs=[str(tmp_path / "perfect.txt")],
        output_dir=str(tmp_path / "out"), baseline="perfect",
    )  # fmt: skip
    assert run_options(asked) == 0
    results = json.loads((tmp_path / "out" / "results.json").read_text())
    assert values(results, "perfect")["chrf"] == pytest.approx(100)
    assert values(results, "plain")["chrf"] < 30
    assert results["comparisons"]["plain"]["bleu"]["p_bootstrap"] < 0.05
    assert "chrF" in (tmp_path / "out" / "table.md").read_text()
    (tmp_path / "perfect.txt").write_text("one line\n")
    with pytest.raises(InputError, match="1 lines for 9 sentences"):
        evaluate(options(path, systems=[], outputs=[str(tmp_path / "perfect.txt")]))


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.links = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [v for k, v in attrs if k in ("src", "href")]


def test_files_and_report(data, finished, tmp_path, capsys):
    out = tmp_path / "out"
    assert run_options(options(data, systems=["human-lead"], outputs=finished, output_dir=str(out))) == 0
    printed = capsys.readouterr().out
    assert printed.strip() == (out / "table.md").read_text().strip()
    page = _Page()
    text = (out / "report.html").read_text(encoding="utf-8")
    page.feed(text)
    assert page.links == []  # nothing from outside
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", text)
    assert page.tags.count("svg") >= 5
    assert '<mark class="valid" title="Russia">रूस (Russia)</mark>' in text
    rows = list(csv.DictReader(io.StringIO((out / "articles.csv").read_text(encoding="utf-8"))))
    assert len(rows) == 9
    assert float(next(r for r in rows if r["system"] == "perfect")["rouge1"]) == pytest.approx(1.0)
    again = evaluate(options(data, systems=[], outputs=[str(out / "outputs" / "perfect.jsonl")]))
    assert values(again, "perfect")["rouge2"] == pytest.approx(1.0)


def test_text_of_an_article_cannot_break_the_report(data, tmp_path):
    nasty = tmp_path / "nasty.jsonl"
    bullets = ["</script><script>alert(1)</script> Russia & <b>Ukraine</b>."]
    nasty.write_text("".join(json.dumps({"id": f"n{i}", "bullets": bullets}) + "\n" for i in range(3)))
    run_options(options(data, systems=[], outputs=[str(nasty)], output_dir=str(tmp_path / "out")))
    text = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert text.count("</script>") == 2
    assert "<b>Ukraine" not in text


def test_figures_block(data, finished, tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text("# Title\n<!-- figures:start -->\nold\n<!-- figures:end -->\nend\n")
    asked = {"systems": [], "outputs": finished, "output_dir": str(tmp_path / "out")}
    run_options(options(data, figures=[str(readme)], **asked))
    text = readme.read_text()
    assert text.startswith("# Title\n<!-- figures:start -->\nnews.jsonl, 3 articles")
    assert text.endswith("<!-- figures:end -->\nend\n")
    assert "\nold\n" not in text
    run_options(options(data, figures=[str(readme)], **asked))
    assert readme.read_text() == text
    with pytest.raises(InputError, match="0 blocks <!-- figures:start other -->"):
        tables.write_figures(f"{readme}:other", "x")


def test_significance_marks(data, finished):
    results = evaluate(options(data, systems=[], outputs=finished))
    shown = tables.markdown(results)
    assert "| perfect | 100.0" in shown
    results["comparisons"]["shuffled"]["rouge1"].update(p_bootstrap=0.01, p_randomisation=0.2)
    assert not tables.is_significant(results["comparisons"]["shuffled"]["rouge1"])
    results["comparisons"]["shuffled"]["rouge1"]["p_randomisation"] = 0.01
    assert tables.is_significant(results["comparisons"]["shuffled"]["rouge1"])


def test_rows_asked_for():
    asked = Options(data="x", systems=["default", "ablations", "lead@runs/a"], model="m")
    rows = entries(asked)
    assert [r.name for r in rows] == [*SETS["ablations"], "lead@a"]
    assert rows[-1].model == "runs/a"
    assert rows[0].model == "m"
    assert all(name in SYSTEMS for names in SETS.values() for name in names)
    with pytest.raises(UsageError, match="did you mean shuffled-anchors"):
        entries(Options(data="x", systems=["shufled-anchors"]))


def test_two_checkpoints_are_two_rows():
    rows = entries(Options(data="x", systems=["default@runs/a/final", "default@runs/b/final", "default@runs/a/final"]))
    assert [(r.name, r.model) for r in rows] == [("default@a", "runs/a/final"), ("default@b", "runs/b/final")]
    with pytest.raises(UsageError, match="a row 'default@a' is there already, of runs/a/final"):
        entries(Options(data="x", systems=["default@runs/a/final", "default@other/a"]))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"data": ""}, "data is not given"),
        ({"data": "x", "systems": []}, "neither systems nor outputs"),
        ({"data": "x", "similarity": "yes"}, "similarity 'yes' is unknown"),
        ({"data": "x", "limit": 0}, "limit is 0"),
        ({"data": "x", "limt": 3}, "did you mean limit"),
    ],
)
def test_wrong_options(wrong, message):
    with pytest.raises(UsageError, match=message):
        Options.from_dict(wrong)


def test_missing_file_and_baseline(data, tmp_path):
    with pytest.raises(InputError, match="no such file"):
        evaluate(options(tmp_path / "no.jsonl"))
    with pytest.raises(UsageError, match="baseline 'x' is not among"):
        evaluate(options(data, systems=["human-lead"], baseline="x"))


def test_command_line(data, finished, tmp_path, capsys):
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    line = [str(data), "--systems", "--outputs", *finished, "--similarity", "off", "-o", str(tmp_path / "out")]
    assert run(parser.parse_args(line)) == 0
    assert "| perfect | 100.0" in capsys.readouterr().out


@pytest.mark.slow  # starts Python twice and imports the evaluate library anew
def test_hydra_script(data, finished, tmp_path):
    script = [sys.executable, str(ROOT / "scripts" / "evaluate.py")]
    given = [f"data={data}", "systems=[]", f"outputs=[{','.join(finished)}]", "similarity=off", "resamples=200"]
    done = subprocess.run([*script, *given, f"output_dir={tmp_path / 'out'}"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "| perfect | 100.0" in done.stdout
    wrong = subprocess.run([*script, "dat=x"], capture_output=True, text=True)
    assert wrong.returncode == 2
    assert "did you mean data" in wrong.stderr
