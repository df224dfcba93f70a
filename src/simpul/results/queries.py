"""Evaluating indicators, and opening their figures into records."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from simpul.kernel.actor import Anonymous
from simpul.kernel.errors import NotFound
from simpul.kernel.localized import LocalizedText
from simpul.organisations.models import Node, Organisation, Programme
from simpul.organisations.queries.node import this_node
from simpul.organisations.queries.profiles import organisation_for
from simpul.results.indicators import INDICATORS, Indicator, Part, Stated, Subject
from simpul.results.questions import Question
from simpul.results.sources import Page, Source, count_all


@dataclass(frozen=True, slots=True)
class Figure:
    """One part, counted: as many as open into records for this reader."""

    part: Part
    value: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """An indicator's figures about one subject, on one day."""

    indicator: Indicator
    question: Question
    about: LocalizedText
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
    """Every figure of one indicator, about the subject named or else the node's headline one.

    NotFound where there is none, or the reader may not see it. What is hidden from the reader does not count, so that
    nobody is found by narrowing or subtracting.
    """
    if question.subject_id:
        return _evaluate(asked, question, _about(asked.subject, question), asked.parts)
    headline = _headlines(question).get(asked.subject)
    if headline is None:
        raise NotFound("results.figure")
    return _evaluate(asked, question.about(headline[0]), headline[1], asked.parts)


def is_about_hidden(evaluation: Evaluation) -> bool:
    """Whether its subject is in safety mode: then only its own people see it. Anonymous readers cost no query."""
    subject = evaluation.question.subject_id
    if subject is None or isinstance(evaluation.question.actor, Anonymous):
        return False
    if evaluation.indicator.subject == Subject.NODE:
        return Node.objects.filter(pk=subject, host__in_safety_mode=True).exists()
    if evaluation.indicator.subject == Subject.PROGRAMME:
        return Programme.objects.filter(pk=subject, owner__in_safety_mode=True).exists()
    return Organisation.objects.filter(pk=subject, in_safety_mode=True).exists()


def evaluate_all(question: Question, codes: Collection[str] = tuple(INDICATORS)) -> tuple[Evaluation, ...]:
    """Indicators about the node's headline subjects, at a glance: of each the parts that a list shows.

    `question.subject_id`, where given, is the programme's. A subject that this reader may not see is left out. One
    query for the subjects, one for all figures that are queries, a few for those that are not, one a stated number.
    """
    subjects = _headlines(question)
    asked = [INDICATORS[code] for code in codes if INDICATORS[code].subject in subjects]
    parts = [(one, part) for one in asked for part in one.parts[: one.at_a_glance]]
    counts = count_all(
        Node.objects.all(), [part.source(question.about(subjects[one.subject][0])) for one, part in parts]
    )
    figures: dict[str, list[Figure]] = {}
    for (one, part), count in zip(parts, counts, strict=True):
        figures.setdefault(one.code, []).append(Figure(part, count))
    return tuple(
        _told(one, question.about(subjects[one.subject][0]), subjects[one.subject][1], tuple(figures[one.code]))
        for one in asked
    )


def _told(asked: Indicator, question: Question, about: LocalizedText, figures: tuple[Figure, ...]) -> Evaluation:
    stated = asked.declared.read(question) if asked.declared else None
    return Evaluation(asked, question, about, figures, stated)


def _evaluate(asked: Indicator, question: Question, about: LocalizedText, parts: Sequence[Part]) -> Evaluation:
    return _told(asked, question, about, tuple(Figure(part, part.source(question).count()) for part in parts))


def _headlines(question: Question) -> dict[Subject, tuple[UUID, LocalizedText]]:
    """Subject -> key and name, of those this reader may see."""
    subjects: dict[Subject, tuple[UUID, LocalizedText]] = {}
    node = this_node()
    if node:
        subjects[Subject.NODE] = node.pk, LocalizedText(id=node.host.name)
    if node and node.headline_programme:
        subjects[Subject.PROGRAMME] = node.headline_programme.pk, _named(node.headline_programme)
    for subject in (Subject.NETWORK, Subject.ORGANISATION):
        organisation: Organisation | None = getattr(node, f"headline_{subject.value}", None)
        if organisation and _seen(question, organisation):
            subjects[subject] = organisation.pk, LocalizedText(id=organisation.name)
    if question.subject_id:
        subjects[Subject.PROGRAMME] = question.subject_id, _about(Subject.PROGRAMME, question)
    return subjects


def _seen(question: Question, organisation: Organisation) -> bool:
    """Asked of the database only for one in safety mode."""
    if not organisation.in_safety_mode:
        return True
    with suppress(NotFound):
        organisation_for(question.actor, organisation.pk)
        return True
    return False


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
    return page_of(source_of(asked, key, question), where=where, after=after)


def source_of(asked: Indicator, key: str, question: Question) -> Source:
    """The rows behind one part. NotFound for another part, and where the reader may not see the subject."""
    _about(asked.subject, question)
    return part_of(asked, key).source(question)


def part_of(asked: Indicator, key: str) -> Part:
    """The main part where `key` is empty; NotFound for one the indicator doesn't have."""
    part = next((part for part in asked.parts if key in {part.key, ""}), None)
    if part is None:
        raise NotFound("results.part")
    return part


def page_of(source: Source, *, where: tuple[str, str] | None, after: UUID | None) -> Page:
    """NotFound for a dimension the source doesn't have."""
    if where is not None and where[0] not in source.dimensions:
        raise NotFound("results.dimension")
    return source.page(where=where, after=after)


def _about(subject: Subject, question: Question) -> LocalizedText:
    if subject is Subject.NODE:
        node = this_node()
        if node is None or node.pk != question.subject:
            raise NotFound("organisations.node", question.subject)
        return LocalizedText(id=node.host.name)
    if subject is Subject.PROGRAMME:
        programme = Programme.objects.filter(pk=question.subject).first()
        if programme is None:
            raise NotFound("organisations.programme", question.subject)
        return _named(programme)
    organisation: Organisation = organisation_for(question.actor, question.subject)
    return LocalizedText(id=organisation.name)


def _named(programme: Programme) -> LocalizedText:
    return programme.name or LocalizedText(id=programme.acronym)


def _names(programme: Programme) -> set[str]:
    return {text.casefold() for text in programme.name.values()} if programme.name else set()
