"""What the public finds of organisations is what the public sees of them."""

from datetime import date

import pytest

from simpul.kernel.localized import LocalizedText
from simpul.kernel.time import PartialDate, Precision
from simpul.organisations.institutions import InstitutionKind
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.listing import drifted
from simpul.organisations.publishing import GROUP, NETWORK, ORGANISATION, PROGRAMME, SERVICE_POINT
from simpul.organisations.services.names import rename_organisation
from simpul.organisations.services.profiles import change_profile, set_field_visibility
from simpul.organisations.services.programmes import edit_programme, start_programme
from simpul.organisations.services.registration import register_organisation
from simpul.organisations.services.safety import set_safety_mode
from simpul.organisations.services.service_points import (
    add_service_point,
    change_service_point,
    close_service_point,
)
from simpul.organisations.visibility import SafetyReason
from simpul.search.index import drift
from simpul.search.queries import find
from tests.factories.organisations import NOW, SYSTEM, make_organisation
from tests.factories.territory import areas

pytestmark = pytest.mark.django_db


def sections(text: str) -> list[str]:
    return [hit.section for hit in find(text).hits]


@pytest.mark.parametrize(
    ("kind", "section"),
    [
        (OrganisationKind.FOUNDATION, ORGANISATION),
        (OrganisationKind.NETWORK, NETWORK),
        (OrganisationKind.VILLAGE_GROUP, GROUP),
    ],
)
def test_registered_is_found(kind: str, section: str) -> None:
    register_organisation(SYSTEM, kind=kind, name="Lentera Desa", acronym="LD", now=NOW)
    assert sections("lentera") == [section]
    assert sections("ld") == [section]


def test_found_by_former_name_and_public_fields() -> None:
    organisation = register_organisation(SYSTEM, kind="OT.Y", name="Lentera", now=NOW)
    since = PartialDate(date(2025, 1, 1), Precision.DAY)
    rename_organisation(SYSTEM, organisation, name="Cahaya", since=since, now=NOW)
    about = LocalizedText(id="Mendampingi pekerja migran", en="Accompanies migrant workers")
    organisation.refresh_from_db()
    change_profile(SYSTEM, organisation, changes={"description": about}, seen_version=organisation.version, now=NOW)
    for text in ("lentera", "cahaya", "migran", "migrant"):
        assert sections(text) == [ORGANISATION], text


def test_a_field_kept_from_the_public_is_not_found() -> None:
    organisation = make_organisation(name="Lentera")
    about = LocalizedText(id="Mendampingi pekerja migran")
    fresh = change_profile(SYSTEM, organisation, changes={"description": about}, seen_version=1, now=NOW)
    set_field_visibility(SYSTEM, fresh, audiences={"description": "network"}, seen_version=fresh.version, now=NOW)
    assert sections("migran") == []
    assert sections("lentera") == [ORGANISATION]


def test_safety_mode_takes_everything_out_at_once_and_back() -> None:
    organisation = make_organisation(name="Lentera")
    start_programme(SYSTEM, organisation, name=LocalizedText(id="Program Suar"), now=NOW)
    add_service_point(
        SYSTEM,
        make_organisation(),
        kind=InstitutionKind.LEGAL_AID,
        name="Pos Suar",
        organisation=organisation,
        areas=areas("52.03"),
        now=NOW,
    )
    assert sorted(sections("suar")) == [PROGRAMME, SERVICE_POINT]
    set_safety_mode(SYSTEM, organisation, on=True, reason_code=SafetyReason.THREAT, now=NOW)
    assert sections("suar") == sections("lentera") == []
    set_safety_mode(SYSTEM, organisation, on=False, reason_code=SafetyReason.OVER, now=NOW)
    assert sorted(sections("suar")) == [PROGRAMME, SERVICE_POINT]
    assert sections("lentera") == [ORGANISATION, PROGRAMME]


def test_a_programme_is_found_by_its_new_name() -> None:
    programme = start_programme(SYSTEM, make_organisation(), name=LocalizedText(id="Suar"), now=NOW)
    edit_programme(SYSTEM, programme, {"name": LocalizedText(id="Mercu", en="Beacon")}, seen=1, now=NOW)
    assert sections("suar") == []
    assert sections("beacon") == [PROGRAMME]


def test_service_points_are_found_while_open_and_never_by_a_secret_address() -> None:
    owner = make_organisation()
    point = add_service_point(
        SYSTEM,
        owner,
        kind=InstitutionKind.LEGAL_AID,
        name="Pos Suar",
        areas=areas("52.03"),
        details={"address": "Jalan Anggrek 7"},
        now=NOW,
    )
    assert sections("anggrek") == [SERVICE_POINT]
    point = change_service_point(SYSTEM, point, changes={"address_public": False}, seen_version=1, now=NOW)
    assert sections("anggrek") == []
    assert sections("pos suar") == [SERVICE_POINT]
    close_service_point(SYSTEM, point, closed_on=date(2025, 2, 7), seen_version=point.version, now=NOW)
    assert sections("suar") == []


def test_a_safe_house_is_never_found() -> None:
    add_service_point(
        SYSTEM, make_organisation(), kind=InstitutionKind.SAFE_HOUSE, name="Rumah Suar", areas=areas("52"), now=NOW
    )
    assert sections("suar") == []


def test_a_new_organisation_is_listed_as_one_that_was_there() -> None:
    profile = {"description": LocalizedText(id="Mendampingi migran"), "sectors": ["PP"]}
    register_organisation(
        SYSTEM, kind="OT.Y", name="Lentera Desa", acronym="LD", seat=areas("52.03")[0], profile=profile, now=NOW
    )
    assert not drift()
    assert drifted() == []


def test_the_index_says_what_the_records_say() -> None:
    organisation = register_organisation(SYSTEM, kind="OT.N", name="Lentera", seat=areas("52.03")[0], now=NOW)
    start_programme(SYSTEM, organisation, name=LocalizedText(id="Suar"), now=NOW)
    assert not drift()
