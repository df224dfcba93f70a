"""Loading the official list: all of it or nothing, again without effect, a newer one beside the old."""

from collections.abc import Callable, Sequence
from dataclasses import astuple, fields
from datetime import date, datetime

from django.db import connection, transaction

from simpul.audit.rules import Detail
from simpul.audit.services import record
from simpul.kernel.actor import Actor
from simpul.records.locks import lock_graph
from simpul.territory import packaged
from simpul.territory.models import Area, FormerName, TerritoryRelease
from simpul.territory.names import search_key
from simpul.territory.packaged import AreaRow, Listing, Release
from simpul.territory.rules import check_may_manage

Progress = Callable[[int, int], None]
Values = list[tuple[str | int | float | None, ...]]
Stored = dict[str, tuple[object, ...]]
COLUMNS = [f.name for f in fields(AreaRow)]
CHUNK = 5_000


def silent(done: int, total: int) -> None:
    """Progress nobody watches."""


def load_territory(actor: Actor, *, now: datetime, progress: Progress = silent) -> TerritoryRelease:
    """Load the list shipped in the package; the release it is now at. Without effect where that is loaded already.

    `progress` is called with (areas done, areas in all). One transaction: a killed process leaves what was there.
    """
    check_may_manage(actor)
    return _loaded(packaged.release()) or load_listing(actor, packaged.listing(), now=now, progress=progress)


def load_listing(actor: Actor, listing: Listing, *, now: datetime, progress: Progress = silent) -> TerritoryRelease:
    """Bring the areas to `listing`. New codes open, absent ones close, a renamed one keeps its former name beside it.

    Figures and centroids of a code are corrected in place: they are measures of the area, not what it is.
    """
    check_may_manage(actor)
    with transaction.atomic():
        lock_graph("territory.release")
        already = _loaded(listing.release)
        if already:
            return already
        stored = _stored()
        opened_on = listing.release.as_of if stored else None
        added = _insert([r for r in listing.rows if r.code not in stored], opened_on, progress)
        renamed = _change([r for r in listing.rows if r.code in stored], stored, listing.release)
        closed = _close({r.code for r in listing.rows}, listing.release.as_of)
        release = _record_release(listing.release, now)
        counts: dict[str, Detail] = {"added": added, "renamed": renamed, "closed": closed}
        record(actor, "territory.load_territory", release.ref, details={"digest": release.digest, **counts})
    return release


def _loaded(release: Release) -> TerritoryRelease | None:
    latest = TerritoryRelease.objects.first()
    return latest if latest and latest.digest == release.digest else None


def _record_release(release: Release, now: datetime) -> TerritoryRelease:
    return TerritoryRelease.objects.create(
        source=release.source,
        decree=release.decree,
        digest=release.digest,
        as_of=release.as_of,
        areas=release.areas,
        loaded_at=now,
    )


def _stored() -> Stored:
    rows = Area.objects.filter(invented=False).values_list(*COLUMNS)
    return {str(row[0]): row for row in rows}


def _insert(rows: Sequence[AreaRow], opened_on: date | None, progress: Progress) -> int:
    """By COPY on PostgreSQL and one prepared statement on SQLite: model instances would take ten times as long."""
    day = opened_on.isoformat() if opened_on else None
    columns = [*COLUMNS, "invented", "valid_from"]
    write = _copy if connection.vendor == "postgresql" else _insert_many
    progress(0, len(rows))
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        write(columns, [(*astuple(row), False, day) for row in chunk])
        progress(start + len(chunk), len(rows))
    return len(rows)


def _copy(columns: Sequence[str], rows: Values) -> None:
    names = ", ".join(columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY {Area._meta.db_table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _insert_many(columns: Sequence[str], rows: Values) -> None:
    names, places = ", ".join(columns), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {Area._meta.db_table} ({names}) VALUES ({places})", rows)  # noqa: S608 - our own names


def _change(rows: Sequence[AreaRow], stored: Stored, release: Release) -> int:
    """How many were renamed."""
    changed = [row for row in rows if astuple(row) != stored[row.code]]
    named = COLUMNS.index("name")
    former = [(row, str(stored[row.code][named])) for row in changed if stored[row.code][named] != row.name]
    FormerName.objects.bulk_create(
        FormerName(area_id=row.code, name=name, folded=search_key(name, row.kind), until=release.as_of)
        for row, name in former
    )
    areas = [Area(**{name: getattr(row, name) for name in COLUMNS}) for row in changed]
    Area.objects.bulk_update(areas, COLUMNS[1:], batch_size=200)
    return len(former)


def _close(listed: set[str], day: date) -> int:
    """How many ended. A code that is listed again after it had ended is open again."""
    real = Area.objects.filter(invented=False)
    ended = set(real.exclude(valid_until=None).values_list("code", flat=True))
    real.filter(code__in=ended & listed).update(valid_until=None)
    ending = set(real.filter(valid_until=None).values_list("code", flat=True)) - listed
    return real.filter(code__in=ending).update(valid_until=day)
