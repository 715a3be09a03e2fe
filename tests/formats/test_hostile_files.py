"""Readers before what is no article: other encodings, binary data, broken and endless files, bombs."""

from __future__ import annotations

import json
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import ONE, TWO, error, only, put, texts

from summarizer.errors import UsageError
from summarizer.formats import BadRecord, Record, read, records
from summarizer.formats.readers import FORMATS


@pytest.mark.parametrize("content", ["[" * 200_000, '{"a":' * 200_000, "[" + "9" * 10_000 + "]", "{", '["', "nul"])
def test_hostile_json_is_an_error_not_a_crash(tmp_path, content):
    assert error(put(tmp_path, "a.json", content))
    assert error(put(tmp_path, "a.jsonl", content))


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
