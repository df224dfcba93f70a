"""Where a programme works."""

from django.db.models import QuerySet

from simpul.kernel.localized import LocalizedText
from simpul.organisations.facts.programmes import programme_areas
from simpul.organisations.models import ProgrammeArea
from simpul.results.indicators import describing
from simpul.results.indicators.declaration import Indicator, Part, Subject
from simpul.results.questions import Question
from simpul.results.sources import Dimension, QuerySource, Source

BY_PROVINCE = Dimension(LocalizedText(id="Provinsi", en="Province"), "province_code", describing.area_names)


def _rows(question: Question) -> QuerySet[ProgrammeArea]:
    return programme_areas(
        question.subject_id, period=question.window, as_of=question.known_at, area_code=question.area_code
    )


def regencies(question: Question) -> Source:
    return QuerySource(_rows(question), "regency_code", describing.coverages, dimensions={"province": BY_PROVINCE})


def provinces(question: Question) -> Source:
    return QuerySource(_rows(question), "province_code", describing.coverages, dimensions={"province": BY_PROVINCE})


F1 = Indicator(
    code="F1",
    version=1,
    subject=Subject.PROGRAMME,
    name=LocalizedText(id="Kabupaten dan kota tempat program bekerja", en="Regencies and cities a programme works in"),
    definition=LocalizedText(
        id="Kabupaten dan kota yang berbeda, tempat program tercatat bekerja pada suatu hari dalam periode. "
        "Wilayah di bawahnya dihitung untuk kabupaten atau kotanya; cakupan satu provinsi utuh tidak dihitung.",
        en="Distinct regencies and cities in which the programme is recorded as working on some day of the period. "
        "Areas below count for their regency or city; coverage of a whole province is not counted.",
    ),
    parts=(
        Part(
            "regencies",
            LocalizedText(id="Kabupaten dan kota", en="Regencies and cities"),
            regencies,
            LocalizedText(id="kabupaten/kota", en="regencies and cities"),
        ),
    ),
)
F2 = Indicator(
    code="F2",
    version=1,
    subject=Subject.PROGRAMME,
    name=LocalizedText(id="Provinsi tempat program bekerja", en="Provinces a programme works in"),
    definition=LocalizedText(
        id="Provinsi yang berbeda dari kabupaten dan kota yang dihitung F1.",
        en="Distinct provinces of the regencies and cities that F1 counts.",
    ),
    parts=(
        Part(
            "provinces",
            LocalizedText(id="Provinsi", en="Provinces"),
            provinces,
            LocalizedText(id="provinsi", en="provinces"),
        ),
    ),
)
