"""Layouts and round trips of every family's codec, on tiny tokenizers and on the trained one."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.errors import ModelError
from summarizer.models import FAMILIES, Codec, family_of, load_codec
from summarizer.models.codec import space_glosses

LAYOUTS = {  # source = prefix X suffix, decoder input = decoder prefix Y, labels = Y end
    "mt5": ([], ["</s>"], ["<pad>"], ["</s>"]),
    "indicbart": ([], ["</s>", "<2hi>"], ["<2en>"], ["</s>"]),
    "compact": (["<s>"], ["</s>"], ["</s>"], ["</s>"]),
}


@pytest.fixture
def codec(checkpoint: Path) -> Codec:
    return load_codec(checkpoint)


@pytest.fixture(scope="module")
def trained_codec(default_checkpoint: Path) -> Codec:
    return load_codec(default_checkpoint)


def test_layout(codec: Codec, hindi: list[str]) -> None:
    prefix, suffix, decoder_prefix, end = LAYOUTS[codec.family.name]
    source = codec.tokenizer.pieces(codec.encode_sources(hindi[:1])[0])
    assert source[: len(prefix)] == prefix and source[-len(suffix) :] == suffix
    assert codec.decode(codec.encode_sources(hindi[:1])[0]) == space_glosses(hindi[0])
    labels = codec.encode_targets(["Heavy rain in Delhi."])[0]
    assert codec.tokenizer.pieces(labels)[-1:] == end
    inputs = codec.decoder_inputs(labels)
    assert codec.tokenizer.pieces(inputs[:1]) == decoder_prefix and inputs[1:] == labels[:-1]


def test_round_trip_of_hindi_and_english(codec: Codec, hindi: list[str], english: list[str]) -> None:
    """Vowel signs, nukta and conjuncts included: IndicBART's tokenizer strips them unless it keeps accents."""
    for text in hindi + english:
        assert codec.decode(codec.encode_targets([text], max_length=999)[0]) == text


def test_bullets_survive(codec: Codec, english: list[str]) -> None:
    bullets = [english[0], english[8], english[3]]
    assert codec.split(codec.encode_targets([bullets], max_length=999)[0]) == bullets
    assert codec.split(codec.encode_targets([bullets[:1]], max_length=999)[0]) == bullets[:1]
    assert codec.split([codec.eos_id]) == []


def test_newlines_do_not_survive_so_they_separate_nothing(codec: Codec) -> None:
    ids = codec.encode_targets(["Rain in Delhi.\nThree arrested."], max_length=999)[0]
    assert "\n" not in codec.decode(ids)
    assert len(codec.split(ids)) == 1


def test_long_source_keeps_its_suffix(codec: Codec, hindi: list[str]) -> None:
    long = " ".join(hindi * 40)
    for limit in (None, 20):
        ids = codec.encode_sources([long], max_length=limit)[0]
        assert len(ids) == (limit or codec.family.max_source)
        assert ids[-len(codec.source_suffix) :] == codec.source_suffix
    target = codec.encode_targets([long])[0]
    assert len(target) == codec.family.max_target and target[-1] == codec.eos_id


def test_empty_input(codec: Codec) -> None:
    assert codec.encode_sources([]) == [] and codec.encode_targets([]) == []
    assert codec.encode_sources([""]) == [[*codec.source_prefix, *codec.source_suffix]]
    assert codec.encode_targets([""]) == [codec.target_suffix]
    assert codec.decode([]) == "" and codec.split([]) == []


def test_layout_tokens_in_a_text_are_dropped(codec: Codec) -> None:
    text = "ab </s> cd <pad> <s> <2en> <extra_id_0> [SEP] ef"
    body = codec.encode_sources([text])[0][len(codec.source_prefix) : -len(codec.source_suffix)]
    layout = {codec.eos_id, codec.pad_id, codec.separator_id, *codec.decoder_prefix, *codec.source_suffix}
    assert not layout & set(body)
    decoded = codec.decode(body)
    assert decoded.startswith("ab") and "cd" in decoded and decoded.endswith("ef")


