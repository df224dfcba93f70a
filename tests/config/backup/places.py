"""Deployments of their own, on either engine, worked on by processes as an operator's are."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.architecture.source import ROOT
from tests.config.command_line import environment, simpul
from tests.templates import migrated, postgresql_template

SERVER = os.environ.get("SIMPUL_DATABASE_URL", "")
ENGINES = ["sqlite", *(["postgresql"] if SERVER else [])]
_numbers = count(1)

FILL = """
import django
django.setup()
from datetime import UTC, datetime
from pathlib import Path
from django.conf import settings
from django.db import transaction
from simpul.audit.services import record, seal_pending
from simpul.kernel.actor import System
from simpul.kernel.ids import uuid7_from
from simpul.people.models import ContactPoint, Person
from simpul.vault.services import confirm_ring
now = datetime(2026, 11, 1, tzinfo=UTC)
with transaction.atomic():
    confirm_ring(System("tests"), now=now)
    for seed in ("Ani", "Inaq S\\u00e9ma \\u2713"):
        person = Person.objects.create(id=uuid7_from(seed, now), name=seed, sort_key=seed.lower(), birth_year=1970)
        ContactPoint.objects.create(id=uuid7_from("c" + seed, now), person=person, kind="phone", value="+6281234567890")
        record(System("tests"), "tests.write_row", person.ref, details={"n": 1, "fields": ["name"]})
seal_pending(now)
folder = Path(settings.DATA) / "files" / "ab"
folder.mkdir(parents=True)
(folder / "one.bin").write_bytes(bytes(range(256)) * 5000)
(folder / ".upload").write_bytes(b"half an upload")
"""
READ = """
import django, json
django.setup()
from pathlib import Path
from django.conf import settings
from django.db import connection
from simpul.audit.models import Act
from simpul.people.models import ContactPoint, Person
from simpul.audit.journal import journal_path, read
files = Path(settings.DATA) / "files"
print(json.dumps({
    "engine": connection.vendor,
    "persons": list(Person.objects.order_by("name").values_list("name", "birth_year")),
    "contacts": [c.value.stored[:2] != "+6" for c in ContactPoint.objects.all()],
    "acts": list(Act.objects.filter(act="tests.write_row").values_list("details", flat=True)),
    "files": {p.relative_to(files).as_posix(): p.stat().st_size for p in files.rglob("*") if p.is_file()},
    "journal": len(list(read(journal_path()))),
}))
"""


@dataclass
class Place:
    """One deployment: a data folder, and a database in it or on the server."""

    engine: str
    data: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    def simpul(self, *arguments: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
        return simpul(self.data, *arguments, settings=self.settings, typed=typed)

    def done(self, *arguments: str) -> str:
        """What a command printed that must succeed."""
        run = self.simpul(*arguments)
        assert run.returncode == 0, run.stdout + run.stderr
        return run.stdout

    def shape(self) -> None:
        """A migrated database, copied."""
        if self.engine == "sqlite":
            migrated(self.data)
            return
        name = urlsplit(self.settings["SIMPUL_DATABASE_URL"]).path[1:]
        template = postgresql_template(SERVER)
        with psycopg.connect(SERVER, autocommit=True) as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
            server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')

    def python(self, script: str) -> "subprocess.CompletedProcess[str]":
        own = environment(self.data, DJANGO_SETTINGS_MODULE="simpul.config.settings", **self.settings)
        return subprocess.run(
            [sys.executable, "-c", script], env=own, cwd=ROOT, capture_output=True, text=True, check=False
        )

    def ran(self, script: str) -> str:
        run = self.python(script)
        assert run.returncode == 0, run.stderr[-3000:]
        return run.stdout


@contextmanager
def place(folder: Path, engine: str) -> Iterator[Place]:
    """An empty one. Its database on the server is dropped afterwards."""
    number = next(_numbers)
    data = folder / f"data{number}"
    if engine == "sqlite":
        yield Place(engine, data)
        return
    name, parts = f"simpul_place_{os.getpid()}_{number}", urlsplit(SERVER)
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield Place(engine, data, {"SIMPUL_DATABASE_URL": urlunsplit(parts._replace(path=f"/{name}"))})
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def backup_in(folder: Path) -> Path:
    (found,) = folder.glob("*.backup")
    return found
