"""The command line as a process of its own: start-up, pipes, closed streams; and with a trained checkpoint."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys

import pytest

COMMAND = [sys.executable, "-m", "summarizer"]
HINDI = "मॉस्को: रूस (Russia) ने सोमवार को यूक्रेन (Ukraine) से बातचीत का प्रस्ताव रखा. इस पर 30 देशों ने सहमति जताई.\n"


def run(*arguments: str, **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, encoding="utf-8", **options)


def shell(line: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PY": sys.executable}
    return subprocess.run(["bash", "-c", line], capture_output=True, text=True, encoding="utf-8", env=environment)


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(HINDI, "utf-8")
    return str(path)


@pytest.mark.parametrize("arguments", [["--help"], ["summarize", "--help"], ["--version"]])
def test_help_is_instant_and_imports_no_heavy_library(arguments):
    code = (
        "import sys; from summarizer.cli import main\n"
        f"try: main({arguments})\n"
        "except SystemExit: pass\n"
        "heavy = {'torch', 'transformers', 'ctranslate2', 'pyarrow', 'numpy', 'datasets', 'tqdm'} & set(sys.modules)\n"
        "print('heavy:', sorted(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("heavy: []\n") and "summarizer" in done.stdout
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert run(*arguments).returncode == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert (
        after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 1
    )  # wall time is the machine's load too


def test_wrong_path_and_wrong_usage_as_a_process():
    done = run("summarize", "nowhere.txt")
    assert (done.returncode, done.stdout) == (1, "") and done.stderr.startswith("error: nowhere.txt: no such file")
    assert run("summarize").returncode == 2
    assert run().returncode == 2


def test_hindi_survives_a_locale_that_knows_none(article):
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = run("glosses", article, env=environment)
    assert done.returncode == 0 and "रूस" in done.stdout


def test_standard_input_closed(article):
    done = shell('"$PY" -m summarizer glosses - <&-')
    assert done.returncode == 1 and "stdin" in done.stderr and "Traceback" not in done.stderr


def test_a_reader_that_goes_away_ends_it_quietly(tmp_path):
    path = tmp_path / "many.jsonl"
    path.write_text((json.dumps({"text": HINDI}) + "\n") * 3000, "utf-8")
    done = shell(f'"$PY" -m summarizer glosses --quiet {path} | head -1; echo "${{PIPESTATUS[0]}}"')
    assert done.stdout.splitlines()[-1] == "141" and done.stderr == ""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full on this system")
def test_a_full_disk_behind_standard_output(article):
    done = shell(f'env -u PYTHONUNBUFFERED "$PY" -m summarizer glosses {article} > /dev/full')
    assert done.returncode == 1 and "standard output: cannot be written" in done.stderr
    assert "Traceback" not in done.stderr and "Exception" not in done.stderr


@pytest.mark.default_model
def test_an_article_through_a_trained_checkpoint(article, default_checkpoint):
    done = run("summarize", article, "--model", str(default_checkpoint), "--format", "json", "--threads", "1")
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout)
    assert data["bullets"] and "Russia" in " ".join(b["text"] for b in data["bullets"])
    for bullet in data["bullets"]:
        for source in bullet["sources"]:
            assert HINDI[source["start"] : source["end"]] == source["text"]
        for anchor in bullet["anchors"]:
            assert HINDI[anchor["start"] : anchor["end"]] == anchor["hi"]


@pytest.mark.default_model
def test_info_describes_a_trained_checkpoint(default_checkpoint):
    done = run("info", str(default_checkpoint), "--format", "json")
    facts = json.loads(done.stdout)
    assert (done.returncode, facts["family"]) == (0, "compact") and facts["families"] and facts["versions"]["torch"]
    text = run("info", str(default_checkpoint)).stdout
    assert "family: compact" in text and "  ctranslate2: " in text
    assert run("info", "no/such/folder/here").returncode == 1
