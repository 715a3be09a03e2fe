"""Minimum risk training: the gradient is that of the expected gain, and it moves the model to the better hypotheses."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from datasets import Dataset

from summarizer.errors import UsageError
from summarizer.models import load_codec
from summarizer.models.loading import load_model
from summarizer.training import risk
from summarizer.training.batching import Collator
from summarizer.training.config import Run
from summarizer.training.corpora import Drops, Example, Limits, read_source
from summarizer.training.encoding import _renumbered
from summarizer.training.loss import install
from summarizer.training.model import set_dropout, switch_on
from summarizer.training.ranking import chosen, gain
from summarizer.training.run import train

ROOT = Path(__file__).resolve().parents[2]


def batch(checkpoint: Path, hindi: list[str], english: list[str]) -> dict:
    """Three sources; the first and the third with hypotheses: the English of three others."""
    codec = load_codec(checkpoint)
    sources, targets = codec.encode_sources(hindi[:3]), codec.encode_targets(english)
    rows = [{"input_ids": s, "labels": t} for s, t in zip(sources, targets[:3], strict=True)]
    rows[0] |= {"hypotheses": targets[3:6], "gains": [0.2, 0.9, 0.4]}
    rows[2] |= {"hypotheses": targets[6:8], "gains": [0.3, 0.5]}
    return Collator(codec)(rows)


def expected_gain(model, inputs: dict) -> torch.Tensor:
    """By the book: a softmax over mean log-probabilities, one source at a time."""
    labels, total = inputs["hypotheses"], torch.zeros(())
    rows = inputs["rows"]
    logits = model(
        input_ids=inputs["input_ids"][rows],
        attention_mask=inputs["attention_mask"][rows],
        decoder_input_ids=inputs["hypothesis_inputs"],
    ).logits
    logs = torch.log_softmax(logits.float(), -1).gather(2, labels.clamp(min=0)[..., None])[..., 0]
    means = (logs * (labels != -100)).sum(1) / (labels != -100).sum(1)
    for row in rows.unique():
        share = torch.softmax(risk.SHARPNESS * means[rows == row], 0)
        total = total + (share * inputs["gains"][rows == row]).sum()
    return total / len(rows.unique())


def test_gradient_and_value_are_those_of_the_expected_gain(
    checkpoint: Path, hindi: list[str], english: list[str]
) -> None:
    inputs = batch(checkpoint, hindi, english)
    grads = []
    for weight in (0.0, 3.0):
        model = load_model(checkpoint)
        if getattr(model, "final_logits_bias", None) is not None:
            model.final_logits_bias.zero_()  # switched-off rows, which these sentences use, are another test's matter
        install(model, smoothing=0.0, risk=weight)
        set_dropout(model, 0.0)
        loss = model.train()(**inputs).loss
        loss.backward()
        grads.append((float(loss.detach()), {n: p.grad for n, p in model.named_parameters() if p.grad is not None}))
    model = load_model(checkpoint)
    if getattr(model, "final_logits_bias", None) is not None:
        model.final_logits_bias.zero_()
    own = expected_gain(model.eval(), inputs)
    (-3.0 * own).backward()
    assert grads[1][0] - grads[0][0] == pytest.approx(-3.0 * float(own.detach()), abs=1e-4)
    for name, parameter in model.named_parameters():
        if parameter.grad is not None:
            assert torch.allclose(grads[1][1][name] - grads[0][1][name], parameter.grad, rtol=1e-3, atol=1e-4), name


def test_hypotheses_do_not_count_in_evaluation(tiny_compact: Path, hindi: list[str], english: list[str]) -> None:
    model, inputs = load_model(tiny_compact), batch(tiny_compact, hindi, english)
    model.final_logits_bias.zero_()
    install(model, smoothing=0.0, risk=3.0)
    plain = {k: v for k, v in inputs.items() if k not in ("hypotheses", "hypothesis_inputs", "rows", "gains")}
    assert torch.equal(model.eval()(**inputs).loss, model(**plain).loss)


def test_pieces_that_only_a_hypothesis_uses_are_switched_on(tiny_compact: Path) -> None:
    model = load_model(tiny_compact)
    assert model.final_logits_bias[0, 7] < -1e3
    assert switch_on(model, Dataset.from_dict({"labels": [[30], [31]], "hypotheses": [[[7, 30], [31]], []]})) == 1
    assert model.final_logits_bias[0, 7] == 0


def test_a_run_makes_better_hypotheses_likelier(
    tiny_compact: Path, tiny_run: Callable[..., Run], tmp_path: Path, hindi: list[str], english: list[str]
) -> None:
    """The target is the worse of the two: only the gains can pull towards the better."""
    rows = [
        {"source": h, "target": worse, "hypotheses": [[worse, 0.1], [better, 0.9]]}
        for h, better, worse in zip(hindi, english, english[1:], strict=False)
    ]
    file = tmp_path / "ranked.jsonl"
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf8")
    codec = load_codec(tiny_compact)
    encoded = zip(
        codec.encode_sources(hindi), codec.encode_targets(english), codec.encode_targets(english[1:]), strict=False
    )
    inputs = Collator(codec)(
        [{"input_ids": s, "labels": w, "hypotheses": [w, b], "gains": [0.1, 0.9]} for s, b, w in encoded]
    )
    found = {}
    for weight in (0, 50):
        source = f"+corpus.sources.ranked={{paths: '{file}', reader: ranked}}"
        folder = tmp_path / str(weight)
        more = (
            f"training.risk={weight}",
            f"output_dir='{folder}'",
            "~corpus.sources.tiny",
            "training.learning_rate=3e-3",
        )
        train(tiny_run(tiny_compact, "compact", source, *more))
        with torch.no_grad():
            found[weight] = float(expected_gain(load_model(folder / "final").eval(), inputs))
    assert found[50] > found[0]


def test_accumulated_batches_share_the_risk(tiny_compact: Path, hindi: list[str], english: list[str]) -> None:
    model, inputs = load_model(tiny_compact), batch(tiny_compact, hindi, english)
    model.final_logits_bias.zero_()
    install(model, smoothing=0.0, risk=3.0)
    set_dropout(model, 0.0)
    whole = model.train()(**inputs).loss
    tokens = int((inputs["labels"] != -100).sum())
    half = model(**inputs, num_items_in_batch=2 * tokens).loss.detach()
    assert float(half) == pytest.approx(float(whole.detach()) / 2, rel=1e-5)


def test_figures_are_not_swapped_where_hypotheses_would_keep_theirs() -> None:
    pair = "वर्ष 2019 में 45 लोग आए।", "In 2019, 45 people came."
    plain = Example(*pair, "translate", "s")
    assert any(_renumbered(plain, random.Random(seed)) != plain for seed in range(5))
    ranked = replace(plain, hypotheses=(("In 2019, 45 came.", 0.5),))
    assert all(_renumbered(ranked, random.Random(seed)) == ranked for seed in range(5))


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["training.risk=2"], "training.risk needs a source of reader ranked"),
        (["training.risk=-1"], "training.risk=-1.0: must be 0 or more"),
        (["+corpus.sources.tiny.reader=ranked", "+corpus.sources.tiny.glossed=1"], "glossed: hypotheses belong"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(
    tiny_compact: Path, tiny_run: Callable[..., Run], more: list[str], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        tiny_run(tiny_compact, "compact", *more)


def test_hypotheses_kept_are_the_first_the_best_the_worst_and_the_likeliest_other() -> None:
    assert list(chosen({"a": 0.5, "b": 0.2, "c": 0.4, "d": 0.9, "e": 0.3})) == ["a", "d", "b", "c"]
    assert list(chosen({"a": 0.5, "b": 0.5})) == ["a", "b"]
    assert gain("The river rose.", "The river rose.") == pytest.approx(1.0)
    assert gain("Nothing of it.", "The river rose.") < gain("The river fell.", "The river rose.") < 1


def test_the_script_ranks_hypotheses_of_pairs(tmp_path: Path) -> None:
    pair = "सरकार ने किसानों के लिए नई योजना की घोषणा की।", "The government has announced a new scheme for farmers."
    (tmp_path / "pairs.tsv").write_text(f"{pair[0]}\t{pair[1]}\n{pair[0]} {pair[0]}\t{pair[1]} Again.\n", "utf8")
    output = tmp_path / "ranked.jsonl"
    command = [sys.executable, str(ROOT / "scripts/rank_hypotheses.py"), str(tmp_path / "pairs.tsv")]
    done = subprocess.run(
        [*command, "-o", str(output), "--reader", "pairs"], capture_output=True, text=True, check=True, timeout=300
    )
    assert "1\tpairs with hypotheses" in done.stdout
    (example,) = read_source("s", {"paths": str(output), "reader": "ranked"}, Limits(), Drops())
    assert example.target == pair[1] and 2 <= len(example.hypotheses) <= 4
    assert all(0 <= value <= 1 for _, value in example.hypotheses)
