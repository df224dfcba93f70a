"""A batch with numbers that occur nowhere else is planted and published: what stays hidden is looked for everywhere.

In one province nearly everybody came for health insurance and three for violence: of the two parts of its total one
stays hidden that is large, and easily recognised. What came in February is in no release at all. Quarter and year are
out with numbers of their own, so that whoever counted cases there instead of reading what is published would be found.
"""

import csv
import io
import pickle
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from itertools import product
from typing import Final

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader
from pytest_django import DjangoDbBlocker

from simpul.api.throttle import THROTTLE
from simpul.audit.models import Act
from simpul.cases.models import CountedVictim
from simpul.notices.models import Notice
from simpul.releases.kinds import age_of, holds, sex_of
from simpul.releases.models import Book, Proposal, PublishedCell, Release
from simpul.releases.places import above, rest_of
from simpul.releases.queries.books import declared_keys
from simpul.releases.services.batches import close_period
from simpul.releases.services.proposing import propose_release
from simpul.releases.tables import TABLES, Level
from simpul.search.models import Entry
from tests.cast import Cast, Stage
from tests.factories.published import publish
from tests.factories.releases import WORKER, a_month, at_home, over, released, victims
from tests.factories.territory import MASBAGIK_UTARA_BARU, PENEDA_GANDOR
from tests.racing import copied_database

JANUARY: Final = datetime(2025, 1, 6, 2, tzinfo=UTC)
FEBRUARY: Final = datetime(2025, 2, 7, 2, tzinfo=UTC)
UNRELEASED: Final = 1_733  # people of February
PLANTED: Final = "32.71.01.1001"
LEAST: Final = 1_000  # smaller numbers occur by chance
PLACES: Final = ("", "52", "52.03", "52.03.05", "52.03.17", MASBAGIK_UTARA_BARU, PENEDA_GANDOR, "32", "32.71")
SHEETS: Final = (("52.03", "2025-Q1"), ("32.71", "2025-Q1"), (PENEDA_GANDOR, "2025"), (MASBAGIK_UTARA_BARU, "2025"))
READERS: Final = ("publik", "budi", "fitri")


@dataclass
class World:
    hidden: frozenset[int]
    published: frozenset[int]
    read: dict[str, dict[str, str]] = field(default_factory=dict)  # who -> address -> what they read
    kept: str = ""


