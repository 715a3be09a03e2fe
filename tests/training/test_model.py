"""The model that a run starts from: random ones scaled right, families and adapters checked."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from summarizer.errors import UsageError
from summarizer.models import load_codec
from summarizer.training.batching import Collator
from summarizer.training.model import prepare_model, start_model


def test_a_model_from_scratch_begins_near_the_loss_of_a_guess(
    checkpoint: Path, tiny_run: Callable, hindi: list[str], english: list[str]
) -> None:
    """The trap: mT5's tied output without a scaled embedding begins tens of nats above."""
    codec = load_codec(checkpoint)
    scratch = ["model.start=scratch", f"model.tokenizer={checkpoint}", "+model.config={d_model: 64}"]
    run = tiny_run(checkpoint, codec.family.name, *scratch)
    model, folder = start_model(run)
    assert folder == checkpoint and model.config.d_model == 64
    assert model.generation_config.decoder_start_token_id == codec.decoder_prefix[0]
    sources, targets = codec.encode_sources(hindi), codec.encode_targets(english)
    batch = Collator(codec)([{"input_ids": s, "labels": t} for s, t in zip(sources, targets, strict=True)])
    with torch.no_grad():
        loss = model(**batch).loss
    assert float(loss) < math.log(model.config.vocab_size) + 1.5


def test_another_family_than_the_checkpoints_is_refused(tiny_mt5: Path, tiny_run: Callable) -> None:
    with pytest.raises(UsageError, match="is of family mt5"):
        start_model(tiny_run(tiny_mt5, "indicbart"))


def test_adapters_on_layers_that_are_not_there_name_those_that_are(tiny_mt5: Path, tiny_run: Callable) -> None:
    run = tiny_run(tiny_mt5, "mt5", "model.lora.rank=2", "model.lora.targets=[q_proj]")
    with pytest.raises(UsageError, match="q_proj.* not found; layers of this model: .*q, "):
        prepare_model(run, start_model(run)[0])


@pytest.mark.parametrize("rate", [0.0, 0.5])
def test_dropout_reaches_every_layer_and_the_configuration(checkpoint: Path, tiny_run: Callable, rate: float) -> None:
    codec = load_codec(checkpoint)
    run = tiny_run(checkpoint, codec.family.name, f"model.dropout={rate}")
    model = prepare_model(run, start_model(run)[0]).train()
    ids = torch.tensor(codec.encode_sources(["दिल्ली में बारिश"]))
    with torch.no_grad():
        one, two = (model.get_encoder()(ids).last_hidden_state for _ in range(2))
    assert torch.equal(one, two) == (rate == 0)
    rates = [m.p for m in model.modules() if isinstance(m, torch.nn.Dropout)]
    rates += [m.dropout for m in model.modules() if isinstance(getattr(m, "dropout", None), float)]
    assert rates and set(rates) == {rate}
    assert getattr(model.config, "dropout_rate", getattr(model.config, "dropout", None)) == rate


def test_token_dropout_zeroes_embeddings_of_words_while_training_only(checkpoint: Path, tiny_run: Callable) -> None:
    codec = load_codec(checkpoint)
    run = tiny_run(checkpoint, codec.family.name, "model.token_dropout=0.5")
    model = prepare_model(run, start_model(run)[0]).train()
    ids = torch.tensor(codec.encode_sources([" ".join(["दिल्ली"] * 60)]))
    for stack in (model.get_encoder(), model.get_decoder()):
        zeroed = ~stack.embed_tokens(ids)[0].any(-1)
        assert 0.2 < zeroed.float().mean() < 0.8
        assert not zeroed[ids[0] == codec.eos_id].any()
    assert model.eval().get_encoder().embed_tokens(ids)[0].any(-1).all()


def test_token_dropout_of_everything_is_refused(checkpoint: Path, tiny_run: Callable) -> None:
    with pytest.raises(UsageError, match=r"model.token_dropout=1.0: must be 0 or more and below 1"):
        tiny_run(checkpoint, load_codec(checkpoint).family.name, "model.token_dropout=1.0")
