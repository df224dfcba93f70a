"""The words on paper: the answer, and the copy with its trail."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.cases.consent_kinds import PURPOSES
from simpul.cases.kinds import CASE_TYPES
from simpul.cases.queries.rights_copy import Copy, Look, Named, Transfer
from simpul.cases.referral_fields import SharedField
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Organisation
from simpul.paper.sheets import Section, Sheet
from simpul.people.codes import Sex
from simpul.web import formats
from simpul.web.cases.desk.panels import FIELD_WORDS


def language() -> str:
    return get_language() or "id"


def head_of(group: Organisation) -> dict[str, Any]:
    """Whom a letter is from: never what the group does, which an envelope would tell."""
    lines = [group.name] if group.acronym else []
    head: dict[str, Any] = {"sender": group.acronym or group.name, "sender_lines": lines}
    head["language"] = language()
    return head


def day_of(day: date) -> str:
    return formats.day(day, language=language())


def answer_sheet(group: Organisation, said: str, *, now: datetime) -> Sheet:
    return Sheet(
        **head_of(group),
        place_and_day=day_of(local_date(now, Zone.WITA)),
        title=_("About what you asked"),
        sections=[
            Section(paragraphs=[said, _("You may ask again at any time, and you may complain about this answer.")])
        ],
        footer=_("Given in person."),
        signed=_("With respect, %(group)s") % {"group": group.acronym or group.name},
    )


def copy_sheet(copy: Copy, *, now: datetime) -> Sheet:
    zone = Zone(copy.case.area.zone)
    return Sheet(
        **head_of(copy.case.owner_organisation),
        place_and_day=day_of(local_date(now, zone)),
        title=_("What is kept about you"),
        sections=[
            Section(_("You"), rows=_known(copy)),
            *([Section(_("As it was written down"), paragraphs=copy.story.splitlines())] if copy.story else []),
            Section(_("What you agreed to"), points=[_consent(row, zone) for row in copy.consents] or [_("Nothing.")]),
            Section(_("What you were given"), points=[_service(row) for row in copy.services] or [_("Nothing.")]),
            Section(_("To whom it was passed on"), points=_passed_on(copy, zone) or [_("Nobody.")]),
            Section(_("Who looked at it"), rows=_looks(copy.looks, zone), headed=True),
        ],
        footer=_("Keep it where nobody else reads it. It can't be called back."),
    )


def _known(copy: Copy) -> list[tuple[str, str]]:
    party = copy.party
    rows = [(str(FIELD_WORDS.get(field, field)), value) for field, value in copy.particulars.items()]
    if party.sex:
        rows.append((_("Sex"), str(Sex(party.sex).label)))
    if party.disability:
        rows.append((_("Disability"), party.get_disability_display()))
    rows.append((_("What it is about"), ", ".join(str(CASE_TYPES[code]) for code in copy.types) or "–"))
    rows.append((_("Where it stands"), str(copy.case.get_stage_display())))
    return [*rows, (_("Since"), day_of(copy.case.received_on))]


def _consent(row: Named, zone: Zone) -> str:
    words = [*(str(PURPOSES[one]) for one in row.consent.purposes if one in PURPOSES), *row.offices, *row.takers]
    given = day_of(local_date(row.consent.given_at, zone))
    said = f"{', '.join(words)} ({given} – {day_of(row.consent.expires_on)})"
    if not row.is_withdrawn:
        return said
    return f"{said}; {_('taken back')} {day_of(local_date(row.consent.withdrawal.withdrawn_at, zone))}"


def _service(row: Any) -> str:
    return " · ".join(filter(None, (day_of(row.provided_on), str(row.get_kind_display()), str(row.provider or ""))))


def _passed_on(copy: Copy, zone: Zone) -> list[str]:
    return [*(_referral(row, zone) for row in copy.referrals), *(_transfer(row, zone) for row in copy.transfers)]


def _transfer(row: Transfer, zone: Zone) -> str:
    asked = formats.moment(row.asked_at, zone, language=language()) if row.asked_at else ""
    return f"{row.to_organisation.name} · {asked} · {row.get_state_display()}"


def _referral(row: Any, zone: Zone) -> str:
    shown = ", ".join(str(SharedField(field).label) for field in row.fields)
    sent = formats.moment(row.sent_at, zone, language=language())
    return f"{row.service_point.name} · {sent} · {row.get_stage_display()} · {shown}"


def _looks(looks: Any, zone: Zone) -> list[tuple[str, str, str, str]]:
    def row(look: Look) -> tuple[str, str, str, str]:
        first, last = (formats.moment(at, zone, language=language()) for at in (look.first, look.last))
        return look.name or _("Simpul itself"), str(look.times), first, last

    return [(_("Who"), _("Times"), _("First"), _("Last")), *map(row, looks)]
