"""Nobody finds a hidden organisation by subtracting a list from its total."""

import pytest

from simpul.kernel.actor import Anonymous, Reach
from simpul.organisations.queries.counts import CROWD, count_by_area, count_everywhere
from simpul.organisations.queries.directory import Search, directory
from simpul.organisations.services.profiles import change_profile
from tests.factories.organisations import NOW, SYSTEM, make_organisation, someone
from tests.factories.territory import MASBAGIK_UTARA_BARU

pytestmark = pytest.mark.django_db
PUBLIC = Anonymous()


@pytest.fixture(autouse=True)
def organisations() -> None:
    make_organisation(seat=MASBAGIK_UTARA_BARU, kind="OT.K")
    make_organisation(seat="52.03")
    make_organisation(seat="52")
    make_organisation(seat="73.71")
    make_organisation()
    hidden = make_organisation(seat="52.03", kind="OT.K", hidden=True)
    change_profile(SYSTEM, hidden, changes={"sectors": ["PPA"]}, seen_version=1, now=NOW)


def test_a_regency_total_is_its_list() -> None:
    for code, total in count_by_area(PUBLIC, 2).items():
        seated = [o for o in directory(PUBLIC, Search(area_code=code)).rows if (o.seat_id or "").startswith(code)]
        assert total == len(seated)
    assert count_by_area(PUBLIC, 2) == {"52.03": 2, "73.71": 1}
    assert count_by_area(PUBLIC, 4, under="52") == {MASBAGIK_UTARA_BARU: 1}


def test_a_province_total_without_a_list_counts_the_hidden_in_crowds() -> None:
    listed = {"52": 3, "73": 1}
    for hidden in range(1, 11):  # the fixture made the first
        crowds = hidden // CROWD * CROWD
        assert count_by_area(PUBLIC, 1) == {**listed, "52": 3 + crowds}
        assert count_everywhere(PUBLIC) == 5 + crowds
        make_organisation(seat=MASBAGIK_UTARA_BARU, hidden=True)


def test_a_province_where_all_are_hidden_and_few_is_one_with_nobody() -> None:
    for _ in range(4):
        make_organisation(seat="32", hidden=True)
        assert "32" not in count_by_area(PUBLIC, 1)
    make_organisation(seat="32", hidden=True)
    assert count_by_area(PUBLIC, 1)["32"] == 5


def test_one_of_the_hidden_reads_the_total_that_everybody_reads() -> None:
    own = make_organisation(seat="52.03", hidden=True)
    for _ in range(3):
        make_organisation(seat="52.03", hidden=True)  # five with the fixture's
    insider = someone(own, "organisation.see_protected")
    assert count_by_area(insider, 1) == count_by_area(PUBLIC, 1) == {"52": 8, "73": 1}
    assert count_everywhere(insider) == count_everywhere(PUBLIC) == 10


def test_a_narrowed_total_counts_the_listed_at_every_level() -> None:
    assert count_by_area(PUBLIC, 1, kind="OT.K") == {"52": 1}
    assert count_by_area(PUBLIC, 1, sector="PPA") == {}
    assert count_everywhere(PUBLIC, kind="OT.K") == 1
    assert count_everywhere(PUBLIC, sector="PPA") == 0


def test_who_sees_the_hidden_listed_counts_them() -> None:
    seeing = someone(None, "organisation.see_protected", reach=Reach.NODE)
    assert count_by_area(seeing, 2) == {"52.03": 3, "73.71": 1}
    assert count_by_area(seeing, 1, sector="PPA") == {"52": 1}
    assert count_by_area(seeing, 1) == {"52": 4, "73": 1}
    assert count_everywhere(seeing) == 6