@pytest.fixture(scope="module")
def world(
    stage: Stage, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Built, released and walked through once, on a database of its own."""
    with django_db_blocker.unblock(), copied_database(tmp_path_factory.mktemp("planted")):
        cast = stage.set_up()
        plant(cast)
        told = set(PublishedCell.objects.values_list("count", flat=True))
        made = World(frozenset(numbers_behind() - told), frozenset(told))
        cache.clear()
        for key in READERS:
            made.read[key] = dict(walk(cast, key))
        made.kept = kept()
        yield made


def plant(cast: Cast) -> None:
    at_home(cast)
    a_month(JANUARY)
    victims(1_106, ["JK.4"], area=PLANTED, at=JANUARY)
    victims(111, ["JK.4"], area=PLANTED, sex="L", at=JANUARY)
    victims(3, ["K.F"], area=PLANTED, at=JANUARY)
    released(cast, now=over("2025-01"))
    victims(UNRELEASED, ["BS.1"], area=PENEDA_GANDOR, at=FEBRUARY)
    propose_release(cast.fitri.actor, now=over("2025-02"))
    close_period(WORKER, month="2025-02", now=over("2025-02"))
    publish("regency-quarter", "2025-Q1", {("32.71", "", "", ""): 5_021, ("52.03", "JK", "", ""): 5_023})
    publish("regency-quarter-age", "2025-Q1", {("52.03", "social", "", "child"): 5_039})
    publish("district-year", "2025", {("52.03.17", "", "", ""): 5_051, ("52.03.05", "JK", "", ""): 5_059})
    publish("village-year", "2025", {(PENEDA_GANDOR, "", "", ""): 5_051, (MASBAGIK_UTARA_BARU, "", "", ""): 5_077})
    publish("village-year-sex", "2025", {(PENEDA_GANDOR, "social", "P", ""): 5_081})


def numbers_behind() -> set[int]:
    """What a plain recount finds in every declared cell of every table and of the month that is in none, where it is
    large enough to be told from any other number.
    """
    rows = CountedVictim.objects.values_list("area_id", "types__form", "sex", "age_band", "recorded_at")
    people = Counter((placed(area), form, sex_of(sex), age_of(band).value, at) for area, form, sex, band, at in rows)
    book, found = Book.objects.get(year=2025), {UNRELEASED}
    for table in TABLES.values():
        for area, kind, sex, age in declared_keys(table, book.pk, ""):
            by_month: Counter[datetime] = Counter()
            for (place, form, of_sex, of_age, at), many in people.items():
                within = above(place, table.level) == area and holds(kind, form)
                if within and sex in ("", of_sex) and age in ("", of_age):
                    by_month[at] += many
            found |= {*by_month.values(), by_month.total()}
    return {one for one in found if one >= LEAST}


def placed(area: str) -> str:
    return area if area in (MASBAGIK_UTARA_BARU, PENEDA_GANDOR) else rest_of(above(area, Level.REGENCY))


def walk(cast: Cast, key: str) -> Iterator[tuple[str, str]]:
    """Every address near published counts, and a search for the hidden numbers themselves, as they read it."""
    browser = Client() if key == "publik" else cast.played[key].client()
    for address in addresses():
        THROTTLE.forget_all()
        answer = browser.get(address)
        assert answer.status_code in (200, 302, 401, 403, 404), address
        yield address, text_of(answer)


def addresses() -> Iterator[str]:
    yield from ("/", "/data/kasus/cara/", "/data/kasus/terbitan/", "/data/lembar/", "/data/rilis/", "/hasil/")
    yield from (f"/hasil/{code}/" for code in ("F23", "F24", "F25"))
    yield from (f"/cari/?q={word}" for word in ("orang didampingi", "Peneda", "Jaminan kesehatan"))
    for place, period, kind in product(PLACES, ("", "2025-01"), ("", "JK")):
        yield f"/data/kasus/?wilayah={place}&periode={period}&jenis={kind}"
    for place, form in product(PLACES, ("csv", "xlsx")):
        yield f"/ekspor/data-kasus.{form}?wilayah={place}"
    yield from (f"/data/lembar/{place}/{period}.pdf" for place, period in SHEETS)
    for row in Release.objects.all():
        yield f"/data/kasus/terbitan/{row.pk}/"
    for cell in PublishedCell.objects.filter(area__in=[*PLACES]).order_by("-count")[:12]:
        yield f"/data/kasus/angka/{cell.pk}/"
        yield f"/api/v1/case-counts/{cell.pk}"
    yield from ("/api/v1/case-counts/tables", "/api/v1/case-releases", "/api/v1/search?q=Peneda")
    yield from (
        f"/api/v1/case-counts?table={key}&limit=100{place}"
        for key, place in product(TABLES, ("", "&area=52", "&area=32"))
    )
    for proposal in Proposal.objects.filter(month__in=("2025-01", "2025-02")):
        yield f"/data/rilis/{proposal.pk}/"
        yield from (f"/data/rilis/{proposal.pk}/pratinjau/?tabel={key}&wilayah=32" for key in TABLES)


def text_of(answer: HttpResponse) -> str:
    """All that can be read in it: a page with its attributes, a file with its cells, a sheet with its words."""
    body = b"".join(answer) if answer.streaming else answer.content
    kind = answer.headers.get("Content-Type", "")
    heads = " ".join(f"{name}: {value}" for name, value in answer.headers.items())
    if kind.startswith("application/pdf"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    if kind.startswith("text/csv"):
        return "\n".join(value for line in csv.reader(io.StringIO(body.decode())) for value in line)
    if body[:2] == b"PK":
        pages = load_workbook(io.BytesIO(body), read_only=True).worksheets
        return "\n".join(str(value) for page in pages for line in page.iter_rows(values_only=True) for value in line)
    return unescape(f"{heads} {body.decode()}")


def kept() -> str:
    """What else is kept of it in clear: the cache, the index of the search, notices, acts."""
    held = getattr(cache, "_cache", {})
    cached = [str(pickle.loads(value)) for value in held.values()]
    rows = [str(row) for model in (Entry, Notice, Act) for row in model.objects.values()]
    return "\n".join([*held, *cached, *rows])


def numbers_in(text: str) -> set[int]:
    """Every whole number from a thousand on that stands by itself, however its thousands are parted: none within a key,
    a digest or a decimal fraction.
    """
    found = re.findall(r"(?<![\w.,-])\d{1,3}(?:[.,\u00a0]?\d{3})+(?![\w-]|[.,]\d)", text)
    return {int(re.sub(r"\D", "", one)) for one in found}


@pytest.mark.parametrize("key", READERS)
def test_no_number_that_is_hidden_is_read_anywhere(world: World, key: str) -> None:
    leaks = {address: found for address, text in world.read[key].items() if (found := numbers_in(text) & world.hidden)}
    assert leaks == {}


def test_neither_cache_nor_index_nor_notice_nor_act_keeps_one(world: World) -> None:
    assert world.kept
    assert numbers_in(world.kept) & world.hidden == set()


def test_what_was_planted_is_hidden_and_what_is_told_is_found(world: World) -> None:
    """Else finding nothing would say nothing."""
    assert UNRELEASED in world.hidden
    assert {one for one in world.hidden if one < UNRELEASED}  # of January, which is out
    large = {count for count in world.published if count >= LEAST}
    assert large
    for key in READERS:
        pages = world.read[key]
        for mark in ("/data/kasus/?", "/ekspor/data-kasus.csv", "/ekspor/data-kasus.xlsx", "/api/v1/case-counts?"):
            read = "\n".join(text for address, text in pages.items() if address.startswith(mark))
            assert large & numbers_in(read), mark
    for key in ("budi", "fitri"):
        assert large & numbers_in("\n".join(text for address, text in world.read[key].items() if ".pdf" in address))


def test_numbers_are_found_however_they_are_written() -> None:
    for text in (">1.217<", '"count": 1217,', "1,217 people", "1\u00a0217 orang.", "=1217&", "[1217]"):
        assert numbers_in(text) == {1_217}, text
    for text in ("a1217", "1217-4c1b", "0.1217", "12.17", "81217.5", "x1217y"):
        assert 1_217 not in numbers_in(text), text
