"""A restore that is under way: a file in the data folder says so, and nothing is served while it lies there."""

import json
import os
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from django.db import connection

from simpul.config.cli.console import STORAGE, stop

NAME = "restore-unfinished.json"


class Step(StrEnum):
    LOADING = "loading"  # rows and files are being put in: none of them counts yet
    LOADED = "loaded"  # all rows are in, as the backup's digests say


@dataclass(frozen=True)
class Unfinished:
    """`digest` is the backup's, `database` where its rows go."""

    step: Step
    digest: str
    database: str


def database_name() -> str:
    """Where rows go, without a password."""
    settings = connection.settings_dict
    return f"{connection.vendor} {settings.get('HOST') or ''} {settings['NAME']}"


def unfinished(data: Path) -> Unfinished | None:
    path = data / NAME
    if not path.exists():
        return None
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        return Unfinished(Step(read["step"]), str(read["digest"]), str(read["database"]))
    except (ValueError, KeyError, TypeError):
        return Unfinished(Step.LOADING, "", "")


def note(data: Path, state: Unfinished | None) -> None:
    """Write it down for whoever comes after a crash, durably; None: the restore is finished."""
    path = data / NAME
    if state is None:
        path.unlink(missing_ok=True)
    else:
        draft = data / f".{NAME}"
        with draft.open("w", encoding="utf-8") as file:
            json.dump(asdict(state), file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    handle = os.open(data, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def refuse_unfinished(data: Path) -> None:
    """Half a restore is never served."""
    if unfinished(data):
        stop(
            "A restore into this data folder has not finished. Nothing of it is served.",
            "Run the same `simpul restore` again: it goes on from where it can, or starts over.",
            code=STORAGE,
        )
