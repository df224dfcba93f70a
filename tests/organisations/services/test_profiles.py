"""A profile is edited field by field, by one person at a time."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from simpul.audit.models import Act
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.kernel.localized import LocalizedText
from simpul.kernel.time import PartialDate
from simpul.organisations.facts import profiles as facts
from simpul.organisations.listing import drifted
from simpul.organisations.models import DirectoryFacet, Organisation
from simpul.organisations.services.profiles import change_profile, set_field_visibility
from tests.factories.organisations import NOW, SYSTEM, make_organisation, someone
from tests.marks import audits, denies
from tests.racing import at_once, copied_database

pytestmark = pytest.mark.django_db


def change(organisation: Organisation, **changes: Any) -> Organisation:
    return change_profile(SYSTEM, organisation, changes=changes, seen_version=organisation.version, now=NOW)


@audits(change_profile)
def test_change_profile_tidies_and_raises_the_version() -> None:
    fresh = change(
        make_organisation(),
        phone="0812 3456 7890",
        whatsapp="129",
        npwp="01.234.567.8-901.000",
        website="lentera.example.org",
        socials={"instagram": "https://instagram.com/lentera", "facebook": ""},
        founded=PartialDate.parse("2008-05"),
        description={"id": " Bersama warga. ", "en": ""},
        sectors=["KES", "PP", "KES"],
        principles=[{"id": "Setara"}, {"id": "Terbuka", "en": "Open"}],
        audit_year=2024,
    )
    assert fresh.version == 2
    assert (fresh.phone, fresh.whatsapp, fresh.npwp) == ("+6281234567890", "129", "012345678901000")
    assert (fresh.website, fresh.socials) == (
        "https://lentera.example.org",
        {"instagram": "https://instagram.com/lentera"},
    )
    assert (str(fresh.founded), fresh.description) == ("2008-05", LocalizedText(id="Bersama warga."))
    assert (fresh.sectors, [str(t) for t in fresh.principle_texts]) == (["KES", "PP"], ["Setara", "Terbuka"])
    assert set(DirectoryFacet.objects.values_list("facet", flat=True)) >= {"sector:KES", "sector:PP"}
    assert drifted() == []
    act = Act.objects.get(act="organisations.change_profile")
    assert act.details["fields"] == sorted(
        ["phone", "whatsapp", "npwp", "website", "socials", "founded", "description", "sectors", "principles"]
        + ["audit_year"]
    )


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("name", "Lain", "unknown_field"),
        ("in_safety_mode", False, "unknown_field"),
        ("version", 9, "unknown_field"),
        ("npwp", "123", "digits"),
        ("nib", "12345678901x3", "digits"),
        ("phone", "panggil saya", "not_a_phone"),
        ("phone", "08", "not_a_phone"),
        ("email", "lentera", "not_an_email"),
        ("website", "javascript:alert(1)", "not_an_address"),
        ("website", "https://", "not_an_address"),
        ("socials", {"myspace": "https://x.org"}, "unknown_choice"),
        ("sectors", ["KES", "ZZZ"], "unknown_choice"),
        ("board_women", -1, "not_a_count"),
        ("board_women", True, "not_a_count"),
        ("volunteers", 10**9, "not_a_count"),
        ("description", {"en": "Together"}, "indonesian_needed"),
        ("principles", ["Setara"], "indonesian_needed"),
        ("deed_date", "2020-01-01", "not_a_date"),
        ("founded", PartialDate.parse("2030"), "in_the_future"),
        ("address", "x" * 301, "too_long"),
        ("budget_band", "z", "unknown_choice"),
        ("accepts_referrals", "", "unknown_choice"),
    ],
)
def test_change_profile_refuses(field: str, value: object, code: str) -> None:
    organisation = make_organisation()
    with pytest.raises(Invalid) as refused:
        change(organisation, **{field: value})
    assert (refused.value.code, refused.value.field) == (code, field)
    organisation.refresh_from_db()
    assert organisation.version == 1


def test_change_profile_refuses_a_death_before_birth() -> None:
    organisation = change(make_organisation(), founded=PartialDate.parse("2010"))
    with pytest.raises(Invalid, match="period_order"):
        change(organisation, dissolved=PartialDate.parse("2009"))
    assert change(organisation, dissolved=PartialDate.parse("2010")).dissolved == PartialDate.parse("2010")


def test_change_profile_shows_both_versions_when_edited_meanwhile() -> None:
    organisation = make_organisation()
    seen = organisation.version
    change(organisation, phone="0812 3456 7890", founded=PartialDate.parse("2008"), address="Jalan A")
    with pytest.raises(Conflict) as refused:
        change_profile(
            SYSTEM,
            organisation,
            changes={"phone": "0813 1111 2222", "founded": PartialDate.parse("2009"), "address": "Jalan A"},
            seen_version=seen,
            now=NOW,
        )
    assert refused.value.code == "edited_meanwhile"
    assert refused.value.theirs == {"phone": "+6281234567890", "founded": PartialDate.parse("2008")}
    organisation.refresh_from_db()
    assert (organisation.phone, organisation.version) == ("+6281234567890", 2)


@pytest.mark.racing
def test_two_secretariats_at_one_moment_write_one_version(tmp_path: Path, transactional_db: None) -> None:
    with copied_database(tmp_path):
        organisation = make_organisation()
        results = at_once(
            *(
                lambda n=n: change_profile(SYSTEM, organisation, changes={"volunteers": n}, seen_version=1, now=NOW)
                for n in range(3)
            )
        )
        won = [r for r in results if isinstance(r, Organisation)]
        lost = [r for r in results if isinstance(r, Conflict)]
        organisation.refresh_from_db()
        assert (len(won), len(lost), organisation.version) == (1, 2, 2)
        assert all(r.theirs == {"volunteers": won[0].volunteers} for r in lost)
        assert organisation.volunteers == won[0].volunteers


def test_lists_of_a_profile_keep_what_they_held() -> None:
    organisation = change(make_organisation(), sectors=["KES", "PP"], principles=[{"id": "Setara"}])
    later = NOW + timedelta(days=9)
    change_profile(
        SYSTEM, organisation, changes={"sectors": ["PP", "ADM"], "principles": []}, seen_version=2, now=later
    )

    def codes(known: Any) -> list[str]:
        rows = facts.profile_entries("sectors", organisation_id=organisation.pk, known=known)
        return sorted(rows.values_list("code", flat=True))

    assert (codes(NOW), codes(None)) == (["KES", "PP"], ["ADM", "PP"])
    assert facts.profile_entries("principles", known=NOW).count() == 1
    assert facts.profile_entries("principles").count() == 0


@denies(change_profile, set_field_visibility)
def test_profiles_are_for_who_may_edit() -> None:
    organisation = make_organisation()
    outsider = someone(make_organisation(), "organisation.edit")
    with pytest.raises(Denied, match=r"organisation\.edit"):
        change_profile(outsider, organisation, changes={"phone": ""}, seen_version=1, now=NOW)
    with pytest.raises(Denied, match=r"organisation\.edit"):
        set_field_visibility(outsider, organisation, audiences={"phone": "own"}, seen_version=1, now=NOW)


@audits(set_field_visibility)
def test_set_field_visibility_keeps_the_others() -> None:
    organisation = make_organisation()
    fresh = set_field_visibility(SYSTEM, organisation, audiences={"phone": "own"}, seen_version=1, now=NOW)
    fresh = set_field_visibility(SYSTEM, fresh, audiences={"npwp": "network"}, seen_version=2, now=NOW)
    assert fresh.field_audiences == {"phone": "own", "npwp": "network"}
    for audiences in ({"name": "own"}, {"phone": "friends"}):
        with pytest.raises(Invalid, match="unknown_choice"):
            set_field_visibility(SYSTEM, fresh, audiences=audiences, seen_version=3, now=NOW)
    with pytest.raises(Conflict, match="edited_meanwhile"):
        set_field_visibility(SYSTEM, fresh, audiences={"phone": "public"}, seen_version=2, now=NOW)
    assert Act.objects.filter(act="organisations.set_field_visibility").count() == 2


def test_names_borne_are_counted_as_known() -> None:
    organisation = make_organisation(name="JMS Lombok")
    assert [n.name for n in facts.names_borne(organisation.pk, known=NOW)] == ["JMS Lombok"]
    assert not facts.names_borne(organisation.pk, known=NOW - timedelta(days=1)).exists()
