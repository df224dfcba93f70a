"""Accompaniment: the group's side grants it, it is dated, and it is never there twice."""

from datetime import date, timedelta

import pytest

from simpul.audit.models import Act
from simpul.kernel.actor import Reach, System
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.organisations.models import Accompaniment, Organisation
from simpul.organisations.services.accompaniments import accompany_group, end_accompaniment
from tests.factories.networks import NOW, accompany, holder, make_group
from tests.factories.organisations import make_organisation
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db


START = date(2025, 1, 20)


@denies(accompany_group, end_accompaniment)
def test_a_supporter_cannot_attach_itself_to_a_group() -> None:
    lrc, lentera = make_organisation(), make_group()
    supporter = holder("membership.manage", lrc)
    with pytest.raises(Denied) as denied:
        accompany_group(supporter, lentera, supporter=lrc, valid_from=START, now=NOW)
    assert (denied.value.permission, denied.value.ref) == ("membership.manage", lentera.ref)
    row = accompany(lrc, lentera)
    with pytest.raises(Denied):
        end_accompaniment(holder("membership.manage", make_organisation()), row, valid_until=START, now=NOW)
    assert Accompaniment.objects.get().valid_until is None


@audits(accompany_group, end_accompaniment)
def test_the_group_invites_and_the_supporter_may_end() -> None:
    lrc, lentera = make_organisation(), make_group()
    row = accompany_group(holder("membership.manage", lentera), lentera, supporter=lrc, valid_from=START, now=NOW)
    until = date(2025, 7, 1)
    ended = end_accompaniment(holder("membership.manage", lrc), row, valid_until=until, now=NOW)
    assert (ended.valid_from, ended.valid_until, ended.corrects) == (START, until, row)
    acts = list(Act.objects.order_by("id").values_list("act", "ref_id"))
    assert acts == [
        ("organisations.accompany_group", row.pk),
        ("organisations.end_accompaniment", ended.pk),
    ]


def test_a_supervisor_may_act_for_the_groups_already_accompanied() -> None:
    lrc, lentera = make_organisation(), make_group()
    row = accompany(lrc, lentera)
    kartika = holder("membership.manage", lrc, reach=Reach.ACCOMPANIED)
    assert end_accompaniment(kartika, row, valid_until=date(2026, 1, 1), now=NOW).corrects == row


def test_repeating_a_request_gives_the_same_row() -> None:
    lrc, lentera = make_organisation(), make_group()
    known = uuid7()
    first, second = (
        accompany_group(System(), lentera, supporter=lrc, valid_from=START, now=NOW, accompaniment_id=known)
        for _ in range(2)
    )
    assert first == second == accompany_group(System(), lentera, supporter=lrc, valid_from=START, now=NOW)
    ended = [end_accompaniment(System(), first, valid_until=date(2026, 1, 1), now=NOW) for _ in range(2)]
    assert ended[0] == ended[1]
    assert (Accompaniment.objects.count(), Act.objects.count()) == (2, 2)


def test_an_id_in_use_for_something_else_is_a_conflict() -> None:
    row = accompany(make_organisation(), make_group())
    with pytest.raises(Conflict) as conflict:
        accompany_group(System(), make_group(), supporter=make_organisation(), now=NOW, accompaniment_id=row.pk)
    assert conflict.value.code == "id_taken"


def test_overlapping_periods_are_refused() -> None:
    lrc, lentera = make_organisation(), make_group()
    accompany(lrc, lentera)
    with pytest.raises(Conflict) as conflict:
        accompany_group(System(), lentera, supporter=lrc, valid_from=START, now=NOW)
    assert conflict.value.code == "accompaniment_overlaps"


def test_ending_differently_from_somebody_else_shows_theirs() -> None:
    row = accompany(make_organisation(), make_group())
    end_accompaniment(System(), row, valid_until=START, now=NOW)
    with pytest.raises(Conflict) as conflict:
        end_accompaniment(System(), row, valid_until=START + timedelta(days=9), now=NOW)
    assert (conflict.value.code, conflict.value.theirs) == ("edited_meanwhile", {"valid_until": START})


@pytest.mark.parametrize(
    ("until", "code"), [(date(2023, 12, 31), "period_reversed"), (date(2024, 1, 1), "period_reversed")]
)
def test_an_end_before_the_start_is_refused(until: date, code: str) -> None:
    row = accompany(make_organisation(), make_group(), valid_from=date(2024, 1, 1))
    with pytest.raises(Invalid) as invalid:
        end_accompaniment(System(), row, valid_until=until, now=NOW)
    assert (invalid.value.code, invalid.value.field) == ("period_reversed", "valid_until")


def test_a_group_does_not_accompany_itself() -> None:
    lentera = make_group()
    with pytest.raises(Invalid) as invalid:
        accompany_group(System(), lentera, supporter=lentera, now=NOW)
    assert invalid.value.code == "accompanies_itself"


def test_a_supporter_out_of_sight_is_not_found() -> None:
    lentera, hidden = make_group(), make_organisation()
    Organisation.objects.filter(pk=hidden.pk).update(in_safety_mode=True)
    with pytest.raises(NotFound):
        accompany_group(holder("membership.manage", lentera), lentera, supporter=hidden, now=NOW)
