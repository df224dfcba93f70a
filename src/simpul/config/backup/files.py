"""The folder of stored files, which are carried as they lie: encrypted where their owner says so."""

import hashlib
from pathlib import Path, PurePosixPath

from django.core.files.storage import storages

from simpul.config.cli.console import stop


def files_folder() -> Path:
    return Path(storages["default"].location)  # type: ignore[attr-defined]


def stored_files() -> list[tuple[str, Path]]:
    """(path below the folder with slashes, where it lies), in order. Hidden files are uploads under way; links are not
    followed: they could lead to anything.
    """
    folder = files_folder()
    found = [(path.relative_to(folder), path) for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return sorted((name.as_posix(), path) for name, path in found if not any(part[0] == "." for part in name.parts))


def place_of(name: str) -> Path:
    """Where a file of a backup goes. Stop for a name that leads out of the folder."""
    parts = PurePosixPath(name).parts
    if not parts or any(part in {"..", "/", "."} for part in parts) or name.startswith("/"):
        stop("This backup names a file outside of the folder of files. Nothing of it is trusted.")
    return files_folder().joinpath(*parts)


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
