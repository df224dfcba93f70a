"""The public calendar: a month, what comes, where; and the same for a phone's own calendar."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from simpul.activities.kinds import EventKind, Mode, Rhythm, Visibility
from simpul.activities.models import Event, EventSeries
from simpul.activities.services.life import cancel_event, reschedule_event
from simpul.activities.services.series import create_series
from simpul.kernel.localized import LocalizedText
from simpul.organisations.models import Organisation
from tests.cast import Cast
from tests.factories.activities import HOURS, NOW, SYSTEM, make_event
from tests.factories.networks import admit, make_network
from tests.factories.organisations import make_organisation
from tests.factories.territory import MASBAGIK_UTARA_BARU, areas
from tests.web.test_weight import READING, weight

pytestmark = pytest.mark.django_db

JUNE = {"bulan": "2025-06"}  # the factory's events are on the tenth
FEED = "/kegiatan/kalender.ics"


def read(**asked: str) -> str:
    answer = Client().get("/kegiatan/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def named(title: str, host: Organisation | None = None, **more: Any) -> Event:
    return make_event(host, title=LocalizedText(id=title), **more)


def coming(title: str, host: Organisation | None = None, days: int = 10, **more: Any) -> Event:
    """On a day from today, at nine in the morning of Jakarta: on the same day in all three zones."""
    day = datetime.combine(timezone.now().date(), datetime.min.time(), UTC) + timedelta(days=days, hours=2)
    return named(title, host, starts_at=day, **more)


def feed(**asked: str) -> dict[str, Any]:
    """Title -> event, as another program reads it."""
    answer = Client().get(FEED, asked)
    assert answer.status_code == 200
    return {str(event["summary"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_an_event_stands_on_each_of_its_days(db: None) -> None:
    named("Pelatihan dua hari", ends_at=datetime(2025, 6, 11, 9, tzinfo=UTC))
    page = read(**JUNE)
    assert "1 kegiatan pada Juni 2025" in page
    assert page.count(">Pelatihan dua hari</a>") == 2
    assert "Pelatihan dua hari" not in read(bulan="2025-07")


@pytest.mark.parametrize("many", [1, 3])
def test_a_month_costs_the_same_however_many_there_are(django_assert_num_queries: Any, many: int) -> None:
    for number in range(many):
        named(f"Kegiatan {number}", area=areas(MASBAGIK_UTARA_BARU)[0], venue="Aula")
    with django_assert_num_queries(3):
        page = read(**JUNE)
    assert page.count("kegiatan/0") >= many


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_costs_the_same_however_many_there_are(django_assert_num_queries: Any, many: int) -> None:
    for number in range(many):
        coming(f"Kegiatan {number}")
    with django_assert_num_queries(2):
        page = read(tampilan="daftar")
    assert page.count('<li class="card') == many


@pytest.mark.parametrize("key", ["ani", "dewi", "eko"])
def test_a_narrowed_calendar_stays_within_twelve_queries_signed_in(
    cast: Cast, django_assert_max_num_queries: Any, key: str
) -> None:
    areas(MASBAGIK_UTARA_BARU)
    browser = getattr(cast, key).client()
    browser.get("/kegiatan/")
    everything = {"wilayah": "52.03", "jenis": "EV.04", "jaringan": str(cast.network.pk)}
    for asked in ({}, {"wilayah": "52.03"}, everything, {**everything, "tampilan": "daftar"}, {"tampilan": "peta"}):
        with django_assert_max_num_queries(12):
            assert browser.get("/kegiatan/", asked).status_code == 200


def test_a_full_month_is_light() -> None:
    host = make_organisation()
    for number in range(90):
        starts_at = datetime(2025, 6, 1 + number % 30, 1, tzinfo=UTC)
        named(f"Pertemuan belajar kelompok yang ke sekian nomor {number}", host, starts_at=starts_at)
    for asked in (JUNE, {"tampilan": "daftar", "sejak": "2025-06-01"}):
        answer = Client().get("/kegiatan/", asked)
        assert len(answer.content) <= 80_000
        loaded = weight(answer.content)
        assert sum(loaded.values()) <= READING, loaded


def test_a_crowded_day_shows_some_and_leads_to_the_others() -> None:
    for number in range(5):
        named(f"Kegiatan {number}")
    page = read(**JUNE)
    assert page.count('">Kegiatan ') == 2
    assert "3 lagi" in page
    assert "tampilan=daftar&amp;sejak=2025-06-10" in page


def test_the_list_begins_on_the_day_asked_for_and_goes_on_where_it_ended() -> None:
    for number in range(27):
        coming(f"Kegiatan {number:02}", days=10 + number)
    coming("Yang sudah lewat", days=-5)
    first = Client().get("/kegiatan/", {"tampilan": "daftar"})
    text = first.content.decode()
    assert "Yang sudah lewat" not in text
    assert text.count('<li class="card') == 25
    older = first.context["older"]
    second = Client().get(older).content.decode()
    assert [f"Kegiatan {n:02}" in second for n in (24, 25, 26)] == [False, True, True]
    assert "Yang sudah lewat" in read(tampilan="daftar", sejak=f"{timezone.now().date() - timedelta(days=9)}")


def test_what_was_called_off_stays_and_says_so() -> None:
    cancel_event(SYSTEM, named("Batal rapat"), reason="Banjir", now=NOW)
    page = read(**JUNE)
    assert "Batal rapat" in page
    assert "dibatalkan" in page


def test_drafts_and_what_is_for_organisers_are_in_nobodys_calendar() -> None:
    named("Masih draf", published=False)
    named("Hanya kami", visibility=Visibility.HOSTS)
    named("Untuk jaringan", visibility=Visibility.NETWORK)
    page = read(**JUNE)
    assert "0 kegiatan pada Juni 2025" in page
    assert feed() == {}


def test_it_is_narrowed_by_area_kind_network_and_series() -> None:
    network, host = make_network("Jaringan Contoh"), make_organisation(name="Anggota")
    admit(network, host)
    named("Di Masbagik", area=areas(MASBAGIK_UTARA_BARU)[0], mode=Mode.PLACE)
    named("Musyawarah Contoh", kind=EventKind.COORDINATION)
    named("Dari anggota", host)
    row = weekly(network)
    named("Yang kesatu", network, series=row)
    titles = ("Di Masbagik", "Musyawarah Contoh", "Dari anggota", "Yang kesatu")

    def shown(**asked: str) -> list[str]:
        page = read(**JUNE, **asked)
        return [title for title in titles if title in page]

    assert shown(wilayah="52.03") == ["Di Masbagik"]
    assert shown(jenis="EV.01") == ["Musyawarah Contoh"]
    assert shown(jaringan=str(network.pk)) == ["Dari anggota", "Yang kesatu"]
    assert shown(seri=str(row.pk)) == ["Yang kesatu"]
    page = read(bulan="2025-06", jenis="EV.99", jaringan="bukan")
    assert "4 kegiatan pada Juni 2025" in page


def weekly(host: Organisation) -> EventSeries:
    return create_series(
        SYSTEM, host, title=LocalizedText(id="Semidaring Contoh"), kind=EventKind.WEBINAR, now=NOW,
        visibility=Visibility.PUBLIC, rhythm=Rhythm.WEEKLY, starts_on=date(2025, 5, 5),
    )  # fmt: skip


def test_the_map_counts_by_regency_and_says_what_is_not_on_it() -> None:
    coming("Di Masbagik", area=areas(MASBAGIK_UTARA_BARU)[0], mode=Mode.PLACE)
    coming("Daring")
    page = read(tampilan="peta")
    assert "2 kegiatan mulai" in page
    assert "1 kegiatan lagi diadakan daring" in page


@pytest.mark.parametrize(("month", "before", "after"), [("2000-01", None, "2000-02"), ("2099-12", "2099-11", None)])
def test_the_first_and_the_last_month_lead_no_further(month: str, before: str | None, after: str | None) -> None:
    page = read(bulan=month)
    assert ('rel="prev"' in page, 'rel="next"' in page) == (before is not None, after is not None)
    assert f"bulan={before or after}" in page


def test_an_event_is_shown_at_the_hour_of_its_place() -> None:
    named("Di timur", zone="Asia/Jayapura")
    assert "10.00–13.00 WIT" in read(**JUNE).replace("\u00a0", " ")


def test_the_feed_is_the_same_for_whoever_asks_and_never_tells_the_link(cast: Cast) -> None:
    coming("Terbuka", cast.forum, joining_link="https://rapat.example/masuk")
    coming("Hanya kami", cast.forum, visibility=Visibility.HOSTS)
    answer = cast.eko.client().get(FEED)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"rapat.example" not in answer.content
    assert b"Hanya kami" not in answer.content
    assert list(feed()) == ["Terbuka"]
    assert "public" in Client().get(FEED).headers["Cache-Control"]


def test_the_feed_keeps_what_was_called_off_and_moves_what_was_moved() -> None:
    event, other = coming("Pindah"), coming("Batal")
    before = feed()
    later = event.starts_at + timedelta(days=3)
    reschedule_event(SYSTEM, event, starts_at=later, ends_at=later + HOURS, reason="Hujan", now=timezone.now())
    cancel_event(SYSTEM, other, reason="Banjir", now=timezone.now())
    after = feed()
    assert after["Batal"]["status"] == "CANCELLED"
    assert "Banjir" in str(after["Batal"]["description"])
    assert after["Pindah"].start == later
    assert after["Pindah"]["uid"] == before["Pindah"]["uid"] == str(event.pk)
    assert after["Pindah"]["sequence"] > before["Pindah"]["sequence"]


def test_a_feed_is_narrowed_as_its_page_is_and_is_named_after_it() -> None:
    network = make_network("Jaringan Contoh")
    row = weekly(network)
    coming("Dalam seri", network, series=row)
    coming("Di Masbagik", area=areas(MASBAGIK_UTARA_BARU)[0], mode=Mode.PLACE)
    coming("Lain")
    assert list(feed(seri=str(row.pk))) == ["Semidaring Contoh ke-1: Dalam seri"]
    assert list(feed(jaringan=str(network.pk))) == ["Semidaring Contoh ke-1: Dalam seri"]
    assert list(feed(wilayah="52.03")) == ["Di Masbagik"]
    text = Client().get(FEED, {"jaringan": str(network.pk)}).content.decode()
    assert "X-WR-CALNAME:Kegiatan · Jaringan Contoh" in text


def test_a_feed_of_a_network_nobody_may_see_is_not_there() -> None:
    gone = "0193aaaa-0000-7000-8000-000000000000"
    assert Client().get(FEED, {"jaringan": gone}).status_code == 404
    assert Client().get(FEED, {"seri": gone}).status_code == 404


def test_a_feed_that_did_not_change_is_not_sent_again() -> None:
    coming("Satu")
    first = Client().get(FEED)
    again = Client().get(FEED, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
