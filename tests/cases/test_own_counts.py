"""A group's own counts: every person as they are, for who leads the desk, and each look at them on record."""

from datetime import UTC, datetime, timedelta

import pytest

from simpul.audit.models import Act
from simpul.cases.models import Case, Party
from simpul.cases.queries.own_counts import own_counts, years_counted
from simpul.cases.services.own_counts import read_own_counts
from simpul.cases.services.progress import mark_duplicate
from simpul.cases.services.sight import exclude_person
from simpul.kernel.errors import Denied
from tests.cast import Cast
from tests.factories.cases import MAKER, NOW, make_case, victim_of
from tests.factories.transfers import agree_to
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
APRIL = datetime(2025, 4, 8, 2, tzinfo=UTC)


@pytest.fixture
def kept(cast: Cast) -> Cast:
    """Three in March, one of them a child with two matters, one in April; and one of another group."""
    make_case(cast.lentera, types=["K.F"], victim={"sex": "P"})
    make_case(cast.lentera, types=["PA.2", "K.S.2"], victim={"sex": "P", "age_stated": 15})
    make_case(cast.lentera, types=["AD.1"], victim={"sex": "L", "age_stated": 40})
    make_case(cast.lentera, types=["AD.3"], now=APRIL)
    make_case(cast.other_group, types=["AD.1"])
    return cast


def test_small_counts_are_told_as_they_are(kept: Cast) -> None:
    found = own_counts(kept.budi.actor, kept.lentera, year=2025, now=APRIL)
    assert found.people == 4
    assert found.by_month == [0, 0, 3, 1, *[0] * 8]
    assert found.by_family == {"AD": 2, "K": 2, "PA": 1}
    assert {(cell.month, cell.branch, cell.sex, cell.age): cell.people for cell in found.cells} == {
        (3, "violence", "P", ""): 1,
        (3, "violence", "P", "12-17"): 1,
        (3, "social", "L", "25-59"): 1,
        (4, "social", "", ""): 1,
    }
    assert found.by_place == [("Masbagik Utara Baru", 4)]
    assert years_counted(kept.budi.actor, kept.lentera, now=APRIL) == [2025]
    assert own_counts(kept.budi.actor, kept.lentera, year=2024, now=APRIL).people == 0


def test_what_is_hidden_from_the_coordinator_is_in_no_number(kept: Cast) -> None:
    assert kept.budi.person
    hidden = Party.objects.get(types__code="PA.2").case
    exclude_person(MAKER, hidden, kept.budi.person, now=NOW)
    found = own_counts(kept.budi.actor, kept.lentera, year=2025, now=APRIL)
    assert (found.people, found.by_family) == (3, {"AD": 2, "K": 1})


def test_what_was_entered_twice_and_who_did_not_agree_are_not_counted(kept: Cast) -> None:
    refused = victim_of(make_case(kept.lentera, types=["JK.1"], victim={"age_stated": 30}))
    agree_to(refused, kept.other_group, purposes=["record"])
    again = make_case(kept.lentera, types=["JK.1"])
    first = Case.objects.filter(owner_organisation=kept.lentera).exclude(pk=again.pk).earliest("id")
    mark_duplicate(MAKER, again, of=first, now=NOW)
    assert own_counts(kept.budi.actor, kept.lentera, year=2025, now=APRIL).people == 4


@audits(read_own_counts)
def test_each_look_is_on_record(kept: Cast) -> None:
    for on_paper in (False, True):
        read_own_counts(kept.budi.actor, kept.lentera, year=2025, on_paper=on_paper, now=APRIL)
    rows = Act.objects.filter(act="cases.read_own_counts").order_by("id")
    assert [row.details for row in rows] == [{"year": 2025, "paper": False}, {"year": 2025, "paper": True}]


@denies(read_own_counts)
@pytest.mark.parametrize("who", ["ani", "citra", "dewi", "fitri", "kartika", "hasan", "joko", "publik"])
def test_nobody_else_reads_them(kept: Cast, who: str) -> None:
    with pytest.raises(Denied):
        read_own_counts(kept.played[who].actor, kept.lentera, year=2025, on_paper=True, now=APRIL)
    with pytest.raises(Denied):
        read_own_counts(kept.budi.actor, kept.other_group, year=2025, on_paper=True, now=APRIL + timedelta(days=1))
    assert not Act.objects.filter(act="cases.read_own_counts").exists()
