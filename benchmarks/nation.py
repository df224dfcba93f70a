"""Databases of 1,000 to 100,000 organisations for the other scripts, filled in bulk and thrown away.

Names are as in the field, seats lie in six provinces of the real territory, two in five are confirmed active. To every
1,000 organisations belongs one nation-wide network: 20 networks in it, 3 forums in each, about 500 organisations in
the forums, some in two: a country that grows has more networks, not larger ones.
"""

import os
import platform
import random
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from simpul.kernel.ids import uuid7
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.listing import facets_of, sort_key_of, terms_of
from simpul.organisations.marks import facet_marks, repeats, word_marks
from simpul.organisations.models import (
    Confirmation,
    DirectoryFacet,
    DirectoryTerm,
    Membership,
    Organisation,
    OrganisationName,
)
from simpul.organisations.sectors import Sector
from simpul.territory import packaged
from simpul.territory.models import Area
from simpul.territory.packaged import AreaRow
from simpul.vault.fields import SealedField

NOW = datetime(2025, 2, 7, tzinfo=UTC)
BLOCK = 1_000
PROVINCES = ("32", "33", "35", "36", "52", "73")
NETWORKS, FORUMS, MEMBERS, TWICE = 20, 60, 500, 60


def _words(text: str) -> list[str]:
    return text.split(" ")


KINDS = {
    "OT.Y": "Yayasan",
    "OT.P": "Perkumpulan",
    "OT.K": "Kelompok Konstituen",
    "OT.N": "Jaringan",
    "OT.T": "Komunitas",
}
FIRST = _words("Lentera Cahaya Pelita Surya Harapan Bina Mitra Bangun Tunas Karya Bakti Citra Sinar Suara Rumah")
SECOND = _words("Desa Rakyat Perempuan Anak Bangsa Nusantara Mandiri Sejahtera Bersama Pesisir Petani Muda")
Sides = dict[int, BaseDatabaseWrapper]


class Nation:
    """The territory, and the organisations made so far."""

    def __init__(self, seed: int = 20250207) -> None:
        self.dice = random.Random(seed)
        self.rows = [row for row in packaged.listing().rows if row.code[:2] in PROVINCES]
        self.places = [row for row in self.rows if len(row.code) == 13]
        self.count = 0
        self.networks: list[UUID] = []  # nation-wide ones

    def load_territory(self) -> None:
        names = [f.attname for f in Area._meta.concrete_fields if hasattr(AreaRow, f.attname)]
        insert(Area, names, ([getattr(row, name) for name in names] for row in self.rows))

    def grow_to(self, count: int) -> None:
        """In one transaction. Blocks of 1,000, each with its nation-wide network."""
        with transaction.atomic():
            while self.count < count:
                self._block(min(BLOCK, count - self.count))
        if connection.vendor == "postgresql":  # what autovacuum does there; SQLite runs without statistics
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")

    def _block(self, size: int) -> None:
        made = [self._organisation() for _ in range(size)]
        self._insert(made)
        self.count += size
        if size == BLOCK:
            self._network(made)

    def _organisation(self, kind: str = "", name: str = "") -> Organisation:
        """A few first words for nearly all, then a word or two, then the place."""
        dice = self.dice
        place = dice.choice(self.places)
        if not kind:
            kind, word = dice.choice(list(KINDS.items()))
            name = f"{word} {dice.choice(FIRST)} {dice.choice(SECOND)} {place.name}"[:200]
        sectors = dice.sample(Sector.values, dice.randint(1, 3))
        return Organisation(
            id=uuid7(), kind=kind, name=name, sort_key=sort_key_of(name), seat_id=place.code, sectors=sectors
        )

    def _insert(self, made: Sequence[Organisation]) -> None:
        today = datetime.now(UTC).date()
        names = ("id", "kind", "name", "sort_key", "seat_id", "sectors")
        insert(Organisation, names, ([getattr(o, name) for name in names] for o in made))
        insert(OrganisationName, ("organisation_id", "name", "recorded_at"), ((o.pk, o.name, NOW) for o in made))
        terms = {o.pk: terms_of([o.name]) for o in made}
        facets = {o.pk: facets_of(o, [o.seat_id or ""]) for o in made}
        marks = {o.pk: (o.pk, facet_marks(facets[o.pk]), word_marks(terms[o.pk])) for o in made}
        same = ("organisation_id", "facet_marks", "word_marks")
        rows: Iterable[Sequence[object]] = (
            (*marks[o.pk], term, shared) for o in made for term, shared in repeats(terms[o.pk]).items()
        )
        insert(DirectoryTerm, (*same, "term", "repeats"), rows)
        rows = ((*marks[o.pk], facet, o.sort_key) for o in made for facet in facets[o.pk])
        insert(DirectoryFacet, (*same, "facet", "sort_key"), rows)
        active = [(o.pk, today - timedelta(days=self.dice.randint(0, 500)), NOW) for o in made]
        active = [row for row in active if self.dice.random() < 0.4]
        insert(Confirmation, ("organisation_id", "confirmed_on", "recorded_at"), active)

    def _network(self, organisations: Sequence[Organisation]) -> None:
        number = len(self.networks) + 1
        kind = OrganisationKind
        top = self._organisation(kind.NETWORK_OF_NETWORKS, f"Jaringan Jaringan Nusantara {number}")
        networks = [self._organisation(kind.NETWORK, f"Jaringan Contoh {number}-{n}") for n in range(NETWORKS)]
        forums = [self._organisation(kind.LEARNING_FORUM, f"Forum Simpul {number}-{n}") for n in range(FORUMS)]
        self._insert([top, *networks, *forums])
        members = self.dice.sample(list(organisations), MEMBERS)
        pairs = [(n, top) for n in networks]
        pairs += [(forum, networks[n % NETWORKS]) for n, forum in enumerate(forums)]
        pairs += [(member, forums[n % FORUMS]) for n, member in enumerate(members)]
        pairs += [(member, forums[(n + 1) % FORUMS]) for n, member in enumerate(members[:TWICE])]
        since = date(2020, 1, 1)
        insert(
            Membership,
            ("member_id", "network_id", "valid_from", "is_confirmed", "recorded_at"),
            ((member.pk, network.pk, since, True, NOW) for member, network in pairs),
        )
        self.networks.append(top.pk)


