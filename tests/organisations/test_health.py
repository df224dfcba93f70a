"""`simpul check` notices lists that have drifted from the records."""

import pytest

from simpul.kernel.health import Level
from simpul.organisations.health import lists_bear_the_names, nothing_hidden_is_listed
from simpul.organisations.listing import drifted
from simpul.organisations.models import DirectoryFacet, Organisation
from tests.factories.organisations import NOW, make_organisation

pytestmark = pytest.mark.django_db


def test_all_is_well_where_nothing_drifted() -> None:
    make_organisation(name="Lentera", seat="52.03")
    make_organisation(name="Teduh", hidden=True)
    assert [f.level for f in (*nothing_hidden_is_listed(NOW), *lists_bear_the_names(NOW))] == [Level.OK, Level.OK]
    assert drifted() == []


def test_a_hidden_organisation_still_listed_is_found() -> None:
    organisation = make_organisation(name="Lentera", seat="52.03")
    Organisation.objects.filter(pk=organisation.pk).update(in_safety_mode=True)
    [finding] = nothing_hidden_is_listed(NOW)
    assert (finding.level, "Lentera" in finding.message) == (Level.FAIL, False)
    assert drifted() == [organisation]


def test_a_name_nobody_gave_is_found() -> None:
    organisation = make_organisation(name="Lentera", seat="52.03")
    Organisation.objects.filter(pk=organisation.pk).update(name="Pelita")
    assert [f.level for f in lists_bear_the_names(NOW)] == [Level.FAIL]
    Organisation.objects.filter(pk=organisation.pk).update(name="Lentera")
    DirectoryFacet.objects.filter(organisation=organisation).update(sort_key="a")
    assert [f.level for f in lists_bear_the_names(NOW)] == [Level.FAIL]
    assert drifted() == [organisation]
