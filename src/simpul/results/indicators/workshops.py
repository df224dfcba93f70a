"""Workshops and what was agreed at them, the way to secretariats of their own, and what was published when."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F, Q, QuerySet

from simpul.activities.facts.events import coverage_on_other_days, held_events
from simpul.activities.facts.learners import learners_at, participations, trained_organisations
from simpul.activities.facts.workshops import schemes_agreed, speakers_at, voices_at, workshops
from simpul.activities.kinds import LEARNING, AgeBand, Course, Disability, Mode, Stakeholder
from simpul.activities.models import Coverage, Event
from simpul.activities.result_kinds import Group, Scheme
from simpul.activities.rules.events import visible_to as events_visible_to
from simpul.kernel.localized import LocalizedText
from simpul.organisations.facts.readiness import networks_formed, reached_stage
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import visible_to
from simpul.organisations.secretariat import ReadinessStage
from simpul.people.codes import Sex
from simpul.results.indicators import describing
from simpul.results.indicators.declaration import Indicator, Part, Subject
from simpul.results.indicators.networks import BY_PROVINCE, of_province
from simpul.results.people import PeopleSource
from simpul.results.questions import Question
from simpul.results.sources import Dimension, QuerySource, Source

_UNKNOWN = LocalizedText(id="tidak diketahui", en="not known")


def _labels(choices: Any) -> Any:
    known = dict(choices.choices)

    def of(codes: Iterable[str]) -> Mapping[str, str]:
        return {code: str(known[code]) if code and code in known else describing.in_words(_UNKNOWN) for code in codes}

    return of


def _by(path: str, choices: Any, indonesian: str, english: str) -> Dimension:
    return Dimension(LocalizedText(id=indonesian, en=english), path, _labels(choices))


OF_PEOPLE: Mapping[str, Dimension] = {
    "stakeholder": _by("stakeholder", Stakeholder, "Datang sebagai", "Comes as"),
    "sex": _by("sex", Sex, "Jenis kelamin", "Sex"),
    "age": _by("age_band", AgeBand, "Umur", "Age"),
    "disability": _by("disability", Disability, "Disabilitas", "Disability"),
    "mode": _by("event__mode", Mode, "Cara bertemu", "How they met"),
}


def _seen(question: Question, events: QuerySet[Event]) -> QuerySet[Event]:
    return events.filter(events_visible_to(question.actor))


def _workshops(question: Question) -> QuerySet[Event]:
    found = workshops(period=question.window, as_of=question.known_at, area_code=question.area_code)
    return _seen(question, found)


def _people(question: Question, events: QuerySet[Event]) -> Source:
    return PeopleSource(
        people=learners_at(events, as_of=question.known_at),
        there=participations(events, as_of=question.known_at),
        events=events,
        describe=describing.events_with_people,
        dimensions=OF_PEOPLE,
    )


def participants(question: Question) -> Source:
    return _people(question, _workshops(question))


def learned(question: Question) -> Source:
    held = held_events(period=question.window, as_of=question.known_at, area_code=question.area_code)
    return _people(question, _seen(question, held.filter(kind__in=sorted(LEARNING), is_sensitive=False)))


def held_workshops(question: Question) -> Source:
    by_mode = {"mode": _by("mode", Mode, "Cara bertemu", "How they met")}
    return QuerySource(_workshops(question), "pk", describing.events, dimensions=by_mode)


def speakers(question: Question) -> Source:
    rows = speakers_at(_workshops(question), as_of=question.known_at).select_related("event", "organisation")
    return QuerySource(rows, "pk", describing.speakers)


def feedback(question: Question) -> Source:
    by_group = {"group": _by("group", Group, "Suara siapa", "Whose voice")}
    rows = voices_at(_workshops(question), as_of=question.known_at).select_related("event")
    return QuerySource(rows, "pk", describing.voices, dimensions=by_group)


def schemes(question: Question) -> Source:
    rows = schemes_agreed(period=question.window, as_of=question.known_at, area_code=question.area_code)
    by_scheme = {"scheme": _by("scheme", Scheme, "Skema", "Scheme")}
    shown = rows.select_related("event")
    return QuerySource(
        shown, "pk", describing.outcomes, listable=events_visible_to(question.actor, "event__"), dimensions=by_scheme
    )


def _organisations(rows: QuerySet[Organisation], question: Question) -> Source:
    return QuerySource(
        of_province(rows, question),
        "pk",
        describing.organisations,
        listable=visible_to(question.actor),
        dimensions={"province": BY_PROVINCE},
    )


def trained(question: Question) -> Source:
    window, known = question.window, question.known_at
    came = trained_organisations(Course.SECRETARIAT, period=window, as_of=known)
    stated = reached_stage(ReadinessStage.TRAINED, period=window, as_of=known)
    either = Q(pk__in=came.values("pk")) | Q(pk__in=stated.values("pk"))
    return _organisations(Organisation.objects.filter(either), question)


def ready(question: Question) -> Source:
    return _organisations(
        reached_stage(ReadinessStage.READY, period=question.window, as_of=question.known_at), question
    )


def formed(question: Question) -> Source:
    return _organisations(networks_formed(period=question.window, as_of=question.known_at), question)


def _published(question: Question) -> QuerySet[Coverage]:
    held = held_events(period=question.window, as_of=question.known_at, area_code=question.area_code)
    rows = Coverage.objects.filter(recorded_at__lte=question.known_at, event__in=held.values("pk"))
    return rows.select_related("event").annotate(held_on=F("event__starts_on"))


def published(question: Question) -> Source:
    return QuerySource(
        _published(question), "pk", describing.coverage, listable=events_visible_to(question.actor, "event__")
    )


def on_other_days(question: Question) -> Source:
    apart = coverage_on_other_days(period=question.window, as_of=question.known_at)
    rows = _published(question).filter(pk__in=apart.values("pk"))
    return QuerySource(rows, "pk", describing.coverage, listable=events_visible_to(question.actor, "event__"))


_PEOPLE = LocalizedText(id="orang", en="people")
_ORGANISATIONS = LocalizedText(id="organisasi", en="organisations")

F15 = Indicator(
    code="F15",
    version=1,
    subject=Subject.NODE,
    name=LocalizedText(id="Peserta lokakarya", en="People at workshops"),
    definition=LocalizedText(
        id="Orang yang tercatat hadir di lokakarya yang terlaksana, masing-masing dihitung sekali walau datang ke "
        "beberapa lokakarya atau penyelenggara. Yang tidak meninggalkan cara dihubungi dihitung per lokakarya. Menurut "
        "pihak, jenis kelamin, umur, dan disabilitas: kelompok di bawah lima orang digabung. Di sampingnya: pembelajar "
        "di semua kegiatan belajar, lokakaryanya, narasumbernya, dan suara peserta yang dicatat menurut kelompok.",
        en="People noted as present at workshops that were held, each counted once however many workshops and "
        "organisers they came to. Who left no way to be reached is counted for each workshop. By what they come as, "
        "sex, age and disability: groups of fewer than five people are taken together. Beside them: learners at all "
        "events at which people learn, the workshops, their speakers, and what participants said, noted by group.",
    ),
    parts=(
        Part("participants", LocalizedText(id="Peserta lokakarya", en="People at workshops"), participants, _PEOPLE),
        Part("learners", LocalizedText(id="Pembelajar", en="Learners"), learned, _PEOPLE),
        Part(
            "workshops",
            LocalizedText(id="Lokakarya", en="Workshops"),
            held_workshops,
            LocalizedText(id="lokakarya", en="workshops"),
        ),
        Part(
            "speakers",
            LocalizedText(id="Narasumber", en="Speakers"),
            speakers,
            LocalizedText(id="narasumber", en="speakers"),
        ),
        Part(
            "feedback",
            LocalizedText(id="Suara peserta", en="Voices of participants"),
            feedback,
            LocalizedText(id="suara", en="voices"),
        ),
    ),
    at_a_glance=2,
)
F16 = Indicator(
    code="F16",
    version=1,
    subject=Subject.NODE,
    name=LocalizedText(id="Skema penguatan yang disepakati", en="Ways of strengthening that were agreed"),
    definition=LocalizedText(
        id="Skema penguatan organisasi yang disepakati dalam kegiatan, masing-masing dengan kegiatannya: kelembagaan; "
        "pelatihan; gerakan dan kerja sama lintas sektor; literasi digital; sumber daya setempat; lainnya.",
        en="Ways of strengthening organisations that were agreed at events, each with its event: the organisation "
        "itself; training; a movement and work across sectors; digital literacy; local resources; something else.",
    ),
    parts=(
        Part(
            "schemes",
            LocalizedText(id="Skema yang disepakati", en="Ways agreed"),
            schemes,
            LocalizedText(id="skema", en="ways"),
        ),
    ),
)
F19 = Indicator(
    code="F19",
    version=1,
    subject=Subject.NODE,
    name=LocalizedText(id="Dari pelatihan ke jaringan sendiri", en="From a training to a network of one's own"),
    definition=LocalizedText(
        id="Organisasi yang utusannya hadir dalam pelatihan layanan kesekretariatan, atau dinyatakan terlatih oleh "
        "jaringannya. Di sampingnya: yang dinyatakan siap menjadi sekretariat, dan jaringan yang lalu terbentuk. "
        "Masing-masing dihitung sekali.",
        en="Organisations whose people came to a training in secretariat services, or that their network stated to be "
        "trained. Beside them: those declared ready to be a secretariat, and the networks that were then formed. Each "
        "counted once.",
    ),
    parts=(
        Part("trained", LocalizedText(id="Terlatih", en="Trained"), trained, _ORGANISATIONS),
        Part("ready", LocalizedText(id="Siap", en="Ready"), ready, _ORGANISATIONS),
        Part(
            "formed",
            LocalizedText(id="Jaringan terbentuk", en="Networks formed"),
            formed,
            LocalizedText(id="jaringan", en="networks"),
        ),
    ),
    at_a_glance=3,
)
F22 = Indicator(
    code="F22",
    version=1,
    subject=Subject.NODE,
    name=LocalizedText(id="Liputan kegiatan", en="What was published on events"),
    definition=LocalizedText(
        id="Liputan tentang kegiatan yang terlaksana. Di sampingnya: yang terbit bukan pada hari kegiatannya. Hari "
        "kegiatan dan hari terbit disimpan terpisah; kegiatan dihitung menurut harinya sendiri.",
        en="What was published on events that were held. Beside it: what came out on another day than that of the "
        "event. Both days are kept apart; an event counts by its own.",
    ),
    parts=(
        Part(
            "published",
            LocalizedText(id="Liputan", en="Published"),
            published,
            LocalizedText(id="liputan", en="pieces"),
        ),
        Part(
            "other_days",
            LocalizedText(id="Terbit pada hari lain", en="On another day"),
            on_other_days,
            LocalizedText(id="liputan", en="pieces"),
        ),
    ),
    at_a_glance=2,
)
