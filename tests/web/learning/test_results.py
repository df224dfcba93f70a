"""Pages of what came of an event."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client

from simpul.activities.kinds import EventKind
from simpul.activities.models import BulkServed, Outcome, Voice
from simpul.activities.result_kinds import OutcomeKind, Served
from simpul.activities.services.results import Bulk, count_served, note_input, note_outcome, note_voice
from tests.cast import Cast
from tests.factories.activities import make_held
from tests.factories.consultations import NOW, make_workshop
from tests.factories.organisations import SYSTEM, make_organisation
from tests.factories.territory import areas
from tests.web.editing.forms import form_of
from tests.web.learning.test_forums import english

pytestmark = pytest.mark.django_db
Counted = Callable[[int], AbstractContextManager[Any]]


def test_the_page_tells_groups_and_offices_and_nobodys_name() -> None:
    event, who = make_workshop()
    said = note_input(SYSTEM, who, words="Tata kelola kolaboratif", now=NOW)
    note_voice(SYSTEM, event, group="civil_society", words="Libatkan desa", people=12, answers=said, now=NOW)
    note_voice(SYSTEM, event, group="disability", words="Jalan yang rata", people=3, now=NOW)
    note_outcome(SYSTEM, event, kind=OutcomeKind.SCHEME, scheme="digital", words="Kelas", now=NOW)
    page = english(f"/kegiatan/{event.pk}/hasil/")
    for words in ("Kepala Bappeda", "Tata kelola kolaboratif", "Civil society", "12 people", "Digital literacy"):
        assert words in page
    assert "Ibu Contoh" not in page
    assert "3 people" not in page  # so few that somebody might be recognised
    assert "1 thing was agreed" in page
    assert "Note something" not in page


def test_papers_of_a_mobile_service_are_told_by_kind_and_village() -> None:
    event = make_held(kind=EventKind.MOBILE_SERVICE)
    one, other = areas("52.03.05.2006", "52.03.05.2002")
    rows = [Bulk(Served.BIRTH, 40, one), Bulk(Served.BIRTH, 11, other)]
    count_served(SYSTEM, event, rows=rows, now=NOW)
    page = english(f"/kegiatan/{event.pk}/hasil/")
    assert "51 papers were dealt with" in page
    assert one.title in page


def test_eko_notes_each_once_and_takes_one_back(cast: Cast) -> None:
    event, _who = make_workshop(cast.forum)
    client = cast.eko.client()
    path = f"/kelola/kegiatan/{event.pk}/hasil/suara/"
    sent = form_of(client, path) | {"group": "women", "words": "Setuju"}
    for _ in range(2):
        answer = client.post(path, sent)
        assert answer.headers["Location"] == f"/kegiatan/{event.pk}/hasil/"
    voice = Voice.objects.get()
    path = f"/kelola/kegiatan/{event.pk}/hasil/kesepakatan/"
    helper = make_organisation(name="Yayasan Penolong")
    sent = form_of(client, path) | {"kind": "joint", "words": "Kerja bakti", "organisation": "Yayasan Penolong"}
    assert client.post(path, sent).status_code == 302
    assert Outcome.objects.get().organisation == helper
    assert client.post(f"/kelola/hasil/voice/{voice.pk}/tarik/").status_code == 302
    assert "Setuju" not in english(f"/kegiatan/{event.pk}/hasil/", client)


def test_counting_one_village_leaves_the_others_as_they_were(cast: Cast) -> None:
    event = make_held(cast.forum, kind=EventKind.MOBILE_SERVICE)
    one, other = areas("52.03.05.2006", "52.03.05.2002")
    count_served(SYSTEM, event, rows=[Bulk(Served.BIRTH, 40, one), Bulk(Served.BIRTH, 11, other)], now=NOW)
    client, path = cast.eko.client(), f"/kelola/kegiatan/{event.pk}/hasil/surat/"
    sent = form_of(client, path) | {"area": one.code, "n-AD.1": "7"}
    assert client.post(path, sent).status_code == 302
    rows = BulkServed.objects.filter(event=event, superseded_at=None).order_by("number")
    assert [(row.area, row.kind, row.number) for row in rows] == [(one, "AD.1", 7), (other, "AD.3", 11)]


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_costs_the_same_however_much_was_said(many: int, django_assert_max_num_queries: Counted) -> None:
    event, who = make_workshop()
    for _ in range(many):
        said = note_input(SYSTEM, who, words="Tata kelola", now=NOW)
        note_voice(SYSTEM, event, group="women", words="Setuju", answers=said, now=NOW)
        note_outcome(SYSTEM, event, kind=OutcomeKind.OPEN, words="Terbuka", now=NOW)
    with django_assert_max_num_queries(8):
        assert Client().get(f"/kegiatan/{event.pk}/hasil/").status_code == 200
