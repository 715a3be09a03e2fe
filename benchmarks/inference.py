"""Speed, memory and quality of summarising, ours against plain transformers: one command, one table, one JSON file.

    .venv/bin/python benchmarks/inference.py [--model DIR] [--compared 24] [--counts 1 100 2000] [--output FILE.json]

The systems take turns on the same articles in one process, so that a busy machine slows all alike; the slow ones
are measured on those alone, and rates are what is compared. Processor seconds are given beside wall-clock ones: they
hardly depend on what else runs. Start-up and peak memory are those of a process of its own for each system; ours goes
on there to all the counts. About 20 minutes on two idle cores. Nothing is trained or tuned here.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

os.environ.setdefault("HF_HUB_OFFLINE", "1")
from flops import int8_peak, operations
from systems import ROOT, Output, System, load_articles, ours, plain, quality, short, varied

NAMES = ("ours", "ours, torch", "plain, batches of 16", "plain loop")
DEV = ROOT.parent / "shared" / "articles" / "dev.jsonl"
FEW = (1, 4)  # counts of the systems that are too slow for more; the batches that set their memory are among the first


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


def rates(wall: float, cpu: float, articles: int, bullets: int) -> dict[str, float]:
    return {
        "articles_per_s": articles / wall,
        "bullets_per_s": bullets / wall,
        "wall_s_per_article": wall / articles,
        "cpu_s_per_article": cpu / articles,
        "bullets_per_article": bullets / articles,
    }


def speed(system: System, texts: Sequence[str]) -> tuple[dict[str, float], list[Output]]:
    """Rates of one system, and what it said."""
    wall, cpu, outputs = clocked(lambda: list(system(texts)))
    return rates(wall, cpu, len(texts), sum(len(o.bullets) for o in outputs)), outputs


def child(
    name: str, model: str, threads: int, source: Path, counts: Iterable[int], *options: str
) -> list[dict[str, float]]:
    """A process of its own: at each count of articles the seconds since the one before (at the first: since the start
    of Python), the rates, and the peak memory so far."""
    command = [sys.executable, __file__, "--model", model, "--from-articles", str(source), "--child", name]
    command += ["--threads", str(threads), "--counts", *map(str, counts), *options]
    environment = {**os.environ, "OMP_NUM_THREADS": str(threads)}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout
    rows, since = [], time.perf_counter()
    for line in process.stdout:
        now = time.perf_counter()
        rows.append({**json.loads(line), "seconds": now - since})
        since = now
        print(f"  {name}, {threads} thread(s): {rows[-1]['articles']:.0f} articles", file=sys.stderr)
    if process.wait() or not rows:
        sys.exit(f"{name}: its process failed")
    return rows


def peak() -> float:
    """Peak memory of this process in MiB; getrusage's starts at that of the process that started it."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def be_child(args: argparse.Namespace) -> None:
    """Reads no more articles ahead than the system does, and keeps no outputs: the memory is the system's."""
    texts = [r["text"] for r in load_articles(args.from_articles)]
    system = build(args.child, args.model, args.threads[0])
    source, done, before = varied([short(t) for t in texts] if args.short else texts), 0, 0.0
    for count in args.counts:
        bullets = sum(len(output.bullets) for output in system(islice(source, count - done)))
        cpu = time.process_time()
        row = {"articles": count, "new": count - done, "bullets": bullets, "cpu_s": cpu - before, "peak_mib": peak()}
        print(json.dumps(row), flush=True)
        done, before = count, cpu


