"""Minutes and official record of an event, as they are printed."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from simpul.activities.models import Event, Minutes
from simpul.activities.queries.actions import actions_of, brought_for
from simpul.activities.queries.attendance import Tally, tally
from simpul.activities.queries.minutes import minutes_of
from simpul.kernel.actor import Actor
from simpul.kernel.time import local_date
from simpul.paper.records import OfficialRecord, Part, Signer
from simpul.people.codes import Sex
from simpul.web import formats
from simpul.web.activities.rows import place_of, titled
from simpul.web.activities.when import weekday, when
from simpul.web.outcomes.printing import logo_for
from simpul.web.outcomes.promised import ActionRow, action_rows
from simpul.web.outcomes.spelling import day_in_words


def minutes_to_print(actor: Actor, event: Event, now: datetime) -> OfficialRecord:
    """*Notulensi*: what was said, in order."""
    found = minutes_of(actor, event) or Minutes(event=event)
    counted = tally(event)
    about = [*_about(event), (_("People there"), _people(counted)), (_("Led by"), _open(found.led_by))]
    about.append((_("Minutes by"), _open(found.written_by)))
    parts = [
        _actions(_("Left open by earlier meetings"), action_rows(brought_for(actor, event), now), ended=False),
        Part(pgettext("minutes", "What it was about"), paragraphs=_paragraphs(found.agenda)),
        Part(_("What was said"), paragraphs=_paragraphs(found.discussion)),
        Part(_("What was agreed"), points=found.decisions),
        _actions(_("Action points"), action_rows(actions_of(actor, event), now), ended=True),
    ]
    return _record(event, found, now, _("Minutes"), opening=[], about=about, parts=parts, closing="", official=False)


def record_to_print(actor: Actor, event: Event, now: datetime) -> OfficialRecord:
    """*Berita acara*: that it took place, who was there by number, and what was agreed."""
    found = minutes_of(actor, event) or Minutes(event=event)
    counted = tally(event)
    parts = [
        Part(pgettext("minutes", "What it was about"), paragraphs=_paragraphs(found.agenda)),
        Part(_("What was agreed"), points=found.decisions),
        _actions(_("Action points"), action_rows(actions_of(actor, event), now), ended=False),
    ]
    closing = _("This official record is made truthfully, to be used as needed.")
    about = [*_about(event), (_("People there"), _people(counted))]
    return _record(
        event, found, now, _("Official record"), opening=[_opening(event)], about=about, parts=parts, closing=closing,
        official=True,
    )  # fmt: skip


def _record(
    event: Event,
    found: Minutes,
    now: datetime,
    title: str,
    *,
    opening: Sequence[str],
    about: Sequence[tuple[str, str]],
    parts: Sequence[Part],
    closing: str,
    official: bool,
) -> OfficialRecord:
    language = get_language() or "id"
    host = event.owner_organisation
    seat = event.area or host.seat
    day = formats.day(event.starts_on, language=language)
    printed = formats.day(local_date(now, event.clock), language=language)
    contact = " · ".join(part for part in (host.phone, host.email) if part)
    return OfficialRecord(
        language=language,
        logo=logo_for(host),
        sender=host.name,
        sender_lines=[line for line in (host.seat.title if host.seat else "", contact) if line],
        title=title,
        number=_("Number: %(number)s") % {"number": found.number or "……………………"},
        subject=titled(event, language),
        opening=opening,
        about=[pair for pair in about if pair[1]],
        parts=[part for part in parts if part.paragraphs or part.points or part.rows],
        closing=closing,
        place_and_day=f"{seat.name}, {day}" if seat else day,
        signers=_signers(found, official=official),
        stamp=_("stamp") if official else "",
        footer=_("%(title)s · printed on %(day)s") % {"title": titled(event, language), "day": printed},
    )


def _about(event: Event) -> list[tuple[str, str]]:
    times = when(event.starts_at, event.ends_at, event.clock)
    return [(_("Day, date"), f"{weekday(event.starts_on)}, {times}"), (_("Place"), str(place_of(event)))]


def _people(counted: Tally) -> str:
    """ "25 (14 perempuan, 11 laki-laki)"."""
    sexes = counted.by["sex"]
    named = {Sex.FEMALE: pgettext("people", "female"), Sex.MALE: pgettext("people", "male")}
    split = ", ".join(f"{sexes[sex]} {words}" for sex, words in named.items() if sexes.get(sex))
    return f"{counted.people} ({split})" if split else str(counted.people)


def _opening(event: Event) -> str:
    language = get_language() or "id"
    words = {
        "weekday": weekday(event.starts_on),
        "day": day_in_words(event.starts_on, language),
        "place": str(place_of(event)),
        "title": titled(event, language),
        "host": event.owner_organisation.name,
    }
    return (
        _("On %(weekday)s, %(day)s, this was held by %(host)s at %(place)s: %(title)s. What follows was agreed.")
        % words
    )


def _paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


def _actions(title: str, rows: Sequence[ActionRow], *, ended: bool) -> Part:
    if not rows:
        return Part(title)
    head = [_("No."), _("What is to be done"), pgettext("action point", "Whose"), pgettext("action point", "Until")]
    cells = [[str(n), row.words, row.owner, row.due] for n, row in enumerate(rows, start=1)]
    widths = [0.5, 5, 3, 2.2]
    if ended:
        head.append(pgettext("action point", "Stands"))
        cells = [[*line, str(row.state)] for line, row in zip(cells, rows, strict=True)]
        widths.append(1.8)
    return Part(title, rows=[head, *cells], widths=widths)


def _signers(found: Minutes, *, official: bool) -> list[Signer]:
    signers = [
        Signer(_("Led by"), _open(found.led_by)),
        Signer(_("Minutes by"), _open(found.written_by)),
    ]
    if official:
        others = found.signers.open() if found.signers else []
        signers += [Signer(office or _("Acknowledged by"), name) for name, office in others]
    return signers


def _open(sealed: object) -> str:
    return str(sealed.open()) if sealed is not None else ""  # type: ignore[attr-defined]
