"""What one organisation was called, and what it stands for."""

from collections.abc import Callable

from simpul.kernel.localized import LocalizedText
from simpul.organisations.facts.profiles import areas_worked_in, names_borne, profile_entries
from simpul.results.indicators import describing
from simpul.results.indicators.declaration import Indicator, Part, Subject
from simpul.results.questions import Question
from simpul.results.sources import QuerySource, Source


def names(question: Question) -> Source:
    return QuerySource(names_borne(question.subject, known=question.known_at), "pk", describing.names)


def working_areas(question: Question) -> Source:
    rows = areas_worked_in(question.as_of, organisation_id=question.subject, known=question.known_at)
    if question.area_code:
        rows = rows.filter(area__code__within=question.area_code)
    return QuerySource(rows, "area_id", describing.working_areas)


def entries(field: str) -> Callable[[Question], Source]:
    def source(question: Question) -> Source:
        rows = profile_entries(field, organisation_id=question.subject, known=question.known_at)
        return QuerySource(rows.select_related("organisation"), "pk", describing.entries)

    return source


def _list(key: str, field: str, name: LocalizedText) -> Part:
    return Part(key, name, entries(field), name)


F20 = Indicator(
    code="F20",
    version=1,
    subject=Subject.ORGANISATION,
    name=LocalizedText(id="Nama organisasi dari waktu ke waktu", en="An organisation's names over time"),
    definition=LocalizedText(
        id="Nama yang tercatat pernah disandang organisasi, sebagaimana diketahui pada hari itu.",
        en="Names the organisation is recorded to have borne, as known on that day.",
    ),
    parts=(Part("names", LocalizedText(id="Nama", en="Names"), names, LocalizedText(id="nama", en="names")),),
)
F21 = Indicator(
    code="F21",
    version=1,
    subject=Subject.ORGANISATION,
    name=LocalizedText(id="Wilayah dan pokok kerja organisasi", en="What an organisation works on, and where"),
    definition=LocalizedText(
        id="Wilayah kerja pada hari itu. Di sampingnya: bidang kebijakan, prinsip, dan bentuk kegiatan yang "
        "dinyatakan organisasi dalam profilnya.",
        en="Working areas on that day. Beside them: policy fields, principles and forms of activity that the "
        "organisation states in its profile.",
    ),
    parts=(
        Part(
            "working_areas",
            LocalizedText(id="Wilayah kerja", en="Working areas"),
            working_areas,
            LocalizedText(id="wilayah", en="areas"),
        ),
        _list("sectors", "sectors", LocalizedText(id="Bidang kebijakan", en="Policy fields")),
        _list("principles", "principles", LocalizedText(id="Prinsip", en="Principles")),
        _list("activity_forms", "activity_forms", LocalizedText(id="Bentuk kegiatan", en="Forms of activity")),
    ),
)
