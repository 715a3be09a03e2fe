"""Attention of the alignment heads, from both engines, against teacher forcing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from summarizer.engines import DecodingOptions
from summarizer.engines.ct2 import CTranslate2Engine
from summarizer.engines.torch_engine import TorchEngine
from summarizer.models import load_model


@pytest.mark.parametrize("family", ["compact", "mt5"])
def test_attention_of_the_alignment_heads(
    family: str, tiny: Callable[[str], Path], hindi: list[str], tmp_path: Path
) -> None:
    """Both engines give the mean of the heads that config.json names, and none where it names none or nobody asks."""
    folder = Path(shutil.copytree(tiny(family), tmp_path / family))
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**config, "alignment_layer": 0, "alignment_heads": 1}))
    model = load_model(folder)
    model.set_attn_implementation("eager")
    for engine in (CTranslate2Engine(folder, "cpu", 1, "float32"), TorchEngine(folder, "cpu", 1)):
        sources = engine.codec.encode_sources(hindi[:4])
        for beam in (1, 2):
            options = DecodingOptions(beam_size=beam, n_best=beam, max_new_tokens=12, attention=True)
            found = engine.generate(sources, options)
            for source, hypothesis in ((s, h) for s, hs in zip(sources, found, strict=True) for h in hs):
                inputs = engine.codec.decoder_inputs([*hypothesis.ids, engine.codec.eos_id])
                with torch.no_grad():
                    expected = model(
                        input_ids=torch.tensor([source]),
                        decoder_input_ids=torch.tensor([inputs]),
                        output_attentions=True,
                    ).cross_attentions[0][0, 0, : len(hypothesis.ids)]
                if beam > 1 and engine.name == "ctranslate2":
                    expected[0] = 0.0  # unknown
                assert np.array(hypothesis.attention) == pytest.approx(expected.numpy(), abs=2e-4)
            assert engine.generate(sources[:1], replace(options, attention=False))[0][0].attention is None
    assert not TorchEngine(tiny(family), "cpu", 1).aligns and not CTranslate2Engine(tiny(family), "cpu", 1).aligns
