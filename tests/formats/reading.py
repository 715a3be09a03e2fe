"""What the tests of the readers share: two short articles, and reading a source in one call."""

from __future__ import annotations

from pathlib import Path

from summarizer.formats import BadRecord, Record, read

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
