"""The files of a batch job: what is done stays done whenever the run is killed.

Beside the output OUT stand OUT.job.json (settings and how far the job is; it stays as the job's record), OUT.part and
OUT.errors.part (lines so far). A commit appends lines, makes them durable and then replaces OUT.job.json, which says
how many bytes of the parts count: what a killed run wrote behind them is cut off. OUT appears when all is done.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from io import FileIO
from pathlib import Path
from typing import Any

from summarizer.batch.table import to_parquet
from summarizer.batch.work import Outcome
from summarizer.errors import InputError, UsageError


@dataclass
class Progress:
    """Inputs done (with those failed), and the bytes of both parts that they fill."""

    records: int = 0
    failed: int = 0
    part_bytes: int = 0
    error_bytes: int = 0
    complete: bool = False


class Job:
    """settings: JSON values that the output depends on; a run with others is another job.

    Raises UsageError when OUT is there and this job did not write it, when the job has other settings or when another
    run is at work on it; restart begins anew. Raises InputError when files cannot be written.
    """

    def __init__(self, output: Path, settings: dict[str, Any], restart: bool = False) -> None:
        self.output, self.settings = output, settings
        self.errors = _beside(output, ".errors.jsonl")
        self._record = _beside(output, ".job.json")
        self._paths = (_beside(output, ".part"), _beside(output, ".errors.part"))
        self._files: list[FileIO] = []
        self.progress = Progress()
        if output.is_dir():
            raise UsageError(f"{output}: is a folder; name a file to write")
        with self._explained():
            known = None if restart else self._recorded()
            if known and known.complete and (output.exists() or self._paths[0].exists()):
                self.progress = known
                self._publish()
                return
            if output.exists() and not restart and known is None:
                raise UsageError(
                    f"{output}: exists and is no unfinished job's; move it, or give --restart to replace it"
                )
            self._open(known if known and not known.complete else Progress())

    def _recorded(self) -> Progress | None:
        """How far the job is by its record; None without one."""
        try:
            record = json.loads(self._record.read_text("utf-8"))
            settings, progress = record["settings"], Progress(**record["progress"])
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError):
            raise UsageError(f"{self._record}: is no job's record; move it, or give --restart to replace it") from None
        other = [
            f"{name} was {settings.get(name)!r}, now {self.settings.get(name)!r}"
            for name in sorted({*settings, *self.settings})
            if settings.get(name) != self.settings.get(name)
        ]
        if other:
            raise UsageError(
                f"{self.output}: was begun with other settings ({'; '.join(other)}); give the same again, another "
                "output, or --restart to begin anew"
            )
        return progress

    def _open(self, progress: Progress) -> None:
        self._files = [FileIO(path, "ab") for path in self._paths]
        try:
            fcntl.flock(self._files[0], fcntl.LOCK_EX | fcntl.LOCK_NB)  # the kernel frees it when a run is killed
        except BlockingIOError:
            raise UsageError(
                f"{self.output}: another run is at work on it; wait for it, or name another output"
            ) from None
        self.progress = progress
        self._save()
        for file, size in zip(self._files, (progress.part_bytes, progress.error_bytes), strict=True):
            if os.fstat(file.fileno()).st_size < size:
                raise InputError(f"{file.name}: is shorter than {self._record} says; give --restart to begin anew")
            file.truncate(size)

    def commit(self, outcomes: Sequence[Outcome]) -> None:
        """Append the outcomes of a chunk; they are safe when this returns. Raises InputError on a full disk."""
        with self._explained():
            for file, good in zip(self._files, (True, False), strict=True):
                lines = "".join(f"{o.line}\n" for o in outcomes if o.good is good).encode()
                while lines:
                    lines = lines[file.write(lines) :]
                os.fsync(file.fileno())
            self.progress.records += len(outcomes)
            self.progress.failed += sum(not o.good for o in outcomes)
            self.progress.part_bytes, self.progress.error_bytes = (os.fstat(f.fileno()).st_size for f in self._files)
            self._save()

    def finish(self) -> None:
        """Put the output in its place. Raises InputError if it cannot be written; a later run goes on from here."""
        with self._explained():
            self.progress.complete = True
            self._save()
            self._publish()
        self.close()

    def close(self) -> None:
        """Let go of the parts, and of the lock on the job."""
        for file in self._files:
            file.close()

    def _publish(self) -> None:
        """Each step may have been done by a run that was killed after it."""
        part, errors = self._paths
        if errors.exists():
            if self.progress.failed:
                os.replace(errors, self.errors)
            else:
                self.errors.unlink(missing_ok=True)
                errors.unlink()
        if part.exists() and self.output.suffix == ".parquet":
            table = _beside(self.output, ".part.parquet")
            to_parquet(part, table)
            _sync(table)
            os.replace(table, self.output)
            part.unlink()
        elif part.exists():
            os.replace(part, self.output)
        _sync(self.output.parent)

    def _save(self) -> None:
        unfinished = _beside(self._record, ".new")
        record = {"settings": self.settings, "progress": asdict(self.progress)}
        unfinished.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf-8")
        _sync(unfinished)
        os.replace(unfinished, self._record)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise InputError(
                f"{self.output}: cannot be written ({error.strerror or error}); make room and run it again: "
                f"{self.progress.records} inputs are done and kept"
            ) from None


def fingerprint(paths: Iterable[str]) -> str:
    """A digest of names, sizes and times of change of the files behind `paths`, folders walked; none is read."""
    digest = hashlib.sha256()
    for path in paths:
        files = [path]
        if os.path.isdir(path):
            files = sorted(os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names)
        for file in files:
            try:
                facts = os.stat(file)
                digest.update(f"{file}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode(errors="surrogateescape"))
            except OSError:
                digest.update(f"{file}\0missing\n".encode(errors="surrogateescape"))
    return digest.hexdigest()[:16]


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
