"""The sheet to sign, and who is expected at a session."""

from datetime import datetime
from typing import Final

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from simpul.activities.kinds import AgeBand
from simpul.activities.models import HeadCount, Participant, Session
from simpul.activities.queries.registrations import registrations_for
from simpul.kernel.actor import Actor
from simpul.kernel.time import local_date
from simpul.paper.attendance import AttendanceSheet
from simpul.web import formats
from simpul.web.activities.rows import place_of, titled
from simpul.web.activities.when import weekday, when

FIRST_PAGES: Final = 25  # lines of two sheets, with room under them to sign
A_PAGE: Final = 15
SPARE: Final = 8  # for those who come unannounced
MOST_EXPECTED: Final = 1000


def expected_of(actor: Actor, session: Session, *, all_of_them: bool = False) -> list[tuple[Participant, str]]:
    """Those who have a seat, by name; without those noted already, unless `all_of_them`."""
    rows = registrations_for(actor, session.event).filter(seated_at__isnull=False, participant__erased_at=None)
    if not all_of_them:
        rows = rows.exclude(participant__attendances__in=session.attendances.filter(undone_at=None))
    people = [row.participant for row in rows.select_related("participant", "participant__area")[:MOST_EXPECTED]]
    named = [(person, person.name.open() if person.name else "") for person in people]
    return sorted(named, key=lambda pair: pair[1].casefold())


def sheet_of(actor: Actor, session: Session, now: datetime) -> AttendanceSheet:
    event, language = session.event, get_language() or "id"
    people = [] if event.is_sensitive else expected_of(actor, session, all_of_them=True)
    rows = [(name, p.sex, _age(p), _from(p), p.area.name if p.area else "") for p, name in people]
    start = session.starts_at.astimezone(event.clock.info).date()
    about = [
        (_("Event"), titled(event, language)),
        (_("Session"), session.title.to(language) if session.title else ""),
        (_("Day, date"), f"{weekday(start)}, {when(session.starts_at, session.ends_at, event.clock)}"),
        (_("Place"), str(place_of(event))),
    ]
    printed_on = formats.day(local_date(now, event.clock), language=language)
    return AttendanceSheet(
        language=language,
        sender=event.owner_organisation.name,
        sender_lines=[event.owner_organisation.seat.title] if event.owner_organisation.seat else [],
        title=_("Attendance list"),
        about=[(label, words) for label, words in about if words],
        header=[
            _("No."), _("Name"), _("F/M"), _("Age"), _("Organisation or group"), pgettext("participant", "Village"),
            _("Signature or thumbprint"),
        ],
        widths=[0.5, 3, 0.7, 1, 2.6, 2.2, 2.6],
        rows=rows,
        blank=_blank(len(rows)),
        note=_("F: female, M: male. Whoever does not write gives a thumbprint. Nobody has to say their age."),
        signers=[_("Acknowledged by"), _("Committee")],
        stamp=_("stamp"),
        footer=_("Printed on %(day)s · for the organisers; keep it locked away") % {"day": printed_on},
    )  # fmt: skip


def _blank(filled: int) -> int:
    """As many as fill the last page, a few at least."""
    pages = max(0, -(-(filled + SPARE - FIRST_PAGES) // A_PAGE))
    return FIRST_PAGES + pages * A_PAGE - filled


def _age(person: Participant) -> str:
    return str(AgeBand(person.age_band).label) if person.age_band else ""


def _from(person: Participant) -> str:
    if person.organisation:
        return person.organisation.name
    return str(person.organisation_name.open()) if person.organisation_name else ""


def heads_of(session: Session) -> dict[str, int]:
    """What was counted last, as the form shows it."""
    rows = HeadCount.objects.filter(session=session, superseded_at=None)
    return {f"n-{row.sex}-{row.age_band}": row.number for row in rows}
