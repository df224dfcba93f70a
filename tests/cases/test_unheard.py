"""What no group was found for: somebody reads it, and where nobody can, whoever may name somebody is told."""

from datetime import timedelta
from uuid import uuid4

import pytest

from simpul.accounts.services.users import deactivate_user
from simpul.audit.models import Act
from simpul.cases.complaint_clocks import READ_DUE
from simpul.cases.complaint_kinds import Level
from simpul.cases.complaint_notices import NOBODY, RECEIVED
from simpul.cases.models import Complaint
from simpul.cases.queries.complaint_readers import namers_of
from simpul.cases.queries.complaint_unheard import received_by, unheard_for
from simpul.cases.queries.complaints import complaints_for
from simpul.cases.rounds import PLATFORM as CASES
from simpul.cases.services.complaint_cases import open_case_from_complaint
from simpul.cases.services.complaint_decisions import withdraw_complaint
from simpul.cases.services.complaint_desk import (
    exclude_from_complaint,
    pass_down,
    read_complaint,
    take_in_complaints,
)
from simpul.deadlines.models import Clock
from simpul.deadlines.rounds import PLATFORM
from simpul.deadlines.services import check_clocks
from simpul.kernel.errors import Denied, Invalid, NotFound
from simpul.notices.models import Recipient
from simpul.organisations.models import Node
from simpul.organisations.services.node import change_node
from simpul.web.cases.complaint.telling import tell_of_complaint
from simpul.web.cases.inbox.leading import page_of_complaint
from tests.cast import BUILDER, NOW, Cast, Played
from tests.factories.cases import village
from tests.factories.complaints import PUBLIC, VILLAGE, VIOLENCE, complain, complain_with_receipt, works_in
from tests.marks import audits, denies

DAY = timedelta(days=1)


def named(cast: Cast, who: Played | None) -> Node:
    """This Simpul is the network's, and names them to receive what no group was found for."""
    to = str(who.person.ref) if who and who.person else ""
    return Node.objects.create(host=cast.network, preset="network", pillars=[], complaints_to=to, opened_at=NOW)


def clock_of(complaint: Complaint) -> Clock:
    return Clock.objects.get(about_kind="cases.complaint", about_id=complaint.pk, code=READ_DUE)


def told(kind: str = "") -> set[object]:
    rows = Recipient.objects.filter(notice__kind=kind) if kind else Recipient.objects.all()
    return set(rows.values_list("user_id", flat=True))


def seen_by(cast: Cast, complaint: Complaint) -> list[str]:
    return [one.key for one in cast if complaints_for(one.actor).filter(pk=complaint.pk).exists()]


def test_it_waits_for_whom_this_simpul_names_and_its_time_runs(cast: Cast) -> None:
    named(cast, cast.dewi)
    complaint = complain(area="")
    tell_of_complaint(complaint.pk, now=NOW)
    assert (complaint.level, complaint.handler, seen_by(cast, complaint)) == (Level.NODE, cast.network, ["dewi"])
    assert (clock_of(complaint).due_at, told(RECEIVED)) == (NOW + DAY, {cast.dewi.user.pk})  # type: ignore[union-attr]
    assert [received_by(one.actor).count() for one in (cast.dewi, cast.fitri, cast.joko)] == [1, 0, 0]


def test_late_who_receives_it_is_told_and_a_day_later_who_can_name_another(cast: Cast) -> None:
    named(cast, cast.dewi)
    complaint = complain(area="")
    for late, who in ((DAY, [cast.dewi]), (2 * DAY, [cast.dewi, cast.joko])):
        check_clocks(PLATFORM, now=NOW + late)
        assert told() == {one.user.pk for one in who if one.user}
    assert seen_by(cast, complaint) == ["dewi"]
    assert page_of_complaint(cast.joko.actor, complaint.pk) == "/simpul-ini/"
    assert page_of_complaint(cast.hasan.actor, complaint.pk) is None


def test_the_operator_is_told_how_many_nobody_opened_and_reads_none(cast: Cast) -> None:
    named(cast, cast.dewi)
    complaint = complain(area="")
    counted = [unheard_for(cast.joko.actor, now=at).count() for at in (NOW, NOW + DAY)]
    assert counted == [0, 1]
    assert not unheard_for(cast.dewi.actor, now=NOW + DAY).exists()
    read_complaint(cast.dewi.actor, complaint.pk, now=NOW + DAY)
    assert not unheard_for(cast.joko.actor, now=NOW + DAY).exists()


def test_of_what_is_kept_from_the_operator_they_are_told_nothing(cast: Cast) -> None:
    named(cast, cast.dewi)
    complaint = complain(area="")
    exclude_from_complaint(cast.dewi.actor, complaint, cast.joko.person, now=NOW)  # type: ignore[arg-type]
    check_clocks(PLATFORM, now=NOW + 2 * DAY)
    assert told() == {cast.dewi.user.pk}  # type: ignore[union-attr]
    assert not namers_of(complaint.pk, now=NOW)
    assert not unheard_for(cast.joko.actor, now=NOW + 2 * DAY).exists()


def test_one_about_whom_this_simpul_names_goes_to_a_supervisor_wherever_there_is_one(cast: Cast) -> None:
    named(cast, cast.dewi)
    complaint = complain(area="", named="Ibu Dewi dari sekretariat")
    assert (complaint.level, complaint.handler) == (Level.ABOVE, cast.support)
    assert seen_by(cast, complaint) == ["kartika"]


