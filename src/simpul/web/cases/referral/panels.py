"""What both sides see of a referral, as rows and lines."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from simpul.cases.kinds import CASE_TYPES
from simpul.cases.queries.referrals import Referral, ReferralRecipient, Said
from simpul.cases.referral_fields import SharedField
from simpul.cases.referral_life import ReferralAct, ReferralStage
from simpul.cases.vulnerabilities import Disability
from simpul.kernel.time import Zone
from simpul.people.codes import Sex
from simpul.web import formats
from simpul.web.components import Event, Row, Task, Text, Tone

# What was done, where the acts themselves say what may be done.
DONE: Final[Mapping[str, Text]] = {
    ReferralAct.SEND: pgettext_lazy("referral was", "Sent"),
    ReferralAct.ACKNOWLEDGE: pgettext_lazy("referral was", "It arrived"),
    ReferralAct.ACCEPT: pgettext_lazy("referral was", "Accepted"),
    ReferralAct.REFUSE: pgettext_lazy("referral was", "Not taken"),
    ReferralAct.PROGRESS: pgettext_lazy("referral was", "How it goes on"),
    ReferralAct.FEED_BACK: pgettext_lazy("referral was", "Feedback"),
    ReferralAct.REFER_BACK: pgettext_lazy("referral was", "Referred back"),
    ReferralAct.EXPIRE: pgettext_lazy("referral was", "Not answered in time"),
    ReferralAct.FINISH: pgettext_lazy("referral was", "Finished"),
    ReferralAct.REVOKE: pgettext_lazy("referral was", "Withdrawn"),
}
TONES: Final[Mapping[str, Tone]] = {
    ReferralStage.DRAFT: Tone.IDLE,
    ReferralStage.SENT: Tone.INFO,
    ReferralStage.ACKNOWLEDGED: Tone.INFO,
    ReferralStage.ACCEPTED: Tone.INFO,
    ReferralStage.FED_BACK: Tone.OK,
    ReferralStage.DONE: Tone.OK,
    ReferralStage.UNANSWERED: Tone.BAD,
    ReferralStage.REFUSED: Tone.WARN,
    ReferralStage.RETURNED: Tone.WARN,
    ReferralStage.REVOKED: Tone.IDLE,
}


def shared_rows(shared: Mapping[str, Any]) -> list[Row]:
    """Each agreed field with its value, in the order of the list."""
    return [Row(field.label, _value(field, shared[field])) for field in SharedField if field in shared]


def _value(field: SharedField, value: Any) -> object:
    match field:
        case SharedField.PHONE:
            return _phone(value)
        case SharedField.AGE:
            return _("%(age)s years") % {"age": value}
        case SharedField.SEX:
            return Sex(value).label
        case SharedField.DISABILITY:
            return Disability(value).label
        case SharedField.TYPES:
            return ", ".join(str(CASE_TYPES.get(code, code)) for code in value)
    return value


def _phone(contact: Mapping[str, Any]) -> str:
    """The number, and before anybody dials it, whether that is safe."""
    safe: dict[object, Promise | str] = {True: _("safe to call"), False: _("NOT safe to call")}
    parts = [
        safe.get(contact.get("safe_to_call"), _("ask before calling")),
        contact["number"],
        contact.get("hours", ""),
    ]
    if contact.get("may_leave_message") is False:
        parts.append(_("leave no message"))
    if contact.get("via"):
        parts.append(_("by way of %(who)s") % {"who": contact["via"]})
    return " · ".join(str(part) for part in parts if part)


def events(history: Iterable[Said], zone: Zone, *, named: bool) -> list[Event]:
    """What happened. `named`: with who of the group did it, which an office never sees."""
    return [_event(said, zone, named=named) for said in history]


def _event(said: Said, zone: Zone, *, named: bool) -> Event:
    step = said.step
    by = step.by.name if named and step.by else ""
    by = by or (_("by link") if step.link_id and named else "")
    note = " · ".join(part for part in (by, said.words) if part)
    return Event(_moment(step.at, zone), DONE[step.act], note, step.at.isoformat(), "done")


def delivery_rows(recipients: Iterable[ReferralRecipient], zone: Zone, *, waits: bool) -> list[Task]:
    """Each way it went, with what became of it: sent is not opened, opened is not answered.

    `waits`: the office has still to answer. Once it did by one way, another that nobody opened asks for nothing.
    """
    return [_delivery(row, zone, waits=waits) for row in recipients]


def _delivery(row: ReferralRecipient, zone: Zone, *, waits: bool) -> Task:
    label = _("An officer's account") if row.user_id else _("Link")
    if row.link is not None and row.link.printed:
        label = _("Printed letter")
    word, at, tone = _state(row, waits=waits)
    return Task(label, word, tone, hint=_moment(at, zone))


def _state(row: ReferralRecipient, *, waits: bool) -> tuple[str, datetime, Tone]:
    if row.answered_at:
        return _("Answered"), row.answered_at, Tone.OK
    if row.link is not None and row.link.revoked_at:
        return _("Not valid any more"), row.link.revoked_at, Tone.IDLE
    if row.link is not None and row.link.locked_at:
        return _("Locked after wrong PINs"), row.link.locked_at, Tone.BAD
    if row.opened_at:
        return _("Opened"), row.opened_at, Tone.INFO
    return _("Handed over, not opened yet"), row.told_at, Tone.WARN if waits else Tone.IDLE


def tasks(referrals: Iterable[Referral], to: Any) -> list[Task]:
    """A list of referrals by their number and office: never by whom they are about."""
    return [
        Task(row.service_point.name, ReferralStage(row.stage).label, TONES[row.stage], to(row), row.code)
        for row in referrals
    ]


def _moment(at: datetime, zone: Zone) -> str:
    return formats.moment(at, zone, language=get_language() or "id")
