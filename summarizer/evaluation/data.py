"""What systems are judged on: articles with references from JSONL, sentence pairs from TSV, outputs from JSONL.

A line that cannot be used ends the evaluation: figures over the rest would not be comparable.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from summarizer.anchors import Lexicon, annotate
from summarizer.document import Anchor, Sentence, Status
from summarizer.errors import InputError
from summarizer.text import normalise, segment

TEXT_FIELDS = ("text", "article")
REFERENCE_FIELDS = ("bullets", "summary", "reference", "target")
ID_FIELDS = ("id", "source_url", "url")


@dataclass(frozen=True)
class Example:
    """One article. reference: its bullets, a newline between them; sentences: `segment` of the text.

    anchors: glosses and later mentions, from the data's own `glosses` where it has them, else as the package finds
    them. translations: human English by sentence index, where the data has it.
    """

    id: str
    text: str
    reference: str
    title: str = ""
    sentences: tuple[Sentence, ...] = field(default=(), repr=False)
    anchors: tuple[Anchor, ...] = field(default=(), repr=False)
    translations: dict[int, str] = field(default_factory=dict, repr=False)

    @property
    def body(self) -> list[Sentence]:
        return [s for s in self.sentences if s.role == "body"]


@dataclass(frozen=True)
class OutputBullet:
    """sources: sentence indices (of `segment`); None where the output does not say."""

    text: str
    sources: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Output:
    """What a system made of one article. seconds: None where unknown; notes: what it left out and why."""

    bullets: tuple[OutputBullet, ...]
    seconds: float | None = None
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(b.text for b in self.bullets)


def read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """(line number, line) of a text file, gzip by suffix. Raises InputError for one that cannot be read."""
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, line.rstrip("\r\n")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(f"{path}: cannot be read ({reason}); give a UTF-8 file, .gz or plain") from None


def read_objects(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """("file:line", object) of a JSONL file. Raises InputError for a line that is no JSON object."""
    for number, line in read_lines(path):
        try:
            item = json.loads(line)
        except ValueError as error:
            raise InputError(f"{path}:{number}: not JSON ({error}); give one object a line") from None
        if not isinstance(item, dict):
            raise InputError(f"{path}:{number}: a {type(item).__name__}, not an object; give one object a line")
        yield f"{path}:{number}", item


def is_sentences(path: Path) -> bool:
    """Whether the file holds sentence pairs (.tsv, .tsv.gz) rather than articles."""
    return ".tsv" in path.suffixes[-2:]


def read_articles(path: Path, limit: int | None = None) -> list[Example]:
    """Articles of a JSONL file: the project's sample format, the training corpus' (`sentences` with hi and en, a
    paragraph each, and bullets), CrossSum's, or any with text and bullets or summary.

    Raises InputError for a line without them, for an id that comes twice, and for a file without articles.
    """
    examples: dict[str, Example] = {}
    for place, item in read_objects(path):
        if limit is not None and len(examples) == limit:
            break
        example = _example(place, item)
        if example.id in examples:
            raise InputError(f"{place}: id {example.id!r} comes twice; give each article its own")
        examples[example.id] = example
    if not examples:
        raise InputError(f"{path}: no articles in it; give JSONL with text and bullets or summary")
    return list(examples.values())


def read_pairs(path: Path, limit: int | None = None) -> list[tuple[str, str]]:
    """(Hindi, English) of a TSV. Raises InputError for a line without two columns and for a file without lines."""
    pairs: list[tuple[str, str]] = []
    for number, line in read_lines(path):
        if limit is not None and len(pairs) == limit:
            break
        columns = line.split("\t")
        if len(columns) < 2 or not columns[0].strip() or not columns[1].strip():
            raise InputError(f"{path}:{number}: fewer than two filled columns; give Hindi, tab, English")
        pairs.append((columns[0], columns[1]))
    if not pairs:
        raise InputError(f"{path}: no sentence pairs in it; give lines of Hindi, tab, English")
    return pairs


def _example(place: str, item: dict[str, Any]) -> Example:
    item = _with_text(item)
    text = next((item[f] for f in TEXT_FIELDS if isinstance(item.get(f), str) and item[f].strip()), None)
    if text is None:
        raise InputError(f"{place}: no article in it; put the Hindi text into the field 'text'")
    bullets = next((found for f in REFERENCE_FIELDS if (found := _bullets(item.get(f)))), [])
    if not bullets:
        raise InputError(f"{place}: no reference in it; put bullets or a summary into 'bullets' or 'summary'")
    id_ = next((str(item[f]) for f in ID_FIELDS if item.get(f) not in (None, "")), place)
    title = next((item[f] for f in ("title", "title_hi", "headline") if isinstance(item.get(f), str)), "")
    sentences = tuple(segment(text))
    glosses = item.get("glosses")
    anchors: list[Anchor]
    if isinstance(glosses, list) and all(isinstance(g, dict) and "status" in g for g in glosses):
        anchors = given_anchors(sentences, glosses)
    else:
        own = annotate(sentences, Lexicon.load())
        anchors = [a for a in own if a.origin != "lexicon" and a.status != "not_a_gloss"]
    translations = _translations(sentences, item)
    return Example(id_, text, "\n".join(bullets), title, sentences, tuple(anchors), translations)


def _with_text(item: dict[str, Any]) -> dict[str, Any]:
    """An article of sentences with their translations (`training.corpora`, reader news_bullets) as one with text."""
    pairs = item.get("sentences")
    if any(field in item for field in TEXT_FIELDS) or not isinstance(pairs, list):
        return item
    texts = [(pair.get("hi"), pair.get("en")) for pair in pairs if isinstance(pair, dict)]
    hindi = [hi for hi, _ in texts if isinstance(hi, str)]
    translations = [en for _, en in texts if isinstance(en, str)]
    if not len(hindi) == len(translations) == len(pairs):
        return item
    return item | {"text": "\n".join(hindi), "body_sentences": hindi, "translations": translations}


def _bullets(value: Any) -> list[str]:
    """Lines of a reference: a string, a list of strings, or a list of objects with `en` or `text`."""
    if isinstance(value, str):
        return [line.strip() for line in value.splitlines() if line.strip()]
    if not isinstance(value, list):
        return []
    texts = [
        v if isinstance(v, str) else (v.get("en") or v.get("text")) if isinstance(v, dict) else None for v in value
    ]
    return [" ".join(t.split()) for t in texts if isinstance(t, str) and t.strip()]


def given_anchors(sentences: tuple[Sentence, ...], glosses: list[dict[str, Any]]) -> list[Anchor]:
    """Anchors of the data's own annotation, found again in the sentences: the glosses, then bare later mentions."""
    anchors: list[Anchor] = []
    for gloss in glosses:
        hindi, printed = normalise(gloss["hi"]).text.strip(), normalise(gloss["en"]).text.strip()
        status: Status = "placeholder" if gloss["status"] == "empty" else gloss["status"]
        pattern = re.compile(rf"({re.escape(hindi)})\s*([(\[]\s*{re.escape(printed)}\s*[)\]])")
        for sentence in sentences:
            for match in pattern.finditer(sentence.text):
                new = Anchor(
                    hindi, gloss["correct"], sentence.index, *match.span(1), printed, status, bracket=match.span(2)
                )
                if new not in anchors:
                    anchors.append(new)
    return anchors + _mentions(sentences, anchors)


