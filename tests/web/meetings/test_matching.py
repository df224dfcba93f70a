"""Who a name in a meeting is: surely, perhaps, or nobody that is known."""

import pytest

from simpul.activities.details import participant_of
from simpul.activities.models import Event
from simpul.web.meetings.matching import Roll, is_programme, is_telephone
from tests.factories.activities import NOW, make_event, somebody

pytestmark = pytest.mark.django_db
PEOPLE = (
    ("Siti Aminah", "siti@example.org"), ("Siti Maryam", ""), ("Muhammad Yusuf", ""), ("Lalu Zaenal Abidin", ""),
    ("Suharto", ""), ("Dewi Lestari", "dewi@example.org"), ("Baiq Nurul", ""), ("Baiq  Nurul", ""),
)  # fmt: skip


def roll(event: Event) -> Roll:
    return Roll(participant_of(event, somebody(name, email=email), person=None, now=NOW) for name, email in PEOPLE)


@pytest.mark.parametrize(
    ("shown", "email", "who"),
    [
        ("Siti Aminah", "", "Siti Aminah"),
        ("siti  AMINAH, S.Pd.", "", "Siti Aminah"),
        ("LBH Contoh - Siti Aminah", "", "Siti Aminah"),
        ("Siti Aminah (LBH Contoh)", "", "Siti Aminah"),
        ("Hj. Siti Aminah_KPI", "", "Siti Aminah"),
        ("Bu Siti", "siti@example.org", "Siti Aminah"),
        ("Aminah Siti", "SITI@example.org", "Siti Aminah"),
        ("Suharto", "", "Suharto"),
        ("Dewi Lestari", "lain@example.com", ""),  # the name, and another address than theirs
        ("Joko", "siti@example.org", ""),  # an address that several share
        ("Forum - Suharto", "", ""),  # one word is enough only where it is all
        ("Baiq Nurul", "", ""),  # two are called that
        ("Rahmat Hidayat", "", ""),
    ],
)
def test_only_a_whole_name_or_an_address_with_a_name_like_theirs_is_sure(shown: str, email: str, who: str) -> None:
    found = roll(make_event()).find(shown, email).sure
    assert (str(found.name.open()) if found and found.name else "") == who


@pytest.mark.parametrize(
    ("shown", "email", "who"),
    [
        ("M. Yusuf", "", ["Muhammad Yusuf"]),
        ("Siti", "", ["Siti Aminah", "Siti Maryam"]),
        ("Zaenal Abidin", "", ["Lalu Zaenal Abidin"]),
        ("Joko", "siti@example.org", ["Siti Aminah"]),
        ("Dewi Lestari", "lain@example.com", ["Dewi Lestari"]),
        ("Dwi Lestari", "", ["Dewi Lestari"]),
        ("Rahmat Hidayat", "", []),
    ],
)
def test_whoever_it_may_be_stands_beside_it(shown: str, email: str, who: list[str]) -> None:
    found = roll(make_event()).find(shown, email)
    assert found.sure is None
    assert sorted(str(one.name.open()) for _score, _why, one in found.maybe if one.name) == who


def test_telephones_and_programmes_are_nobody() -> None:
    assert all(map(is_telephone, ("iPhone", "Galaxy A12", "CPH2185", "Redmi Note 10 Pro", "user", "SAMSUNG SM-A125F")))
    assert not any(map(is_telephone, ("iPhone Siti", "Siti 2", "Suharto")))
    assert all(map(is_programme, ("Fireflies.ai Notetaker", "read.ai meeting notes", "Otter.ai", "Notulen AI")))
    assert not any(map(is_programme, ("Botani Sari", "Siti Aminah")))
