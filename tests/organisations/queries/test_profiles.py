"""Who sees which field of a profile."""

from datetime import date
from typing import Any

import pytest

from simpul.kernel.actor import Actor, Anonymous, Reach
from simpul.kernel.errors import NotFound
from simpul.kernel.ids import uuid7
from simpul.organisations.models import Organisation
from simpul.organisations.queries.profiles import organisation_for, organisations_for, profile_for, warnings_for
from simpul.organisations.services.profiles import change_profile, set_field_visibility
from simpul.organisations.visibility import FIELDS, Audience
from tests.factories.organisations import NOW, SYSTEM, TODAY, make_organisation, someone

pytestmark = pytest.mark.django_db


def filled(**made: Any) -> Organisation:
    organisation = make_organisation(**made)
    changes = {
        "phone": "0812 3456 7890",
        "npwp": "012345678901000",
        "deed_number": "12",
        "principles": [{"id": "Setara"}],
    }
    return change_profile(SYSTEM, organisation, changes=changes, seen_version=1, now=NOW)


def test_the_public_sees_what_is_public() -> None:
    seen = profile_for(Anonymous(), filled())
    assert seen["phone"] == "+6281234567890"
    assert [str(t) for t in seen["principles"]] == ["Setara"]
    assert set(seen) == {name for name, field in FIELDS.items() if field.audience is Audience.PUBLIC}
    assert {"npwp", "deed_number", "board_women", "budget_band"}.isdisjoint(seen)


def test_a_village_groups_telephone_is_its_own() -> None:
    group = filled(kind="OT.K")
    assert {"phone", "whatsapp", "email", "address", "postal_code"}.isdisjoint(profile_for(Anonymous(), group))
    assert profile_for(someone(group), group)["phone"] == "+6281234567890"
    fresh = set_field_visibility(SYSTEM, group, audiences={"phone": "public"}, seen_version=2, now=NOW)
    assert profile_for(Anonymous(), fresh)["phone"] == "+6281234567890"


@pytest.mark.parametrize(
    ("reach", "at"), [(Reach.OWN, "itself"), (Reach.NODE, "node")], ids=["who edits it", "who edits all"]
)
def test_who_looks_after_it_sees_every_field(reach: Reach, at: str) -> None:
    organisation = filled()
    actor: Actor = someone(organisation if at == "itself" else None, "organisation.edit", reach=reach)
    assert set(profile_for(actor, organisation)) == set(FIELDS)


def test_a_stranger_who_is_signed_in_sees_what_the_public_sees() -> None:
    organisation = filled()
    stranger = someone(make_organisation(), "organisation.edit", "organisation.see_protected")
    assert profile_for(stranger, organisation) == profile_for(Anonymous(), organisation)


def test_a_field_is_hidden_as_the_organisation_decides() -> None:
    organisation = filled()
    fresh = set_field_visibility(SYSTEM, organisation, audiences=dict.fromkeys(FIELDS, "own"), seen_version=2, now=NOW)
    assert profile_for(Anonymous(), fresh) == {}


def test_out_of_sight_is_as_if_it_were_not() -> None:
    hidden = make_organisation(hidden=True)
    for missing in (hidden.pk, uuid7()):
        with pytest.raises(NotFound) as refused:
            organisation_for(Anonymous(), missing)
        assert refused.value.kind == "organisations.organisation"
    assert organisation_for(someone(hidden), hidden.pk) == hidden
    assert not organisations_for(Anonymous()).exists()


def test_warnings_are_of_what_is_seen() -> None:
    organisation = change_profile(
        SYSTEM,
        make_organisation(),
        changes={"npwp": "111111111111111", "skt_valid_until": date(2024, 1, 1), "phone": "0199 123 456"},
        seen_version=1,
        now=NOW,
    )
    assert set(warnings_for(SYSTEM, organisation, TODAY)) == {"npwp", "skt_valid_until", "phone"}
    assert set(warnings_for(Anonymous(), organisation, TODAY)) == {"phone"}


@pytest.mark.parametrize("npwp", ["", "013000666091000", "0013000666091000", "5203050101010001"])
def test_a_tax_number_that_fits_warns_of_nothing(npwp: str) -> None:
    organisation = change_profile(SYSTEM, make_organisation(), changes={"npwp": npwp}, seen_version=1, now=NOW)
    assert warnings_for(SYSTEM, organisation, TODAY) == {}
