"""Pages of learning forums: a list, a map, and the way a forum has come."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client

from simpul.activities.forum_life import Stage
from simpul.activities.models import ForumStage
from tests.cast import Cast
from tests.factories.forums import join, make_forum, meet, reach, reach_all
from tests.factories.territory import areas
from tests.web.editing.forms import form_of

pytestmark = pytest.mark.django_db
Counted = Callable[[int], AbstractContextManager[Any]]


def english(path: str, client: Client | None = None) -> str:
    browser = client or Client()
    browser.cookies["bahasa"] = "en"
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_says_how_far_the_forum_has_come_and_what_comes_next() -> None:
    forum = make_forum(name="Forum Contoh")
    reach_all(forum, Stage.NAMED)
    page = english(f"/forum-belajar/{forum.pk}/")
    assert page.count('class="done-step"') == 3
    assert page.count('class="later"') == 2
    assert 'class="now" aria-current="step"' in page
    assert "2 members of 2 kinds" in page
    assert "Tell of the next stage" not in page


def test_what_stands_in_the_way_of_the_next_stage_is_said() -> None:
    forum = make_forum(coordinated=False)
    reach_all(forum, Stage.NAMED)
    page = english(f"/forum-belajar/{forum.pk}/")
    assert "Nobody is in the presidium" in page
    assert "Its presidium" not in page


def test_who_is_in_the_presidium_is_named_and_leads_to_its_entry() -> None:
    forum = make_forum()
    (leader,) = [row.member for row in forum.admissions.select_related("member") if row.role == "coordinator"]
    page = english(f"/forum-belajar/{forum.pk}/")
    where = page.partition("Its presidium")[2]
    assert f'<a href="/jejaring/{leader.pk}/">{leader.name}</a> <span class="small muted">Coordinator</span>' in where


def test_who_came_is_told_as_a_number_of_members_and_opens_the_meeting() -> None:
    forum = make_forum()
    members = [row.member for row in forum.admissions.select_related("member")]
    event = meet(forum, members[0])
    page = english(f"/forum-belajar/{forum.pk}/")
    assert "1 of 2" in page
    assert f"/kegiatan/{event.pk}/" in page
    assert "50%" in page


def test_the_list_is_narrowed_by_place_and_the_map_counts() -> None:
    areas("52.03")
    forum = make_forum(name="Forum Timur")
    assert "Forum Timur" in english("/forum-belajar/")
    assert "Forum Timur" not in english("/forum-belajar/?wilayah=52")  # it has no seat
    assert "No learning forum here yet" in english("/forum-belajar/?wilayah=52")
    assert english("/forum-belajar/?wilayah=nowhere").count("Forum Timur") == 1
    reach(forum)
    assert "Learning forums by where they are seated" in english("/forum-belajar/?tampilan=peta")


@pytest.mark.parametrize("many", [1, 3])
def test_both_pages_cost_the_same_however_much_is_told(many: int, django_assert_max_num_queries: Counted) -> None:
    forums = [make_forum() for _ in range(many)]
    for forum in forums:
        reach_all(forum)
        for _ in range(many):
            meet(forum, *join(forum, "OT.PT", coordinated=False))
    with django_assert_max_num_queries(9):
        assert Client().get("/forum-belajar/").status_code == 200
    with django_assert_max_num_queries(10):
        assert Client().get(f"/forum-belajar/{forums[0].pk}/").status_code == 200


def test_eko_tells_of_a_stage_once_however_often_it_is_sent(cast: Cast) -> None:
    join(cast.forum, "OT.PT")
    meeting, client = meet(cast.forum), cast.eko.client()
    path = f"/forum-belajar/{cast.forum.pk}/tahap/"
    sent = form_of(client, path) | {"reached_on": "2025-02-01", "evidence": "Notulensi", "event": str(meeting.pk)}
    for _ in range(2):
        answer = client.post(path, sent)
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"/forum-belajar/{cast.forum.pk}/"
    row = ForumStage.objects.get(forum=cast.forum)
    assert (row.stage, row.event, row.entered_by) == (Stage.MAPPED, meeting, cast.eko.actor.person_id)
    page = english(f"/forum-belajar/{cast.forum.pk}/", client)
    assert "Notulensi" in page
    assert f"/forum-belajar/tahap/{row.pk}/berkas/" in page


def test_what_is_refused_keeps_what_was_typed(cast: Cast) -> None:
    reach(cast.forum)
    client, path = cast.eko.client(), f"/forum-belajar/{cast.forum.pk}/tahap/"
    sent = form_of(client, path) | {"reached_on": "2025-02-02", "evidence": "Surat dari anggota"}
    answer = client.post(path, sent)
    assert answer.status_code == 422
    assert "Surat dari anggota" in answer.content.decode()
