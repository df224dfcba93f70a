"""What goes wrong at events, as somebody in front of the page meets it: told in words, and nothing lost."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from simpul.activities.models import Attendance, Certificate, Event, Participant, Session
from simpul.activities.passes import new_receipt, pass_of
from simpul.activities.services.certificates import issue_certificates, set_certificate_rule
from simpul.activities.services.life import cancel_event
from simpul.activities.services.programme import add_session
from simpul.interop.reading import read_book
from simpul.interop.services.staging import receive_import
from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from simpul.web.activities.rows import titled
from tests.activities.test_acts import make_series
from tests.cast import Cast
from tests.factories.activities import SYSTEM, came, enrol, make_event, session_of, somebody
from tests.factories.imports import sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def eko(cast: Cast) -> Client:
    return cast.eko.client()


def soon() -> datetime:
    return timezone.now().replace(hour=1, minute=0, second=0, microsecond=0) + timedelta(days=10)


def of_session(event: Event, begins: str, ends: str, **more: Any) -> dict[str, Any]:
    day = event.starts_at.astimezone(event.clock.info).date().isoformat()
    return {"title": "Sesi kedua", "day": day, "begins": begins, "ends": ends, "zone": event.zone, **more}


def test_two_sessions_in_one_room_at_one_time(cast: Cast, eko: Client) -> None:
    event = make_event(cast.forum, starts_at=soon(), zone="Asia/Makassar")  # from nine to twelve
    until, title = event.starts_at + timedelta(hours=2), LocalizedText(id="Sesi pertama")
    add_session(SYSTEM, event, starts_at=event.starts_at, ends_at=until, title=title, now=timezone.now())
    page = f"/kelola/kegiatan/{event.pk}/acara/sesi/"
    refused = eko.post(page, of_session(event, "10:00", "11:30"))
    shown = refused.content.decode()
    assert refused.status_code == 422
    assert "Ada sesi lain pada jam itu di ruang yang sama. Ubah ruang atau jam salah satunya." in shown
    assert 'value="Sesi kedua"' in shown
    assert 'value="11:30"' in shown
    assert Session.objects.filter(event=event).count() == 1
    assert eko.post(page, of_session(event, "10:00", "11:30", track="Ruang B")).status_code == 302


@pytest.mark.parametrize("ends", ["08:00", "09:00"])
def test_an_end_before_the_beginning(cast: Cast, eko: Client, ends: str) -> None:
    day = soon().date().isoformat()
    said = {
        "key": str(uuid7()), "organisation": str(cast.forum.pk), "title": "Pelatihan paralegal", "kind": "EV.03",
        "mode": "place", "day": day, "begins": "09:00", "ends": ends, "zone": "Asia/Makassar",
    }  # fmt: skip
    refused = eko.post("/kelola/kegiatan/baru/", said)
    shown = refused.content.decode()
    assert refused.status_code == 422
    assert "Selesainya sebelum mulai. Periksa tanggal, jam, dan zona waktunya." in shown
    assert 'value="Pelatihan paralegal"' in shown
    assert not Event.objects.exists()
    assert eko.post("/kelola/kegiatan/baru/", {**said, "ends": "12:00"}).status_code == 302


def test_the_same_code_at_two_doors(cast: Cast, eko: Client) -> None:
    event, receipt = make_event(cast.forum, starts_at=timezone.now() - timedelta(hours=1)), new_receipt()
    enrol(event, somebody("Inaq Contoh"), receipt=receipt, now=timezone.now())
    door = f"/hadir/sesi/{session_of(event).pk}/"
    said = {"langkah": "kode", "code": pass_of(receipt)}
    answers = [eko.post(door, said, follow=True).content.decode() for _door in range(2)]
    assert "Inaq Contoh" in answers[1]
    assert "Sekali saja cukup" in answers[1]
    assert "1 orang sudah hadir" in answers[1]
    assert Attendance.objects.count() == 1


def certified(cast: Cast, name: str) -> Certificate:
    """Over, and not noted as held."""
    now = timezone.now()
    event = make_event(cast.forum, starts_at=now - timedelta(days=1), now=now - timedelta(days=3))
    came(event, somebody(name))
    set_certificate_rule(SYSTEM, event, measure="sessions", least=1, signer="Ibu Ketua", now=now)
    issue_certificates(SYSTEM, event, now=now)
    return Certificate.objects.get(event=event)


@pytest.mark.parametrize("name", ["\u1b33\u1b2b\u1b15\u1b04", "محمد", "N" * 120, "Đặng Thị Ngọc Hân"])
def test_a_name_in_another_script_or_of_120_letters_is_printed(cast: Cast, eko: Client, name: str) -> None:
    given = certified(cast, name)
    assert given.name is not None
    assert given.name.open() == name
    assert eko.get(f"/kelola/sertifikat/{given.pk}.pdf").content.startswith(b"%PDF")


def test_a_name_that_can_not_be_printed_is_told_with_its_letters_and_stays_typed(cast: Cast, eko: Client) -> None:
    given = certified(cast, "Ani Contoh")
    refused = eko.post(f"/kelola/sertifikat/{given.pk}/betulkan/", {"name": "Ani \U0001f600"})
    shown = refused.content.decode()
    assert refused.status_code == 422
    assert "Huruf ini tidak bisa dicetak di sini: \U0001f600." in shown
    assert 'value="Ani \U0001f600"' in shown
    assert Certificate.objects.get().withdrawn_at is None
    assert Participant.objects.get().name.open() == "Ani Contoh"


def test_cancelled_with_certificates_given_out(cast: Cast, eko: Client, client: Client) -> None:
    given = certified(cast, "Ani Contoh")
    cancel_event(SYSTEM, Event.objects.get(), reason="Keliru dicatat", now=timezone.now())
    page = f"/kelola/kegiatan/{given.event_id}/sertifikat/"
    shown = eko.get(page).content.decode()
    assert "Kegiatan ini batal. Sertifikatnya tidak berlaku; kodenya menyatakan begitu." in shown
    assert "Ani Contoh" in shown  # nothing is lost of what was given
    assert "Sertifikat ini tidak berlaku lagi" in client.get(f"/sertifikat/{given.code}/").content.decode()
    refused = eko.post(f"/kelola/sertifikat/{given.pk}/betulkan/", {"name": "Ani Benar"}).content.decode()
    assert "Kegiatan ini dibatalkan: tidak ada yang berhak mendapat sertifikat." in refused
    assert Certificate.objects.get().withdrawn_at is None


def test_a_series_across_the_border_of_a_year_and_of_a_zone_keeps_its_numbers(cast: Cast) -> None:
    """At Jakarta before the year ends; at Jayapura half an hour into the next, while it is the old one at Jakarta."""
    series = make_series(cast.forum)
    at = [datetime.fromisoformat(one) for one in ("2025-12-24T02:00+00:00", "2025-12-31T15:30+00:00")]
    zones = ("Asia/Jakarta", "Asia/Jayapura")
    rows = [
        make_event(cast.forum, series=series, starts_at=one, zone=zone) for one, zone in zip(at, zones, strict=True)
    ]
    assert [row.number for row in rows] == [1, 2]
    assert [row.starts_on.isoformat() for row in rows] == ["2025-12-24", "2026-01-01"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Menyusun anggaran desa", "{series} ke-3: Menyusun anggaran desa"),
        ("{series}", "{series} ke-3"),
        ("{series} ke-3", "{series} ke-3"),
        ("{series} #3", "{series} ke-3"),
        ("{series} ke-3: Menyusun anggaran desa", "{series} ke-3: Menyusun anggaran desa"),
    ],
)
def test_who_writes_the_number_into_the_title_too_reads_it_once(cast: Cast, typed: str, told: str) -> None:
    series = make_series(cast.forum)
    assert series.title
    name = series.title.to("id")
    row = make_event(cast.forum, series=series, number=3, title=LocalizedText(id=typed.format(series=name)))
    with override("id"):
        assert titled(row, "id") == told.format(series=name)


def test_a_report_whose_columns_nobody_knows_asks_which_is_which_and_keeps_the_file(cast: Cast, eko: Client) -> None:
    event = make_event(cast.forum, starts_at=timezone.now() - timedelta(days=1))
    data = sheet(("Yang hadir siapa", "Dari jam", "Sampai jam"), ("Siti Aminah", "09:00", "09:30"))
    batch = receive_import(
        cast.eko.actor, recipe="meetings", organisation_id=cast.forum.pk, file_name="a.xlsx", book=read_book(data),
        sha256="x", options={"event": str(event.pk)}, now=timezone.now(),
    )  # fmt: skip
    page = eko.get(f"/impor/{batch.pk}/", follow=True)
    assert page.status_code == 200
    assert "Yang hadir siapa" in page.content.decode()
    refused = eko.post(page.redirect_chain[-1][0], {})
    assert refused.status_code == 422
    assert "Tunjukkan kolom mana yang berisi Nama di rapat daring." in refused.content.decode()
    assert "Yang hadir siapa" in refused.content.decode()
    assert (batch.rows.count(), Attendance.objects.count()) == (2, 0)  # the line of names, and one person
