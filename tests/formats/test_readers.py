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
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.errors import UsageError
from summarizer.formats import BadRecord, Record, read, read_all, records
from summarizer.formats.readers import FORMATS

ONE = "रूस (Russia) ने सोमवार को बातचीत का प्रस्ताव रखा.\nयूक्रेन (Ukraine) ने इसे ठुकरा दिया।\n"
TWO = "शिमला: बर्फबारी से 40 सड़कें बंद हो गईं।"
PAGE = f"<!DOCTYPE html><html><head><title>खबर</title></head><body><p>{TWO}</p></body></html>"


def put(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def only(source: str, **options) -> Record | BadRecord:
    (item,) = read(source, **options)
    return item


def error(source: str, **options) -> str:
    item = only(source, **options)
    assert isinstance(item, BadRecord), item
    assert "\n" not in item.error and source.split("/")[-1].split(":")[0] in item.error
    return item.error


def texts(source: str, **options) -> list[str | None]:
    return [item.text if isinstance(item, Record) else None for item in read(source, **options)]


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


@pytest.mark.parametrize("content", ["[" * 200_000, '{"a":' * 200_000, "[" + "9" * 10_000 + "]", "{", '["', "nul"])
def test_hostile_json_is_an_error_not_a_crash(tmp_path, content):
    assert error(put(tmp_path, "a.json", content))
    assert error(put(tmp_path, "a.jsonl", content))


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


def test_parquet_that_is_damaged_or_invalid(tmp_path):
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": pa.array([ONE.encode(), b"\xff\xfe"])}), path)
    assert texts(str(path)) == [ONE, None]
    data = path.read_bytes()
    for broken in (data[:-9], data[:50], b"PAR1", data[:20] + b"\xff" * 40 + data[60:], ONE.encode()):
        assert "Parquet" in error(put(tmp_path, "b.parquet", broken))


def test_a_parquet_bomb_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(sys.modules["summarizer.formats.tables"], "_PLAUSIBLE", 20 << 20)
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    big = pa.array(["क" * (1 << 20)] * 10)  # 30 MB that pack into a few KB
    schema = pa.schema({"text": pa.string()})
    with pq.ParquetWriter(tmp_path / "bomb.parquet", schema, compression="zstd", use_dictionary=False) as w:
        w.write_table(pa.table({"text": big}))
    assert (tmp_path / "bomb.parquet").stat().st_size < 100_000
    assert "unpacks" in error(str(tmp_path / "bomb.parquet"))


def test_a_repeated_long_text_costs_a_few_rows_of_memory(tmp_path):
    """Dictionary encoding states a small size for it; rows must come one by one."""
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    value = pa.array(["क" * (1 << 20)])
    pq.write_table(pa.table({"text": pa.DictionaryArray.from_arrays([0] * 2000, value)}), tmp_path / "a.parquet")
    pool = pa.default_memory_pool()
    before = pool.bytes_allocated()
    rows = read(str(tmp_path / "a.parquet"))
    for _ in range(30):
        assert isinstance(next(rows), Record)
    assert pool.bytes_allocated() - before < 200 << 20  # all rows: 6 GB


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
    for name in ("in/c.txt", "in/a.txt", "in/b/d.html", "in/x.png", "in/.hidden.txt", "in/script.py"):
        put(tmp_path, name, TWO)
    os.symlink(tmp_path / "in", tmp_path / "in" / "b" / "loop")
    os.mkfifo(tmp_path / "in" / "pipe.txt")
    assert [Path(i.source).name for i in read(tmp_path / "in")] == ["a.txt", "c.txt", "d.html"]
    (tmp_path / "none").mkdir()
    assert "no article in this folder" in error(str(tmp_path / "none"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings_with_a_mark(tmp_path, encoding):
    assert texts(put(tmp_path, "a.txt", ONE.encode(encoding))) == [ONE]
    assert texts(put(tmp_path, "b.csv", f"text\n{TWO}\n".encode(encoding))) == [TWO]
    assert texts(put(tmp_path, "c.jsonl", (json.dumps(ONE) + "\n").encode(encoding))) == [ONE]
    assert texts(put(tmp_path, "d.json", json.dumps({"text": ONE}).encode(encoding))) == [ONE]


def test_other_encodings_are_named_with_their_line(tmp_path):
    assert "line 3 is not UTF-8 (byte 0x93)" in error(put(tmp_path, "a.txt", ONE.encode() + b"abc \x93quoted\x94"))
    assert "binary data" in error(put(tmp_path, "b.txt", ONE.encode("utf-16-le")))
    items = list(read(put(tmp_path, "c.jsonl", json.dumps(ONE).encode() + b'\n"\x93"\n' + json.dumps(TWO).encode())))
    assert [type(i) for i in items] == [Record, BadRecord, Record]


@pytest.mark.parametrize(
    "head, says",
    [
        (b"%PDF-1.7\n...", "looks like a PDF; extract its text first"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image"),
        (b"PK\x03\x04\x14\x00", "office document"),
        (b"\x7fELF\x02\x01\x01\x00\x00", "binary data"),
        (b"BZh91AY&SY", "compressed"),
    ],
)
def test_what_is_no_text_is_said_so(tmp_path, head, says):
    for name in ("a.txt", "a.json", "a.csv", "a"):
        assert says in error(put(tmp_path, name, head * 3))


def test_a_nul_far_inside_is_found(tmp_path):
    assert "line 4001 holds binary data" in error(put(tmp_path, "a.txt", ONE * 2000 + "x\0y"))


def test_missing_empty_and_unreadable(tmp_path):
    assert "no such file or folder; check the path" in error(str(tmp_path / "nothing.txt"))
    assert "empty" in error(put(tmp_path, "a.txt", ""))
    assert "empty" in error(put(tmp_path, "b.txt", " \n\t"))
    for name in ("a.jsonl", "a.csv", "a.json"):
        assert "empty" in error(put(tmp_path, name, ""))
    assert "NUL" in only("a\0b.txt").error  # type: ignore[union-attr]
    with pytest.raises(UsageError, match="input format 'doc' is unknown"):
        read("a.txt", fmt="doc")


def test_too_long_a_text_is_refused_and_the_next_line_read(tmp_path, monkeypatch):
    for module in ("records", "streams", "jsons", "tables"):
        monkeypatch.setattr(sys.modules[f"summarizer.formats.{module}"], "MAX_TEXT", 1000)
    assert "longer than 1,000 characters" in error(put(tmp_path, "a.txt", TWO * 100))
    long, short = json.dumps({"text": "क" * 9000}), json.dumps({"text": TWO})
    assert texts(put(tmp_path, "a.jsonl", f"{short}\n{long}\n{short}\n")) == [TWO, None, TWO]
    assert texts(put(tmp_path, "a.csv", f"text\n{TWO}\n{'क' * 5000}\n{TWO}\n")) == [TWO, None, TWO]
    assert texts(put(tmp_path, "b.csv", f'text\n{TWO}\n"{"क" * 5000}\n{TWO}\n'))[:2] == [TWO, None]
    monkeypatch.setattr(sys.modules["summarizer.formats.jsons"], "_CHUNK", 300)
    assert texts(put(tmp_path, "a.json", f"[{short}, {long}, {short}]")) == [TWO, None]


def test_an_endless_device_is_not_read_to_its_end():
    assert "binary data" in error("/dev/zero", fmt="txt")


def test_a_two_megabyte_article_is_read_whole(tmp_path):
    text = (ONE + TWO) * 8000
    assert len(text.encode()) > 2_000_000 and texts(put(tmp_path, "a.txt", text)) == [text]


def test_lone_surrogates_are_replaced_and_pairs_joined(tmp_path):
    item = only(put(tmp_path, "a.jsonl", '{"text": "क \\ud800 \\ud83d\\ude00", "id": "\\udfff"}\n'))
    assert isinstance(item, Record) and item.text == "क \ufffd 😀" and item.id == "\ufffd"


def test_ids_cannot_carry_control_characters_or_pages_of_text(tmp_path):
    path = put(
        tmp_path, "a.jsonl", "\n".join(json.dumps({"text": TWO, "id": i}) for i in ("a\x1b[31m\nb", "x" * 9999, [1]))
    )
    assert [i.id for i in read(path)] == ["a [31m b", f"{path}:2", f"{path}:3"]


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


@settings(deadline=None, max_examples=100)
@given(
    st.binary(max_size=400),
    st.sampled_from(FORMATS),
    st.sampled_from([b"", b"{", b"[", b'{"text":', b"text\n", b"PAR1"]),
)
def test_any_bytes_in_any_format_give_records(tmp_path_factory, data, fmt, head):
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(head + data)
    items = list(read(path, fmt)) + list(read(path))
    assert items
    for item in items:
        if isinstance(item, Record):
            assert item.text.strip() and records.whole(item.text) == item.text and item.id
        else:
            assert "\n" not in item.error and ": " in item.error
