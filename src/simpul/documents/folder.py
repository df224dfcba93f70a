"""Where files lie: the folder of stored files, which backups carry as it is. Names are random and tell nothing."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from django.core.files.storage import storages

from simpul.documents.sealing import Part, sealed_length

PARTS: Final = ".parts"  # what has arrived of uploads; hidden, so that no backup carries it
_SUFFIX: Final = {Part.FILE: "file", Part.PREVIEW: "preview"}


def root() -> Path:
    return Path(storages["default"].location)  # type: ignore[attr-defined]


def file_path(file_id: UUID, part: Part) -> Path:
    name = file_id.hex
    return root() / name[:2] / f"{name}.{_SUFFIX[part]}"


def part_path(upload_id: UUID) -> Path:
    return root() / PARTS / upload_id.hex


def make_room_for(path: Path) -> None:
    """Its folder, closed to everybody else."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file whole or not at all: beside its place first, then moved there once it is safe on disk."""
    make_room_for(path)
    beside = path.with_name(f".{path.name}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    _settle(path.parent)


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove_file(file_id: UUID) -> None:
    """Every part of it; nothing where there is none."""
    for part in Part:
        file_path(file_id, part).unlink(missing_ok=True)


def remove_part(upload_id: UUID) -> None:
    part_path(upload_id).unlink(missing_ok=True)


def stored_files() -> Iterator[tuple[UUID | None, Path]]:
    """Each file but the parts of uploads, with its id; None for what is half-written or not ours."""
    for path in _files(*(folder for folder in _folders() if folder.name != PARTS)):
        stem, _, suffix = path.name.partition(".")
        yield (_uuid(stem) if suffix in _SUFFIX.values() else None), path


def stored_parts() -> Iterator[tuple[UUID | None, Path]]:
    for path in _files(root() / PARTS):
        yield _uuid(path.name), path


def changed_at(path: Path) -> datetime | None:
    """When a file was last written; None where it is gone meanwhile."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return None


def _folders() -> list[Path]:
    return sorted(p for p in root().iterdir() if p.is_dir()) if root().is_dir() else []


def _files(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        if folder.is_dir():
            yield from sorted(p for p in folder.iterdir() if p.is_file())


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(hex=text)
    except ValueError:
        return None


def is_there(file_id: UUID, part: Part, size: int) -> bool:
    """Whether that part lies there, as long as `size` bytes of plaintext make it."""
    try:
        return file_path(file_id, part).stat().st_size == sealed_length(size)
    except FileNotFoundError:
        return False
