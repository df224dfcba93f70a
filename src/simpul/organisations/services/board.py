"""Needs and offers: posted, answered, agreed, closed."""

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import BoardEntry, BoardReply, Organisation
from simpul.organisations.queries.board import is_on_board_of
from simpul.organisations.rules.board import require_board
from simpul.organisations.rules.organisations import authorise, may
from simpul.organisations.secretariat import MANAGE, BoardSide, ResourceKind
from simpul.organisations.shapes import one_of, words
from simpul.records.locks import lock_graph

EDIT: Final = "organisation.edit"
LONGEST: Final = timedelta(days=183)


def post_entry(
    actor: Actor,
    network: Organisation,
    *,
    organisation: Organisation,
    side: str,
    kind: str,
    title: str,
    contact: str,
    text: str = "",
    until: date | None = None,
    now: datetime,
    id: UUID | None = None,  # noqa: A002 - the client's own key
) -> BoardEntry:
    """`organisation`, the network itself or a member that agreed to be one, needs or offers something up to the day
    before `until` (None: for as long as an entry may hang, half a year). The same id again is the same entry.

    NotFound where the board is out of the actor's sight; Denied("organisation.edit"); Invalid.
    """
    require_board(actor, network)
    authorise(actor, EDIT, organisation)
    today = local_date(now, Zone.WIB)
    if not is_on_board_of(organisation, network, today):
        raise Invalid("not_a_member", "organisation", message=_("Only members of the network use its board."))
    row = BoardEntry(
        id=id or uuid7(),
        network=network,
        organisation=organisation,
        side=one_of(BoardSide, blank=False)("side", side),
        kind=one_of(ResourceKind, blank=False)("kind", kind),
        title=_needed("title", title, 120),
        text=text.strip(),
        contact=_needed("contact", contact, 200),
        posted_on=today,
        until=until or today + LONGEST,
        posted_at=now,
        posted_by=actor.person_id,
    )
    _check(row, today)
    with transaction.atomic():
        lock_graph(f"organisations.board.{row.pk}")
        if there := BoardEntry.objects.filter(pk=row.pk).first():
            return _the_same(there, row)
        row.save(force_insert=True)
        audit.record(actor, "organisations.post_entry", row.ref, details={"side": row.side, "kind": row.kind})
    return row


def reply_to_entry(
    actor: Actor, entry: BoardEntry, *, organisation: Organisation, words: str, contact: str, now: datetime
) -> BoardReply:
    """`organisation` answers, once: again gives the answer already there. Its contact is told when they agree.

    Conflict("closed") where the entry is off the board; Invalid("own_entry" | "not_a_member").
    """
    require_board(actor, entry.network)
    authorise(actor, EDIT, organisation)
    today = local_date(now, Zone.WIB)
    if organisation.pk == entry.organisation_id:
        raise Invalid("own_entry", "organisation", message=_("This is your own entry: others answer it."))
    if not is_on_board_of(organisation, entry.network, today):
        raise Invalid("not_a_member", "organisation", message=_("Only members of the network use its board."))
    said, reached = _needed("words", words, 500), _needed("contact", contact, 200)
    with transaction.atomic():
        lock_graph(f"organisations.board.{entry.pk}")
        if there := entry.replies.filter(organisation=organisation).first():
            return there
        _require_open(entry, today)
        made = BoardReply.objects.create(
            entry=entry,
            organisation=organisation,
            words=said,
            contact=reached,
            replied_at=now,
            replied_by=actor.person_id,
        )
        audit.record(actor, "organisations.reply_to_entry", entry.ref, details={"reply": made.pk})
    return made


def agree_to_reply(actor: Actor, reply: BoardReply, *, now: datetime) -> BoardReply:
    """Whoever posted says yes: from now on both sides read the other's contact. Twice changes nothing more."""
    authorise(actor, EDIT, reply.entry.organisation)
    with transaction.atomic():
        lock_graph(f"organisations.board.{reply.entry_id}")
        if BoardReply.objects.filter(pk=reply.pk, agreed_at=None).update(agreed_at=now, agreed_by=actor.person_id):
            audit.record(actor, "organisations.agree_to_reply", reply.entry.ref, details={"reply": reply.pk})
    return BoardReply.objects.select_related("entry", "organisation").get(pk=reply.pk)


def close_entry(actor: Actor, entry: BoardEntry, *, now: datetime) -> None:
    """Off the board: whoever posted it, or the network's secretariat. Twice changes nothing more."""
    require_board(actor, entry.network)
    if not may(actor, EDIT, entry.organisation) and not may(actor, MANAGE, entry.network):
        raise Denied(EDIT, entry.ref)
    with transaction.atomic():
        lock_graph(f"organisations.board.{entry.pk}")
        if BoardEntry.objects.filter(pk=entry.pk, closed_at=None).update(closed_at=now, closed_by=actor.person_id):
            audit.record(actor, "organisations.close_entry", entry.ref)


def _needed(field: str, text: str, most: int) -> str:
    tidy = words(most)(field, text)
    if not tidy:
        raise Invalid("text_needed", field, message=_("This can't stay empty."))
    return str(tidy)


def _check(row: BoardEntry, today: date) -> None:
    if len(row.text) > 1000:
        raise Invalid("too_long", "text", message=_("Use at most %(n)s characters.") % {"n": 1000})
    if not today < row.until <= today + LONGEST:
        message = _("Choose a day after today, within half a year. An entry can be posted again.")
        raise Invalid("until", "until", message=message)


def _require_open(entry: BoardEntry, today: date) -> None:
    fresh = BoardEntry.objects.get(pk=entry.pk)
    if fresh.closed_at is not None or fresh.until <= today:
        raise Conflict("closed", message=_("This entry is off the board. Ask them whether it still stands."))


def _the_same(there: BoardEntry, row: BoardEntry) -> BoardEntry:
    same = ("network_id", "organisation_id", "side", "title")
    if all(getattr(there, name) == getattr(row, name) for name in same):
        return there
    raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))
