"""Areas by the words of a column."""

import pytest

from simpul.interop.areas import AreaReader
from simpul.interop.values import Unreadable
from tests.factories.territory import areas

pytestmark = pytest.mark.django_db
Names = list[tuple[int | None, str]]


@pytest.fixture(autouse=True)
def _places() -> None:
    areas("52.03.08.2001", "52.08", "52.06", "52.72")


@pytest.mark.parametrize(
    ("names", "code"),
    [
        ([(2, "Kab. Lombok Utara")], "52.08"),
        ([(2, "lombok utara")], "52.08"),
        ([(1, "NTB"), (2, "Lombok Timur")], "52.03"),
        ([(None, "52.08")], "52.08"),
        ([(2, "Kota Bima")], "52.72"),
        ([(2, "Kabupaten Bima")], "52.06"),
        ([(None, "Lotim")], "52.03"),
        ([(None, "Lombok Utara, NTB")], "52.08"),
        ([(1, ""), (2, "")], None),
    ],
)
def test_an_area_is_found_by_what_people_write(names: Names, code: str | None) -> None:
    found = AreaReader().deepest(names)
    assert (found.pk if found else None) == code


def test_a_village_is_found_within_its_district() -> None:
    [village] = areas("52.03.08.2001")
    names = [(2, "Lombok Timur"), (3, village.parent.name if village.parent else ""), (4, f"Desa {village.name}")]
    found = AreaReader().deepest([*names])
    assert found is not None
    assert found.pk == village.pk


@pytest.mark.parametrize(
    ("names", "code"),
    [
        ([(2, "Lombok Utaraa")], "unknown_area"),
        ([(2, "Lombok Utara"), (4, "Danger")], "unknown_area"),
        ([(2, "Bima")], "several_areas"),
    ],
)
def test_what_is_unknown_or_ambiguous_is_asked_again(names: Names, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        AreaReader().deepest(names)
    assert refusal.value.code == code


def test_what_was_found_once_is_not_looked_up_again(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    reader = AreaReader()
    reader.deepest([(2, "Lombok Utara")])
    with django_assert_num_queries(0):
        reader.deepest([(2, "Lombok Utara")])
