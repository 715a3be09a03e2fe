"""Speed, memory and quality of summarising, ours against plain transformers: one command, one table, one JSON file.

    .venv/bin/python benchmarks/inference.py --model DIR [--articles 100] [--threads 1 2] [--output FILE.json]

The systems take turns on the same blocks of articles in one process, so that a busy machine slows all of them alike.
Processor seconds are given beside wall-clock ones: they hardly depend on what else runs. Start-up and peak memory are
those of a process of its own for each system. Nothing is trained or tuned here.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("HF_HUB_OFFLINE", "1")
from flops import int8_peak, operations
from systems import ROOT, System, load_articles, ours, plain, quality, varied

NAMES = ("ours", "ours, torch", "plain, batches of 16", "plain loop")
DEV = ROOT.parent / "shared" / "articles" / "dev.jsonl"
BLOCK = 32


def build(name: str, model: str, threads: int) -> System:
    """A system ready to run. torch's threads are the whole process's: the last system built sets them."""
    from summarizer.api import Summarizer

    if name.startswith("plain") or "torch" in name:
        import torch

        torch.set_num_threads(threads)
    engine = "torch" if "torch" in name else "ctranslate2"
    summarizer = Summarizer.load(model, engine=engine, threads=threads)
    if not name.startswith("plain"):
        return ours(summarizer)
    from summarizer.models.loading import load_model

    return plain(load_model(model), summarizer, 16 if "16" in name else 1)


def clocked(call: Callable[[], Any]) -> tuple[float, float, Any]:
    """(wall-clock seconds, processor seconds of all threads, result)."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = call()
    return time.perf_counter() - wall, time.process_time() - cpu, result


def speed(systems: dict[str, System], texts: Sequence[str]) -> dict[str, dict[str, float]]:
    """Wall-clock and processor seconds an article and bullets an article of each system, blocks taken in turns."""
    sums = {name: [0.0, 0.0, 0] for name in systems}
    for start in range(0, len(texts), BLOCK):
        block = texts[start : start + BLOCK]
        for name, system in systems.items():
            wall, cpu, outputs = clocked(lambda system=system, block=block: system(block))
            sums[name][0] += wall
            sums[name][1] += cpu
            sums[name][2] += sum(len(o.bullets) for o in outputs)
            print(f"  {name}: {start + len(block)} articles", file=sys.stderr)
    return {
        name: {
            "articles_per_s": len(texts) / wall,
            "bullets_per_s": bullets / wall,
            "wall_s_per_article": wall / len(texts),
            "cpu_s_per_article": cpu / len(texts),
            "bullets_per_article": bullets / len(texts),
        }
        for name, (wall, cpu, bullets) in sums.items()
    }


def child(name: str, model: str, threads: int, texts: Sequence[str]) -> dict[str, float]:
    """A process of its own: seconds from its start to the first article's bullets, and its peak memory after all."""
    command = [sys.executable, __file__, "--model", model, "--child", name, "--threads", str(threads)]
    environment = {**os.environ, "OMP_NUM_THREADS": str(threads)}
    wall = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdin and process.stdout
    process.stdin.write(json.dumps(list(texts)))
    process.stdin.close()
    first = json.loads(process.stdout.readline())
    seconds = time.perf_counter() - wall
    last = json.loads(process.stdout.readline())
    process.wait()
    return {"start_to_bullets_s": seconds, "start_to_bullets_cpu_s": first["cpu"], **last}


def be_child(name: str, model: str, threads: int) -> None:
    texts = json.load(sys.stdin)
    system = build(name, model, threads)
    system(texts[:1])
    print(json.dumps({"cpu": time.process_time()}), flush=True)
    wall, cpu, _ = clocked(lambda: [system(texts[i : i + 4 * BLOCK]) for i in range(1, len(texts), 4 * BLOCK)])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"peak_mib": peak, "rest_wall_s": wall, "rest_cpu_s": cpu}), flush=True)


def latency(system: System, texts: Sequence[str]) -> dict[str, float]:
    """Of one article on a loaded system: the median of several."""
    times = [clocked(lambda text=text: system([text]))[:2] for text in texts]
    return {"wall_s": statistics.median(w for w, _ in times), "cpu_s": statistics.median(c for _, c in times)}


