"""An event of one's own: a few answers, then one part after the other; nothing typed is lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from simpul.activities.kinds import Part, Visibility
from simpul.activities.models import CoHost, Contribution, Event, EventSeries, Session
from simpul.activities.services.events import change_event
from simpul.activities.services.hosting import name_co_host
from simpul.activities.states import EventState
from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from tests.cast import Cast
from tests.factories.activities import NOW, SYSTEM, enrol, make_event, session_of
from tests.factories.territory import MASBAGIK_UTARA_BARU, areas

pytestmark = pytest.mark.django_db

DAY = (timezone.now() + timedelta(days=20)).date().isoformat()


@pytest.fixture
def eko(cast: Cast) -> Client:
    return cast.eko.client()


def draft(cast: Cast, **more: Any) -> Event:
    return make_event(cast.forum, published=False, **more)


def first_answers(cast: Cast, **more: Any) -> dict[str, Any]:
    return {
        "key": str(uuid7()), "organisation": str(cast.forum.pk), "title": "Pelatihan pengelolaan kasus",
        "kind": "EV.03", "mode": "place", "day": DAY, "begins": "09.00", "ends": "12:00", "zone": "Asia/Makassar",
        **more,
    }  # fmt: skip


def parts(event: Event, part: str, browser: Client) -> dict[str, Any]:
    """What the form of a part would send without a change."""
    form = browser.get(f"/kelola/kegiatan/{event.pk}/ubah/{part}/").context["form"]
    sent = {bound.html_name: bound.value() for bound in form}
    seen = {f"dilihat-{bound.html_name}": bound.value() for bound in form if bound.name != "version"}
    return {name: value for name, value in {**sent, **seen}.items() if value not in (None, False)}


def test_a_few_answers_make_a_draft_on_the_clock_of_its_place(cast: Cast, eko: Client) -> None:
    answer = eko.post("/kelola/kegiatan/baru/", first_answers(cast), follow=True)
    event = Event.objects.get()
    assert answer.status_code == 200
    assert (event.state, event.visibility) == (EventState.DRAFT, Visibility.PUBLIC)
    assert f"{event.local_start:%Y-%m-%d %H:%M} {event.zone_name}" == f"{DAY} 09:00 WITA"
    assert "Isi tempatnya dulu" in answer.content.decode()


def test_sent_twice_it_is_one_draft(cast: Cast, eko: Client) -> None:
    answers = first_answers(cast)
    for _ in range(2):
        eko.post("/kelola/kegiatan/baru/", answers)
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"ends": "08:00"}, {"day": "kemarin"}, {"begins": "pagi"}, {"zone": "Asia/Tokyo"}]
)
def test_a_mistake_in_the_first_answers_loses_nothing(cast: Cast, eko: Client, wrong: dict[str, str]) -> None:
    answer = eko.post("/kelola/kegiatan/baru/", first_answers(cast, **{"title": "Judul yang panjang", **wrong}))
    assert answer.status_code == 422
    assert answer.context["form"]["kind"].value() == "EV.03"
    assert not Event.objects.exists()


def test_another_organisation_cannot_be_put_in(cast: Cast, eko: Client) -> None:
    answer = eko.post("/kelola/kegiatan/baru/", first_answers(cast, organisation=str(cast.lentera.pk)))
    assert answer.status_code == 422


def test_a_part_is_changed_by_itself(cast: Cast, eko: Client) -> None:
    event = draft(cast)
    place = areas(MASBAGIK_UTARA_BARU)[0]
    said = {**parts(event, "tempat", eko), "mode": "place", "venue": "Aula desa", "area": place.code}
    assert eko.post(f"/kelola/kegiatan/{event.pk}/ubah/tempat/", said).status_code == 302
    event.refresh_from_db()
    assert (event.venue, event.area_id, event.mode) == ("Aula desa", place.code, "place")


def test_seats_and_questions_are_set_together(cast: Cast, eko: Client) -> None:
    event = draft(cast, takes_registrations=False, asks=[])
    said = {
        **parts(event, "pendaftaran", eko), "takes_registrations": "on", "capacity": "40", "asks": ["sex", "needs"],
        "registration_closes_at": "2025-06-09T17:00",
    }  # fmt: skip
    assert eko.post(f"/kelola/kegiatan/{event.pk}/ubah/pendaftaran/", said).status_code == 302
    event.refresh_from_db()
    assert (event.takes_registrations, event.capacity, event.asks) == (True, 40, ["sex", "needs"])
    assert event.registration_closes_at is not None
    assert f"{event.registration_closes_at.astimezone(event.clock.info):%H:%M}" == "17:00"


def test_fewer_seats_than_are_given_are_refused_with_what_was_typed(cast: Cast, eko: Client) -> None:
    event = make_event(cast.forum, capacity=3)
    for _ in range(3):
        enrol(event)
    said = {**parts(event, "pendaftaran", eko), "capacity": "2", "offer_hours": "12"}
    answer = eko.post(f"/kelola/kegiatan/{event.pk}/ubah/pendaftaran/", said)
    assert answer.status_code == 422
    assert 'value="2"' in answer.content.decode()


def test_two_who_write_at_once_see_both_versions(cast: Cast, eko: Client) -> None:
    event = draft(cast)
    mine = {**parts(event, "isi", eko), "title": "Judul saya"}
    change_event(SYSTEM, event, seen=event.version, title=LocalizedText(id="Judul mereka"), now=NOW)
    answer = eko.post(f"/kelola/kegiatan/{event.pk}/ubah/isi/", mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Judul saya" in page
    assert "Judul mereka" in page


def test_it_is_announced_only_with_a_place(cast: Cast, eko: Client) -> None:
    event = draft(cast, mode="place")
    answer = eko.post(f"/kelola/kegiatan/{event.pk}/langkah/umumkan/")
    assert answer.status_code == 422
    event.refresh_from_db()
    assert event.state is EventState.DRAFT


def test_it_is_announced_moved_called_off_each_with_a_word(cast: Cast, eko: Client) -> None:
    event = draft(cast)
    base = f"/kelola/kegiatan/{event.pk}/langkah"
    eko.post(f"{base}/umumkan/")
    moved = {"day": DAY, "begins": "13:00", "ends": "15:00", "zone": "Asia/Makassar", "reason": ""}
    assert eko.post(f"{base}/pindahkan/", moved).status_code == 422
    assert eko.post(f"{base}/pindahkan/", {**moved, "reason": "Hujan"}).status_code == 302
    assert eko.post(f"{base}/batalkan/", {"reason": ""}).status_code == 422
    assert eko.post(f"{base}/batalkan/", {"reason": "Jalan terputus"}).status_code == 302
    event.refresh_from_db()
    assert (event.state, event.cancelled_reason) == (EventState.CANCELLED, "Jalan terputus")
    assert f"{event.starts_at.astimezone(event.clock.info):%Y-%m-%d}" == DAY


def test_an_end_before_the_beginning_is_refused_beside_its_field(cast: Cast, eko: Client) -> None:
    event = make_event(cast.forum)
    said = {"day": DAY, "begins": "13:00", "ends": "12:00", "zone": "Asia/Jakarta", "reason": "Hujan"}
    answer = eko.post(f"/kelola/kegiatan/{event.pk}/langkah/pindahkan/", said)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["ends"]


def test_it_is_held_again_as_a_draft(cast: Cast, eko: Client) -> None:
    event, key = make_event(cast.forum, joining_link="https://rapat.example/"), str(uuid7())
    for _ in range(2):
        eko.post(f"/kelola/kegiatan/{event.pk}/salin/", {"key": key, "day": DAY, "begins": "14:00"})
    again = Event.objects.exclude(pk=event.pk).get()
    assert (again.state, again.cloned_from_id, again.joining_link) == (EventState.DRAFT, event.pk, None)
    assert again.ends_at - again.starts_at == event.ends_at - event.starts_at


def test_sessions_points_and_people_make_a_programme(cast: Cast, eko: Client) -> None:
    event = draft(cast)
    base, session = f"/kelola/kegiatan/{event.pk}", session_of(event)
    eko.post(f"/kelola/sesi/{session.pk}/acara/", {"title": "Pembukaan", "minutes": "15"})
    item = session.items.get()
    said = {"part": Part.SPEAKER.value, "name": "Ibu Contoh", "position": "Kepala Bappeda", "item": str(item.pk)}
    eko.post(f"{base}/acara/pengisi/", said)
    page = eko.get(f"{base}/acara/").content.decode()
    for words in ("Pembukaan", "15 menit", "Ibu Contoh", "Kepala Bappeda"):
        assert words in page
    eko.post(f"/kelola/acara/{item.pk}/hapus/")
    assert not session.items.exists()
    assert eko.post(f"/kelola/sesi/{session.pk}/hapus/", follow=True).status_code == 200
    assert Session.objects.filter(event=event).count() == 1


def test_a_session_outside_the_event_is_refused_with_what_was_typed(cast: Cast, eko: Client) -> None:
    event = draft(cast)
    said = {"title": "Sesi malam", "day": DAY, "begins": "19:00", "ends": "20:00", "zone": event.zone}
    answer = eko.post(f"/kelola/kegiatan/{event.pk}/acara/sesi/", said)
    assert answer.status_code == 422
    assert "Sesi malam" in answer.content.decode()


def test_a_co_host_is_named_by_name_and_confirms(cast: Cast, eko: Client) -> None:
    event = make_event(cast.forum, starts_at=timezone.now() + timedelta(days=9))
    for text, status in (("Tidak Ada Ini", 422), ("Kelompok Konstituen", 422), ("Konstituen Lentera", 302)):
        assert eko.post(f"/kelola/kegiatan/{event.pk}/bersama/", {"search": text}).status_code == status
    row = CoHost.objects.get()
    budi = cast.budi.client()
    assert "Diminta menyelenggarakan bersama" in budi.get("/kelola/kegiatan/").content.decode()
    budi.post(f"/kelola/bersama/{row.pk}/setuju/")
    row.refresh_from_db()
    assert row.confirmed_at is not None


def test_somebody_elses_rows_answer_as_rows_that_are_not_there(cast: Cast) -> None:
    event = draft(cast)
    row = name_co_host(SYSTEM, event, organisation=cast.agency, now=NOW)
    gede = cast.gede.client()
    for path in (f"/kelola/bersama/{row.pk}/hapus/", f"/kelola/sesi/{session_of(event).pk}/hapus/"):
        assert gede.post(path).status_code == gede.post(path.replace(path.split("/")[3], str(uuid7()))).status_code


def test_a_series_numbers_its_events_by_itself(cast: Cast, eko: Client) -> None:
    said = {
        "key": str(uuid7()), "organisation": str(cast.forum.pk), "title": "Semidaring Forum", "kind": "EV.05",
        "rhythm": "weekly", "starts_on": "2025-06-02", "visibility": "public",
    }  # fmt: skip
    assert eko.post("/kelola/kegiatan/seri/baru/", said).status_code == 302
    row = EventSeries.objects.get()
    for _ in range(2):
        eko.post("/kelola/kegiatan/baru/", first_answers(cast, series=str(row.pk)))
    assert sorted(Event.objects.values_list("number", flat=True)) == [1, 2]
    pause = {"valid_from": "2025-06-09", "valid_until": "2025-06-09", "reason": "Ramadan"}
    assert eko.post(f"/kelola/kegiatan/seri/{row.pk}/jeda/", pause).status_code == 422


@pytest.mark.parametrize("many", [1, 3])
def test_ones_own_list_costs_the_same_however_long(
    cast: Cast, eko: Client, django_assert_max_num_queries: Any, many: int
) -> None:
    soon = timezone.now() + timedelta(days=9)
    for _ in range(many):
        draft(cast, starts_at=soon)
        make_event(cast.forum, starts_at=soon)
    eko.get("/kegiatan/")
    with django_assert_max_num_queries(12):
        page = eko.get("/kelola/kegiatan/").content.decode()
    assert page.count("/kelola/kegiatan/0") == 2 * many


@pytest.mark.parametrize("many", [1, 3])
def test_a_programme_costs_the_same_however_long(
    cast: Cast, eko: Client, django_assert_max_num_queries: Any, many: int
) -> None:
    event = draft(cast)
    for number in range(many):
        said = {"part": Part.SPEAKER.value, "name": f"Ibu {number}"}
        eko.post(f"/kelola/kegiatan/{event.pk}/acara/pengisi/", said)
    assert Contribution.objects.count() == many
    with django_assert_max_num_queries(12):
        assert eko.get(f"/kelola/kegiatan/{event.pk}/acara/").status_code == 200
