"""What groups accompany, as far as it is published: nothing here knows a case, and no blank is ever filled."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db.models import OuterRef, QuerySet
from django.db.models.functions import ExtractYear

from simpul.kernel.localized import LocalizedText
from simpul.releases.facts import published_cells
from simpul.releases.kinds import ALL, CameOf, type_label
from simpul.results.indicators import describing
from simpul.results.indicators.declaration import Indicator, Part, Subject
from simpul.results.questions import Question
from simpul.results.sources import Dimension, QuerySource, Source, SumSource
from simpul.threads.queries import linked

# The table that tells of an area, by how many dots its code has; without an area that of the country.
_TABLES: Final = ("province-month", "regency-quarter", "district-year", "village-year")
_CHILD_MARRIAGE: Final = "PA"
_SEPARATED: Final = f"{_CHILD_MARRIAGE}:{CameOf.DONE}"
BY_YEAR: Final = Dimension(LocalizedText(id="Tahun", en="Year"), "year")


def _types(codes: Iterable[str]) -> Mapping[str, str]:
    return {code: str(type_label(code)) for code in codes}


BY_TYPE: Final = Dimension(LocalizedText(id="Perkara", en="What it was about"), "type", _types)


def _published(question: Question) -> QuerySet[Any]:
    """Cells of whole periods that lie in the window, as they were out at its end."""
    rows: QuerySet[Any] = (
        published_cells(as_of=question.known_at).annotate(year=ExtractYear("period_from")).select_related("release")
    )
    window = question.window
    if window.start:
        rows = rows.filter(period_from__gte=window.start)
    return rows.filter(period_until__lte=window.until) if window.until else rows


def _of_place(question: Question) -> QuerySet[Any]:
    """Cells of the area asked for, or of the country: all together by sex and age, so that none lies in another."""
    code = question.area_code or ""
    table = _TABLES[code.count(".")] if code else "nation-month"
    return _published(question).filter(table=table, area=code, sex=ALL, age=ALL)


def accompanied(question: Question) -> Source:
    rows = _of_place(question).filter(type=ALL)
    return SumSource(rows, "count", describing.published, dimensions={"year": BY_YEAR})


def child_marriages(question: Question) -> Source:
    rows = _of_place(question).filter(type=_CHILD_MARRIAGE)
    return SumSource(rows, "count", describing.published, dimensions={"year": BY_YEAR})


def separated(question: Question) -> Source:
    """Of the whole country: what came of it is told of no smaller place."""
    rows = _published(question).filter(table="nation-year-outcome", area=question.area_code or "", type=_SEPARATED)
    return SumSource(rows, "count", describing.published, dimensions={"year": BY_YEAR})


def told(question: Question) -> Source:
    rows = _published(question)
    if question.area_code:
        rows = rows.filter(area__within=question.area_code)
    return QuerySource(rows, "pk", describing.published, dimensions={"year": BY_YEAR})


def used(question: Question) -> Source:
    """Published numbers that somebody tied to what they are evidence for."""
    rows = _published(question)
    if question.area_code:
        rows = rows.filter(area__within=question.area_code)
    ties = linked("releases.publishedcell", OuterRef("pk"), relation="evidences", as_of=question.known_at)
    return QuerySource(rows.filter(ties), "pk", describing.published, dimensions={"type": BY_TYPE})


_PEOPLE = LocalizedText(id="orang", en="people")
_NUMBERS = LocalizedText(id="angka", en="numbers")

F23 = Indicator(
    code="F23",
    version=1,
    subject=Subject.NODE,
    name=LocalizedText(id="Perkawinan anak yang ditangani", en="Child marriages taken up"),
    definition=LocalizedText(
        id="Orang yang didampingi karena perkawinan anak, dijumlahkan dari angka bulanan yang terbit; bulan yang "
        "angkanya di bawah ambang 10 atau disembunyikan tidak ikut. Di sampingnya: berapa di antaranya yang sudah "
        "dicegah atau dilerai ketika bulannya ditutup, dari angka tahunan seluruh negara; yang selesai kemudian tidak "
        "mengubah angka yang sudah terbit.",
        en="People accompanied because of a child marriage, added up from the monthly numbers that are published; "
        "months whose number is below the threshold of 10 or hidden are not in it. Beside them: how many of these were "
        "prevented, or the children separated, when their month was closed, from the yearly numbers of the whole "
        "country; what is settled later changes no published number.",
    ),
    parts=(
        Part("child_marriages", LocalizedText(id="Perkawinan anak", en="Child marriages"), child_marriages, _PEOPLE),
        Part("separated", LocalizedText(id="Dicegah atau dilerai", en="Prevented or separated"), separated, _PEOPLE),
    ),
)
F24 = Indicator(
    code="F24",
    version=1,
    subject=Subject.NODE,
    name=LocalizedText(id="Angka kasus yang menjadi dasar usulan", en="Numbers of cases that proposals rest on"),
    definition=LocalizedText(
        id="Angka terbit yang ditautkan sebagai bukti bagi catatan lain, misalnya rekomendasi kepada pemerintah desa. "
        "Angka yang tidak terbit tidak pernah menjadi bukti.",
        en="Published numbers that are tied as evidence to another record, such as a recommendation to a village "
        "government. A number that is not published is never evidence.",
    ),
    parts=(Part("used", LocalizedText(id="Angka yang dipakai", en="Numbers in use"), used, _NUMBERS),),
)
F25 = Indicator(
    code="F25",
    version=1,
    subject=Subject.NODE,
    name=LocalizedText(id="Statistik kasus yang terbit", en="Case statistics that are published"),
    definition=LocalizedText(
        id="Angka kasus yang terbit untuk semua orang sampai hari itu, masing-masing dengan alamat tetap. Di "
        "sampingnya: orang yang didampingi, dijumlahkan dari angka bulanan yang terbit; bulan yang kosong tidak ikut.",
        en="Numbers of cases published to everybody by that day, each at an address of its own. Beside them: people "
        "accompanied, added up from the monthly numbers that are published; blank months are not in it.",
    ),
    parts=(
        Part("told", LocalizedText(id="Angka terbit", en="Numbers published"), told, _NUMBERS),
        Part("accompanied", LocalizedText(id="Orang yang didampingi", en="People accompanied"), accompanied, _PEOPLE),
    ),
)
