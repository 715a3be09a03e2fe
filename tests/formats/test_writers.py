"""Writers: every format for one and for several summaries, and files that appear whole or not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from summarizer.document import Bullet, BulletAnchor, SourceSpan, Summary
from summarizer.errors import UsageError
from summarizer.formats.writers import FORMATS, OutputError, output, write


def summary(n: int, title: str | None = None) -> Summary:
    anchor = BulletAnchor("रूस", "Russia", 0, 3, "valid", "article")
    bullet = Bullet(f"Russia makes offer {n}.", (anchor,), (SourceSpan(0, 0, 14, "रूस (Russia) ने"),), -0.5)
    return Summary((bullet, Bullet("Talks go on.", (), (), -1.0)), ("a note",), f"a.jsonl:{n}", title, "default")


def rendered(fmt: str, *summaries: Summary, many: bool = True) -> str:
    return "".join(FORMATS[fmt](iter(summaries), many))


def test_text_of_one_has_no_heading_and_of_several_has():
    assert rendered("text", summary(1), many=False) == "• Russia makes offer 1.\n• Talks go on.\n"
    assert rendered("text", summary(1), summary(2, "शीर्षक")) == (
        "a.jsonl:1\n• Russia makes offer 1.\n• Talks go on.\n"
        "\na.jsonl:2: शीर्षक\n• Russia makes offer 2.\n• Talks go on.\n"
    )


def test_markdown():
    assert rendered("markdown", summary(1), many=False) == "- Russia makes offer 1.\n- Talks go on.\n"
    assert rendered("markdown", summary(1, "ख"), many=False).startswith("## ख\n\n- Russia")
    assert rendered("markdown", summary(1), summary(2)).count("## a.jsonl:") == 2


def test_json_is_one_object_or_a_list_with_everything_in_it():
    one = json.loads(rendered("json", summary(1), many=False))
    assert Summary.from_dict(one) == summary(1)
    listed = json.loads(rendered("json", summary(1), summary(2)))
    assert [Summary.from_dict(item) for item in listed] == [summary(1), summary(2)]
    assert json.loads(rendered("json", summary(1))) == [one]
    assert rendered("json") == ""


def test_jsonl_is_a_line_each_as_soon_as_it_is_there():
    def endless():
        while True:
            yield summary(1)

    pieces = FORMATS["jsonl"](endless(), True)
    line = next(pieces)
    assert line.endswith("}\n") and line.count("\n") == 1 and "रूस" in line
    assert Summary.from_dict(json.loads(line)) == summary(1)


def test_a_file_appears_only_when_complete(tmp_path):
    path = tmp_path / "out.txt"
    path.write_text("before")
    os.chmod(path, 0o640)
    with output(str(path)) as out:
        write(["after"], out)
        assert path.read_text() == "before"
    assert path.read_text() == "after" and path.stat().st_mode & 0o777 == 0o640
    with pytest.raises(ZeroDivisionError), output(str(path)) as out:
        write(["half"], out)
        raise ZeroDivisionError
    with output(str(path)):
        pass  # nothing to write: what was there stays
    assert path.read_text() == "after" and os.listdir(tmp_path) == ["out.txt"]


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with output(str(tmp_path / "link")) as out:
        write(["x"], out)
    assert (tmp_path / "link").is_symlink() and (tmp_path / "real").read_text() == "x"


def test_what_cannot_be_written_is_said_before_any_work(tmp_path):
    with pytest.raises(UsageError, match="is a folder"), output(str(tmp_path)):
        pass
    with pytest.raises(OutputError, match="out.txt: cannot be written"), output(str(tmp_path / "no" / "out.txt")):
        pass


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full on this system")
def test_a_full_disk_is_explained():
    with pytest.raises(OutputError, match="/dev/full: cannot be written .*space"), output("/dev/full") as out:
        write(["x"], out)


def test_standard_output_closed(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(OutputError, match="standard output: is closed"), output(None):
        pass


def test_formats_load_without_heavy_libraries():
    code = (
        "import sys, summarizer.formats.readers, summarizer.formats.writers;"
        "print([m for m in ('torch', 'pyarrow', 'transformers', 'numpy', 'tqdm') if m in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"
