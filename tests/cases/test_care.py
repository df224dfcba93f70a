"""Whoever helps is cared for: how they are stays theirs, a threat is told at once, and they are relieved quietly."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from simpul.access.queries import actor_for
from simpul.access.services import end_grant, grant_role
from simpul.accounts.services import deactivate_user
from simpul.audit.models import Act
from simpul.cases.holding import HOLDING
from simpul.cases.models import Checkin, Exclusion, Handover, Threat
from simpul.cases.queries.care import own_checkins, shared_checkins, threats_for
from simpul.cases.queries.cases import cases_for
from simpul.cases.services.care import check_in, forget_checkin, report_threat, settle_threat
from simpul.cases.services.desk_rules import set_desk_rules
from simpul.cases.services.handover import replace_companion
from simpul.cases.services.sight import assign_companion
from simpul.kernel.actor import Member, Reach, ResolvedGrant
from simpul.kernel.errors import Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.notices.models import Notice
from tests.cast import Cast
from tests.factories.accounts import make_user
from tests.factories.cases import MAKER, NOW, make_case
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.territory import MASBAGIK_UTARA_BARU, areas
from tests.marks import audits, denies
from tests.racing import at_once


def said(cast: Cast, **more: object) -> Checkin:
    told = {"feeling": "heavy", "weights": ["stories"], "relief": ["talk"], "words": "Saya lelah sekali.", "now": NOW}
    return check_in(cast.ani.actor, cast.lentera, **{**told, **more})  # type: ignore[arg-type]


@audits(check_in, forget_checkin)
def test_how_one_is_stays_with_oneself_and_whom_one_chose(cast: Cast) -> None:
    one = uuid7()
    row = said(cast, id=one)
    assert said(cast, id=one) == row
    for name in ("budi", "kartika", "hasan", "dewi"):
        assert not shared_checkins(cast.played[name].actor)
    shared = said(cast, shared_with=cast.budi.person)
    assert list(shared_checkins(cast.budi.actor)) == [shared]
    assert list(own_checkins(cast.ani.actor)) == [shared, row]
    with pytest.raises(IntegrityError), transaction.atomic():
        Checkin.objects.update(with_coordinator=True)
    forget_checkin(cast.ani.actor, shared, now=NOW)
    assert not shared_checkins(cast.budi.actor)
    acts = Act.objects.filter(act__in=("cases.check_in", "cases.forget_checkin"))
    assert {str(a.details) for a in acts} == {"{}"}
    assert "lelah" not in str(list(Checkin.objects.values()))


def test_whoever_was_chosen_reads_it_while_they_help_there(cast: Cast) -> None:
    assert cast.budi.person
    assert cast.budi.user
    said(cast, shared_with=cast.budi.person)
    assert shared_checkins(cast.budi.actor)
    end_grant(MAKER, cast.budi.person.grants.get(), reason="Pindah", now=NOW)
    grant_role(MAKER, cast.budi.person, role="companion", organisation=cast.other_group, reason="Pindah", now=NOW)
    assert not shared_checkins(actor_for(cast.budi.user.pk, now=NOW, second_factor=True))


def test_a_rule_that_changes_later_opens_nothing_that_was_written_before(cast: Cast) -> None:
    said(cast)
    set_desk_rules(
        cast.budi.actor, cast.lentera, approves_closure=False, checkins="coordinator", reason="Musyawarah", now=NOW
    )
    assert not shared_checkins(cast.budi.actor)
    after = said(cast)
    assert list(shared_checkins(cast.budi.actor)) == [after]
    assert not shared_checkins(cast.kartika.actor)


@denies(check_in, forget_checkin, report_threat, settle_threat)
def test_only_who_helps_there_says_it_and_only_who_was_told_answers(cast: Cast) -> None:
    for name in ("hasan", "kartika", "dewi", "publik"):
        actor = cast.played[name].actor
        with pytest.raises(Denied):
            check_in(actor, cast.lentera, feeling="well", now=NOW)
        with pytest.raises(Denied):
            report_threat(actor, cast.lentera, danger="home", is_now=False, now=NOW)
    row = said(cast, shared_with=cast.budi.person)
    with pytest.raises(NotFound):
        forget_checkin(cast.budi.actor, row, now=NOW)
    for wrong in ({"feeling": "x"}, {"weights": ["x"]}, {"relief": ["x"]}, {"shared_with": cast.hasan.person}):
        with pytest.raises(Invalid):
            said(cast, **wrong)
    threat = report_threat(cast.ani.actor, cast.lentera, danger="home", is_now=True, tells_coordinator=False, now=NOW)
    for name in ("budi", "hasan", "dewi"):
        with pytest.raises(NotFound):
            settle_threat(cast.played[name].actor, threat, done="x", now=NOW)


@audits(report_threat, settle_threat)
def test_a_threat_is_told_at_once_in_words_that_tell_nothing(cast: Cast) -> None:
    one = uuid7()
    for _ in range(2):
        row = report_threat(
            cast.ani.actor, cast.lentera, danger="followed", is_now=True, words="Suami korban.", id=one, now=NOW
        )
    notice = Notice.objects.get()
    assert (notice.kind, notice.urgent, notice.params) == ("cases.threat_reported", True, {})
    assert set(notice.recipients.values_list("user_id", flat=True)) == {
        cast.budi.user and cast.budi.user.pk,
        cast.kartika.user and cast.kartika.user.pk,
    }
    assert list(threats_for(cast.kartika.actor)) == [row]
    for _ in range(2):
        settled = settle_threat(cast.kartika.actor, row, done="Pindah sementara.", now=NOW)
    assert settled.done
    assert settled.done.open() == "Pindah sementara."
    assert Notice.objects.count() == 2
    assert "korban" not in str(list(Act.objects.values()))
    assert Act.objects.filter(act="cases.settle_threat").count() == 1


def test_what_can_reach_nobody_is_not_said_to_have_been_told(cast: Cast) -> None:
    """Budi is the only coordinator there is to tell."""
    with pytest.raises(Invalid) as refused:
        report_threat(cast.budi.actor, cast.lentera, danger="home", is_now=True, tells_supervisor=False, now=NOW)
    assert (refused.value.code, refused.value.field) == ("nobody", "tells")
    assert cast.budi.user
    deactivate_user(MAKER, cast.budi.user)
    with pytest.raises(Invalid):
        report_threat(cast.ani.actor, cast.lentera, danger="home", is_now=True, tells_supervisor=False, now=NOW)
    assert not threats_for(cast.ani.actor)
    assert not Notice.objects.exists()


def test_only_whoever_may_read_it_is_told_of_a_threat(cast: Cast) -> None:
    """A coordinator of a part of the area doesn't lead the desk: a notice would lead them nowhere."""
    part = make_person(user=make_user())
    grant_role(
        MAKER, part, role="coordinator", organisation=cast.lentera, area_code=areas(MASBAGIK_UTARA_BARU)[0].code,
        reason="Satu desa", now=NOW,
    )  # fmt: skip
    report_threat(cast.ani.actor, cast.lentera, danger="home", is_now=True, now=NOW)
    told = set(Notice.objects.get().recipients.values_list("user_id", flat=True))
    assert part.user_id not in told
    assert told == {played.user and played.user.pk for played in (cast.budi, cast.kartika)}
    assert cast.budi.user
    deactivate_user(MAKER, cast.budi.user)
    with pytest.raises(Invalid) as refused:
        report_threat(
            cast.ani.actor, cast.lentera, danger="home", is_now=True, tells_supervisor=False, now=NOW,
        )  # fmt: skip
    assert refused.value.code == "nobody"


