"""One's own inbox. What a notice says is the same for everybody: it names a record, and nobody."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.paging import Cut, Page, page_of
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import Clock, RecordPointer, Sent
from simpul.kernel.time import Zone
from simpul.notices.kinds import known
from simpul.notices.models import Channel, Language, Notice, Preference, Recipient
from simpul.notices.queries.inbox import inbox_for, recipient_for
from simpul.notices.queries.standing import Standing, opened_of, sent_for, sent_notice_for, standing_of
from simpul.notices.queries.wishes import preference_of
from simpul.notices.services.opening import clear_inbox, open_notice
from simpul.notices.services.sending import retry_deliveries
from simpul.notices.services.wishes import Wishes, change_wishes

router = Router(tags=["notices"])
READ: Final = ("notices:read", "notices:write")
WRITE: Final = ("notices:write",)


class InboxSought(Cut):
    unread: bool = Field(False, description=prose("Only those that were not opened."))


class NoticeLine(Shape):
    """A notice. `title` is that of its kind; what it is about is read with its own operation, by who may."""

    id: UUID
    kind: str = Field(examples=["organisations.announced"])
    title: str
    params: dict[str, Any] = Field(description=prose("Numbers, days and codes of the kind; never words about people."))
    about: RecordPointer
    urgent: bool
    added_at: datetime
    opened_at: datetime | None


class Cleared(Shape):
    opened: int = Field(description=prose("How many were opened; urgent ones are opened one by one."))


class SentNoticeLine(Shape):
    """A notice that one sent, and how many opened it."""

    id: UUID
    kind: str
    title: str
    about: RecordPointer
    urgent: bool
    sent_at: datetime
    recipients: int
    opened: int


class SentNoticeFull(SentNoticeLine):
    """And what became of telling them outside Simpul: numbers, no names."""

    escalated: int
    by_channel: dict[str, dict[str, int]] = Field(description=prose("Channel to state to how many deliveries."))
    retryable: int


class Retried(Shape):
    deliveries: int = Field(description=prose("How many are tried once more."))


class WishesShape(Sent):
    """How one is told outside Simpul; all of it at once."""

    mail: bool
    push: bool
    gateway: bool
    language: Language
    zone: Zone
    quiet_from: Clock | None = None
    quiet_until: Clock | None = None


@router.get(
    "/notices",
    **told(
        prose("Your inbox"), prose("The newest first."), response=Page[NoticeLine], scopes=READ, needs_token=True,
    ),
)  # fmt: skip
def list_notices(request: Call, sought: Query[InboxSought]) -> Page[NoticeLine]:
    rows = inbox_for(request.actor)
    rows = rows.filter(opened_at=None) if sought.unread else rows
    by = ("added_at", "pk")
    return page_of(request, rows, sought, lambda found: [_line(row) for row in found], by=by, newest_first=True)


@router.get(
    "/notices/{uuid:notice_id}",
    **told(
        prose("Read a notice"), prose("Reading it here opens nothing."), response=NoticeLine, scopes=READ,
        needs_token=True,
    ),
)  # fmt: skip
def read_notice(request: Call, notice_id: UUID) -> NoticeLine:
    return _line(recipient_for(request.actor, notice_id))


@router.post(
    "/notices/{uuid:notice_id}/open",
    **told(
        prose("Mark a notice as read"), prose("An urgent one goes no further. Again changes nothing."),
        response=NoticeLine, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def open_one_notice(request: Call, notice_id: UUID) -> NoticeLine:
    return _line(open_notice(request.actor, recipient_for(request.actor, notice_id), now=timezone.now()))


@router.post(
    "/notices/clear",
    **told(
        prose("Mark all notices as read"), prose("All but the urgent ones."), response=Cleared, scopes=WRITE,
        needs_token=True,
    ),
)  # fmt: skip
def clear_notices(request: Call) -> Cleared:
    return Cleared(opened=clear_inbox(request.actor, now=timezone.now()))


@router.get(
    "/sent-notices",
    **told(
        prose("Notices you sent"), prose("The newest first, with how many opened each."),
        response=Page[SentNoticeLine], scopes=READ, needs_token=True,
    ),
)  # fmt: skip
def list_sent_notices(request: Call, cut: Query[Cut]) -> Page[SentNoticeLine]:
    by = ("sent_at", "pk")
    return page_of(request, sent_for(request.actor), cut, _sent_lines, by=by, newest_first=True)


@router.get(
    "/sent-notices/{uuid:notice_id}",
    **told(prose("How far a notice you sent has come"), response=SentNoticeFull, scopes=READ, needs_token=True),
)
def read_sent_notice(request: Call, notice_id: UUID) -> SentNoticeFull:
    row = sent_notice_for(request.actor, notice_id)
    return _standing(row, standing_of(request.actor, row))


@router.post(
    "/sent-notices/{uuid:notice_id}/retry",
    **told(
        prose("Try again what could not be handed over"), prose("For those who have not opened it."),
        response=Retried, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def retry_notice(request: Call, notice_id: UUID) -> Retried:
    row = sent_notice_for(request.actor, notice_id)
    return Retried(deliveries=retry_deliveries(request.actor, row, now=timezone.now()))


@router.get("/wishes", **told(prose("How you are told"), response=WishesShape, scopes=READ, needs_token=True))
def read_wishes(request: Call) -> WishesShape:
    return _wishes(preference_of(request.actor))


@router.put(
    "/wishes",
    **told(
        prose("Say how you are told"), prose("All of it at once; the hours both or neither."), response=WishesShape,
        scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def replace_wishes(request: Call, sent: WishesShape) -> WishesShape:
    return _wishes(change_wishes(request.actor, Wishes(**dict(sent))))


def _wishes(row: Preference) -> WishesShape:
    told_by = {channel.value: getattr(row, channel.value) for channel in Channel}
    return WishesShape(
        **told_by, language=Language(row.language), zone=Zone(row.zone), quiet_from=row.quiet_from,
        quiet_until=row.quiet_until,
    )  # fmt: skip


def _title(notice: Notice) -> str:
    kind = known(notice.kind)
    return str(kind.title) if kind else ""


def _about(notice: Notice) -> RecordPointer:
    return RecordPointer(kind=notice.about_kind, id=notice.about_id)


def _line(row: Recipient) -> NoticeLine:
    notice = row.notice
    return NoticeLine(
        id=row.pk, kind=notice.kind, title=_title(notice), params=notice.params, about=_about(notice),
        urgent=notice.urgent, added_at=row.added_at, opened_at=row.opened_at,
    )  # fmt: skip


def _sent_lines(rows: list[Notice]) -> list[SentNoticeLine]:
    counted = opened_of(rows)
    return [_sent(row, *counted.get(row.pk, (0, 0))) for row in rows]


def _sent(row: Notice, opened: int, recipients: int) -> SentNoticeLine:
    return SentNoticeLine(
        id=row.pk, kind=row.kind, title=_title(row), about=_about(row), urgent=row.urgent, sent_at=row.sent_at,
        recipients=recipients, opened=opened,
    )  # fmt: skip


def _standing(row: Notice, found: Standing) -> SentNoticeFull:
    line = _sent(row, found.opened, found.recipients)
    by_channel = {
        channel.value: {s.value: n for s, n in states.items()} for channel, states in found.by_channel.items()
    }
    return SentNoticeFull(
        **line.model_dump(), escalated=found.escalated, by_channel=by_channel, retryable=found.retryable
    )
