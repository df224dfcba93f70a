"""Exports of KoboToolbox for tests: everybody in them is invented, and lives in the invented district."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from simpul.interop.limits import MOST_COLUMNS
from simpul.interop.models import ImportBatch
from simpul.interop.reading import read_book
from simpul.interop.services.applying import apply_rows
from simpul.interop.services.checking import check_rows
from simpul.interop.services.deciding import confirm_import, decide_all
from simpul.interop.services.staging import map_columns, receive_import
from simpul.interop.services.undoing import undo_import, undo_rows
from simpul.interop.writing import Page, write_xlsx
from simpul.kernel.actor import System
from simpul.organisations.models import Organisation
from simpul.territory.services import load_demo_district
from tests.cast import Cast, Played
from tests.factories.territory import areas

NOW = datetime(2025, 3, 10, 2, 0, tzinfo=UTC)
LENTERA_JATI = "52.03.99.2001"
_SPACE = UUID("7f7f2c1e-54c4-4b0c-8a8e-52039920010a")
ANSWERS: dict[str, Any] = {
    "start": "2025-03-09T09:10:00.000+08:00",
    "umum/desa": "Lentera Jati",
    "umum/saluran": "wa",
    "umum/hubungan_pelapor": "tetangga",
    "korban/nama": "Inaq Contoh",
    "korban/jenis_kelamin": "P",
    "korban/umur": 61,
    "korban/nik": "",
    "kasus/jenis_kasus": "akta_kelahiran kartu_keluarga",
    "kasus/kronologi": "Belum punya surat.",
    "persetujuan/setuju_dicatat": "ya",
    "persetujuan/saksi_persetujuan": "Kader Contoh",
    "_id": 101,
    "_uuid": "",
    "_submission_time": "2025-03-09T01:15:00",
    "_submitted_by": "kader_contoh",
    "_index": 1,
}


def place() -> None:
    """The invented district."""
    areas("52.03")
    load_demo_district(System("demo"), now=NOW)


def uuid_of(name: str) -> str:
    return str(uuid5(_SPACE, name))


def submission(key: str = "satu", **answers: Any) -> dict[str, Any]:
    """`answers` by the last part of their head: nama="...", jenis_kasus="..."."""
    full = {head.rpartition("/")[2].lstrip("_"): head for head in ANSWERS}
    told = {full.get(name, name): value for name, value in answers.items()}
    return {**ANSWERS, "_uuid": uuid_of(key), **told}


def table(*submissions: dict[str, Any]) -> list[Sequence[Any]]:
    heads = list(dict.fromkeys(head for one in submissions for head in one))
    return [heads, *([one.get(head) for head in heads] for one in submissions)]


def workbook(**sheets: Sequence[Sequence[Any]]) -> bytes:
    return write_xlsx([Page(name, [str(c) for c in rows[0]], rows[1:]) for name, rows in sheets.items()])


def csv_of(*submissions: dict[str, Any]) -> bytes:
    return "\n".join(";".join("" if c is None else str(c) for c in row) for row in table(*submissions)).encode()


def received(
    who: Played,
    home: Organisation,
    data: bytes,
    *,
    name: str = "ekspor.xlsx",
    now: datetime = NOW,
    widest: int = MOST_COLUMNS,
) -> ImportBatch:
    return receive_import(
        who.actor,
        recipe="cases",
        organisation_id=home.pk,
        file_name=name,
        book=read_book(data, widest=widest),
        sha256=hashlib.sha256(data).hexdigest(),
        now=now,
    )


def checked(
    cast: Cast, *submissions: dict[str, Any], data: bytes = b"", who: str = "budi", now: datetime = NOW, **options: Any
) -> ImportBatch:
    """As the columns were guessed."""
    played: Played = getattr(cast, who)
    batch = received(played, cast.lentera, data or workbook(Laporan=table(*submissions)), now=now)
    map_columns(played.actor, batch, mapping=dict(batch.places), options=options, now=now)
    return check_rows(played.actor, batch, now=now)


def finish(who: Played, batch: ImportBatch, *, now: datetime = NOW) -> ImportBatch:
    decide_all(who.actor, batch, decision="new")
    confirm_import(who.actor, batch, now=now)
    while apply_rows(who.actor, batch, now=now):
        pass
    batch.refresh_from_db()
    return batch


def entered(
    cast: Cast, *submissions: dict[str, Any], who: str = "budi", now: datetime = NOW, **more: Any
) -> ImportBatch:
    return finish(getattr(cast, who), checked(cast, *submissions, who=who, now=now, **more), now=now)


def take_back(who: Played, batch: ImportBatch, *, now: datetime = NOW) -> ImportBatch:
    undo_import(who.actor, batch, now=now)
    while undo_rows(who.actor, batch, now=now):
        pass
    batch.refresh_from_db()
    return batch
