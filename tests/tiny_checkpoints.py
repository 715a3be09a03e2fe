"""Tiny random checkpoints of the three families, for tests: real tokenizers, real layouts, no sense.

Built as users' checkpoints are: tokenizer and model saved by transformers. Weights are spread widely enough that greedy
search meets no ties.
"""

from __future__ import annotations

import json
from pathlib import Path

HINDI = [
    "रूस (Russia) के राष्ट्रपति व्लादिमीर पुतिन (Vladimir Putin) ने सोमवार को मॉस्को में पत्रकारों से बात की।",
    "दिल्ली में आज सुबह से तेज़ बारिश हो रही है और कई सड़कों पर पानी भर गया है।",
    "सरकार ने किसानों के लिए 2,500 करोड़ रुपये की नई योजना की घोषणा की।",
    "उत्तर कोरिया (North Korea) ने जापान सागर की ओर दो मिसाइलें दागीं, ऐसा सेना ने बताया।",
    "पुलिस ने बताया कि इस मामले में तीन लोगों को गिरफ़्तार किया गया है।",
    "सुप्रीम कोर्ट ने याचिका पर सुनवाई अगले हफ़्ते तक टाल दी।",
    "भारतीय टीम ने दूसरे मैच में ऑस्ट्रेलिया को छह विकेट से हराया।",
    "अस्पताल में भर्ती मरीज़ों की हालत अब स्थिर है, डॉक्टरों ने कहा।",
    "प्रधानमंत्री ने कहा कि देश की अर्थव्यवस्था मज़बूत है और रोज़गार बढ़ रहे हैं।",
    "चुनाव आयोग ने पाँच राज्यों में मतदान की तारीख़ों का ऐलान किया।",
    "विश्व स्वास्थ्य संगठन (WHO) ने नए वायरस को लेकर चेतावनी जारी की है।",
    "मुंबई से पुणे जाने वाली एक बस पलट गई, जिसमें बारह यात्री घायल हो गए।",
]
ENGLISH = [
    "Russia's President Vladimir Putin spoke to reporters in Moscow on Monday.",
    "It has been raining heavily in Delhi since this morning and many roads are under water.",
    "The government announced a new scheme of Rs 2,500 crore for farmers.",
    "North Korea fired two missiles towards the Sea of Japan, the army said.",
    "Police said three people have been arrested in this case.",
    "The Supreme Court put off the hearing of the petition until next week.",
    "The Indian team beat Australia by six wickets in the second match.",
    "The patients in the hospital are now stable, doctors said.",
    "The prime minister said that the country's economy is strong and jobs are growing.",
    "The Election Commission announced the dates of polling in five states.",
    "The World Health Organization (WHO) has issued a warning about the new virus.",
    "A bus going from Mumbai to Pune overturned, injuring twelve passengers.",
]


def _sentencepiece(path: Path, vocabulary: int, **specials: int | str) -> None:
    import sentencepiece as spm

    with path.open("wb") as file:
        spm.SentencePieceTrainer.train(
            sentence_iterator=iter((HINDI + ENGLISH) * 4),
            model_writer=file,
            vocab_size=vocabulary,
            hard_vocab_limit=False,
            character_coverage=1.0,
            minloglevel=2,
            **specials,
        )


def _save(model, folder: Path, std: float) -> None:
    """Weights anew with the given spread (transformers' own init is too narrow for distinct outputs), then save."""
    import torch

    generator = torch.Generator().manual_seed(11)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if parameter.dim() > 1:
                parameter.copy_(torch.randn(parameter.shape, generator=generator) * std)
            elif "norm" not in name:
                parameter.copy_(torch.randn(parameter.shape, generator=generator) * 0.1)
    model.save_pretrained(folder)