def _mentions(sentences: tuple[Sentence, ...], anchors: list[Anchor]) -> list[Anchor]:
    found = []
    terms = {a.hi: a.en for a in anchors}
    taken = {(a.sentence, a.start) for a in anchors}
    for sentence in sentences:
        if sentence.role != "body":
            continue
        for hindi, spelling in terms.items():
            for match in re.finditer(rf"(?<![\u0900-\u097f]){re.escape(hindi)}(?![\u0900-\u0963])", sentence.text):
                if (sentence.index, match.start()) not in taken:
                    found.append(Anchor(hindi, spelling, sentence.index, *match.span(), origin="mention"))
    return found


def _translations(sentences: tuple[Sentence, ...], item: dict[str, Any]) -> dict[int, str]:
    hindi, translated = item.get("body_sentences"), item.get("translations")
    if not isinstance(hindi, list) or not isinstance(translated, list) or len(hindi) != len(translated):
        return {}
    given = [(normalise(h).text.strip(), t) for h, t in zip(hindi, translated, strict=True)]
    # Segments lose lead-ins ("it should be noted that"), so they may be the ends of the given sentences.
    return {
        s.index: translation
        for s in sentences
        if s.role == "body"
        for translation in [next((t for h, t in given if h.endswith(s.text)), None)]
        if translation is not None
    }
