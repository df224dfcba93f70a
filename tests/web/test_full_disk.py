"""A disk that fills while a form is saved: words, nothing half-written, and the same form again once there is room."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, connection
from django.test import Client

from simpul.audit.models import Act
from simpul.kernel.ids import uuid7
from simpul.organisations.models import DirectoryFacet, DirectoryTerm, Membership, Organisation, OrganisationName
from simpul.records.storage import is_full
from tests.cast import Cast, Stage

MOST = 400  # forms until the room that is left in half-filled pages is used up


@contextmanager
def no_room() -> Iterator[None]:
    """SQLite may not grow by a page. PostgreSQL's server has no such setting: its own error, at the last write."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA max_page_count = 1")  # never below what there is
        else:
            cursor.execute(
                "CREATE FUNCTION no_room() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION"
                " 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$ LANGUAGE plpgsql;"
                " CREATE TRIGGER no_room BEFORE INSERT ON audit_act EXECUTE FUNCTION no_room()"
            )
    yield
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA max_page_count = 1073741823")
        else:
            cursor.execute("DROP TRIGGER no_room ON audit_act; DROP FUNCTION no_room()")


@pytest.fixture
def played(raced: None, stage: Stage) -> Cast:
    """The cast in a database of its own, whose file may fill up."""
    return stage.set_up()


def answers(cast: Cast) -> dict[str, str]:
    return {
        "key": str(uuid7()),
        "kind": "OT.Y",
        "name": f"Yayasan {'Panjang ' * 22}",
        "acronym": "YP",
        "network": str(cast.network.pk),
        "langkah": "simpan",
    }


def written(key: str) -> list[int]:
    """Rows of each table an entry is made of."""
    members = Membership.objects.filter(member=key)
    acts = Act.objects.filter(ref_id__in=[key, *members.values_list("pk", flat=True)])
    of_it = [m.objects.filter(organisation=key).count() for m in (OrganisationName, DirectoryTerm, DirectoryFacet)]
    return [Organisation.objects.filter(pk=key).count(), *of_it, members.count(), acts.count()]


def until_refused(browser: Client, cast: Cast) -> tuple[dict[str, str], Any]:
    for _ in range(MOST):
        sent = answers(cast)
        answer = browser.post("/kelola/daftarkan/", sent)
        if answer.status_code != 302:
            return sent, answer
    pytest.fail("the disk never filled")


@pytest.mark.racing
def test_a_form_saved_to_a_full_disk_says_so_leaves_nothing_and_is_taken_once_there_is_room(played: Cast) -> None:
    browser = played.dewi.client()
    browser.cookies["bahasa"] = "id"
    with no_room():
        sent, refused = until_refused(browser, played)
        assert refused.status_code == 507
        text = refused.content.decode()
        assert "Tidak ada tempat lagi untuk menyimpan" in text
        assert sent["key"] not in text
        assert written(sent["key"]) == [0] * 6
        assert browser.get("/jejaring/").status_code == 200, "reading goes on"
    again = browser.post("/kelola/daftarkan/", sent)
    assert (again.status_code, again.headers["Location"]) == (302, f"/kelola/{sent['key']}/")
    organisation, names, terms, facets, members, acts = written(sent["key"])
    assert (organisation, names, members, acts) == (1, 1, 1, 2)
    assert terms > 1
    assert facets == 1


@pytest.mark.parametrize(
    ("error", "full"),
    [
        (OperationalError("database or disk is full"), True),
        (OperationalError("disk I/O error"), True),
        (DatabaseError("could not extend file: No space left on device"), True),
        (OSError(28, "No space left on device"), True),
        (OSError(122, "Disk quota exceeded"), True),
        (OSError(27, "File too large"), True),
        (OperationalError("database is locked"), False),
        (OSError(13, "Permission denied"), False),
        (ValueError("disk is full"), False),
    ],
)
def test_a_full_disk_is_told_from_other_faults(error: Exception, *, full: bool) -> None:
    assert is_full(error) is full


def test_a_full_disk_is_known_by_the_code_of_postgresql_in_any_language() -> None:
    error = OperationalError("tidak ada ruang")
    error.__cause__ = psycopg.errors.DiskFull()
    assert is_full(error)