def insert(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Rows of the columns `names`; the others have their defaults. Ten times as fast as bulk_create with instances."""
    side = connections["default"]
    fields = [f for f in model._meta.concrete_fields if not isinstance(f, models.AutoField)]
    fresh = [f for f in fields if f.primary_key and f.attname not in names]
    given = [next(f for f in fields if f.attname == name) for name in names]
    fixed = [f for f in fields if f not in fresh and f not in given]
    always = [_prepare(f, side)(f.get_default()) for f in fixed]
    makes = [(_prepare(f, side), f.get_default) for f in fresh]
    turns = [_prepare(f, side) for f in given]
    values = (
        [*always, *(turn(make()) for turn, make in makes), *(t(v) for t, v in zip(turns, row, strict=True))]
        for row in rows
    )
    quote = side.ops.quote_name
    ordered = [*fixed, *fresh, *given]
    table, columns = quote(model._meta.db_table), ", ".join(quote(f.column) for f in ordered)
    with side.cursor() as cursor:
        if side.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(ordered))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", list(values))


def _prepare(field: models.Field[Any, Any], side: BaseDatabaseWrapper) -> Callable[[Any], Any]:
    """From a value in Python to one the engine takes; short ways for what makes up nearly all of it."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(target, models.CharField | SealedField):  # what is sealed was sealed by who gives it
        return str_or_none
    if isinstance(target, models.UUIDField) and not side.features.has_native_uuid_field:
        return hex_or_none
    return lambda value: target.get_db_prep_save(value, side)


def str_or_none(value: Any) -> str | None:
    return None if value is None else str(value)


def hex_or_none(value: UUID | None) -> str | None:
    return None if value is None else value.hex


@contextmanager
def sized(sizes: Sequence[int], nation: Any, *, prepare: Any = None, what: str = "organisations") -> Iterator[Sides]:
    """A connection to a database of each size, ascending; all are dropped afterwards.

    `nation` grows: a `Nation`, or whatever else has `load_territory` and `grow_to`. `prepare(nation)` is called once,
    in the database of the first size, whose copies the larger ones grow from.
    """
    original = connections["default"]
    name = str(original.settings_dict["NAME"])
    with tempfile.TemporaryDirectory() as folder:
        if original.vendor == "sqlite":
            original.settings_dict["TEST"]["NAME"] = str(Path(folder) / "benchmark.sqlite3")
        original.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        sides: Sides = {}
        try:
            _hurry()
            nation.load_territory()
            for size in sizes:
                start = time.perf_counter()
                nation.grow_to(size)
                if prepare and not sides:
                    prepare(nation)
                took = time.perf_counter() - start
                sides[size] = _copy(size, Path(folder))
                print(f"{size:,} {what}, filled in {took:.0f} s", flush=True)
            yield sides
        finally:
            connections["default"] = original
            _drop(sides, original)
            original.creation.destroy_test_db(name, verbosity=0)


def _hurry() -> None:
    """The database is thrown away: no waiting for the disk while it is filled."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-400000")
        else:
            cursor.execute("SET synchronous_commit TO off")


def _copy(size: int, folder: Path) -> BaseDatabaseWrapper:
    """A connection to a copy of the database as it is now."""
    settings = dict(connection.settings_dict)
    if connection.vendor == "sqlite":
        target = str(folder / f"{size}.sqlite3")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [target])
    else:
        source, target = settings["NAME"], f"{settings['NAME']}_{size}"
        original = connections["default"]
        original.close()
        with original._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{target}"')
            cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
        _hurry()
    settings["NAME"] = target
    side = type(connections["default"])(settings, "default")
    if side.vendor == "postgresql":
        # A copied table has no visibility map: without it the first readers pay for what autovacuum does in time.
        with side.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return side


def _drop(sides: Sides, original: BaseDatabaseWrapper) -> None:
    for side in sides.values():
        side.close()
        if side.vendor == "postgresql":
            with original._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{side.settings_dict["NAME"]}"')


def machine() -> str:
    """What the figures were taken on: "2 cores, 24 GiB, Debian GNU/Linux 12, Python 3.11.7, SQLite 3.40.1"."""
    with connection.cursor() as cursor:
        sql = "SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version"
        cursor.execute(sql)
        version = str(cursor.fetchone()[0]).split(" ", maxsplit=1)[0]
    memory = round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
    try:
        system = platform.freedesktop_os_release().get("PRETTY_NAME", "").partition(" (")[0]
    except OSError:
        system = platform.system()
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores, {memory} GiB, {system}, Python {platform.python_version()}, "
        f"{connection.display_name} {version}; load average {load:.1f}"
    )
