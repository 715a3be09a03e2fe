"""Text ↔ token ids of a family. Training encodes with the codec that inference decodes with.

The tokenizer behind it is the `tokenizers` library where the checkpoint has a tokenizer.json (no transformers import,
which matters for start-up), else the checkpoint's own transformers tokenizer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from summarizer.errors import ModelError
from summarizer.models.families import Family, family_of

_GLOSS = re.compile(r"\(([A-Za-z][^()]*)\)")


def space_glosses(text: str) -> str:
    """Glosses with spaces inside their brackets: रूस (Russia) → रूस ( Russia ).

    SentencePiece cuts a word differently behind a bracket than behind a space (`▁( Me hram` against `▁Mehr am`);
    spaced, a gloss has the very pieces that the target needs, and copying is exact.
    """
    return _GLOSS.sub(r"( \1 )", text)


class Tokenizer(Protocol):
    """What the codec needs: text to ids without special tokens, ids to text, ids to pieces and back."""

    def encode_batch(self, texts: Sequence[str]) -> list[list[int]]: ...
    def decode(self, ids: Sequence[int]) -> str: ...
    def pieces(self, ids: Sequence[int]) -> list[str]: ...
    def id(self, piece: str) -> int | None: ...


class _FastTokenizer:
    def __init__(self, path: Path) -> None:
        from tokenizers import Tokenizer as Backend

        try:
            self.backend = Backend.from_file(str(path))
        except Exception as error:
            raise ModelError(f"{path}: not a tokenizer file ({error}); copy the checkpoint again") from None
        self.backend.no_padding()
        self.backend.no_truncation()

    def encode_batch(self, texts: Sequence[str]) -> list[list[int]]:
        return [e.ids for e in self.backend.encode_batch(list(texts), add_special_tokens=False)]

    def decode(self, ids: Sequence[int]) -> str:
        return self.backend.decode(list(ids), skip_special_tokens=True)

    def pieces(self, ids: Sequence[int]) -> list[str]:
        return [self.backend.id_to_token(i) or "" for i in ids]

    def id(self, piece: str) -> int | None:
        return self.backend.token_to_id(piece)


class _TransformersTokenizer:
    def __init__(self, path: Path, options: dict[str, Any]) -> None:
        _check_sentencepiece(path)
        from transformers import AutoTokenizer

        try:
            self.backend: Any = AutoTokenizer.from_pretrained(path, **options)
        except Exception as error:
            reason = " ".join(str(error).split())[:200]
            raise ModelError(f"{path}: its tokenizer does not load ({reason}); copy the checkpoint again") from None

    def encode_batch(self, texts: Sequence[str]) -> list[list[int]]:
        return self.backend(list(texts), add_special_tokens=False)["input_ids"] if texts else []

    def decode(self, ids: Sequence[int]) -> str:
        return self.backend.decode(list(ids), skip_special_tokens=True)

    def pieces(self, ids: Sequence[int]) -> list[str]:
        return self.backend.convert_ids_to_tokens(list(ids))

    def id(self, piece: str) -> int | None:
        found = self.backend.convert_tokens_to_ids(piece)
        return None if found is None or found == self.backend.unk_token_id else found


def _check_sentencepiece(folder: Path) -> None:
    """transformers makes up a tokenizer of its own where the file is missing or empty: refuse that."""
    import sentencepiece as spm

    files = sorted(folder.glob("*.model"))
    if not files:
        raise ModelError(f"{folder}: no tokenizer.json or spiece.model in it; copy the checkpoint's tokenizer files")
    for file in files:
        try:
            spm.SentencePieceProcessor(model_file=str(file))
        except Exception as error:
            raise ModelError(f"{file}: not a SentencePiece model ({error}); copy the checkpoint again") from None


class Codec:
    """Encodes sources and targets in a family's layout and decodes hypotheses.

    Raises ModelError when the tokenizer lacks a special token that the family's layout needs.
    """

    def __init__(self, tokenizer: Tokenizer, family: Family) -> None:
        self.tokenizer, self.family = tokenizer, family
        self.source_prefix = self._ids(family.source_prefix)
        self.source_suffix = self._ids(family.source_suffix)
        self.decoder_prefix = self._ids(family.decoder_prefix)
        self.target_suffix = self._ids(family.target_suffix)
        self.separator_id = tokenizer.id(family.separator)
        self.eos_id = self.target_suffix[-1]
        self.pad_id = self._ids(("<pad>",))[0]
        layout = (self.source_prefix, self.source_suffix, self.decoder_prefix, self.target_suffix)
        self._layout_ids = {self.pad_id, self.separator_id, *(i for ids in layout for i in ids)}

    def _ids(self, pieces: Sequence[str]) -> list[int]:
        ids = []
        for piece in pieces:
            found = self.tokenizer.id(piece)
            if found is None:
                raise ModelError(f"the tokenizer has no {piece!r}, which family {self.family.name} needs")
            ids.append(found)
        return ids

    def _encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Ids of texts. What reads as a layout token ("</s>") is dropped: a text must not end its own source."""
        return [[i for i in ids if i not in self._layout_ids] for ids in self.tokenizer.encode_batch(texts)]

    def source_text(self, text: str, task: str) -> str:
        """What is tokenised: the task's prefix, then the text with its glosses spaced."""
        return self.family.task_prefix.get(task, "") + space_glosses(text)

    def encode_sources(
        self, texts: Sequence[str], task: str = "translate", max_length: int | None = None
    ) -> list[list[int]]:
        """Source ids, specials included, cut to `max_length` (default: the family's limit) before the suffix."""
        room = (max_length or self.family.max_source) - len(self.source_prefix) - len(self.source_suffix)
        encoded = self._encode([self.source_text(t, task) for t in texts])
        return [[*self.source_prefix, *ids[:room], *self.source_suffix] for ids in encoded]

    def encode_targets(self, targets: Sequence[str | Sequence[str]], max_length: int | None = None) -> list[list[int]]:
        """Label ids, ending in the target suffix. A target is a text, or bullets to be joined by the separator."""
        room = (max_length or self.family.max_target) - len(self.target_suffix)
        if self.separator_id is None:
            texts = [t if isinstance(t, str) else self.family.separator.join(t) for t in targets]
            encoded = self._encode(texts)
        else:
            encoded = [self._joined([t] if isinstance(t, str) else t) for t in targets]
        return [[*ids[:room], *self.target_suffix] for ids in encoded]

    def _joined(self, bullets: Sequence[str]) -> list[int]:
        ids: list[int] = []
        for number, bullet in enumerate(self._encode(bullets)):
            ids += [self.separator_id, *bullet] if number and self.separator_id is not None else bullet
        return ids

    def decoder_inputs(self, labels: Sequence[int]) -> list[int]:
        """Teacher-forcing input: the decoder prefix, then the labels without their last token. Same length as `labels`
        for the families here, whose decoder prefix is one token; never the model's own label shift, which is wrong for
        IndicBART's layout."""
        return [*self.decoder_prefix, *labels[:-1]]

    def decode(self, ids: Sequence[int]) -> str:
        """Text of a hypothesis: special tokens dropped, spaces tidied."""
        return " ".join(self.tokenizer.decode(ids).split())

    def split(self, ids: Sequence[int]) -> list[str]:
        """The bullets of a hypothesis that holds several."""
        if self.separator_id is None:
            parts = self.decode(ids).split(self.family.separator.strip())
        else:
            chunks: list[list[int]] = [[]]
            for i in ids:
                if i == self.separator_id:
                    chunks.append([])
                else:
                    chunks[-1].append(i)
            parts = [self.decode(chunk) for chunk in chunks]
        return [part.strip() for part in parts if part.strip()]


def load_codec(path: str | Path) -> Codec:
    """The codec of a local checkpoint folder. Raises ModelError with the path and the remedy."""
    folder = Path(path)
    family = family_of(folder)
    fast = folder / "tokenizer.json"
    tokenizer: Tokenizer = (
        _FastTokenizer(fast) if fast.exists() else _TransformersTokenizer(folder, family.tokenizer_options)
    )
    return Codec(tokenizer, family)