def latency(system: System, texts: Sequence[str]) -> dict[str, float]:
    """Of one article on a loaded system: the median of several."""
    times = [clocked(lambda text=text: list(system([text])))[:2] for text in texts]
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
    limit = int8_peak(config)
    return {
        "cpu_s": total,
        "preparing_share": preparing / total,
        "engine_share": sum(spent) / total,
        "selecting_and_judging_share": 1 - (preparing + sum(spent)) / total,
        "gop_per_article": needed / len(texts) / 1e9,
        "search_gop_per_s": needed / sum(spent) / 1e9,
        "int8_peak_gop_per_s": limit / 1e9,
        "share_of_peak": needed / sum(spent) / limit,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default=str(ROOT / "summarizer" / "default"))
    parser.add_argument("--from-articles", type=Path, default=DEV, help="JSON Lines with text and bullets")
    parser.add_argument("--compared", type=int, default=24, help="articles of the comparison (default: %(default)s)")
    parser.add_argument("--counts", type=int, nargs="+", default=[1, 100, 2000], help="of ours alone")
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--systems", nargs="+", choices=NAMES, default=list(NAMES))
    parser.add_argument("--output", type=Path)
    parser.add_argument("--child", choices=NAMES, help=argparse.SUPPRESS)
    parser.add_argument("--short", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        be_child(args)
        return
    records = load_articles(args.from_articles)
    texts = list(islice(varied([r["text"] for r in records]), max(args.compared, 8)))
    results: dict[str, Any] = {"articles": args.compared, "cores": os.cpu_count(), "runs": {}}
    results["utilisation"] = utilisation(args.model, texts[: args.compared])
    for threads in args.threads:
        for _ in compare(args, threads, records, texts, results["runs"].setdefault(str(threads), {})):
            if args.output:  # a long run that is cut off leaves what it has
                args.output.write_text(json.dumps(results, indent=1) + "\n")
    report(results)


def compare(
    args: argparse.Namespace, threads: int, records: list[dict[str, Any]], texts: list[str], found: dict[str, Any]
) -> Iterator[None]:
    """Fill `found`, by system; yields after every step."""
    from summarizer.api import Summarizer

    systems = {name: build(name, args.model, threads) for name in args.systems}
    judge = Summarizer.load(args.model, engine="ctranslate2", threads=1)
    for name, system in systems.items():
        list(system(texts[-1:]))  # whatever is loaded late is loaded now
        found[name], outputs = speed(system, texts[: args.compared])
        found[name]["one_article"] = latency(system, texts[-3:])
        known = min(len(records), args.compared)
        found[name]["quality"] = quality(records[:known], outputs[:known], judge)
        print(f"  {name}, {threads} thread(s): {args.compared} articles", file=sys.stderr)
        yield
    for name in systems:
        # All counts once: many thousands of articles say as much on the last number of threads as on each.
        counts = args.counts if threads == args.threads[-1] else args.counts[:2]
        few = [c for c in FEW if c <= args.compared]
        found[name]["process"] = child(name, args.model, threads, args.from_articles, counts if name == "ours" else few)
        yield


def report(results: dict[str, Any]) -> None:
    for threads, run in results["runs"].items():
        print(f"\n{results['articles']} articles, {threads} thread(s)")
        print(f"{'system':22}{'art./s':>8}{'bul./s':>8}{'CPU s/art.':>11}{'× wall':>8}{'× CPU':>7}", end="")
        print(f"{'one art. s':>11}{'start s':>9}{'(CPU)':>7}{'peak MiB':>9}{'R-Lsum':>8}{'anchors':>8}")
        base = run[next(iter(run))]
        for name, r in run.items():
            q, first, last = r["quality"], r["process"][0], r["process"][-1]
            print(f"{name:22}{r['articles_per_s']:8.2f}{r['bullets_per_s']:8.2f}{r['cpu_s_per_article']:11.3f}", end="")
            print(f"{base['articles_per_s'] / r['articles_per_s']:8.1f}", end="")
            cpu = r["cpu_s_per_article"] / base["cpu_s_per_article"]
            print(f"{cpu:7.1f}{r['one_article']['wall_s']:11.2f}{first['seconds']:9.1f}{first['cpu_s']:7.1f}", end="")
            print(f"{last['peak_mib']:9.0f}{q['rougeLsum']:8.1f}{q['anchor_recall']:8.1f}")
        print("\nprocesses of their own: articles, seconds, articles/s, bullets/s, CPU s/article, peak MiB")
        for name, r in run.items():
            for row in r["process"]:
                new, seconds = row["new"], row["seconds"]
                print(f"{name:22}{row['articles']:8.0f}{seconds:9.1f}{new / seconds:8.2f}", end="")
                print(f"{row['bullets'] / seconds:8.2f}{row['cpu_s'] / new:9.3f}{row['peak_mib']:9.0f}")
    print()
    for key, value in results["utilisation"].items():
        print(f"{key:30}{value:10.3f}")


if __name__ == "__main__":
    main()