def test_threats_that_stand_come_before_the_settled_ones(cast: Cast) -> None:
    """On both engines: one of them puts what has no time last by itself, where a page ends before it."""
    rows = [
        report_threat(cast.ani.actor, cast.lentera, danger="home", is_now=False, now=NOW + timedelta(minutes=n))
        for n in range(4)
    ]
    for n in (1, 2):
        settle_threat(cast.kartika.actor, rows[n], done="Pindah", now=NOW + timedelta(hours=n))
    wanted = [rows[3], rows[0], rows[2], rows[1]]
    assert list(threats_for(cast.kartika.actor)) == wanted
    for place in range(4):
        assert list(threats_for(cast.kartika.actor, after=wanted[place].pk)) == wanted[place + 1 :]
    assert list(threats_for(cast.kartika.actor, after=uuid7())) == wanted


@pytest.mark.racing
@pytest.mark.usefixtures("raced")
@pytest.mark.parametrize("wanted", ["checkin", "threat"])
def test_said_twice_at_the_same_moment_it_is_said_once(wanted: str) -> None:
    place, person, leads = make_organisation(), make_person(user=make_user()), make_person(user=make_user())
    grant_role(MAKER, leads, role="coordinator", organisation=place, reason="Musyawarah", now=NOW)
    assert person.user_id
    grants = (ResolvedGrant("companion", place.pk, None, {"case.record": Reach.OWN}),)
    actor, one = Member(person.user_id, person.pk, grants, second_factor=True), uuid7()
    if wanted == "checkin":
        made = at_once(*[lambda: check_in(actor, place, feeling="well", id=one, now=NOW)] * 2)
    else:
        made = at_once(*[lambda: report_threat(actor, place, danger="home", is_now=True, id=one, now=NOW)] * 2)
    assert [getattr(row, "pk", row) for row in made] == [one, one]


