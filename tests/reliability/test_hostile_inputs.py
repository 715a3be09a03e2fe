"""Hostile files through the command line, from file to printed summary: named, survived, nothing of them printed."""

from __future__ import annotations

import codecs
import gzip
import io
import json
from pathlib import Path

import pytest

from summarizer import api
from summarizer.api import Summarizer
from summarizer.cli import main
from summarizer.formats import tables

NEWS = "सरकार ने सोमवार को नई योजना को मंजूरी दी। रूस (Russia) के राष्ट्रपति पुतिन (Putin) ने इसका स्वागत किया।"


@pytest.fixture(autouse=True)
def loaded(monkeypatch: pytest.MonkeyPatch, parrot: Summarizer) -> Summarizer:
    """The real Summarizer in place of a checkpoint's: only its engine is made up."""
    monkeypatch.setattr(api.Summarizer, "load", classmethod(lambda cls, *_, **__: parrot))
    return parrot


def shown(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    out.encode("utf-8"), err.encode("utf-8")
    return out, err


def page(script: str) -> str:
    return f"<html><head><title>खबर</title>{script}</head><body><p>{NEWS}</p>{script}</body></html>"


@pytest.mark.parametrize(
    "script",
    [
        "<script>alert('PWNED')</script>",
        "<SCRIPT SRC=//evil.example/PWNED.js></SCRIPT>",
        "<style>@import 'PWNED';</style>",
        "<noscript>PWNED</noscript><template>PWNED</template>",
        "<img src=x onerror=alert('PWNED')>",
        "<!-- PWNED --><![CDATA[PWNED]]>",
        "<script>if (a < b) { s = '</p>PWNED'; }</script>",
        "<svg onload=PWNED><title>PWNED</title></svg>",
    ],
)
@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_nothing_of_a_script_is_printed(tmp_path: Path, capsys, script: str, form: str) -> None:
    file = tmp_path / "page.html"
    file.write_text(page(script), "utf-8")
    assert main(["summarize", str(file), "--format", form]) == 0
    out, err = shown(capsys)
    assert "Russia" in out and "PWNED" not in out.replace(page(script), "") + err


def test_a_script_in_an_article_is_no_script_of_the_saved_page(tmp_path: Path, capsys) -> None:
    file = tmp_path / "a.txt"
    attack = "</script><script>alert(1)</script><!-- रूस (<b>Russia</b>)"
    file.write_text(f"{NEWS}\n{attack} के मंत्री ने कहा कि बातचीत जारी है।", "utf-8")
    assert main(["summarize", str(file), "--format", "html"]) == 0
    out, _ = shown(capsys)
    assert "<script>alert(1)" not in out


def control_characters(text: str) -> set[str]:
    return {c for c in text if not c.isprintable()} - {"\n"}


@pytest.mark.parametrize("form", ["text", "markdown", "json", "jsonl"])
def test_control_and_direction_characters_never_reach_the_terminal(tmp_path: Path, capsys, form: str) -> None:
    hostile = "रू\u200dस (\u202eRussia\u202c) के\x1b[31m मंत्री \u2066पुतिन\u2069 (Pu\u200btin\x07) ने\x9b2J कहा कि काम होगा।"
    file = tmp_path / "a.jsonl"
    row = {"id": "\x1b]0;title\x07a", "title": "\u202eखबर", "text": f"{NEWS} {hostile}"}
    file.write_text(json.dumps(row) + "\n", "utf-8")
    assert main(["summarize", str(file), "--format", form]) == 0
    out, err = shown(capsys)
    if form in ("text", "markdown"):
        assert not control_characters(out)
    assert not control_characters(err) and "\x1b" not in out and "\x07" not in out


ENCODINGS = {
    "latin-1 bytes": NEWS.encode() + b"\xe9t\xe9",
    "cut in mid-character": NEWS.encode()[:-1],
    "utf-16 without a mark": NEWS.encode("utf-16-le"),
    "surrogates as utf-8": NEWS.encode() + b"\xed\xa0\x80",
    "overlong": NEWS.encode() + b"\xc0\xaf",
    "nul": NEWS.encode() + b"\0",
}


@pytest.mark.parametrize("content", ENCODINGS.values(), ids=ENCODINGS)
def test_what_is_not_utf8_is_named_with_a_remedy(tmp_path: Path, capsys, content: bytes) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(content)
    assert main(["summarize", str(file)]) == 1
    out, err = shown(capsys)
    assert out == "" and err.startswith(f"error: {file}: ") and ";" in err and err.count("\n") == 1


def parquet(rows: int, text: str, **options) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = io.BytesIO()
    pq.write_table(pa.table({"text": [text] * rows}), sink, **options)
    return sink.getvalue()


def test_one_run_over_a_folder_of_everything(tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    """Good articles are all there in order; each bad file, line or row is named once; the exit code says both."""
    monkeypatch.setattr(tables, "_PLAUSIBLE", 1 << 20)  # else the bomb would take long to make
    rows = [json.dumps({"id": f"n{n}", "text": NEWS}) for n in range(4)]
    rows[2] = rows[2][:-20]
    files: dict[str, bytes] = {
        "a_good.txt": NEWS.encode(),
        "b_nul.txt": NEWS.encode() + b"\0",
        "c_lines.jsonl": "\n".join(rows).encode(),
        "d_cut.jsonl.gz": gzip.compress("\n".join(rows[:2]).encode())[:-9],
        "e_damaged.parquet": parquet(3, NEWS)[:-30],
        "f_bomb.parquet": parquet(2, "क" * 2_000_000, compression="zstd", use_dictionary=False),
        "g_table.csv": codecs.BOM_UTF8 + f'id,text\n1,"{NEWS}"\n2,"बिना अंत\n'.encode(),
        "h_page.html": page("<script>alert('PWNED')</script>").encode(),
        "i_deep.json": b"[" * 100_000,
        "j_lone.json": json.dumps({"text": "\ud83d " + NEWS}).encode(),
        "k_english.txt": b"The government approved a scheme on Monday.",
        "l_empty.txt": b"",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    assert main(["summarize", str(tmp_path), "--format", "jsonl", "-q"]) == 3
    out, err = shown(capsys)
    done = [json.loads(line)["id"] for line in out.splitlines()]
    assert [Path(name).name for name in done] == [
        "a_good.txt", "n0", "n1", "n3", "1", "h_page.html", "j_lone.json"
    ]  # fmt: skip
    failures = [line for line in err.splitlines() if line.startswith("error: ")]
    bad = ["b_nul", "c_lines.jsonl:3", "d_cut", "e_damaged", "f_bomb", "g_table.csv", "i_deep", "k_english", "l_empty"]
    assert len(failures) == len(bad)
    assert all(sum(f"/{name}" in line for line in failures) == 1 for name in bad), failures
    assert err.splitlines()[-1] == f"{len(bad)} of {len(bad) + len(done)} inputs failed"


def test_an_error_shows_no_escape_sequence_of_a_file_name(tmp_path: Path, capsys) -> None:
    file = tmp_path / "a\x1b[31m\u202e.txt"
    file.write_bytes(b"\0")
    assert main(["summarize", str(file)]) == 1
    _, err = shown(capsys)
    assert not control_characters(err)
