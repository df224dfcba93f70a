"""What nobody needs any more goes; what somebody needs stays."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from simpul.audit.models import Act
from simpul.documents import folder
from simpul.documents.health import files_have_their_rows, rows_have_their_files
from simpul.documents.models import Upload, Version
from simpul.documents.rounds import tidy
from simpul.documents.sealing import Part
from simpul.documents.services.tidying import expire_uploads, sweep_files
from simpul.documents.services.uploads import begin_upload
from simpul.kernel.actor import System
from simpul.kernel.errors import Denied
from simpul.kernel.health import Level
from simpul.kernel.ids import uuid7
from tests.cast import NOW, Cast
from tests.factories.documents import make_document, pdf, picture, send
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
PLATFORM = System("tidy")


def age(path: Path, days: float) -> None:
    then = (NOW - timedelta(days=days)).timestamp()
    os.utime(path, (then, then))


@denies(expire_uploads, sweep_files)
def test_tidying_is_the_platforms_own(cast: Cast) -> None:
    for service in (expire_uploads, sweep_files):
        with pytest.raises(Denied):
            service(cast.joko.actor, now=NOW)


@audits(expire_uploads, sweep_files)
def test_what_waits_for_a_day_is_given_up_with_its_disk(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    old = send(cast.budi.actor, pdf(), now=NOW - timedelta(hours=25))
    fresh = send(cast.budi.actor, pdf(), now=NOW - timedelta(hours=23))
    stray = folder.root() / "ab" / f"{'ab' * 16}.file"
    folder.make_room_for(stray)
    stray.write_bytes(b"x")
    age(stray, 2)
    with django_capture_on_commit_callbacks(execute=True):
        assert expire_uploads(PLATFORM, now=NOW) == 1
        assert sweep_files(PLATFORM, now=NOW) == 1
    assert list(Upload.objects.values_list("sender_key", flat=True)) == [fresh]
    assert old != fresh
    assert len(list(folder.stored_parts())) == 1
    acts = Act.objects.filter(act__in=["documents.expire_uploads", "documents.sweep_files"]).order_by("id")
    assert [(a.act, a.details) for a in acts] == [
        ("documents.expire_uploads", {}),
        ("documents.sweep_files", {"count": 1}),
    ]


def test_sweeping_takes_strays_of_yesterday_and_nothing_else(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        make_document(cast.budi.actor, cast.lentera.ref, picture())
    send(cast.budi.actor, pdf())
    needed = {path for path in folder.root().rglob("*") if path.is_file()}
    strays = []
    for name, days in (
        ("cd" * 16 + ".file", 2),
        (f".{'cd' * 16}.file", 2),
        ("readme.txt", 2),
        ("ef" * 16 + ".file", 0),
    ):
        path = folder.root() / "cd" / name
        folder.make_room_for(path)
        path.write_bytes(b"x")
        age(path, days)
        strays.append(path)
    for path in needed:
        age(path, 30)
    tidy(lambda: NOW)
    assert {path for path in folder.root().rglob("*") if path.is_file()} == {*needed, strays[-1]}


def test_the_check_names_rows_without_file_and_files_without_row(cast: Cast) -> None:
    document = make_document(cast.budi.actor, cast.lentera.ref)
    assert [f.level for f in (*rows_have_their_files(NOW), *files_have_their_rows(NOW))] == [Level.OK, Level.OK]
    path = folder.file_path(Version.objects.get().file_id, Part.FILE)
    for damage in (lambda: path.write_bytes(path.read_bytes()[:-1]), path.unlink):
        damage()
        (found,) = rows_have_their_files(NOW)
        assert found.level is Level.FAIL
        assert str(document.pk) in found.message
    begin_upload(cast.budi.actor, key=uuid7(), size=10, now=NOW - timedelta(days=2))
    stray = folder.root() / "ab" / f"{'ab' * 16}.file"
    folder.make_room_for(stray)
    stray.write_bytes(b"x")
    age(stray, 2)
    (found,) = files_have_their_rows(NOW)
    assert (found.level, found.message[:2]) == (Level.WARN, "1 ")
    assert "1 uploads" in found.message
