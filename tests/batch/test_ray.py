"""The batch on a Ray cluster of two nodes, one of whose workers is killed. Slow: a cluster takes long to start."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

pytest.importorskip("ray", reason="Ray is not installed: pip install 'hindi-news-summarizer[ray]'")
pytestmark = pytest.mark.slow
ARTICLES = 160


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    from ray.cluster_utils import Cluster

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    cluster.add_node(num_cpus=1)
    yield cluster.address
    cluster.shutdown()


def batch(address: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "summarizer", "batch", "--on", "ray", "--ray-address", address]
    return subprocess.Popen([*command, *map(str, arguments)], stderr=subprocess.PIPE, text=True, encoding="utf-8")


def text(number: int) -> str:
    return f"मंत्री ने किसानों से {number} बार बात की. रूस (Russia) ने सोमवार को 30 देशों से सहमति जताई."


def actors() -> list[psutil.Process]:
    """The processes of this test's clusters that hold an actor of ours."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        if "MapWorker(MapBatches(Actor))" in " ".join(process.info["cmdline"] or []):
            found.append(process)
    return found


def test_a_killed_worker_costs_nothing(address: str, default_checkpoint: Path, tmp_path: Path) -> None:
    inputs, out = tmp_path / "in", tmp_path / "out"
    inputs.mkdir()
    for shard in range(4):
        numbers = list(range(shard, ARTICLES, 4))
        table = pa.table({"id": [f"a{n}" for n in numbers], "text": [text(n) for n in numbers]})
        pq.write_table(table, inputs / f"{shard}.parquet")
    job = batch(address, inputs, "-o", f"file://{out}", "--model", default_checkpoint)
    limit = time.monotonic() + 200
    # An actor that has used two seconds of processor has loaded its model and is at work.
    while time.monotonic() < limit and job.poll() is None:
        working = [p for p in actors() if sum(p.cpu_times()[:2]) > 2]
        if working:
            working[0].kill()
            break
        time.sleep(0.1)
    else:
        pytest.fail(f"no actor was seen at work: {job.communicate()[1]}")
    said = job.communicate(timeout=300)[1]
    assert job.returncode in (0, 3), said
    rows = pq.read_table(out).to_pylist()
    assert sorted(row["id"] for row in rows) == sorted(f"a{n}" for n in range(ARTICLES))
    good = [row for row in rows if row["error"] is None]
    assert len(good) > ARTICLES / 2 and all(row["bullets"] for row in good)


def test_json_lines_with_bad_ones(address: str, default_checkpoint: Path, tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out"
    lines = [json.dumps({"text": text(n)}, ensure_ascii=False) for n in range(8)]
    source.write_text("\n".join([*lines, "{broken", json.dumps({"id": "en", "text": "No Hindi."})]), "utf-8")
    arguments = (source, "-o", out, "--model", default_checkpoint, "--shards", "jsonl", "--workers", 1)
    job = batch(address, *arguments)
    said = job.communicate(timeout=300)[1]
    assert job.returncode == 3 and "10 inputs" in said, said
    rows = [json.loads(line) for shard in out.iterdir() for line in shard.read_text("utf-8").splitlines()]
    assert len(rows) == 10 and len({row["id"] for row in rows}) == 10
    assert any("not valid JSON" in (row["error"] or "") for row in rows)
    assert any("no Hindi" in (row["error"] or "") for row in rows)
    again = batch(address, *arguments)
    assert "is not empty" in again.communicate(timeout=120)[1] and again.returncode == 2