def test_task_prefix_only_where_the_family_has_one(codec: Codec, hindi: list[str]) -> None:
    plain, bullet = (codec.encode_sources(hindi[:1], task) for task in ("translate", "bullet"))
    assert (plain != bullet) == ("bullet" in codec.family.task_prefix)


def test_families_are_found_by_model_type(tmp_path: Path) -> None:
    for model_type, name in [("mt5", "mt5"), ("mbart", "indicbart"), ("bart", "compact")]:
        (tmp_path / "config.json").write_text(json.dumps({"model_type": model_type}))
        assert family_of(tmp_path) is FAMILIES[name]


@pytest.mark.parametrize(
    "config", ['{"model_type": "t5"}', '{"model_type": "pegasus"}', "{}", '{"model_type": "mt5"', "[]"]
)
def test_unknown_or_broken_config_is_named(tmp_path: Path, config: str) -> None:
    (tmp_path / "config.json").write_text(config)
    with pytest.raises(ModelError, match=str(tmp_path)):
        family_of(tmp_path)
    with pytest.raises(ModelError, match=r"no config\.json"):
        family_of(tmp_path / "elsewhere")
    for name in ("checkpoint-9", "final"):
        (tmp_path / "run" / name).mkdir(parents=True)
        (tmp_path / "run" / name / "config.json").write_text("{}")
    with pytest.raises(ModelError, match=r"give .*final"):
        family_of(tmp_path / "run")


def test_tokenizer_of_another_layout(tiny_compact: Path) -> None:
    """A family's record and the tokenizer must fit: a missing special token is named."""
    codec = load_codec(tiny_compact)
    with pytest.raises(ModelError, match="<2hi>"):
        Codec(codec.tokenizer, replace(codec.family, source_suffix=("</s>", "<2hi>")))


@pytest.mark.parametrize("damage", ["missing", "cut", "empty"])
def test_tokenizer_missing_or_damaged(checkpoint: Path, tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(checkpoint, folder)
    for file in [*folder.glob("tokenizer.json"), *folder.glob("*.model")]:
        if damage == "missing":
            file.unlink()
        else:
            file.write_bytes(file.read_bytes()[: 200 if damage == "cut" else 0])
    with pytest.raises(ModelError, match="copy"):
        load_codec(folder)


@pytest.mark.default_model
def test_trained_tokenizer_equals_its_sentencepiece(
    default_checkpoint: Path, hindi: list[str], english: list[str]
) -> None:
    model = default_checkpoint / "spiece.model"
    if not model.exists():
        pytest.skip("the checkpoint has no spiece.model to compare with")
    import sentencepiece as spm

    reference, codec = spm.SentencePieceProcessor(model_file=str(model)), load_codec(default_checkpoint)
    odd = ["", " ", "a  b ", "क\nख", "\tटैब", "“उद्धरण” — ‘एक’", "ﬁne ①½", "क़लम क़लम", "₹2,500.50 (5%)", "e\u0301 é"]
    texts = hindi + english + odd + [" ".join(hindi)]
    assert codec.tokenizer.encode_batch(texts) == [reference.encode(t) for t in texts]


@pytest.mark.default_model
@pytest.mark.parametrize(
    "text",
    [
        'He said, "Yes" — it\'s 5% (five).',
        "Rs 2,500 crore, U.S.-led; N. Korea’s “test”",
        "The WHO (World Health Organization): 3.5 million/day!",
    ],
)
def test_trained_tokenizer_keeps_spacing(trained_codec: Codec, text: str) -> None:
    assert trained_codec.decode(trained_codec.encode_targets([text])[0]) == text


@pytest.mark.default_model
@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=60), limit=st.integers(3, 40))
def test_any_text_gives_a_well_formed_source(trained_codec: Codec, text: str, limit: int) -> None:
    ids = trained_codec.encode_sources([text], max_length=limit)[0]
    assert len(ids) <= limit and ids.count(trained_codec.eos_id) == 1 and ids[-1] == trained_codec.eos_id
    assert trained_codec.decode(ids) == " ".join(trained_codec.decode(ids).split())
