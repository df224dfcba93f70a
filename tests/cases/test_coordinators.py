"""Who leads a case among those who coordinate, and who names them."""

from datetime import timedelta

import pytest

from simpul.access.models import Grant
from simpul.access.queries import actor_for
from simpul.access.services import end_grant, grant_role
from simpul.audit.models import Act
from simpul.cases.models import Assignment, Case
from simpul.cases.queries.cases import coordinators_of
from simpul.cases.rules.sight import may_name_coordinator
from simpul.cases.services.sight import (
    end_assignment,
    escalate_case,
    exclude_person,
    lift_exclusion,
    name_coordinator,
)
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Denied, Invalid, NotFound
from tests.cast import Cast
from tests.factories.cases import MAKER, NOW, make_case
from tests.marks import audits, denies

LATER = NOW + timedelta(hours=1)


def second_coordinator(cast: Cast) -> Actor:
    """Hasan, who is given a part in the group."""
    hasan = cast.hasan
    assert hasan.user
    assert hasan.person
    grant_role(MAKER, hasan.person, role="coordinator", organisation=cast.lentera, reason="Musyawarah", now=NOW)
    return actor_for(hasan.user.pk, now=NOW, second_factor=True)


def leading(case: Case) -> set[object]:
    return set(Assignment.objects.filter(case=case, role="coordinator", ended_at=None).values_list("person", flat=True))


@audits(name_coordinator)
def test_any_coordinator_names_one_while_nobody_leads_it(cast: Cast) -> None:
    case, other = make_case(cast.lentera, types=["K.F"]), second_coordinator(cast)
    assert cast.budi.person
    assert {p.pk for p in coordinators_of(other, case, now=NOW)} == {cast.budi.person.pk, other.person_id}
    for _twice in range(2):
        name_coordinator(other, case, cast.budi.person, now=NOW)
    assert leading(case) == {cast.budi.person.pk}
    assert Act.objects.filter(act="cases.name_coordinator", ref_id=case.pk).count() == 1


@denies(name_coordinator)
def test_once_somebody_leads_it_nobody_beside_them_names_another_or_relieves_them(cast: Cast) -> None:
    case, other = make_case(cast.lentera), second_coordinator(cast)
    assert cast.budi.person
    assert cast.hasan.person
    row = name_coordinator(cast.budi.actor, case, cast.budi.person, now=NOW)
    for refused in (
        lambda: name_coordinator(other, case, cast.hasan.person, now=NOW),  # type: ignore[arg-type]
        lambda: name_coordinator(cast.ani.actor, case, cast.budi.person, now=NOW),  # type: ignore[arg-type]
        lambda: coordinators_of(other, case, now=NOW),
        lambda: end_assignment(other, row, now=NOW),
    ):
        with pytest.raises(Denied):
            refused()
    with pytest.raises(NotFound):
        name_coordinator(cast.kartika.actor, case, cast.budi.person, now=NOW)
    name_coordinator(cast.budi.actor, case, cast.hasan.person, now=NOW)
    end_assignment(cast.budi.actor, row, now=LATER)
    assert leading(case) == {cast.hasan.person.pk}


def test_only_who_coordinates_there_and_sees_it_can_be_named(cast: Cast) -> None:
    case = make_case(cast.lentera)
    other = second_coordinator(cast)
    exclude_person(cast.budi.actor, case, cast.hasan.person, now=NOW)  # type: ignore[arg-type]
    assert other.person_id not in {p.pk for p in coordinators_of(cast.budi.actor, case, now=NOW)}
    for key in ("ani", "hasan", "kartika", "dewi"):
        with pytest.raises(Invalid):
            name_coordinator(cast.budi.actor, case, cast.played[key].person, now=NOW)  # type: ignore[arg-type]


def test_the_supervisor_it_is_brought_to_names_another_where_the_group_is_stuck(cast: Cast) -> None:
    case, other = make_case(cast.lentera), second_coordinator(cast)
    name_coordinator(cast.budi.actor, case, cast.budi.person, now=NOW)  # type: ignore[arg-type]
    escalate_case(cast.ani.actor, case, to=cast.support, reason="Koordinatornya terlibat", now=NOW)
    name_coordinator(cast.kartika.actor, case, cast.hasan.person, now=LATER)  # type: ignore[arg-type]
    assert may_name_coordinator(other, case, now=LATER)


def test_who_coordinates_no_more_leads_no_more(cast: Cast) -> None:
    """Else what they asked to hide could be lifted by nobody."""
    case, other = make_case(cast.lentera), second_coordinator(cast)
    name_coordinator(cast.budi.actor, case, cast.budi.person, now=NOW)  # type: ignore[arg-type]
    hidden = exclude_person(cast.budi.actor, case, cast.gede.person, now=NOW)  # type: ignore[arg-type]
    with pytest.raises(Denied):
        lift_exclusion(other, hidden, now=NOW)
    end_grant(MAKER, Grant.objects.get(person=cast.budi.person, organisation=cast.lentera), reason="Pindah", now=NOW)
    later = NOW + timedelta(days=2)
    assert may_name_coordinator(other, case, now=later)
    lift_exclusion(other, hidden, now=later)
