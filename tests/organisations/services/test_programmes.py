"""Programmes: who may, dated areas and roles, one lead partner after another, corrections that keep the past."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from simpul.audit.models import Act
from simpul.kernel.actor import System
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from simpul.organisations.models import Organisation, Programme, ProgrammeArea, ProgrammeRole
from simpul.organisations.models.programmes import ProgrammeRoleKind
from simpul.organisations.services.coverage import correct_coverage, cover_area, end_coverage, withdraw_coverage
from simpul.organisations.services.programme_roles import assign_role, correct_role, end_role, withdraw_role
from simpul.organisations.services.programmes import edit_programme, start_programme
from simpul.records.models import known_at, true_on
from tests.factories.networks import NOW, holder, make_programme
from tests.factories.organisations import make_organisation
from tests.factories.territory import areas
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db

LATER = datetime(2025, 9, 1, tzinfo=UTC)
PANGKEP = "73.10"
LEAD = ProgrammeRoleKind.LEAD_PARTNER


@denies(
    start_programme,
    edit_programme,
    cover_area,
    end_coverage,
    correct_coverage,
    withdraw_coverage,
    assign_role,
    end_role,
    correct_role,
    withdraw_role,
)
def test_only_who_manages_the_programme_changes_it() -> None:
    owner = make_organisation()
    programme = make_programme(owner)
    [area] = areas(PANGKEP)
    covered = cover_area(System(), programme, area=area, now=NOW)
    role = assign_role(System(), programme, organisation=owner, role=LEAD, area=area, now=NOW)
    no = holder("programme.manage", make_organisation())
    none: dict[str, date | None] = {"valid_from": None, "valid_until": None}
    acts: list[Callable[[], object]] = [
        lambda: start_programme(no, owner, name=LocalizedText(id="Lain"), now=NOW),
        lambda: edit_programme(no, programme, {"acronym": "X"}, seen=1, now=NOW),
        lambda: cover_area(no, programme, area=area, now=NOW),
        lambda: end_coverage(no, covered, valid_until=date(2023, 1, 1), now=NOW),
        lambda: correct_coverage(no, covered, **none, now=NOW),
        lambda: withdraw_coverage(no, covered, now=NOW),
        lambda: assign_role(no, programme, organisation=owner, role=LEAD, now=NOW),
        lambda: end_role(no, role, valid_until=date(2023, 1, 1), now=NOW),
        lambda: correct_role(no, role, **none, now=NOW),
        lambda: withdraw_role(no, role, now=NOW),
    ]
    for act in acts:
        with pytest.raises(Denied) as denied:
            act()
        assert denied.value.permission == "programme.manage"
    assert (Programme.objects.count(), ProgrammeArea.objects.count(), ProgrammeRole.objects.count()) == (1, 1, 1)


@audits(
    start_programme,
    edit_programme,
    cover_area,
    end_coverage,
    correct_coverage,
    withdraw_coverage,
    assign_role,
    end_role,
    correct_role,
    withdraw_role,
)
def test_every_change_leaves_its_row() -> None:
    owner = make_organisation()
    actor = holder("programme.manage", owner)
    [area] = areas(PANGKEP)
    programme = start_programme(actor, owner, name=LocalizedText(id="Program"), now=NOW)
    edited = edit_programme(actor, programme, {"acronym": "MADANI"}, seen=1, now=NOW)
    covered = cover_area(actor, edited, area=area, now=NOW)
    ended = end_coverage(actor, covered, valid_until=date(2023, 1, 1), now=NOW)
    mended = correct_coverage(actor, ended, valid_from=date(2020, 1, 1), valid_until=date(2023, 6, 1), now=NOW)
    withdraw_coverage(actor, mended, now=NOW)
    role = assign_role(actor, edited, organisation=owner, role=LEAD, area=area, now=NOW)
    over = end_role(actor, role, valid_until=date(2023, 1, 1), now=NOW)
    right = correct_role(actor, over, valid_from=None, valid_until=date(2022, 1, 1), now=NOW)
    withdraw_role(actor, right, now=NOW)
    withdraw_role(actor, right, now=NOW)
    assert [(a.act.removeprefix("organisations."), a.ref_id) for a in Act.objects.order_by("id")] == [
        ("start_programme", programme.pk),
        ("edit_programme", programme.pk),
        ("cover_area", covered.pk),
        ("end_coverage", ended.pk),
        ("correct_coverage", mended.pk),
        ("withdraw_coverage", mended.pk),
        ("assign_role", role.pk),
        ("end_role", over.pk),
        ("correct_role", right.pk),
        ("withdraw_role", right.pk),
    ]


def test_one_lead_partner_after_another() -> None:
    programme = make_programme()
    [pangkep] = areas(PANGKEP)
    yasmib, lekrac = make_organisation(name="YASMIB"), make_organisation(name="LEKRAC")
    first = assign_role(System(), programme, organisation=yasmib, role=LEAD, area=pangkep, now=NOW)
    end_role(System(), first, valid_until=date(2022, 1, 1), now=NOW)
    assign_role(System(), programme, organisation=lekrac, role=LEAD, area=pangkep, valid_from=date(2022, 1, 1), now=NOW)

    def lead_on(day: date) -> list[str]:
        rows = ProgrammeRole.objects.filter(known_at(None), true_on(day), role=LEAD, area=pangkep)
        return [row.organisation.name for row in rows]

    assert (lead_on(date(2021, 12, 31)), lead_on(date(2022, 1, 1))) == (["YASMIB"], ["LEKRAC"])


def test_repeating_a_request_gives_the_same_row() -> None:
    owner, key = make_organisation(), uuid7()
    started = [
        start_programme(System(), owner, name=LocalizedText(id="Program"), now=NOW, programme_id=key) for _ in "ab"
    ]
    [area] = areas(PANGKEP)
    covered = [cover_area(System(), started[0], area=area, now=NOW) for _ in "ab"]
    roles = [assign_role(System(), started[0], organisation=owner, role=LEAD, now=NOW) for _ in "ab"]
    ended = [end_role(System(), roles[0], valid_until=date(2023, 1, 1), now=NOW) for _ in "ab"]
    assert started[0] == started[1]
    assert covered[0] == covered[1]
    assert roles[0] == roles[1]
    assert ended[0] == ended[1]
    assert Act.objects.count() == 4


def test_an_id_in_use_for_something_else_is_a_conflict() -> None:
    programme = make_programme()
    with pytest.raises(Conflict) as conflict:
        start_programme(
            System(), make_organisation(), name=LocalizedText(id="Lain"), now=NOW, programme_id=programme.pk
        )
    assert conflict.value.code == "id_taken"


def test_periods_of_one_area_or_role_never_overlap() -> None:
    programme, other = make_programme(), make_programme(acronym="INKLUSI")
    organisation = make_organisation()
    pangkep, barru = areas(PANGKEP, "73.11")
    day = date(2022, 1, 1)
    cover_area(System(), programme, area=pangkep, now=NOW)
    cover_area(System(), other, area=pangkep, now=NOW)
    with pytest.raises(Conflict) as conflict:
        cover_area(System(), programme, area=pangkep, valid_from=day, now=NOW)
    assert conflict.value.code == "coverage_overlaps"
    for area in (pangkep, barru, None):
        assign_role(System(), programme, organisation=organisation, role=LEAD, area=area, now=NOW)
        with pytest.raises(Conflict) as conflict:
            assign_role(System(), programme, organisation=organisation, role=LEAD, area=area, valid_from=day, now=NOW)
        assert conflict.value.code == "role_overlaps"
    assert (ProgrammeArea.objects.count(), ProgrammeRole.objects.count()) == (2, 3)


@pytest.mark.parametrize("code", ["", PANGKEP])
def test_the_database_itself_refuses_an_overlap_and_a_rewrite(code: str) -> None:
    programme, organisation = make_programme(), make_organisation()
    area = areas(code)[0] if code else None
    row = assign_role(System(), programme, organisation=organisation, role=LEAD, area=area, now=NOW)
    with pytest.raises(IntegrityError, match="organisations_programmerole_no_overlap"), transaction.atomic():
        ProgrammeRole.objects.create(
            programme=programme, organisation=organisation, role=LEAD, area=area, recorded_at=NOW
        )
    with pytest.raises(IntegrityError, match="organisations_programmerole_appended"), transaction.atomic():
        ProgrammeRole.objects.filter(pk=row.pk).update(role="funder")


def test_dates_outside_the_programme_are_refused() -> None:
    programme = make_programme(valid_from=date(2019, 10, 1), valid_until=date(2024, 10, 1))
    [area] = areas(PANGKEP)
    cases = [
        (date(2019, 9, 30), None, "outside_programme", "valid_from"),
        (date(2024, 10, 1), None, "outside_programme", "valid_from"),
        (None, date(2024, 10, 2), "outside_programme", "valid_until"),
        (date(2022, 1, 1), date(2021, 1, 1), "period_reversed", "valid_until"),
    ]
    for start, until, code, field in cases:
        with pytest.raises(Invalid) as invalid:
            cover_area(System(), programme, area=area, valid_from=start, valid_until=until, now=NOW)
        assert (invalid.value.code, invalid.value.field) == (code, field)
    cover_area(System(), programme, area=area, valid_from=date(2019, 10, 1), valid_until=date(2024, 10, 1), now=NOW)


def test_a_role_needs_a_known_name_and_an_organisation_in_sight() -> None:
    owner, hidden = make_organisation(), make_organisation()
    programme = make_programme(owner)
    Organisation.objects.filter(pk=hidden.pk).update(in_safety_mode=True)
    with pytest.raises(Invalid) as invalid:
        assign_role(System(), programme, organisation=owner, role="raja", now=NOW)
    assert invalid.value.code == "unknown_role"
    with pytest.raises(NotFound):
        assign_role(holder("programme.manage", owner), programme, organisation=hidden, role=LEAD, now=NOW)


def test_two_editors_see_each_other() -> None:
    programme = make_programme()
    edit_programme(System(), programme, {"acronym": "MADANI-CSSP"}, seen=1, now=NOW)
    with pytest.raises(Conflict) as conflict:
        edit_programme(System(), programme, {"acronym": "Madani"}, seen=1, now=NOW)
    assert conflict.value.theirs == {"acronym": "MADANI-CSSP"}
    with pytest.raises(Invalid):
        edit_programme(System(), programme, {"valid_until": date(2000, 1, 1)}, seen=2, now=NOW)
    with pytest.raises(ValueError, match="owner"):
        edit_programme(System(), programme, {"owner": make_organisation()}, seen=2, now=NOW)


def test_a_correction_keeps_what_was_known_before() -> None:
    [area] = areas(PANGKEP)
    covered = cover_area(System(), make_programme(), area=area, now=NOW)
    correct_coverage(System(), covered, valid_from=date(2020, 1, 1), valid_until=None, now=LATER)
    known = [ProgrammeArea.objects.get(known_at(instant)).valid_from for instant in (NOW, LATER, None)]
    assert known == [None, date(2020, 1, 1), date(2020, 1, 1)]
