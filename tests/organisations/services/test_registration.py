"""A new organisation is listed at once, and a retry makes none twice."""

import pytest

from simpul.audit.models import Act
from simpul.kernel.actor import Anonymous
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.time import PartialDate
from simpul.organisations.listing import drifted
from simpul.organisations.models import DirectoryFacet, DirectoryTerm, Organisation
from simpul.organisations.services.registration import register_organisation
from tests.factories.organisations import NOW, SYSTEM, someone
from tests.factories.territory import areas
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db


@audits(register_organisation)
def test_register_organisation_lists_it() -> None:
    [lotim] = areas("52.03")
    made = register_organisation(
        SYSTEM,
        kind="OT.P",
        name="  Jaringan  Peneda Gandor ",
        acronym="JPG",
        seat=lotim,
        founded=PartialDate.parse("2008"),
        now=NOW,
    )
    assert (made.name, made.sort_key, str(made.founded)) == ("Jaringan Peneda Gandor", "jaringan peneda gandor", "2008")
    assert set(DirectoryTerm.objects.values_list("term", flat=True)) == {
        "jaringanpenedagandor",
        "penedagandor",
        "gandor",
        "jpg",
    }
    assert set(DirectoryFacet.objects.values_list("facet", flat=True)) == {"area:52", "area:52.03", "kind:OT.P"}
    assert drifted() == []
    act = Act.objects.get()
    assert (act.act, act.ref_id, act.details) == ("organisations.register_organisation", made.pk, {"kind": "OT.P"})


@denies(register_organisation)
def test_register_organisation_needs_the_permission_in_that_area() -> None:
    lotim, bima = areas("52.03", "52.06")
    for actor in (Anonymous(), someone(None, "organisation.register", area_code="52.06"), someone(None)):
        with pytest.raises(Denied) as refused:
            register_organisation(actor, kind="OT.P", name="Lentera", seat=lotim, now=NOW)
        assert refused.value.permission == "organisation.register"
    actor = someone(None, "organisation.register", area_code="52.06")
    assert register_organisation(actor, kind="OT.P", name="Lentera", seat=bima, now=NOW).seat_id == "52.06"
    with pytest.raises(Denied):
        register_organisation(actor, kind="OT.P", name="Tanpa tempat", now=NOW)


def test_register_organisation_again_with_the_same_id_is_the_same() -> None:
    key = uuid7()
    first = register_organisation(SYSTEM, kind="OT.P", name="Lentera", now=NOW, id=key)
    again = register_organisation(SYSTEM, kind="OT.P", name="Lentera", now=NOW, id=key)
    assert first == again
    assert (Organisation.objects.count(), first.names.count(), Act.objects.count()) == (1, 1, 1)
    with pytest.raises(Conflict, match="id_taken"):
        register_organisation(SYSTEM, kind="OT.P", name="Pelita", now=NOW, id=key)


@pytest.mark.parametrize(
    ("sent", "code", "field"),
    [
        ({"name": "   "}, "name_needed", "name"),
        ({"name": "x" * 201}, "too_long", "name"),
        ({"kind": "OT.ZZ"}, "unknown_choice", "kind"),
        ({"kind": ""}, "unknown_choice", "kind"),
        ({"founded": PartialDate.parse("2026")}, "in_the_future", "founded"),
        ({"founded": PartialDate.parse("0008")}, "not_a_date", "founded"),
    ],
)
def test_register_organisation_refuses(sent: dict[str, object], code: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        register_organisation(SYSTEM, **{"kind": "OT.P", "name": "Lentera", "now": NOW, **sent})
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not Organisation.objects.exists()


def test_a_name_without_letters_still_has_its_place() -> None:
    assert register_organisation(SYSTEM, kind="OT.P", name="!!!", now=NOW).sort_key == "!!!"
