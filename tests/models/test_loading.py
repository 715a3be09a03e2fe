"""Checkpoint folders: found, refused with a reason, loaded without transformers' traps."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from summarizer.errors import ModelError
from summarizer.models import load_codec, load_model, resolve


@pytest.fixture
def copy(tiny_compact: Path, tmp_path: Path) -> Path:
    """A compact checkpoint to damage."""
    return Path(shutil.copytree(tiny_compact, tmp_path / "copy"))


def edit_config(folder: Path, **fields) -> None:
    file = folder / "config.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **fields}))


def test_resolve_takes_folders(tiny_compact: Path) -> None:
    assert resolve(tiny_compact) == tiny_compact
    assert resolve(str(tiny_compact)) == tiny_compact


@pytest.mark.parametrize("name", ["no/such/folder/at all", "./missing", "missing", "/missing/folder"])
def test_resolve_names_a_missing_folder(name: str) -> None:
    with pytest.raises(ModelError, match="no such folder"):
        resolve(name)


def test_resolve_refuses_a_file(tiny_compact: Path) -> None:
    with pytest.raises(ModelError, match=r"model\.safetensors: is a file"):
        resolve(tiny_compact / "model.safetensors")


def test_hub_id_offline_says_what_to_do() -> None:
    with pytest.raises(ModelError, match=r"google/mt5-small: .*hub.*network") as caught:
        resolve("google/mt5-small")
    assert "\n" not in str(caught.value)


def test_hub_id_fetches_weights_as_safetensors_only(monkeypatch: pytest.MonkeyPatch, tiny_mt5: Path) -> None:
    import huggingface_hub

    asked = {}

    def fetch(repo: str, *, allow_patterns: list[str]) -> str:
        asked[repo] = allow_patterns
        return str(tiny_mt5)

    monkeypatch.setattr(huggingface_hub, "snapshot_download", fetch)
    assert resolve("google/mt5-small") == tiny_mt5
    from huggingface_hub.utils import filter_repo_objects

    files = ["config.json", "spiece.model", "model-00001-of-00002.safetensors", "model.safetensors.index.json"]
    refused = ["pytorch_model.bin", "flax_model.msgpack", "tf_model.h5", "run.py"]
    assert list(filter_repo_objects(files + refused, allow_patterns=asked["google/mt5-small"])) == files


def test_hub_repository_with_pickles_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import huggingface_hub

    monkeypatch.setattr(huggingface_hub, "snapshot_download", lambda *_, **__: str(tmp_path))
    with pytest.raises(ModelError, match=r"google/mt5-small: the hub has no \*\.safetensors.*save_pretrained"):
        resolve("google/mt5-small")


def test_config_without_a_vocabulary(copy: Path) -> None:
    from summarizer.engines import load_engine

    edit_config(copy, vocab_size=None)
    with pytest.raises(ModelError, match=r"config\.json: has no vocab_size"):
        load_engine(copy)


def test_weights_cut_short(copy: Path) -> None:
    file = copy / "model.safetensors"
    file.write_bytes(file.read_bytes()[:-1000])
    with pytest.raises(ModelError, match=r"model\.safetensors: damaged or cut short"):
        load_model(copy)


def test_weights_of_another_shape(copy: Path) -> None:
    edit_config(copy, d_model=64)
    with pytest.raises(ModelError, match="must be of one checkpoint"):
        load_model(copy)


def test_weights_missing_a_tensor(copy: Path) -> None:
    """transformers only warns, and fills the gap with random numbers."""
    tensors = load_file(copy / "model.safetensors")
    del tensors["model.decoder.layers.1.fc1.weight"]
    save_file(tensors, copy / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(ModelError, match=r"1 tensors are missing, first model\.decoder\.layers\.1\.fc1\.weight"):
        load_model(copy)


def test_pickled_weights_are_never_loaded(copy: Path) -> None:
    (copy / "model.safetensors").unlink()
    with pytest.raises(ModelError, match="no .*safetensors"):
        load_model(copy)
    (copy / "pytorch_model.bin").write_bytes(b"cos\nsystem\n(S'false'\ntR.")
    with pytest.raises(ModelError, match=r"only pytorch_model\.bin, a pickle.*save_pretrained"):
        load_model(copy)


def test_no_progress_bar_or_report(checkpoint: Path, capfd: pytest.CaptureFixture[str]) -> None:
    load_model(checkpoint)
    assert capfd.readouterr() == ("", "")


def test_settings_of_other_uses_are_cleared(checkpoint: Path) -> None:
    """A forced end token would end every cut hypothesis with `</s>`, a foreign start token would change the layout."""
    model, codec = load_model(checkpoint), load_codec(checkpoint)
    assert model.config.to_dict().get("forced_eos_token_id") is None
    assert model.generation_config.forced_eos_token_id is None
    assert [model.generation_config.decoder_start_token_id] == codec.decoder_prefix
    assert (model.generation_config.eos_token_id, model.generation_config.pad_token_id) == (codec.eos_id, codec.pad_id)


def test_mt5_keeps_its_own_head(tiny_mt5: Path, tmp_path: Path) -> None:
    """Through load, save and load again, although transformers 5 says that an MT5 is tied."""
    with safe_open(tiny_mt5 / "model.safetensors", "pt") as file:
        head, embedding = file.get_tensor("lm_head.weight"), file.get_tensor("shared.weight")
    assert not torch.equal(head, embedding)
    model = load_model(tiny_mt5)
    for again in (False, True):
        if again:
            shutil.copytree(tiny_mt5, tmp_path / "again", ignore=shutil.ignore_patterns("*.safetensors"))
            model.save_pretrained(tmp_path / "again")
            model = load_model(tmp_path / "again")
        assert torch.equal(model.lm_head.weight, head)
        assert torch.equal(model.shared.weight, embedding)
        assert torch.equal(model.encoder.embed_tokens.weight, embedding)


def test_mbart_label_shift_is_wrong_for_indicbart(tiny_indicbart: Path, english: list[str]) -> None:
    model, codec = load_model(tiny_indicbart), load_codec(tiny_indicbart)
    labels = codec.encode_targets(english[:1])[0]
    own = model.prepare_decoder_input_ids_from_labels(torch.tensor([labels]))[0].tolist()
    right = codec.decoder_inputs(labels)
    assert own[0] == codec.eos_id and own != right
    assert codec.tokenizer.pieces(right[:1]) == ["<2en>"] and right[1:] == labels[:-1]


def test_dtype(tiny_compact: Path) -> None:
    assert load_model(tiny_compact).dtype == torch.float32
    assert load_model(tiny_compact, dtype=torch.bfloat16).dtype == torch.bfloat16
