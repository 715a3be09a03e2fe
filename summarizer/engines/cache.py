"""Converted models kept per user: found by content, written atomically, checked on use. Knows nothing of CTranslate2.

Layout: `<cache>/<digest>/` with the converted files and `manifest.json` (size and digest of each). The cache is
`$SUMMARIZER_CACHE`, else `$XDG_CACHE_HOME/hindi-news-summarizer`, else `~/.cache/hindi-news-summarizer`; deleting it
costs one conversion. It may be shared by several processes.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path

from summarizer.errors import ModelError

MANIFEST = "manifest.json"
_CHUNK = 1 << 24  # bytes
_ABANDONED = 3600.0  # seconds after which a conversion's working folder belongs to a killed process


def cache_folder() -> Path | None:
    """None where the user has no home folder."""
    if chosen := os.environ.get("SUMMARIZER_CACHE"):
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "hindi-news-summarizer"
    except RuntimeError:
        return None


def digest(files: Sequence[Path], recipe: str = "") -> str:
    """Hash of the files' names and bytes and of how they are used; chunks are hashed in parallel."""

    def of_chunk(place: tuple[Path, int]) -> bytes:
        path, start = place
        with path.open("rb") as file:
            file.seek(start)
            return blake2b(file.read(_CHUNK), digest_size=32).digest()

    total = blake2b(recipe.encode(), digest_size=16)
    places = []
    for path in files:
        size = path.stat().st_size
        total.update(f"\n{path.name} {size}".encode())
        places += [(path, start) for start in range(0, size, _CHUNK)]
    with ThreadPoolExecutor(2) as pool:
        for part in pool.map(of_chunk, places):
            total.update(part)
    return total.hexdigest()


@contextmanager
def converted_model(files: Sequence[Path], recipe: str, convert: Callable[[Path], None]) -> Iterator[Path]:
    """The folder that `convert` makes of `files`, from the cache where an intact one is there.

    recipe: what else the result depends on (versions, settings). convert: writes into the empty folder it is given.
    The folder exists inside the `with` block, and stays if the cache is writable; if not, a warning on stderr says that
    every start converts anew. Raises ModelError when the disk is full.
    """
    key = digest(files, recipe)
    cache = cache_folder()
    if cache is not None and _intact(cache / key):
        yield cache / key
        return
    work = _working_folder(cache, key)
    try:
        _fill(work, convert)
        kept = cache is not None and work.parent == cache
        model = _publish(work, work.parent / key) if kept else work
        yield model
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _working_folder(cache: Path | None, key: str) -> Path:
    """A new folder to convert into: in the cache, else among the temporary files."""
    try:
        if cache is None:
            raise OSError("no home folder")
        cache.mkdir(parents=True, exist_ok=True)
        for old in cache.glob("*.part"):
            if time.time() - old.stat().st_mtime > _ABANDONED:
                shutil.rmtree(old, ignore_errors=True)
        return Path(tempfile.mkdtemp(prefix=f"{key}.", suffix=".part", dir=cache))
    except OSError as error:
        print(
            f"warning: the converted model cannot be kept in {cache} ({error.strerror or error}), so every start "
            "converts anew; set SUMMARIZER_CACHE to a writable folder",
            file=sys.stderr,
        )
    try:
        return Path(tempfile.mkdtemp(prefix="hindi-news-summarizer."))
    except OSError as error:
        raise ModelError(f"no writable folder for the converted model ({error}); set SUMMARIZER_CACHE to one") from None


def _fill(work: Path, convert: Callable[[Path], None]) -> None:
    try:
        convert(work)
        entries = {f.name: [f.stat().st_size, digest([f])] for f in sorted(work.iterdir())}
        (work / MANIFEST).write_text(json.dumps(entries), "utf8")
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise ModelError(
            f"{work.parent}: no space left for the converted model; free some or set SUMMARIZER_CACHE to another folder"
        ) from None


def _intact(folder: Path) -> bool:
    """Whether every file of the manifest is there, whole and unchanged."""
    try:
        entries = json.loads((folder / MANIFEST).read_text("utf8"))
        return bool(entries) and all(
            (folder / name).stat().st_size == size and digest([folder / name]) == expected
            for name, (size, expected) in entries.items()
        )
    except (OSError, ValueError, TypeError, AttributeError):
        return False


def _publish(work: Path, target: Path) -> Path:
    """Rename `work` to `target`, unless another process was faster. A damaged target is moved out of the way."""
    for _ in range(2):
        try:
            return work.rename(target)
        except OSError:
            if _intact(target):
                return target
            damaged = Path(tempfile.mkdtemp(prefix=f"{target.name}.", suffix=".part", dir=target.parent))
            with suppress(OSError):
                target.rename(damaged / "damaged")
            shutil.rmtree(damaged, ignore_errors=True)
    raise ModelError(f"{target}: the converted model cannot be put there; delete that folder")
