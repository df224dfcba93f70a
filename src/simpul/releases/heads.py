"""The end of every book, noted in a file outside the database: a database restored from before it shows.

A line each: {"node": "<uuid>", "year": 2025, "number": 14, "digest": "5f0c..."}. Nothing in it is confidential. Nothing
is noted where the demo runs, whose releases are thrown away with it, and before the first run, when nobody publishes.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from simpul.organisations.models import Node
from simpul.releases.models import Head, Release


@dataclass(frozen=True, slots=True)
class Noted:
    year: int
    number: int
    digest: str


def heads_path() -> Path:
    """In the data folder, which a backup of the database does not carry."""
    return Path(settings.DATA) / "releases.jsonl"


def note_heads() -> None:
    """Append what the file lacks. OSError where it can't be written: it is tried again at the next release."""
    node = _node()
    if node is None:
        return
    noted = {*_noted(node)}
    heads = Head.objects.values_list("book__year", "number", "digest")
    missing = [one for one in (Noted(*head) for head in heads) if one not in noted]
    if not missing:
        return
    handle = os.open(heads_path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        for one in missing:
            told = {"node": node, "year": one.year, "number": one.number, "digest": one.digest}
            file.write("\n" + json.dumps(told) + "\n")  # a line that was left unfinished stays apart
        file.flush()
        os.fsync(file.fileno())


def missing_heads() -> list[Noted]:
    """What was published once and this database does not know: it was restored from before."""
    node = _node()
    if node is None:
        return []
    known = set(Release.objects.values_list("book__year", "number", "digest"))
    return [one for one in _noted(node) if (one.year, one.number, one.digest) not in known]


def _node() -> str | None:
    if settings.DEMO:
        return None
    found = Node.objects.values_list("pk", flat=True).first()
    return str(found) if found else None


def _noted(node: str) -> Iterator[Noted]:
    path = heads_path()
    if not path.exists():
        return
    with path.open(encoding="utf-8") as file:
        for line in file:
            try:
                read = json.loads(line)
                if read["node"] == node:
                    yield Noted(int(read["year"]), int(read["number"]), str(read["digest"]))
            except (ValueError, KeyError, TypeError):
                continue  # a line that was left unfinished: it is written again
