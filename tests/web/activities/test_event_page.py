"""An event as anybody reads it, and a series."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from simpul.activities.kinds import EventKind, Part, Rhythm, Visibility
from simpul.activities.models import Event
from simpul.activities.services.hosting import add_coverage, confirm_co_host, name_co_host
from simpul.activities.services.life import cancel_event, hold_event, reschedule_event
from simpul.activities.services.programme import add_contribution, add_item
from simpul.activities.services.series import add_break, create_series
from simpul.kernel.actor import Anonymous
from simpul.kernel.localized import LocalizedText
from simpul.organisations.services.safety import set_safety_mode
from simpul.web.activities.regular import regularity_told
from tests.cast import Cast
from tests.factories.activities import HOURS, NOW, START, SYSTEM, enrol, make_event, make_held, session_of
from tests.factories.organisations import make_organisation
from tests.web.test_weight import READING, weight

pytestmark = pytest.mark.django_db


def read(event: Event, browser: Client | None = None) -> str:
    answer = (browser or Client()).get(f"/kegiatan/{event.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def soon(days: int = 10) -> datetime:
    return timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=days)


def test_it_says_when_where_and_whose_with_a_card_for_messengers() -> None:
    event = make_event(make_organisation(name="Forum Contoh"), venue="Aula desa", mode="hybrid", zone="Asia/Makassar")
    page = read(event).replace("\u00a0", " ")
    for words in ("Selasa, 10 Juni 2025, 09.00–12.00 WITA", "Aula desa, dan daring", "Forum Contoh"):
        assert words in page
    assert '<meta property="og:title" content="Belajar menyusun anggaran desa">' in page
    assert f'content="http://testserver/kegiatan/{event.pk}/kartu.png"' in page
    assert "wa.me" in page


def test_its_card_is_a_picture_that_is_not_sent_twice() -> None:
    event = make_event()
    answer = Client().get(f"/kegiatan/{event.pk}/kartu.png")
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")
    again = Client().get(f"/kegiatan/{event.pk}/kartu.png", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("many", [1, 3])
def test_it_costs_the_same_however_full_its_programme(django_assert_num_queries: Any, many: int) -> None:
    event = make_event(starts_at=soon(), capacity=5)
    session = session_of(event)
    for number in range(many):
        item = add_item(SYSTEM, session, title=LocalizedText(id=f"Bahasan {number}"), now=NOW)
        add_contribution(SYSTEM, event, part=Part.SPEAKER, name=f"Ibu {number}", item=item, is_public=True, now=NOW)
        add_coverage(SYSTEM, event, title=f"Kabar {number}", published_on=date(2025, 6, 1), now=NOW)
        name_co_host(SYSTEM, event, organisation=make_organisation(), now=NOW)
        enrol(event, now=timezone.now())
    with django_assert_num_queries(9):
        page = read(event)
    assert page.count("Bahasan ") == page.count("Kabar ") == many


def test_it_stays_within_twelve_queries_for_who_organises_it(cast: Cast, django_assert_max_num_queries: Any) -> None:
    event = make_event(cast.forum, starts_at=soon(), capacity=5)
    browser = cast.eko.client()
    browser.get("/kegiatan/")
    with django_assert_max_num_queries(12):
        page = read(event, browser)
    assert f"/kelola/kegiatan/{event.pk}/" in page
    assert f"/hadir/{event.pk}/" in page


def test_it_is_light() -> None:
    event = make_event(summary=LocalizedText(id="Satu kalimat lagi. " * 200))
    answer = Client().get(f"/kegiatan/{event.pk}/")
    assert len(answer.content) <= 80_000
    loaded = weight(answer.content)
    assert sum(loaded.values()) <= READING, loaded


def test_a_name_is_shown_only_of_those_who_agreed() -> None:
    event = make_event()
    add_contribution(SYSTEM, event, part=Part.SPEAKER, name="Ibu Setuju", is_public=True, now=NOW)
    add_contribution(SYSTEM, event, part=Part.MODERATOR, name="Bapak Diam", position="Sekretaris forum", now=NOW)
    page = read(event)
    assert "Ibu Setuju" in page
    assert "Bapak Diam" not in page
    assert "Sekretaris forum" in page


def test_a_co_host_is_shown_once_it_has_confirmed() -> None:
    event, other = make_event(), make_organisation(name="Yayasan Kedua")
    row = name_co_host(SYSTEM, event, organisation=other, now=NOW)
    assert "Yayasan Kedua" not in read(event)
    confirm_co_host(SYSTEM, row, now=NOW)
    assert "Yayasan Kedua" in read(event)


def test_what_was_called_off_says_why_and_takes_nobody() -> None:
    event = make_event(starts_at=soon())
    assert f"/kegiatan/{event.pk}/daftar/" in read(event)
    cancel_event(SYSTEM, event, reason="Jalan ke desa terputus", now=timezone.now())
    page = read(event)
    assert "Kegiatan ini dibatalkan" in page
    assert "Jalan ke desa terputus" in page
    assert f"/kegiatan/{event.pk}/daftar/" not in page


def test_what_was_moved_says_from_when_and_why() -> None:
    event = make_event()
    later = START + timedelta(days=2)
    reschedule_event(SYSTEM, event, starts_at=later, ends_at=later + HOURS, reason="Hari raya", now=NOW)
    page = read(event).replace("\u00a0", " ")
    assert "Tadinya 10 Juni 2025" in page
    assert "Hari raya" in page


def test_seats_are_told_in_plain_words() -> None:
    now = timezone.now()
    event = make_event(starts_at=soon(), capacity=2)
    assert "Masih ada 2 kursi." in read(event)
    for _ in range(3):
        enrol(event, now=now)
    page = read(event)
    assert "1 orang menunggu" in page
    assert "Masuk daftar tunggu" in page


def test_the_link_to_join_is_on_no_page_of_the_event() -> None:
    event = make_event(starts_at=soon(), joining_link="https://rapat.example/masuk")
    assert "rapat.example" not in read(event)


def test_an_event_of_a_hidden_organisation_is_not_there_and_never_shared(cast: Cast) -> None:
    event = make_event(cast.forum)
    set_safety_mode(SYSTEM, cast.forum, on=True, reason_code="request", now=NOW)
    assert Client().get(f"/kegiatan/{event.pk}/").status_code == 404
    assert "wa.me" not in read(event, cast.eko.client())


def test_it_is_read_in_english_too() -> None:
    browser = Client()
    browser.cookies["bahasa"] = "en"
    page = read(make_event(), browser).replace("\u00a0", " ")
    assert "Learning to draw up a village budget" in page
    assert "Tuesday, 10 June 2025" in page


def test_a_series_says_in_how_many_of_its_weeks_it_was_held() -> None:
    host, monday = make_organisation(), date(2025, 6, 2)
    row = create_series(
        SYSTEM, host, title=LocalizedText(id="Semidaring Contoh"), kind=EventKind.WEBINAR, now=NOW,
        visibility=Visibility.PUBLIC, rhythm=Rhythm.WEEKLY, starts_on=monday, zone="Asia/Jakarta",
    )  # fmt: skip
    for week in (0, 2):
        make_held(host, series=row, starts_at=START + timedelta(days=7 * week - 6))

    def said() -> str:
        return str(regularity_told(Anonymous(), row, date(2025, 7, 1))["finding"])

    with override("id"):
        assert said() == "Terlaksana 2 dari 4 minggu"
        add_break(SYSTEM, row, valid_from=date(2025, 6, 9), valid_until=date(2025, 6, 16), reason="Ramadan", now=NOW)
        assert said() == "Terlaksana 2 dari 3 minggu"
    page = Client().get(f"/kegiatan/seri/{row.pk}/").content.decode()
    assert f"/kegiatan/kalender.ics?seri={row.pk}" in page
    assert page.count('<li class="card') == 2


def test_an_event_that_was_held_takes_no_registration() -> None:
    event = make_event(starts_at=soon(-1))
    hold_event(SYSTEM, event, now=timezone.now())
    assert "Pendaftaran sudah ditutup." in read(event)