def utilisation(model: str, texts: Sequence[str]) -> dict[str, float]:
    """Where our processor time goes on one thread, and the share of the int8 peak that the search reaches."""
    from summarizer.api import Summarizer
    from summarizer.engines import DecodingOptions
    from summarizer.pipeline.prepare import prepare

    summarizer = Summarizer.load(model, engine="ctranslate2", threads=1)
    engine, made, spent = summarizer.engine, [], []

    def generate(sources: Sequence[Sequence[int]], options: DecodingOptions) -> Any:
        _, cpu, found = clocked(lambda: type(engine).generate(engine, sources, options))
        made.append((sources, found))
        spent.append(cpu)
        return found

    engine.generate = generate  # type: ignore[method-assign]
    total = clocked(lambda: summarizer._window(list(texts), None))[1]
    preparing = clocked(lambda: [prepare(text, summarizer.lexicon) for text in texts])[1]
    sources = [source for some, _ in made for source in some]
    lengths = [max(len(h.ids) for h in hypotheses) + 1 for _, found in made for hypotheses in found]
    config = json.loads((Path(model) / "config.json").read_text())
    beam = summarizer.options.beam_size
    needed = operations(config, [len(s) for s in sources], lengths, beam)
    # Without the second scoring that blocked n-grams ask for: its operations are not counted either.
    bare = replace(summarizer.options, no_repeat_ngram_size=0)
    search = clocked(lambda: type(engine).generate(engine, made[0][0], bare))
    first = operations(config, [len(s) for s in made[0][0]], [max(len(h.ids) for h in r) + 1 for r in search[2]], beam)
    peak = int8_peak(config)
    return {
        "cpu_s": total,
        "preparing_share": preparing / total,
        "engine_share": sum(spent) / total,
        "selecting_and_judging_share": 1 - (preparing + sum(spent)) / total,
        "gop_per_article": needed / len(texts) / 1e9,
        "search_gop_per_s": first / search[1] / 1e9,
        "int8_peak_gop_per_s": peak / 1e9,
        "share_of_peak": first / search[1] / peak,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default=str(ROOT / "summarizer" / "default"))
    parser.add_argument("--from-articles", type=Path, default=DEV, help="JSON Lines with text and bullets")
    parser.add_argument("--articles", type=int, default=100, help="in the comparison (default: %(default)s)")
    parser.add_argument("--ours-articles", type=int, default=0, help="ours alone on so many more")
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--systems", nargs="+", choices=NAMES, default=list(NAMES))
    parser.add_argument("--output", type=Path)
    parser.add_argument("--child", choices=NAMES, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        be_child(args.child, args.model, args.threads[0])
        return
    records = load_articles(args.from_articles)
    texts = varied([r["text"] for r in records], max(args.articles, args.ours_articles, 8))
    results: dict[str, Any] = {"articles": args.articles, "cores": os.cpu_count(), "runs": {}}

    def keep() -> None:
        if args.output:
            args.output.write_text(json.dumps(results, indent=1) + "\n")

    results["utilisation"] = utilisation(args.model, texts[: min(BLOCK, args.articles)])
    for threads in args.threads:
        for _ in compare(args, threads, records, texts, results["runs"].setdefault(str(threads), {})):
            keep()  # a long run that is cut off leaves what it has
    report(results)


def compare(
    args: argparse.Namespace, threads: int, records: list[dict[str, Any]], texts: list[str], found: dict[str, Any]
) -> Iterator[None]:
    """Fill `found`, by system; yields after every step."""
    from summarizer.api import Summarizer

    systems = {name: build(name, args.model, threads) for name in args.systems}
    for system in systems.values():
        system(texts[-1:])  # whatever is loaded late is loaded now
    found.update((name, dict(facts)) for name, facts in speed(systems, texts[: args.articles]).items())
    yield
    judge = Summarizer.load(args.model, engine="ctranslate2", threads=threads)
    for name, system in systems.items():
        found[name]["one_article"] = latency(system, texts[:3])
        found[name]["process"] = child(name, args.model, threads, texts[:2])
        if threads == args.threads[0] and args.articles >= len(records):
            found[name]["quality"] = quality(records, system([r["text"] for r in records]), judge)
        yield
    if args.ours_articles:
        found["ours"]["many"] = speed({"ours": systems["ours"]}, texts[: args.ours_articles])["ours"]
    yield


def report(results: dict[str, Any]) -> None:
    for threads, run in results["runs"].items():
        print(f"\n{results['articles']} articles, {threads} thread(s)")
        print(f"{'system':22}{'art./s':>8}{'bul./s':>8}{'CPU s/art.':>11}{'× wall':>8}{'× CPU':>7}", end="")
        print(f"{'one art. s':>11}{'start s':>9}{'(CPU)':>7}{'peak MiB':>9}{'R-Lsum':>8}{'anchors':>8}")
        base = run["ours"]
        for name, r in run.items():
            q, process = r.get("quality", {}), r["process"]
            print(f"{name:22}{r['articles_per_s']:8.2f}{r['bullets_per_s']:8.2f}{r['cpu_s_per_article']:11.3f}", end="")
            print(f"{base['articles_per_s'] / r['articles_per_s']:8.1f}", end="")
            print(
                f"{r['cpu_s_per_article'] / base['cpu_s_per_article']:7.1f}{r['one_article']['wall_s']:11.2f}", end=""
            )
            print(f"{process['start_to_bullets_s']:9.1f}{process['start_to_bullets_cpu_s']:7.1f}", end="")
            print(f"{process['peak_mib']:9.0f}{q.get('rougeLsum', float('nan')):8.1f}", end="")
            print(f"{q.get('anchor_recall', float('nan')):8.1f}")
        if "many" in base:
            print(f"ours on more articles: {base['many']['articles_per_s']:.2f} articles/s")
    print()
    for key, value in results["utilisation"].items():
        print(f"{key:30}{value:10.3f}")


if __name__ == "__main__":
    main()
