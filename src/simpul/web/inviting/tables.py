"""The list of participants as a table."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from simpul.activities.models import EventQuestion
from simpul.activities.services.lists import Listed
from simpul.interop.writing import Page, Value
from simpul.web.activities.arrivals import from_of, name_of
from simpul.web.activities.rows import said


def page_of(listed: Listed) -> Page:
    """A row a registration, in the order of the line; the organiser's own questions after what every event may ask."""
    language = get_language() or "id"
    own = [said(question.label, language) for question in listed.questions]
    heads = [
        _("Name"), _("Telephone"), _("E-mail"), _("Organisation or group"), _("Comes as"),
        pgettext("participant", "Village"), pgettext("participant", "Sex"), pgettext("participant", "Age"),
        pgettext("participant", "Disability"), _("What they need in order to take part"), _("Seat"),
        _("What may be published"), *own,
    ]  # fmt: skip
    return Page(_("Participants"), heads, list(_rows(listed)))


def _rows(listed: Listed) -> Iterator[list[Value]]:
    for row in listed.registrations:
        person = row.participant
        phone, email, needs = (str(x.open()) if x else "" for x in (person.phone, person.email, person.needs))
        told = listed.answers.get(person.pk, {})
        yield [
            name_of(person), phone, email, from_of(person), str(person.get_stakeholder_display()),
            person.area.title if person.area else "", str(person.get_sex_display()),
            str(person.get_age_band_display()), str(person.get_disability_display()), needs, str(row.state.label),
            str(person.get_publishing_display()), *(words_of(told.get(q.pk)) for q in listed.questions),
        ]  # fmt: skip


def words_of(value: object) -> str | int | float:
    """An answer as it is read; "" for none."""
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return value if isinstance(value, int | float) else str(value or "")


def answered(questions: Sequence[EventQuestion], told: Mapping[UUID, object]) -> list[tuple[str, object]]:
    """Question and answer, of those that were answered."""
    language = get_language() or "id"
    return [(said(q.label, language), words_of(told[q.pk])) for q in questions if told.get(q.pk) is not None]
