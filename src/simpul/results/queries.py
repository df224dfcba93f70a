"""Evaluating indicators, and opening their figures into records."""

from dataclasses import dataclass
from uuid import UUID

from simpul.kernel.errors import NotFound
from simpul.organisations.models import Node, Organisation, Programme
from simpul.organisations.queries.profiles import organisation_for
from simpul.results.indicators import INDICATORS, Indicator, Part, Stated, Subject
from simpul.results.questions import Question
from simpul.results.sources import Page, Source


@dataclass(frozen=True, slots=True)
class Figure:
    """One part, counted. `listed` is how many of `value` open into records for this reader; the others are hidden."""

    part: Part
    value: int
    listed: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """An indicator's figures about one subject, on one day."""

    indicator: Indicator
    question: Question
    about: str
    figures: tuple[Figure, ...]
    stated: Stated | None

    @property
    def value(self) -> int:
        return self.figures[0].value


def indicator(code: str) -> Indicator:
    """NotFound for a code that is not declared."""
    found = INDICATORS.get(code)
    if found is None:
        raise NotFound("results.indicator")
    return found


def evaluate(asked: Indicator, question: Question) -> Evaluation:
    """The figures of one indicator. `question` must name the subject. NotFound where the reader may not see it.

    Below the province only what is listed counts, so that a hidden organisation can't be found by narrowing.
    """
    about = _about(asked.subject, question)
    narrow = question.area_code is not None and "." in question.area_code
    figures = tuple(_figure(part, part.source(question), narrow=narrow) for part in asked.parts)
    stated = asked.declared.read(question) if asked.declared else None
    return Evaluation(asked, question, about, figures, stated)


def headline_subject(subject: Subject) -> UUID | None:
    """What this node's figures are about where nobody says: None where nobody has said."""
    column = f"headline_{subject.value}_id"
    return Node.objects.values_list(column, flat=True).first()


def evaluate_all(question: Question) -> tuple[Evaluation, ...]:
    """Every indicator about the node's headline subjects; `question.subject_id`, where given, is the programme's."""
    found = []
    for asked in INDICATORS.values():
        named = question.subject_id if asked.subject is Subject.PROGRAMME else None
        subject_id = named or headline_subject(asked.subject)
        if subject_id:
            found.append(evaluate(asked, question.about(subject_id)))
    return tuple(found)


def programme_named(text: str) -> Programme:
    """By acronym or name in any language, whole, whatever the case. NotFound for none or several."""
    wanted = text.strip().casefold()
    found = [p for p in Programme.objects.all() if wanted in {p.acronym.casefold(), *_names(p)}]
    if len(found) != 1:
        raise NotFound("organisations.programme")
    return found[0]


def open_part(
    asked: Indicator, key: str, question: Question, *, where: tuple[str, str] | None = None, after: UUID | None = None
) -> Page:
    """A page of the records behind one figure. NotFound for a part or dimension the indicator doesn't have."""
    return source_of(asked, key, question, where).page(where=where, after=after)


def source_of(asked: Indicator, key: str, question: Question, where: tuple[str, str] | None = None) -> Source:
    """The rows behind one part. NotFound as `open_part`, and where the reader may not see the subject."""
    _about(asked.subject, question)
    part = next((part for part in asked.parts if part.key == key), None)
    if part is None:
        raise NotFound("results.part")
    source = part.source(question)
    if where is not None and where[0] not in source.dimensions:
        raise NotFound("results.dimension")
    return source


def _figure(part: Part, source: Source, *, narrow: bool) -> Figure:
    listed = source.listed()
    return Figure(part, listed if narrow else source.count(), listed)


def _about(subject: Subject, question: Question) -> str:
    if subject is Subject.PROGRAMME:
        programme = Programme.objects.filter(pk=question.subject).first()
        if programme is None:
            raise NotFound("organisations.programme", question.subject)
        return str(programme.name)
    organisation: Organisation = organisation_for(question.actor, question.subject)
    return organisation.name


def _names(programme: Programme) -> set[str]:
    return {text.casefold() for text in programme.name.values()} if programme.name else set()
