"""What the public reads is the same whether a few hidden organisations exist or not: nothing can be subtracted.

Every public page, table and answer to programs that counts or lists organisations is read twice: with organisations in
safety mode spread over networks, regencies and fields, and in a world where they never were. Fewer than a crowd change
no byte. A crowd changes plain totals of their province and of the nation alone, and by the crowd.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from django.test import Client

from simpul.api.throttle import THROTTLE
from simpul.organisations.presets import Preset
from simpul.organisations.queries.counts import CROWD
from simpul.organisations.services.coverage import cover_area
from simpul.organisations.services.node import Headlines, change_node, open_node
from simpul.organisations.services.places import set_seat
from simpul.organisations.services.profiles import change_profile
from simpul.organisations.services.safety import set_safety_mode
from tests.factories.networks import admit, make_network, make_programme
from tests.factories.organisations import SYSTEM, make_organisation
from tests.factories.territory import MASBAGIK_UTARA_BARU, areas

pytestmark = pytest.mark.django_db
LOADED = datetime(2020, 1, 15, 3, tzinfo=UTC)
DAYS = ("", "2021-06-01", "2024-09-30")
AREAS = ("", "52", "52.03", "52.03.05")
NARROWED = ("q=tersembunyi", "isu=PPA", "jenis=OT.N", "tampilan=peta", "tampilan=peta&dalam=52", "wilayah=52.03")


class World:
    """A network of two networks, with organisations that everybody may see."""

    def __init__(self) -> None:
        areas("52", "52.03", "52.03.05", MASBAGIK_UTARA_BARU, "73", "73.71")
        self.top = make_network("Antar-Jaringan Contoh", kind="OT.NN")
        self.first, self.second = make_network("Jaringan Satu"), make_network("Jaringan Dua")
        admit(self.top, self.first, self.second, now=LOADED)
        self.seen = [make_organisation(name=f"Terlihat {n}", seat="52.03" if n % 2 else "73.71") for n in range(4)]
        admit(self.first, *self.seen[:2], now=LOADED)
        admit(self.second, *self.seen[1:], now=LOADED)
        self.alone = make_organisation(name="Terlihat Sendiri", seat=MASBAGIK_UTARA_BARU)
        programme = make_programme(valid_until=None)
        cover_area(SYSTEM, programme, area=areas("52.03")[-1], valid_from=date(2020, 1, 1), now=LOADED)
        node = open_node(SYSTEM, host=self.first, preset=Preset.NETWORK, now=LOADED)
        headlines = Headlines(programme=programme, network=self.top, organisation=self.first)
        change_node(SYSTEM, node, version=1, pillars=node.pillars, complaints_to=None, headlines=headlines)

    def hide(self, count: int) -> None:
        """So many organisations at risk, the first of them a network that alone ties somebody to the whole."""
        for number in range(count):
            if number == 0:
                gone = make_network("Tersembunyi Jaringan")
                gone = set_seat(SYSTEM, gone, seat=areas("52.03")[-1], seen_version=gone.version, now=LOADED)
                admit(gone, self.alone, now=LOADED)
            else:
                gone = make_organisation(name=f"Tersembunyi {number}", seat=("52.03", MASBAGIK_UTARA_BARU)[number % 2])
                change_profile(SYSTEM, gone, changes={"sectors": ["PPA"]}, seen_version=gone.version, now=LOADED)
            admit(self.first if number % 2 else self.top, gone, now=LOADED)
            set_safety_mode(SYSTEM, gone, on=True, reason_code="threat", now=LOADED)

    def addresses(self) -> Iterator[str]:
        """Whatever counts or lists organisations, by each filter; as page, as table, as answer to a program."""
        yield from ("/", "/jejaring/", "/wilayah/", "/layanan/", "/cari/?q=tersembunyi", "/cari/?q=contoh", "/hasil/")
        yield from (f"/ekspor/{table}.csv" for table in ("jejaring", "wilayah", "hasil", "hasil/F17"))
        yield from (f"/jejaring/?{narrow}" for narrow in NARROWED)
        yield from (f"/ekspor/jejaring.csv?{narrow}" for narrow in NARROWED)
        for row in (self.top, self.first, self.second, self.alone):
            pages = ("", "kiprah/", "anggota/", "anggota/?pada=2024-09-30", "hubungan/", "hubungan/?pada=2024-09-30")
            yield from (f"/jejaring/{row.pk}/{page}" for page in pages)
            yield f"/jejaring/{row.pk}/jarak/?dengan={self.alone.pk}"
            yield f"/jejaring/?jaringan={row.pk}"
            yield from (f"/ekspor/{table}/{row.pk}.csv" for table in ("anggota", "profil", "hubungan"))
            yield from (f"/api/v1/organisations/{row.pk}{more}" for more in ("", "/memberships", "/networks"))
            yield from (f"/api/v1/networks/{row.pk}/{more}" for more in ("members", "memberships"))
            yield f"/api/v1/organisations?network={row.pk}"
        for area in AREAS[1:]:
            yield from (f"/wilayah/{area}/", f"/jejaring/?wilayah={area}", f"/api/v1/organisations?area={area}")
        yield from (
            "/hasil/?pada=2021-06-01",
            "/api/v1/figures",
            "/api/v1/organisations",
            "/api/v1/organisations?sector=PPA",
        )
        for network in ("", *(str(row.pk) for row in (self.top, self.first, self.second))):
            for day in DAYS:
                asked = "&".join(f"{name}={value}" for name, value in (("pada", day), ("tentang", network)) if value)
                yield from (f"/hasil/F17/?{asked}", f"/hasil/F17/?bagian=reach&{asked}")
                yield f"/ekspor/hasil/F17.csv?bagian=reach&{asked}"
                for area in AREAS:
                    named = (("as_of", day), ("about", network), ("area", area))
                    asked = "&".join(f"{name}={value}" for name, value in named if value)
                    yield from (f"/api/v1/figures/F17?{asked}", f"/api/v1/figures/F17/records?part=reach&{asked}")


def read(world: World) -> dict[str, str]:
    """Address -> what the public gets, without what differs from one request to the next."""
    THROTTLE.forget_all()
    browser, found = Client(), {}
    for address in world.addresses():
        answer = browser.get(address)
        body = b"".join(answer) if answer.streaming else answer.content
        text = re.sub(r'(csrfmiddlewaretoken" value=|nonce=|"(?:request_)?id": )"[^"]*"', "", body.decode())
        found[address] = f"{answer.status_code} {text}"
    return found


def with_hidden(world: World, count: int) -> dict[str, str]:
    with transaction.atomic():
        world.hide(count)
        found = read(world)
        transaction.set_rollback(True)
    return found


def test_fewer_than_a_crowd_change_nothing_that_anybody_reads() -> None:
    world = World()
    without = read(world)
    assert [address for address in without if without[address][:3] != "200"] == []
    for count in range(1, CROWD):
        found = with_hidden(world, count)
        assert [address for address in without if found[address] != without[address]] == []


def test_a_crowd_changes_plain_totals_of_the_province_alone() -> None:
    world = World()
    without, found = read(world), with_hidden(world, CROWD)
    changed = [address for address in without if found[address] != without[address]]
    assert changed == ["/wilayah/", "/ekspor/wilayah.csv"]
    numbers = [[int(n) for n in re.findall(r"\b\d{1,3}\b", text[changed[0]])] for text in (without, found)]
    gaps = {after - before for before, after in zip(*numbers, strict=False) if after != before}
    assert CROWD in gaps
    assert "Tersembunyi" not in "".join(found.values())