@pytest.mark.parametrize("gone", [True, False])
def test_where_nobody_is_named_who_can_sign_in_it_goes_to_a_supervisor(cast: Cast, gone: bool) -> None:
    named(cast, cast.dewi if gone else None)
    if gone and cast.dewi.user:
        deactivate_user(BUILDER, cast.dewi.user)
    assert seen_by(cast, complain(area="")) == ["kartika"]


def test_where_nobody_at_all_may_read_it_whoever_can_name_somebody_is_told_at_once(cast: Cast) -> None:
    node = named(cast, cast.dewi)
    complaint = complain(area="", named="Dewi", hidden_from="Kartika")
    assert (complaint.level, seen_by(cast, complaint)) == (Level.NODE, [])
    for _twice in range(2):
        tell_of_complaint(complaint.pk, now=NOW)
    assert (told(NOBODY), told(RECEIVED)) == ({cast.joko.user.pk}, set())  # type: ignore[union-attr]
    assert Recipient.objects.count() == 1
    change_node(
        BUILDER, node, version=node.version, pillars=["directory"],
        complaints_to=cast.fitri.person.ref,  # type: ignore[union-attr]
    )  # fmt: skip
    assert seen_by(cast, complaint) == ["fitri"]


@audits(take_in_complaints)
def test_what_came_while_this_simpul_was_nobodys_is_its_hosts_to_read(cast: Cast) -> None:
    waiting, taken_back = complain(area=""), complain_with_receipt(area="")
    withdraw_complaint(PUBLIC, taken_back[2], id=uuid4(), now=NOW)
    assert (waiting.handler, take_in_complaints(CASES, now=NOW)) == (None, 0)
    named(cast, cast.dewi)
    assert [take_in_complaints(CASES, now=NOW + DAY) for _twice in range(2)] == [2, 0]
    waiting.refresh_from_db()
    clock = Clock.objects.get(code=READ_DUE)
    assert (waiting.handler, clock.about, clock.due_at) == (cast.network, waiting.ref, NOW + DAY)
    assert seen_by(cast, waiting) == ["dewi"]
    assert Act.objects.filter(act="cases.take_in_unrouted").count() == 2


@denies(take_in_complaints)
def test_nobody_but_the_platform_takes_them_in(cast: Cast) -> None:
    for who in (cast.budi, cast.joko, cast.publik):
        with pytest.raises(Denied):
            take_in_complaints(who.actor, now=NOW)


def test_their_homes_say_so(cast: Cast) -> None:
    named(cast, cast.dewi)
    complain(area="")
    homes = {who.key: who.client().get("/").content.decode() for who in (cast.dewi, cast.joko, cast.fitri)}
    assert [key for key, home in homes.items() if "/pengaduan/" in home] == ["dewi"]
    assert [key for key, home in homes.items() if "1 laporan belum dibuka siapa pun" in home] == ["joko"]


@audits(pass_down)
def test_whoever_received_it_gives_it_to_a_group_which_makes_a_case_of_it(cast: Cast) -> None:
    named(cast, cast.dewi)
    complaint = complain(VIOLENCE, area="", hidden_from="Ani")
    read_complaint(cast.dewi.actor, complaint.pk, now=NOW)
    for _twice in range(2):
        pass_down(cast.dewi.actor, complaint, cast.lentera, now=NOW + DAY)
    complaint.refresh_from_db()
    assert (complaint.level, complaint.handler, complaint.read_at) == (Level.GROUP, cast.lentera, None)
    assert seen_by(cast, complaint) == ["budi"]
    running = Clock.objects.get(about_id=complaint.pk, stopped_at=None)
    assert (running.owner_organisation, running.started_at) == (cast.lentera, NOW + DAY)
    case = open_case_from_complaint(
        cast.budi.actor, complaint, area=village(), types=["K.F"], words="Kami temani.", now=NOW + DAY
    )
    assert case.owner_organisation == cast.lentera
    assert Act.objects.filter(act="cases.pass_down").count() == 1


def test_a_supervisor_gives_it_to_a_group_they_accompany_and_to_no_other(cast: Cast) -> None:
    named(cast, None)
    complaint = complain(area="")
    assert seen_by(cast, complaint) == ["kartika"]
    with pytest.raises(Invalid):
        pass_down(cast.kartika.actor, complaint, cast.other_group, now=NOW)
    pass_down(cast.kartika.actor, complaint, cast.lentera, now=NOW)
    assert seen_by(cast, complaint) == ["ani", "budi"]


@pytest.mark.parametrize("said", [{"about": "group"}, {"about": "village"}, {"hidden_from": "Budi"}])
def test_what_must_not_be_answered_there_stays_above(cast: Cast, said: dict[str, str]) -> None:
    """About a group or the village's own office; and where nobody would be left who may."""
    named(cast, cast.dewi)
    complaint = complain(area="", **said)
    with pytest.raises(Invalid):
        pass_down(cast.dewi.actor, complaint, cast.lentera, now=NOW)
    assert "dewi" in seen_by(cast, complaint)


@denies(pass_down)
def test_only_whoever_leads_where_it_lies_gives_it_on(cast: Cast) -> None:
    works_in(cast.lentera, VILLAGE)
    complaint = complain()
    with pytest.raises(Denied):
        pass_down(cast.ani.actor, complaint, cast.other_group, now=NOW)
    for who in (cast.hasan, cast.dewi, cast.joko):
        with pytest.raises(NotFound):
            pass_down(who.actor, complaint, cast.other_group, now=NOW)