@pytest.mark.racing
@pytest.mark.usefixtures("raced")
def test_two_who_relieve_one_another_at_once_leave_somebody_who_sees_it() -> None:
    place = make_organisation()
    case, people = make_case(place), [make_person(user=make_user()) for _ in range(3)]
    for person in people:
        grant_role(MAKER, person, role="coordinator", organisation=place, reason="Musyawarah", now=NOW)
    for person in people[:2]:
        assign_companion(MAKER, case, person, now=NOW)
    held = dict.fromkeys(("case.record", "case.coordinate"), Reach.OWN)
    grants = (ResolvedGrant("coordinator", place.pk, None, held),)
    first, second = (Member(p.user_id, p.pk, grants, second_factor=True) for p in people[:2] if p.user_id)
    made = at_once(
        lambda: replace_companion(first, case, leaving=people[1], successor=people[2], asked="agrees", now=NOW),
        lambda: replace_companion(second, case, leaving=people[0], successor=people[2], asked="agrees", now=NOW),
    )
    assert sorted(type(one) for one in made if isinstance(one, Exception)) == [NotFound]
    assert Exclusion.objects.count() == 1


@audits(replace_companion)
def test_whoever_leaves_learns_nothing_but_that_it_was_handed_over(cast: Cast) -> None:
    assert cast.ani.person
    assert cast.budi.person
    case, one = make_case(cast.lentera), uuid7()
    assign_companion(MAKER, case, cast.ani.person, now=NOW)
    for _ in range(2):
        replace_companion(
            cast.budi.actor, case, leaving=cast.ani.person, successor=cast.budi.person, asked="wishes",
            reason="Kerabat pelaku", id=one, now=NOW,
        )  # fmt: skip
    assert Handover.objects.count() == 1
    assert not cases_for(cast.ani.actor, now=NOW).exists()
    assert case.assignments.get(ended_at=None).person == cast.budi.person
    assert Exclusion.objects.get().reason is None
    told = Notice.objects.get(kind="cases.handed_over")
    assert list(told.recipients.values_list("user_id", flat=True)) == [cast.ani.user and cast.ani.user.pk]
    assert told.params == {}
    assert "pelaku" not in str(list(Act.objects.values()))


@denies(replace_companion)
def test_only_the_coordinator_relieves_and_the_person_is_asked(cast: Cast) -> None:
    assert cast.ani.person
    assert cast.budi.person
    assert cast.hasan.person
    case = make_case(cast.lentera)
    who = {"leaving": cast.ani.person, "successor": cast.budi.person, "asked": "agrees", "now": NOW}
    with pytest.raises(Invalid):
        replace_companion(cast.budi.actor, case, **who)  # type: ignore[arg-type]
    assign_companion(MAKER, case, cast.ani.person, now=NOW)
    with pytest.raises(Denied):
        replace_companion(cast.ani.actor, case, **who)  # type: ignore[arg-type]
    for name in ("hasan", "kartika"):
        with pytest.raises(NotFound):
            replace_companion(cast.played[name].actor, case, **who)  # type: ignore[arg-type]
    for wrong in ({"asked": ""}, {"asked": "unsafe"}, {"successor": cast.hasan.person}, {"successor": cast.ani.person}):
        with pytest.raises(Invalid):
            replace_companion(cast.budi.actor, case, **{**who, **wrong})  # type: ignore[arg-type]
    assert cases_for(cast.ani.actor, now=NOW).exists()


def test_when_a_person_is_erased_what_they_said_of_themself_goes_too(cast: Cast) -> None:
    said(cast)
    theirs = check_in(cast.budi.actor, cast.lentera, feeling="well", shared_with=cast.ani.person, now=NOW)
    report_threat(cast.ani.actor, cast.lentera, danger="online", is_now=False, words="Ia mengancam", now=NOW)
    for _ in range(2):  # a restore calls it again
        HOLDING.erase(cast.ani.person)
    assert list(Checkin.objects.values_list("pk", "shared_with")) == [(theirs.pk, None)]
    assert not Threat.objects.exists()
