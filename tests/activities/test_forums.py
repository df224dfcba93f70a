"""Learning forums: stages that rest on one another and on the list of members, and who came when the forum met."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from simpul.activities.forum_life import Stage
from simpul.activities.kinds import Visibility
from simpul.activities.models import ForumStage
from simpul.activities.queries.forums import (
    Rate,
    cards_of,
    count_forums,
    forum_for,
    forums_for,
    makeup_on,
    meetings_of,
    members_of_forums,
    next_stages,
    stage_for,
    stages_of,
)
from simpul.activities.rules.forums import STAGE
from simpul.activities.services.forums import reach_forum_stage, withdraw_forum_stage
from simpul.activities.services.hosting import confirm_co_host, name_co_host
from simpul.audit.models import Act
from simpul.documents.queries import documents_of_many
from simpul.kernel.actor import Anonymous
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.organisations.kinds import OrganisationKind as Kind
from simpul.organisations.sectors import Sector
from simpul.organisations.services.memberships import admit_member
from simpul.organisations.services.safety import set_safety_mode
from tests.activities.conftest import worker
from tests.factories.activities import make_event, make_held
from tests.factories.documents import make_document
from tests.factories.forums import NOW, SINCE, join, make_forum, meet, reach, reach_all
from tests.factories.networks import make_network
from tests.factories.organisations import SYSTEM, make_organisation
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
PUBLIC = Anonymous()
DAY = date(2025, 6, 20)


def test_a_forum_goes_its_way_stage_by_stage() -> None:
    forum = make_forum()
    assert next_stages([]) == [Stage.MAPPED]
    reach_all(forum)
    rows = stages_of(PUBLIC, [forum.pk])[forum.pk]
    assert [row.stage for row in rows] == list(Stage)
    assert next_stages(rows) == [Stage.ADVOCACY]


def test_advocacy_is_told_of_once_for_each_theme() -> None:
    forum = make_forum()
    reach_all(forum)
    reach(forum, Stage.ADVOCACY, 20, theme=Sector.HEALTH)
    assert reach(forum, Stage.ADVOCACY, 20, theme=Sector.HEALTH).theme == Sector.HEALTH
    themes = ForumStage.objects.filter(forum=forum, stage=Stage.ADVOCACY).values_list("theme", flat=True)
    assert sorted(themes) == [Sector.HEALTH, Sector.PUBLIC_SERVICES]


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.MAPPED])
def test_no_stage_is_leapt_over_nor_comes_before_the_one_it_rests_on(stage: Stage) -> None:
    forum = make_forum()
    with pytest.raises(Conflict, match="too_early"):
        reach(forum, stage)
    way = list(Stage)
    reach_all(forum, way[way.index(stage) - 1])
    with pytest.raises(Conflict, match="too_early"):
        reach_forum_stage(
            SYSTEM, forum, stage=stage, theme=Sector.HEALTH, reached_on=date(2025, 1, 31), evidence="Notulensi", now=NOW
        )


@pytest.mark.parametrize(
    ("forum", "stage", "code"),
    [
        (partial(make_forum, signed=False), Stage.READY, "nobody_signed"),
        (partial(make_forum, coordinated=False), Stage.PRESIDIUM, "no_presidium"),
        (partial(make_forum, Kind.FOUNDATION, Kind.ASSOCIATION), Stage.LAUNCHED, "one_sided"),
    ],
)
def test_a_stage_that_the_list_of_members_does_not_show_is_refused(forum: Any, stage: Stage, code: str) -> None:
    made, way = forum(), list(Stage)
    reach_all(made, way[way.index(stage) - 1])
    with pytest.raises(Conflict, match=code) as refusal:
        reach(made, stage, 10)
    assert str(refusal.value.message)


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"evidence": "  "}, "evidence_needed", "evidence"),
        ({"evidence": "x" * 301}, "too_long", "evidence"),
        ({"stage": "born"}, "unknown_choice", "stage"),
        ({"stage": Stage.ADVOCACY, "theme": ""}, "theme_needed", "theme"),
        ({"reached_on": DAY + timedelta(days=900)}, "in_the_future", "reached_on"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(given: dict[str, Any], code: str, field: str) -> None:
    asked = {"stage": Stage.MAPPED, "reached_on": date(2025, 2, 1), "evidence": "Notulensi", **given}
    with pytest.raises(Invalid, match=code) as refusal:
        reach_forum_stage(SYSTEM, make_forum(), now=NOW, **asked)
    assert refusal.value.field == field


def test_the_event_of_a_stage_is_one_that_the_forum_held() -> None:
    forum, other = make_forum(), make_held()
    with pytest.raises(Invalid, match="event_of_others"):
        reach(forum, event=other)
    together = make_held()
    confirm_co_host(SYSTEM, name_co_host(SYSTEM, together, organisation=forum, now=NOW), now=NOW)
    assert reach(forum, event=together).event == together


def test_told_twice_it_is_one_row_and_another_day_is_a_conflict() -> None:
    forum, key = make_forum(), uuid7()
    assert reach(forum, id=key) == reach(forum, id=key) == reach(forum)
    with pytest.raises(Conflict, match="stated_already"):
        reach(forum, day=2)
    with pytest.raises(Conflict, match="id_taken"):
        reach(make_forum(), id=key)
    assert ForumStage.objects.filter(forum=forum).count() == 1


def test_a_stage_is_taken_back_once_nothing_stands_on_it() -> None:
    forum = make_forum()
    first, second = reach(forum), reach(forum, Stage.READY, 2)
    with pytest.raises(Conflict, match="built_upon"):
        withdraw_forum_stage(SYSTEM, first, now=NOW)
    for row in (second, first, first):
        withdraw_forum_stage(SYSTEM, row, now=NOW)
    assert stages_of(PUBLIC, [forum.pk]) == {forum.pk: []}
    assert ForumStage.objects.filter(forum=forum, superseded_at=NOW).count() == 2
    with pytest.raises(NotFound):
        stage_for(PUBLIC, first.pk)
    reach(forum, day=3)  # and told anew


def test_rows_are_appended_and_never_changed() -> None:
    row = reach(make_forum())
    with pytest.raises(IntegrityError), transaction.atomic():
        ForumStage.objects.filter(pk=row.pk).update(evidence="Lain")


@denies(reach_forum_stage, withdraw_forum_stage)
def test_who_does_not_keep_the_forum_tells_nothing_of_it() -> None:
    forum = make_forum()
    row, guest = reach(forum), worker(make_organisation(), "event.manage")
    with pytest.raises(Denied, match=r"event\.manage"):
        reach_forum_stage(guest, forum, stage=Stage.READY, reached_on=DAY, evidence="Notulensi", now=NOW)
    with pytest.raises(Denied, match=r"event\.manage"):
        withdraw_forum_stage(guest, row, now=NOW)
    no_forum = make_network()
    with pytest.raises(NotFound):
        reach_forum_stage(SYSTEM, no_forum, stage=Stage.MAPPED, reached_on=DAY, evidence="Notulensi", now=NOW)
    set_safety_mode(SYSTEM, forum, on=True, reason_code="threat", now=NOW)
    with pytest.raises(NotFound):
        reach_forum_stage(guest, forum, stage=Stage.READY, reached_on=DAY, evidence="Notulensi", now=NOW)


@audits(reach_forum_stage, withdraw_forum_stage)
def test_both_acts_are_recorded_without_words() -> None:
    forum = make_forum()
    keeper = worker(forum, "event.manage")
    row = reach_forum_stage(keeper, forum, stage=Stage.MAPPED, reached_on=DAY, evidence="Rahasia", now=NOW)
    withdraw_forum_stage(keeper, row, now=NOW)
    acts = Act.objects.filter(ref_id=row.pk).order_by("pk")
    assert [act.act for act in acts] == ["activities.reach_forum_stage", "activities.withdraw_forum_stage"]
    assert "Rahasia" not in str([act.details for act in acts])


def test_of_the_members_of_the_day_those_came_who_sent_somebody() -> None:
    forum = make_forum(Kind.FOUNDATION, Kind.REGIONAL_AGENCY, Kind.UNIVERSITY)
    first, second, _third = (row.member for row in forum.admissions.select_related("member"))
    later = make_organisation()
    admit_member(SYSTEM, forum, member=later, valid_from=date(2025, 6, 11), now=NOW)
    # One twice, a guest, and one who joined the day after.
    event = meet(forum, first, second, first, make_organisation(), later)
    meet(forum, is_sensitive=True)
    held = meetings_of(PUBLIC, members_of_forums(PUBLIC, [forum.pk]))[forum.pk]
    assert [(m.event.is_sensitive, m.present, m.expected) for m in held if m.event.pk == event.pk] == [(False, 2, 3)]
    assert Rate.of(held) == Rate(present=2, expected=3, meetings=2)


def test_meetings_of_others_and_those_out_of_sight_are_not_the_forums() -> None:
    forum = make_forum()
    together = make_held(kind="EV.01")
    confirm_co_host(SYSTEM, name_co_host(SYSTEM, together, organisation=forum, now=NOW), now=NOW)
    make_held(forum, kind="EV.18")  # a campaign is no meeting
    make_event(forum, kind="EV.06")  # announced alone
    make_held(forum, kind="EV.06", visibility=Visibility.HOSTS)
    held = meetings_of(PUBLIC, members_of_forums(PUBLIC, [forum.pk]))
    assert [meeting.event for meeting in held[forum.pk]] == [together]


def test_a_member_with_two_roles_is_one_member_of_one_kind() -> None:
    forum = make_forum(Kind.FOUNDATION)
    (member,) = {row.member for row in forum.admissions.select_related("member")}
    admit_member(SYSTEM, forum, member=member, role="presidium", valid_from=SINCE, now=NOW)
    makeup = makeup_on(members_of_forums(PUBLIC, [forum.pk])[forum.pk], DAY)
    assert (makeup.members, makeup.presidium, makeup.by, makeup.is_mixed) == (1, 1, {"civil_society": 1}, False)


def test_who_is_hidden_is_in_no_list_and_no_count_of_others() -> None:
    forum = make_forum(Kind.FOUNDATION, Kind.REGIONAL_AGENCY)
    (hidden,) = join(forum, Kind.MEDIA, coordinated=False)
    event = meet(forum, hidden)
    set_safety_mode(SYSTEM, hidden, on=True, reason_code="threat", now=NOW)
    (card,) = cards_of(PUBLIC, [forum], DAY)
    assert (card.makeup.members, "media" in card.makeup.by) == (2, False)
    assert [(m.present, m.expected) for m in card.meetings if m.event == event] == [(0, 2)]
    (theirs,) = cards_of(worker(hidden), [forum], DAY)
    assert (theirs.makeup.members, theirs.rate.present) == (3, 1)
    set_safety_mode(SYSTEM, forum, on=True, reason_code="threat", now=NOW)
    assert not forums_for(PUBLIC).exists()
    with pytest.raises(NotFound):
        forum_for(PUBLIC, forum.pk)


def test_forums_are_counted_by_where_they_are_seated() -> None:
    make_organisation(kind=Kind.LEARNING_FORUM, seat="52.03")
    make_organisation(kind=Kind.LEARNING_FORUM, seat="52.01")
    make_organisation(kind=Kind.NETWORK, seat="52.01")
    assert count_forums(PUBLIC, level=1) == {"52": 2}
    assert count_forums(PUBLIC, level=2, within="52.03") == {"52.03": 1}


@pytest.mark.parametrize("many", [1, 3])
def test_cards_cost_the_same_however_many(many: int, django_assert_num_queries: Any) -> None:
    forums = [make_forum() for _ in range(many)]
    for forum in forums:
        reach_all(forum)
        meet(forum, *(row.member for row in forum.admissions.select_related("member")))
    with django_assert_num_queries(5):
        cards = cards_of(PUBLIC, forums, DAY)
    assert [(card.stage, card.rate.present) for card in cards] == [(Stage.ADVOCACY, 2)] * many


def test_a_signed_statement_is_for_who_keeps_the_forum_whatever_audience_was_chosen() -> None:
    forum = make_forum()
    row, keeper = reach(forum), worker(forum, "event.manage")
    minutes = make_document(keeper, row.ref, kind="minutes", now=NOW)
    statement = make_document(keeper, row.ref, kind="statement", now=NOW)
    near = make_document(keeper, row.ref, kind="decree", audience="network", now=NOW)
    assert list(documents_of_many(PUBLIC, STAGE, [row.pk])) == [minutes]
    assert set(documents_of_many(keeper, STAGE, [row.pk])) == {minutes, statement, near}
    (member,) = [found.member for found in forum.admissions.select_related("member")[:1]]
    assert set(documents_of_many(worker(member), STAGE, [row.pk])) == {minutes, near}
    with pytest.raises(Denied):
        make_document(worker(make_organisation(), "event.manage"), row.ref, kind="minutes", now=NOW)
    withdraw_forum_stage(SYSTEM, row, now=NOW)
    assert not documents_of_many(PUBLIC, STAGE, [row.pk]).exists()
