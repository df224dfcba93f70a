"""Notices as their pages show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.kernel.actor import Actor
from simpul.notices.kinds import Param, known, read
from simpul.notices.models import Notice, Recipient
from simpul.web import formats
from simpul.web.components import Text
from simpul.web.notices.leading import titles


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A line of the inbox. `record` is what the record is called, "" where it may not be seen or has no name."""

    href: str
    title: Text
    summary: str
    record: str
    when: datetime
    unread: bool
    urgent: bool


def rows_of(actor: Actor, recipients: Iterable[Recipient]) -> list[NoticeRow]:
    """At most three queries, however many there are."""
    shown = list(recipients)
    knots = titles(actor, {row.notice.about for row in shown})
    return [_row(row, knots[row.notice.about].title if row.notice.about in knots else "") for row in shown]


def _row(recipient: Recipient, record: str) -> NoticeRow:
    notice = recipient.notice
    return NoticeRow(
        href=reverse("notices:notice", args=[recipient.pk]),
        title=title_of(notice),
        summary=summary_of(notice),
        record=record,
        when=recipient.added_at,
        unread=recipient.opened_at is None,
        urgent=notice.urgent,
    )


def title_of(notice: Notice) -> Text:
    kind = known(notice.kind)
    return kind.title if kind else _("A notice of an earlier version")


def summary_of(notice: Notice) -> str:
    """The kind's sentence with its parameters written out; "" where it has none."""
    kind = known(notice.kind)
    if kind is None or not str(kind.summary):
        return ""
    return str(kind.summary) % _written(read(kind, notice.params))


def _written(params: Mapping[str, Param]) -> dict[str, str]:
    language = get_language() or "id"
    return {name: _param(value, language) for name, value in params.items()}


def _param(value: Param, language: str) -> str:
    if isinstance(value, date):
        return formats.day(value, language=language)
    return formats.number(value, language=language) if isinstance(value, int) else value
