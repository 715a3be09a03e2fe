"""Coverage-guided fuzzing of what reads foreign text: `python fuzz/fuzz.py TARGET [libFuzzer options] [folders]`.

Any bytes become a string: UTF-8 where they are, lone surrogates where they are not. What must hold is said in `assert`;
a crash, a hang (-timeout) and a broken promise all stop the run and leave the input in a file. See fuzz/README.md.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[1]
with atheris.instrument_imports(include=["summarizer"]):
    from summarizer.anchors import Lexicon, annotate, consistency, enforce, is_placeholder, leaks, mark, transliterate
    from summarizer.errors import InputError, ModelError
    from summarizer.formats import BadRecord, Record, read
    from summarizer.formats.readers import FORMATS
    from summarizer.models.codec import Codec, load_codec
    from summarizer.pipeline.prepare import prepare
    from summarizer.pipeline.rescoring import judge
    from summarizer.text import find_numbers, missing, normalise, segment, unsupported
    from summarizer.text.html import to_text

LEXICON = Lexicon.load()
_INNER = r"([^()\[\]（）［］]*)"
_BRACKETS = [re.compile(pair) for pair in (rf"\({_INNER}\)", rf"\[{_INNER}\]", rf"（{_INNER}）", rf"［{_INNER}］")]


def placeholders(text: str) -> list[str]:
    """Innermost brackets, both halves of one kind, that say nothing."""
    return [inner for bracket in _BRACKETS for inner in bracket.findall(text) if is_placeholder(inner)]


def as_text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def fuzz_text(data: bytes) -> None:
    """Cleaning: offsets in order and inside the text, nothing left of what a sentence never holds."""
    text = as_text(data)
    for mapped in (normalise(text), to_text(text)):
        assert len(mapped.text) == len(mapped.offsets)
        assert all(0 <= offset < len(text) for offset in mapped.offsets)
    end = 0
    for index, sentence in enumerate(segment(text)):
        assert sentence.index == index and sentence.text == sentence.text.strip() != ""
        assert len(sentence.text) == len(sentence.offsets) and "\n" not in sentence.text
        assert end <= sentence.start <= sentence.offsets[0] <= sentence.offsets[-1] < sentence.end <= len(text)
        end = sentence.end
        sentence.text.encode()
    find_numbers(text)


def fuzz_anchors(data: bytes) -> None:
    """Glosses: positions inside the sentence, no placeholder before the model; scoring takes any English."""
    text, _, english = as_text(data).partition("\0")
    sentences = segment(text)
    anchors = annotate(sentences, LEXICON)
    for anchor in anchors:
        assert sentences[anchor.sentence].text[anchor.start : anchor.end] == anchor.hi
        assert not anchor.usable or (anchor.start < anchor.end and not is_placeholder(anchor.en))
    for sentence in sentences:
        if sentence.role == "body":
            assert not placeholders(mark(sentence, anchors))
    enforced = enforce(english, anchors)
    assert enforce(enforced, anchors) == enforced
    consistency(enforced, anchors)
    leaks(enforced, anchors)
    transliterate(text[:40])


def fuzz_path(data: bytes) -> None:
    """The path around the model: an article is refused or prepared, and any output of a model is judged."""
    text, _, english = as_text(data).partition("\0")
    try:
        article = prepare(text, LEXICON)
    except InputError:
        return
    unit = article.unit([article.body[0].index])
    candidate = judge(english, -1.0, unit, [a for a in article.anchors if a.sentence not in unit.group])
    if not candidate.reasons:
        assert not re.search("[\u0900-\u097f]", candidate.text)
        assert not unsupported(candidate.text, unit.plain, [a.en for a in unit.anchors])
    missing(english, unit.plain)


def fuzz_readers(data: bytes) -> None:
    """Files: the first byte picks the format, the rest is the file; records or reasons, never an exception."""
    if not data:
        return
    fmt = [None, *FORMATS][data[0] % (len(FORMATS) + 1)]
    with tempfile.NamedTemporaryFile(dir=_MEMORY, suffix=f".{fmt}" if fmt else "") as file:
        file.write(data[1:])
        file.flush()
        found = list(read(file.name, fmt))
    assert found
    for item in found:
        if isinstance(item, BadRecord):
            assert "\n" not in item.error and item.error.startswith(item.id)
        else:
            assert isinstance(item, Record) and item.text.strip()
            item.text.encode(), item.id.encode(), (item.title or "").encode()


def fuzz_codec(data: bytes) -> None:
    """Token ids: a source within its limit that ends once, a hypothesis that reads as tidy text."""
    codec = _codec()
    text = as_text(data).encode("utf-8", "replace").decode()  # lone surrogates are gone before the codec
    for limit in (8, codec.family.max_source):
        ids = codec.encode_sources([text], max_length=limit)[0]
        assert len(ids) <= limit and ids.count(codec.eos_id) == 1 and ids[-1] == codec.eos_id
        assert codec.pad_id not in ids
    bullets = text.split("\n")[:8]
    labels = codec.encode_targets([bullets])[0]
    assert len(labels) <= codec.family.max_target and labels[-1] == codec.eos_id
    assert len(codec.decoder_inputs(labels)) == len(labels)
    assert codec.decode(labels) == " ".join(codec.decode(labels).split())
    assert all(part == part.strip() != "" for part in codec.split(labels))


def _codec() -> Codec:
    if "codec" not in _LOADED:
        for folder in (ROOT / "summarizer" / "default", ROOT.parent / "shared" / "checkpoints" / "compact"):
            if (folder / "config.json").exists():
                _LOADED["codec"] = load_codec(folder)
                break
        else:
            raise ModelError("no checkpoint with a tokenizer to fuzz: summarizer/default is empty")
    return _LOADED["codec"]


_LOADED: dict[str, Codec] = {}
_MEMORY = "/dev/shm" if os.path.isdir("/dev/shm") else None
TARGETS: dict[str, Callable[[bytes], None]] = {
    "text": fuzz_text,
    "anchors": fuzz_anchors,
    "path": fuzz_path,
    "readers": fuzz_readers,
    "codec": fuzz_codec,
}


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"usage: fuzz.py {{{','.join(TARGETS)}}} [libFuzzer options] [corpus folders]")
    atheris.Setup([sys.argv[0], *sys.argv[2:]], TARGETS[sys.argv[1]])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
