"""The command line through `main(argv)`, with a Summarizer that needs no model, and `glosses`, which needs none."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Iterator

import pytest

from summarizer import __version__, api
from summarizer.cli import main
from summarizer.document import Bullet, SourceSpan, Summary
from summarizer.errors import ModelError, SummarizerError, UsageError
from summarizer.pipeline.prepare import prepare

HINDI = "मॉस्को: रूस (Russia) ने सोमवार को बातचीत का प्रस्ताव रखा. परमाणु (unclear) वार्ता के लिए 30 देश तैयार हैं.\n"
ENGLISH = "Moscow offered talks on Monday. Thirty countries are ready.\n"


class Fake:
    """Echoes the first words of each article as its bullet; checks the text as the real one does."""

    loaded: dict = {}

    @classmethod
    def load(cls, model=None, **options) -> Fake:
        if model == "missing":
            raise ModelError("missing: no such folder; give a checkpoint folder")
        if model == "interrupt":
            raise KeyboardInterrupt
        if options.get("device") == "abacus":
            raise UsageError("device 'abacus' is unknown; use cpu")
        Fake.loaded = {"model": model, **options}
        return cls()

    def summarize_many(self, records: Iterable, *, bullets: int | None = None) -> Iterator[Summary | api.Failure]:
        window = list(records)  # reads ahead, as the real one does
        for record in window:
            try:
                article = prepare(record.text, None, "none", record.id)
            except SummarizerError as error:
                yield api.Failure(record.id, str(error))
                continue
            first = article.source_span(article.body[0].index)
            if record.text.startswith("मौन"):
                yield Summary((), ("sentence 1 gave no acceptable bullet",), record.id, record.title, "fake")
                continue
            made = [Bullet(f"{len(record.text)} characters", (), (SourceSpan(*vars(first).values()),), 0.0)] * 3
            yield Summary(tuple(made[:bullets]), ("a gloss is mended",), record.id, record.title, "fake")

    def translate(self, sentences: Iterable[str]) -> list[str]:
        return ["" if s.isascii() else s.upper().replace("रूस", "Russia") for s in sentences]


@pytest.fixture(autouse=True)
def fake(monkeypatch):
    monkeypatch.setattr(api, "Summarizer", Fake)


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(HINDI, "utf-8")
    return str(path)


def put(tmp_path, name: str, content: str | bytes) -> str:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def test_one_article_gives_bullets_on_stdout_and_notes_on_stderr(article, capsys):
    assert main(["summarize", article, "--bullets", "2"]) == 0
    out, err = capsys.readouterr()
    assert out == f"• {len(HINDI)} characters\n" * 2 and err == "note: a gloss is mended\n"
    assert main(["summarize", article, "--quiet"]) == 0
    assert capsys.readouterr().err == ""


def test_options_reach_the_summarizer(article):
    options = "--model m --engine torch --strategy direct --device cpu --threads 1 --anchors article".split()
    assert main(["summarize", article, *options]) == 0
    assert Fake.loaded == {
        "model": "m",
        "engine": "torch",
        "strategy": "direct",
        "device": "cpu",
        "threads": 1,
        "anchors": "article",
    }


def test_json_carries_provenance_into_the_file(article, capsys):
    assert main(["summarize", article, "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    (source,) = data["bullets"][0]["sources"]
    assert HINDI[source["start"] : source["end"]] == source["text"] and data["id"] == article
    assert Summary.from_dict(data).model == "fake"


def test_standard_input(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(HINDI.encode()))))  # type: ignore[arg-type]
    assert main(["summarize", "-", "--bullets", "1"]) == 0
    assert capsys.readouterr().out == f"• {len(HINDI)} characters\n"


def test_several_are_headed_by_their_names_and_a_bad_one_gives_exit_3(tmp_path, article, capsys):
    bad = [put(tmp_path, "e.txt", ENGLISH), put(tmp_path, "b.bin", b"\0" * 50), put(tmp_path, "z.txt", "")]
    assert main(["summarize", article, *bad, str(tmp_path / "no.txt"), article, "--bullets", "1", "-q"]) == 3
    out, err = capsys.readouterr()
    assert out.split("\n\n") == [f"{article}\n• {len(HINDI)} characters", f"{article}\n• {len(HINDI)} characters\n"]
    for name, says in (
        ("e.txt", "no Hindi text found"),
        ("b.bin", "binary data"),
        ("z.txt", "empty"),
        ("no.txt", "no such file"),
    ):
        assert sum(f"{name}: " in line and says in line for line in err.splitlines()) == 1, (name, err)
    assert err.endswith("4 of 6 inputs failed\n") and "Traceback" not in err


@pytest.mark.parametrize(
    "content, says",
    [(ENGLISH, "no Hindi text found"), ("", "empty"), (b"\x89PNG\r\n\x1a\n\0\0", "image"), (b"%PDF-1.4", "PDF")],
)
def test_nothing_summarised_gives_exit_1(tmp_path, capsys, content, says):
    assert main(["summarize", put(tmp_path, "x.txt", content)]) == 1
    out, err = capsys.readouterr()
    assert out == "" and says in err and "x.txt" in err and err.count("\n") == 1


def test_a_summary_without_bullets_is_a_failure_even_when_quiet(tmp_path, article, capsys):
    silent = put(tmp_path, "m.txt", "मौन रहा.")
    assert main(["summarize", silent, "-q"]) == 1
    out, err = capsys.readouterr()
    assert out == "" and "m.txt: no bullet could be made (sentence 1 gave no acceptable bullet)" in err
    assert main(["summarize", silent, article, "--format", "jsonl"]) == 3
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_a_wrong_path_does_not_wait_for_the_model(capsys):
    Fake.loaded = {}
    assert main(["summarize", "nowhere.txt"]) == 1
    assert capsys.readouterr().err == "error: nowhere.txt: no such file or folder; check the path\n"
    assert Fake.loaded == {}


def test_records_of_a_list_keep_their_ids_and_failures_name_their_line(tmp_path, capsys):
    lines = [{"text": HINDI, "id": "x"}, {"text": ENGLISH, "id": "y"}, "{cut", {"text": HINDI}]
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    path = put(tmp_path, "n.jsonl", text)
    assert main(["summarize", path, "--format", "jsonl", "-q"]) == 3
    out, err = capsys.readouterr()
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["x", f"{path}:4"]
    assert f"{path}:2: y: no Hindi" in err and f"{path}:3: not valid JSON" in err
    assert main(["summarize", path, "--format", "json", "-q"]) == 3
    assert len(json.loads(capsys.readouterr().out)) == 2


def test_a_list_of_one_is_still_a_list(tmp_path, capsys):
    path = put(tmp_path, "n.jsonl", json.dumps({"text": HINDI}) + "\n")
    assert main(["summarize", path, "--format", "json", "-q"]) == 0
    assert isinstance(json.loads(capsys.readouterr().out), list)


def test_output_file_is_left_alone_when_nothing_succeeds(tmp_path, article, capsys):
    target = tmp_path / "out.md"
    assert main(["summarize", article, "--format", "markdown", "-o", str(target)]) == 0
    assert target.read_text("utf-8").startswith("- ") and capsys.readouterr().out == ""
    assert main(["summarize", put(tmp_path, "e.txt", ENGLISH), "-o", str(target)]) == 1
    assert target.read_text("utf-8").startswith("- ")
    assert main(["summarize", article, "-o", str(tmp_path / "no" / "out.md")]) == 1
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["summarise"],
        ["summarize"],
        ["summarize", "x", "--bullets", "0"],
        ["summarize", "x", "--bullets", "many"],
        ["summarize", "x", "--format", "doc"],
        ["summarize", "x", "--input-format", "doc"],
        ["summarize", "x", "--anchors", "shuffled"],
        ["summarize", "x", "--bull", "3"],
        ["translate"],
    ],
)
def test_wrong_usage_gives_exit_2(arguments, capsys):
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2 and "usage: summarizer" in capsys.readouterr().err


def test_errors_of_the_model_and_of_values(article, tmp_path, capsys):
    assert main(["summarize", article, "--model", "missing"]) == 1
    assert main(["summarize", article, "--device", "abacus"]) == 2
    assert main(["summarize", article, "-o", str(tmp_path)]) == 2
    err = capsys.readouterr().err
    assert [line.split(":")[0] for line in err.splitlines()] == ["error"] * 3


def test_interrupt_gives_130(article, capsys):
    assert main(["summarize", article, "--model", "interrupt"]) == 130
    assert capsys.readouterr().err.startswith("error: interrupted")


def test_the_bar_is_for_terminals_and_many(tmp_path, article, capsys, monkeypatch):
    assert main(["summarize", article, article, "-q"]) == 0
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert main(["summarize", article]) == 0
    assert "articles" not in capsys.readouterr().err
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert main(["summarize", article, article]) == 0
    assert "2 articles" in capsys.readouterr().err


def test_version(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert stop.value.code == 0 and capsys.readouterr().out == f"summarizer {__version__}\n"


def test_glosses_as_a_table(article, capsys):
    assert main(["glosses", article, "--anchors", "article"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["hindi", "english", "gloss", "status", "origin", "sentence", "why"]
    rows = {line.split()[0]: line for line in lines[1:]}
    assert "Russia" in rows["रूस"] and "valid" in rows["रूस"]
    assert "unclear" in rows["परमाणु"] and "placeholder" in rows["परमाणु"]


def test_glosses_as_json_point_into_the_file(article, capsys):
    assert main(["glosses", article, "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert {a["gloss"]: a["status"] for a in data["anchors"] if a["gloss"]} == {
        "Russia": "valid",
        "unclear": "placeholder",
    }
    assert all(HINDI[a["start"] : a["end"]] == a["hi"] for a in data["anchors"])
    assert any(a["origin"] == "lexicon" for a in data["anchors"])
    assert main(["glosses", article, article, "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 2


def test_glosses_by_sound_unless_the_lists_are_all_that_is_wanted(tmp_path, capsys):
    path = put(tmp_path, "k.txt", "राजदूत विक्टर ग्रिनकोव ने सोमवार को बैठक की।")
    assert main(["glosses", path]) == 0
    row = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("ग्रिनकोव"))
    assert row.split()[1:] == ["Grinkov", "-", "valid", "sound", "0", "name"]
    assert main(["glosses", path, "--anchors", "lexicon"]) == 0
    assert "Grinkov" not in capsys.readouterr().out


def test_glosses_of_what_has_none(tmp_path, capsys):
    assert main(["glosses", put(tmp_path, "e.txt", ENGLISH)]) == 1
    assert "no Hindi text found" in capsys.readouterr().err
    assert main(["glosses", put(tmp_path, "h.txt", "वह घर गया।"), "--anchors", "article"]) == 0
    assert "no glosses found" in capsys.readouterr().err


def test_translate_keeps_the_lines_where_they_are(tmp_path, capsys):
    path = put(tmp_path, "s.txt", "रूस\r\n\r\nपत्र\n".encode() + b"\xff\xfe\n" + "अंत".encode())
    assert main(["translate", path]) == 3
    out, err = capsys.readouterr()
    assert out == "Russia\n\nपत्र\n\nअंत\n" and "line 4 is not UTF-8" in err
    english = put(tmp_path, "e.txt", "hello\n")
    assert main(["translate", english, path]) == 3
    out, err = capsys.readouterr()
    assert out.startswith("\nRussia\n") and f"{english}:1: no Hindi" in err
    assert main(["translate", "nowhere.txt"]) == 1