def build_mt5(folder: Path) -> Path:
    """An mT5 as the hub has it: spiece.model, no tokenizer.json, more rows than pieces, an lm_head of its own."""
    import torch
    from transformers import MT5Config, MT5ForConditionalGeneration, T5Tokenizer

    folder.mkdir()
    _sentencepiece(folder / "spiece.model", 320, pad_id=0, eos_id=1, unk_id=2, bos_id=-1)
    pieces = len(T5Tokenizer.from_pretrained(folder))
    config = MT5Config(
        vocab_size=pieces + 12,
        d_model=32,
        d_kv=8,
        d_ff=48,
        num_layers=2,
        num_heads=4,
        decoder_start_token_id=0,
    )
    model = MT5ForConditionalGeneration(config)
    model.lm_head = torch.nn.Linear(32, config.vocab_size, bias=False)
    _save(model, folder, 0.25)
    (folder / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "T5Tokenizer", "extra_ids": 100}))
    return folder


def build_indicbart(folder: Path) -> Path:
    """IndicBART's layout: an ALBERT tokenizer with `</s>` and language tags as added tokens, an MBart model."""
    from transformers import AlbertTokenizer, MBartConfig, MBartForConditionalGeneration

    folder.mkdir()
    _sentencepiece(
        folder / "spiece.model",
        320,
        pad_id=0,
        unk_id=1,
        bos_id=2,
        eos_id=3,
        pad_piece="<pad>",
        bos_piece="[CLS]",
        eos_piece="[SEP]",
        control_symbols="[MASK]",
    )
    tokenizer = AlbertTokenizer.from_pretrained(folder, keep_accents=True, do_lower_case=False)
    tokenizer.add_tokens(["<s>", "</s>", "<2as>", "<2bn>", "<2en>", "<2gu>", "<2hi>"], special_tokens=True)
    tokenizer.save_pretrained(folder)
    config = MBartConfig(
        vocab_size=len(tokenizer),
        d_model=32,
        encoder_layers=2,
        decoder_layers=2,
        encoder_attention_heads=4,
        decoder_attention_heads=4,
        encoder_ffn_dim=48,
        decoder_ffn_dim=48,
        max_position_embeddings=1024,
        scale_embedding=True,
        pad_token_id=0,
        bos_token_id=tokenizer.convert_tokens_to_ids("<s>"),
        eos_token_id=tokenizer.convert_tokens_to_ids("</s>"),
        forced_eos_token_id=tokenizer.convert_tokens_to_ids("</s>"),
    )
    _save(MBartForConditionalGeneration(config), folder, 0.2)
    return folder


def build_compact(folder: Path) -> Path:
    """The compact family: a Unigram tokenizer.json with XLM-R's ids, a post-norm BART in bfloat16."""
    import torch
    from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
    from transformers import BartConfig, BartForConditionalGeneration

    folder.mkdir()
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace("\n", " "), normalizers.Strip()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    specials = ["<s>", "<pad>", "</s>", "<unk>"]
    trainer = trainers.UnigramTrainer(vocab_size=320, special_tokens=specials, unk_token="<unk>", show_progress=False)
    tokenizer.train_from_iterator([*HINDI, *ENGLISH, "• •"], trainer)
    tokenizer.save(str(folder / "tokenizer.json"))
    config = BartConfig(
        vocab_size=tokenizer.get_vocab_size(),
        d_model=32,
        encoder_layers=3,
        decoder_layers=2,
        encoder_attention_heads=4,
        decoder_attention_heads=4,
        encoder_ffn_dim=64,
        decoder_ffn_dim=64,
        max_position_embeddings=300,
        bos_token_id=0,
        pad_token_id=1,
        eos_token_id=2,
        decoder_start_token_id=2,
        forced_eos_token_id=2,
    )
    model = BartForConditionalGeneration(config)
    model.final_logits_bias[0, 5:25] = -1e4  # as for rows that English never uses
    _save(model.to(torch.bfloat16), folder, 0.2)
    return folder


BUILDERS = {"mt5": build_mt5, "indicbart": build_indicbart, "compact": build_compact}
