"""The board of needs and offers, for the members of one network."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.kernel.errors import Denied
from simpul.kernel.ids import uuid7
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import BoardEntry, Organisation
from simpul.organisations.queries.board import board_of, entry_for, own_in, reply_for, seen_by
from simpul.organisations.queries.profiles import organisation_for
from simpul.organisations.rules.board import require_board
from simpul.organisations.secretariat import BoardSide
from simpul.organisations.services.board import agree_to_reply, close_entry, post_entry, reply_to_entry
from simpul.web.accounts.guards import private, signed_in
from simpul.web.editing.entry import EDIT, accepted, sent
from simpul.web.http import Request
from simpul.web.secretariat.forms import BoardForm, ReplyForm


@signed_in
@require_safe
def board(request: Request, key: UUID) -> HttpResponse:
    network = organisation_for(request.actor, key)
    today = local_date(timezone.now(), Zone.WIB)
    rows = board_of(request.actor, network, on=today)
    sides = [(side, [row for row in rows if row.side == side]) for side in BoardSide]
    context = {"network": network, "sides": sides, "may_post": bool(own_in(request.actor, network, on=today))}
    return render(request, "secretariat/board.html", context)


@signed_in
def post(request: Request, key: UUID) -> HttpResponse:
    network = organisation_for(request.actor, key)
    require_board(request.actor, network)
    mine = _mine(request, network)
    form = BoardForm(sent(request), mine=mine, initial={"key": uuid7(), "side": request.GET.get("sisi", "")})
    made: list[BoardEntry] = []
    if accepted(form, lambda: made.append(_posted(request, network, form))):
        messages.success(request, _("It hangs on the board. Answers appear below it."))
        return redirect("secretariat:entry", made[0].pk)
    context = {"network": network, "form": form}
    return private(render(request, "secretariat/post.html", context, status=422 if form.errors else 200))


def _mine(request: Request, network: Organisation) -> list[Organisation]:
    """Denied for who may read the board and speaks for nobody on it."""
    mine = own_in(request.actor, network, on=local_date(timezone.now(), Zone.WIB))
    if not mine:
        raise Denied(EDIT, network.ref)
    return mine


def _posted(request: Request, network: Organisation, form: BoardForm) -> BoardEntry:
    given = form.said()
    return post_entry(request.actor, network, id=given.pop("key"), now=timezone.now(), **given)


@signed_in
def entry(request: Request, row: UUID) -> HttpResponse:
    """What each side may know of the other; and, for others, the form to answer."""
    found = entry_for(request.actor, row)
    today = local_date(timezone.now(), Zone.WIB)
    mine = [one for one in own_in(request.actor, found.network, on=today) if one.pk != found.organisation_id]
    form = ReplyForm(sent(request), mine=mine)
    if accepted(form, lambda: reply_to_entry(request.actor, found, now=timezone.now(), **form.said())):
        messages.success(request, _("Your answer is with them. You read their contact when they accept it."))
        return redirect("secretariat:entry", found.pk)
    context = _page(request, found, form, mine)
    return private(render(request, "secretariat/entry.html", context, status=422 if form.errors else 200))


def _page(request: Request, found: BoardEntry, form: ReplyForm, mine: list[Organisation]) -> dict[str, Any]:
    seen = seen_by(request.actor, found)
    is_open = found.closed_at is None and found.until > local_date(timezone.now(), Zone.WIB)
    may_answer = is_open and bool(mine) and not seen.is_mine and not seen.answers
    return {"entry": found, "seen": seen, "form": form, "is_open": is_open, "may_answer": may_answer}


@signed_in
@require_POST
def close(request: Request, row: UUID) -> HttpResponse:
    found = entry_for(request.actor, row)
    close_entry(request.actor, found, now=timezone.now())
    messages.success(request, _("It is off the board."))
    return redirect("secretariat:board", found.network_id)


@signed_in
@require_POST
def agree(request: Request, row: UUID) -> HttpResponse:
    found = reply_for(request.actor, row)
    agree_to_reply(request.actor, found, now=timezone.now())
    messages.success(request, _("Agreed: both of you can read how to reach the other."))
    return redirect("secretariat:entry", found.entry_id)
