"""What hangs on the board, and what each side may know of the other."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.organisations.models import BoardEntry, BoardReply, Organisation
from simpul.organisations.rules.board import on_board, reads_board, require_board
from simpul.organisations.rules.organisations import may, visible_to, within
from simpul.organisations.rules.reach import members_of
from simpul.organisations.secretariat import MANAGE
from simpul.organisations.turns import opened

MOST = 100


@dataclass(frozen=True, slots=True)
class Answer:
    """`contact` is "" for who may not know it: it is told to both sides once they agreed, and to nobody else."""

    reply: BoardReply
    contact: str


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry as one actor sees it. `answers` are all for who posted, one's own for who answered, else none."""

    entry: BoardEntry
    contact: str
    is_mine: bool
    may_close: bool
    answers: tuple[Answer, ...]


def is_on_board_of(organisation: Organisation, network: Organisation, on: date) -> bool:
    """Whether it is the network itself, or its confirmed member through any number of levels on that day."""
    if organisation.pk == network.pk:
        return True
    return Organisation.objects.filter(members_of([network.pk], on=on), pk=organisation.pk).exists()


def board_of(actor: Actor, network: Organisation, *, on: date, side: str = "") -> list[BoardEntry]:
    """What hangs there that day, the latest first, with `answered`. NotFound for who is not of the network."""
    require_board(actor, network)
    rows = BoardEntry.objects.filter(
        visible_to(actor, "organisation__"), network=network, closed_at=None, posted_on__lte=on, until__gt=on
    )
    rows = rows.filter(side=side) if side else rows
    counted = rows.annotate(answered=Count("replies")).select_related("organisation")
    return list(counted.order_by("-posted_at", "-pk")[:MOST])


def entry_for(actor: Actor, key: UUID) -> BoardEntry:
    """NotFound for who is not of its network; closed ones for the sides alone."""
    rows = BoardEntry.objects.filter(visible_to(actor, "organisation__"), pk=key)
    found = rows.select_related("network", "organisation").first()
    if found is None or not reads_board(actor, found.network):
        raise NotFound("organisations.boardentry", key)
    return found


def seen_by(actor: Actor, entry: BoardEntry) -> Seen:
    own = on_board(actor)
    is_mine = entry.organisation_id in own
    replies = entry.replies.filter(visible_to(actor, "organisation__")).select_related("organisation")
    mine = replies if is_mine else replies.filter(organisation__in=own)
    answers = tuple(Answer(row, _told(row, is_mine=is_mine, own=own)) for row in mine.order_by("replied_at", "pk"))
    agreed = any(answer.reply.agreed_at for answer in answers)
    return Seen(
        entry,
        opened(entry.contact) if is_mine or agreed else "",
        is_mine,
        is_mine or may(actor, MANAGE, entry.network),
        answers,
    )


def _told(reply: BoardReply, *, is_mine: bool, own: frozenset[UUID]) -> str:
    if reply.organisation_id in own or (is_mine and reply.agreed_at):
        return opened(reply.contact)
    return ""


def reply_for(actor: Actor, key: UUID) -> BoardReply:
    """For who posted the entry it answers. NotFound for everybody else."""
    rows = BoardReply.objects.filter(Q(entry__organisation__in=on_board(actor)), pk=key)
    found = rows.select_related("entry", "entry__organisation", "entry__network", "organisation").first()
    if found is None:
        raise NotFound("organisations.boardreply", key)
    return found


def own_in(actor: Actor, network: Organisation, *, on: date) -> list[Organisation]:
    """The actor's own organisations that may use this board and whose profile they keep, by name."""
    kept = Organisation.objects.filter(within(actor.scope("organisation.edit")), pk__in=on_board(actor))
    inside = kept.filter(Q(pk=network.pk) | members_of([network.pk], on=on))
    return list(inside.order_by("sort_key", "pk"))
