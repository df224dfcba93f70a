"""What the database keeps of grants by itself, on either engine."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from simpul.access.models import Grant
from simpul.records.operations import violated
from tests.factories.access import make_grant
from tests.factories.organisations import make_organisation
from tests.factories.people import NOW, make_person

pytestmark = pytest.mark.django_db


def test_two_grants_of_one_role_and_place_may_not_overlap() -> None:
    person, organisation = make_person(), make_organisation()
    make_grant(person, "companion", organisation)
    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        make_grant(person, "companion", organisation, valid_from=date(2026, 1, 1))
    assert violated(raised.value, "access_grant_overlap")


def test_two_grants_on_the_node_may_not_overlap() -> None:
    person = make_person()
    make_grant(person, "operator")
    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        make_grant(person, "operator", valid_from=date(2026, 1, 1))
    assert violated(raised.value, "access_grant_overlap_node")


def test_grants_that_follow_one_another_or_differ_stand_together() -> None:
    person, organisation = make_person(), make_organisation()
    make_grant(person, "companion", organisation, valid_until=date(2026, 1, 1))
    make_grant(person, "companion", organisation, valid_from=date(2026, 1, 1))
    make_grant(person, "companion", organisation, area_code="52.03")
    make_grant(person, "editor", organisation)
    make_grant(person, "companion", make_organisation())
    make_grant(make_person(), "companion", organisation)
    make_grant(person, "auditor", organisation)
    make_grant(person, "auditor")
    assert Grant.objects.count() == 8


def test_a_superseded_grant_gives_way() -> None:
    person, organisation = make_person(), make_organisation()
    first = make_grant(person, "companion", organisation)
    Grant.objects.filter(pk=first.pk).update(superseded_at=NOW)
    make_grant(person, "companion", organisation)
    assert Grant.objects.filter(superseded_at=None).count() == 1


@pytest.mark.parametrize("change", [{"role": "editor"}, {"valid_until": date(2026, 1, 1)}, {"reason": "lain"}])
def test_a_grant_is_never_changed(change: dict[str, object]) -> None:
    grant = make_grant(make_person(), "companion", make_organisation())
    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        Grant.objects.filter(pk=grant.pk).update(**change)
    assert violated(raised.value, "access_grant_appended")


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        make_grant(make_person(), "operator", valid_until=date(2025, 2, 7))
    assert violated(raised.value, "access_grant_period")
