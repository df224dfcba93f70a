"""The words on paper: the answer, and the copy with its trail."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.cases.consent_kinds import PURPOSES
from simpul.cases.kinds import CASE_TYPES
from simpul.cases.queries.rights_copy import Copy, Look, Named, Transfer
from simpul.cases.referral_fields import SharedField
from simpul.cases.vulnerabilities import Vulnerability
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Organisation
from simpul.paper.sheets import Section, Sheet
from simpul.people.codes import Sex
from simpul.web import formats
from simpul.web.cases.desk.panels import FIELD_WORDS, safe_words, zone_at


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
        place_and_day=day_of(local_date(now, zone_at(group))),
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
            *_written(copy),
            Section(_("What you agreed to"), points=[_consent(row, zone) for row in copy.consents] or [_("Nothing.")]),
            *_planned(copy, zone),
            Section(_("What you were given"), points=[_service(row) for row in copy.services] or [_("Nothing.")]),
            Section(_("To whom it was passed on"), points=_passed_on(copy, zone) or [_("Nobody.")]),
            Section(_("Who looked at it"), rows=_looks(copy.looks, zone), headed=True),
            Section(_("What is not in this copy"), points=_left_out(copy)),
        ],
        footer=_("Keep it where nobody else reads it. It can't be called back."),
    )


def _known(copy: Copy) -> list[tuple[str, str]]:
    party = copy.party
    rows = [(str(FIELD_WORDS.get(field, field)), value) for field, value in copy.particulars.items()]
    if party.sex:
        rows.append((_("Sex"), str(Sex(party.sex).label)))
    if contact := safe_words(copy.safe_contact):
        rows.append((_("Safe contact"), contact))
    if party.age_stated is not None and party.age_stated_on:
        rows.append((_("Age as it was told"), f"{party.age_stated} ({day_of(party.age_stated_on)})"))
    if party.education:
        rows.append((_("Education"), party.get_education_display()))
    if copy.tags:
        rows.append((_("What applies to them"), ", ".join(str(Vulnerability(code).label) for code in copy.tags)))
    if party.disability:
        rows.append((_("Disability"), party.get_disability_display()))
    rows.append((_("What it is about"), ", ".join(str(CASE_TYPES[code]) for code in copy.types) or "–"))
    rows.append((_("Where it stands"), str(copy.case.get_stage_display())))
    return [*rows, (_("Since"), day_of(copy.case.received_on))]


def _written(copy: Copy) -> list[Section]:
    story = [Section(_("As it was written down"), paragraphs=copy.story.splitlines())] if copy.story else []
    notes = [f"{day_of(day)}: {words}" for day, words in copy.notes]
    return story + ([Section(_("Notes"), points=notes)] if notes else [])


def _planned(copy: Copy, zone: Zone) -> list[Section]:
    """Those of these that hold anything."""
    planned = copy.help
    parts = [
        (_("What you need"), [_need(row, zone) for row in planned.needs]),
        (_("Plan"), [_step(row) for row in planned.plan]),
        (_("Appointments"), [_meeting(row, zone) for row in planned.appointments]),
        (_("Papers"), [_paper(row, zone) for row in planned.papers]),
        (_("Looking in afterwards"), [_visit(row) for row in planned.visits]),
    ]
    return [Section(title, points=points) for title, points in parts if points]


def _need(row: Any, zone: Zone) -> str:
    ended = row.implemented_at or row.dropped_at
    state = _("Given") if row.implemented_at else _("No longer needed") if ended else day_of(row.due_on)
    return _told(row.get_kind_display(), state, day_of(local_date(ended, zone)) if ended else "")


def _step(row: Any) -> str:
    state = _("Done") if row.done_at else _("No longer needed") if row.dropped_at else ""
    due = day_of(row.due_on) if row.due_on else ""
    return _told(row.what.open(), row.who.open() if row.who else "", due, state)


def _meeting(row: Any, zone: Zone) -> str:
    came = {True: _("Came"), False: _("Did not come"), None: ""}[row.kept]
    place = row.place.open() if row.place else ""
    bring = row.to_bring.open() if row.to_bring else []
    at = formats.moment(row.at, zone, language=language())
    return _told(at, row.service_point.name if row.service_point else "", place, *bring, came)


def _paper(row: Any, zone: Zone) -> str:
    had = day_of(row.issued_on or local_date(row.had_at, zone)) if row.had_at else ""
    return _told(row.get_kind_display(), _("There") if row.had_at else _("Missing"), had)


def _visit(row: Any) -> str:
    return _told(day_of(row.visited_on or row.due_on), row.get_wellbeing_display())


def _left_out(copy: Copy) -> list[str]:
    """Said plainly: who reads it must not take it for all there is."""
    points = [
        _("What others said in confidence, who reported it, and from whom it is hidden."),
        _("Letters, pictures and other files: ask to see them."),
    ]
    if not copy.story and not copy.notes:
        points.append(_("The story as it was written down, and notes that may name others: ask to have them read out."))
    if not copy.is_whole:
        points.append(_("What is of the others in the case too: its plan, and looking in on all of you."))
    return points


def _told(*words: Any) -> str:
    return " · ".join(str(word) for word in words if word)


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
