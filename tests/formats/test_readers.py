"""Readers: every format, guessed and named; one bad line, row or file leaves the others readable."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import threading
from pathlib import Path

import pytest
from reading import ONE, PAGE, TWO, error, only, put, texts

from summarizer.formats import BadRecord, Record, read, read_all


def test_a_text_file_is_one_article_unchanged(tmp_path):
    path = put(tmp_path, "a.txt", ONE.replace("\n", "\r\n"))
    assert only(path) == Record(path, ONE.replace("\n", "\r\n"), None, path, None)


def test_an_html_page_stays_a_page_and_gives_its_title(tmp_path):
    for name in ("a.html", "a.unknown"):
        item = only(put(tmp_path, name, PAGE))
        assert isinstance(item, Record) and (item.text, item.title) == (PAGE, "खबर")


@pytest.mark.parametrize("key", ["text", "article", "body", "content", "Text"])
def test_json_object_with_any_usual_text_field(tmp_path, key):
    item = only(put(tmp_path, "a.json", json.dumps({"id": 7, "title": "ख\nबर", key: ONE}, indent=1)))
    assert isinstance(item, Record) and (item.id, item.text, item.title, item.line) == ("7", ONE, "ख बर", None)


def test_json_list_of_objects_and_strings(tmp_path):
    path = put(tmp_path, "a.json", json.dumps([{"text": ONE, "id": "x"}, TWO, {"no": 1}, 5, {"text": ""}]))
    items = list(read(path))
    assert [i.line for i in items] == [1, 2, 3, 4, 5]
    assert [i.id for i in items] == ["x", *(f"{path}:{n}" for n in (2, 3, 4, 5))]
    assert [type(i) for i in items] == [Record, Record, BadRecord, BadRecord, BadRecord]
    assert isinstance(items[2], BadRecord) and "its fields holds the text: no" in items[2].error


def test_json_list_is_read_piece_by_piece(tmp_path):
    """Values longer than the read chunk, whitespace everywhere, a broken end: what stands before it is kept."""
    long = ONE * 3000
    good = f" [\n {json.dumps({'text': long}, ensure_ascii=False)} ,\n{json.dumps(TWO)}"
    assert texts(put(tmp_path, "good.json", good + "\n]\n")) == [long, TWO]
    for end in ("", ", ", ", {'", "} ]", "] x"):
        items = list(read(put(tmp_path, "cut.json", good + end)))
        assert [getattr(i, "text", None) for i in items] == [long, TWO, None], end


def test_json_break_names_the_element(tmp_path):
    items = list(read(put(tmp_path, "cut.json", f'[{json.dumps(TWO)}, {{"text": "अधू')))
    assert isinstance(items[-1], BadRecord) and "cut.json: element 2 is not valid JSON" in items[-1].error


def test_jsonl_goes_on_after_a_truncated_line(tmp_path):
    lines = [json.dumps({"text": ONE}), '{"text": "अधूरा', "", json.dumps({"text": None}), json.dumps({"text": TWO})]
    for name in ("a.jsonl", "a.ndjson", "a.json", "noname"):  # .json is looked at; so is a file without suffix
        path = put(tmp_path, name, "\n".join(lines))
        items = list(read(path))
        assert [i.line for i in items] == [1, 2, 4, 5], name
        assert [getattr(i, "text", None) for i in items] == [ONE, None, None, TWO]
        assert isinstance(items[1], BadRecord) and items[1].error.startswith(f"{path}:2: not valid JSON")


def test_jsonl_whose_first_line_is_broken_is_still_jsonl(tmp_path):
    assert texts(put(tmp_path, "x", '{"text": "अधूरा\n' + json.dumps({"text": TWO}) + "\n")) == [None, TWO]


def test_csv_and_tsv_quote_newlines_and_report_bad_rows(tmp_path):
    rows = f'id,Title,TEXT\n1,,"{ONE}"\n2,क,{TWO}\n3,ग\n4,,"x"y\n5,,{TWO}\n'
    path = put(tmp_path, "a.csv", "\ufeff" + rows)
    items = list(read(path))
    assert [i.id for i in items] == ["1", "2", f"{path}:6", f"{path}:7", "5"]
    assert [getattr(i, "text", None) for i in items] == [ONE, TWO, None, None, TWO]
    assert [getattr(i, "title", None) for i in items] == [None, "क", None, None, None]
    assert texts(put(tmp_path, "a.tsv", f"text\tid\n{TWO}\t9\n")) == [TWO]


def test_a_table_without_text_column_names_its_columns(tmp_path):
    path = put(tmp_path, "a.csv", f"no,news\n1,{TWO}\n")
    assert "no, news" in error(path)
    assert texts(path, text_field="news") == [TWO]
    assert "no field 'x'" in error(path, text_field="x")


def test_parquet_by_rows(tmp_path):
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    path = str(tmp_path / "a.parquet")
    table = pa.table({"id": list(range(20)), "content": [ONE, None, *[TWO] * 18], "other": [b"x"] * 20})
    pq.write_table(table, path, row_group_size=7)
    items = list(read(path))
    assert [i.line for i in items] == list(range(1, 21)) and isinstance(items[1], BadRecord)
    assert [i.text for i in items if isinstance(i, Record)] == [ONE, *[TWO] * 18] and items[-1].id == "19"
    assert texts(str(tmp_path / "a.parquet"), fmt="parquet")[0] == ONE


@pytest.mark.parametrize("make", ["string", "large_string", "dictionary", "binary"])
def test_parquet_string_types(tmp_path, make):
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    array = pa.array([ONE, TWO])
    array = array.dictionary_encode() if make == "dictionary" else array.cast(getattr(pa, make)())
    pq.write_table(pa.table({"text": array}), tmp_path / "a.parquet")
    assert texts(str(tmp_path / "a.parquet")) == [ONE, TWO]


def test_gzip_of_the_text_kinds(tmp_path):
    assert texts(put(tmp_path, "a.txt.gz", gzip.compress(ONE.encode()))) == [ONE]
    assert texts(put(tmp_path, "a.jsonl.gz", gzip.compress((json.dumps(ONE) + "\n5\n").encode()))) == [ONE, None]
    packed = gzip.compress(os.urandom(90_000).hex().encode())
    for broken in (
        packed[: len(packed) // 2],
        packed[:-5],
        packed[:-8] + b"\0" * 8,
        b"\x1f\x8b",
        b"\x1f\x8bxxxxxxxxxxxxxxxx",
    ):
        assert error(put(tmp_path, "b.txt.gz", broken))


def test_folders_are_read_in_order_of_names_and_know_their_files(tmp_path):
    (tmp_path / "in" / "b").mkdir(parents=True)
    for name in ("in/c.txt", "in/a.txt", "in/b/d.html", "in/x.png", "in/.hidden.txt", "in/script.py", "in/README.md"):
        put(tmp_path, name, TWO)
    os.symlink(tmp_path / "in", tmp_path / "in" / "b" / "loop")
    os.mkfifo(tmp_path / "in" / "pipe.txt")
    assert [Path(i.source).name for i in read(tmp_path / "in")] == ["a.txt", "c.txt", "d.html"]
    (tmp_path / "none").mkdir()
    assert "no article in this folder" in error(str(tmp_path / "none"))


class _Stdin:
    def __init__(self, stream) -> None:
        self.buffer = stream


def test_standard_input_is_looked_at_without_losing_bytes(monkeypatch, tmp_path):
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    sink = io.BytesIO()
    pq.write_table(pa.table({"text": [ONE, TWO]}), sink)
    many = "\n".join(json.dumps({"text": f"{n} {ONE}"}) for n in range(300))
    for content, expected in (
        (ONE.encode(), [ONE]),
        (PAGE.encode(), [PAGE]),
        (json.dumps([ONE, TWO]).encode(), [ONE, TWO]),
        (gzip.compress(ONE.encode()), [ONE]),
        (many.encode(), [f"{n} {ONE}" for n in range(300)]),
        (sink.getvalue(), [ONE, TWO]),
    ):
        reader, writer = os.pipe()

        def feed(writer=writer, content=content) -> None:
            with open(writer, "wb") as pipe:
                pipe.write(content[:10])
                pipe.flush()
                pipe.write(content[10:])

        thread = threading.Thread(target=feed)
        thread.start()
        with open(reader, "rb") as stream:
            monkeypatch.setattr(sys, "stdin", _Stdin(stream))
            assert texts("-") == expected
        thread.join()


def test_standard_input_closed_or_empty(monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    assert only("-").error.startswith("stdin: standard input is closed")  # type: ignore[union-attr]
    monkeypatch.setattr(sys, "stdin", _Stdin(io.BufferedReader(io.BytesIO(b""))))  # type: ignore[arg-type]
    assert only("-").error.startswith("stdin: empty")  # type: ignore[union-attr]


def test_several_sources_go_on_after_a_bad_one(tmp_path):
    good = put(tmp_path, "a.txt", ONE)
    assert [type(i) for i in read_all([good, "nowhere.txt", good])] == [Record, BadRecord, Record]
