"""What was asked: the queue, one request, who they are, whether there is a file."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from simpul.cases.queries.cases import Party, party_for
from simpul.cases.queries.rights import (
    RightsRequest,
    answers,
    clocks_of,
    groups_receiving,
    request_for,
    requests_for,
    unanswered_by,
)
from simpul.cases.queries.tickets import QueueEntry, entry_for, listed_with
from simpul.cases.relations import PartyRole
from simpul.cases.rights_kinds import SATISFY, Answer, Level, RequestKind
from simpul.cases.rules.rights import require_counter
from simpul.cases.services.rights import check_identity, read_request, receive_request
from simpul.cases.services.rights_file import find_entry, find_file, search_file
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.web import formats
from simpul.web.accounts.guards import private, signed_in
from simpul.web.cases.desk.pages import key_after
from simpul.web.cases.desk.panels import zone_at
from simpul.web.cases.desk.whom import masked_of
from simpul.web.cases.rights.forms import IdentityForm, RequestForm, SearchForm
from simpul.web.cases.rights.pages import form_about
from simpul.web.cases.rights.panels import (
    applicant_rows,
    clock_rows,
    inside_rows,
    language,
    queue_rows,
    request_rows,
    step_tasks,
)
from simpul.web.components import Row
from simpul.web.editing.entry import accepted, sent
from simpul.web.http import Request

PAGE = 50
LISTED = 20  # times one person stands on lists; the newest are enough to choose from
form_page = require_http_methods(["GET", "HEAD", "POST"])


@signed_in
@require_safe
def queue(request: Request) -> HttpResponse:
    """What is to be answered, the oldest first; `?yang=menunggu`: that alone. A companion only writes down what people
    ask.
    """
    require_counter(request.actor)
    waits, after = request.GET.get("yang") == "menunggu", key_after(request)
    now, found = (
        timezone.now(),
        list((unanswered_by if waits else requests_for)(request.actor, after=after)[: PAGE + 1]),
    )
    rows, way = found[:PAGE], "yang=menunggu&" if waits else ""
    context = {
        "waits": waits,
        "older": f"?{way}setelah={rows[-1].pk}" if len(found) > PAGE else "",
        "tasks": queue_rows(rows, clocks_of(rows), now=now),
        "receives": groups_receiving(request.actor).exists(),
        "answers": request.actor.may(SATISFY),
    }
    return private(render(request, "rights/list.html", context))


@signed_in
@form_page
def new(request: Request) -> HttpResponse:
    groups = {str(group.pk): group for group in groups_receiving(request.actor)}
    if not groups:
        raise Denied(SATISFY)
    form, made = RequestForm([(key, group.name) for key, group in groups.items()], sent(request)), list[RightsRequest]()

    def act() -> None:
        told = form.given()
        made.append(receive_request(request.actor, groups[told.pop("group")], **told, now=timezone.now()))

    if request.method == "POST" and accepted(form, act):
        messages.success(request, _("Written down. The clock runs from now on."))
        to = redirect("rights:one", made[0].pk) if request.actor.may(SATISFY) else redirect("rights:received")
        return private(to)
    context = {"form": form, "title": _("Somebody asks about their data"), "back": reverse("rights:list")}
    return private(render(request, "rights/form.html", context, status=422 if form.errors else 200))


@signed_in
@require_safe
def received(request: Request) -> HttpResponse:
    """What happens next, for whoever wrote it down and does not answer it."""
    require_counter(request.actor)
    return private(render(request, "rights/received.html"))


@signed_in
@form_page
def one(request: Request, key: UUID) -> HttpResponse:
    """Nobody's name stands here; a press shows who asks, and that press is in the record of acts."""
    now = timezone.now()
    found = request_for(request.actor, key, now=now)
    if request.method == "POST":
        read_request(request.actor, found)
    does, says_no = answers(request.actor, found, now=now)
    context = {
        "request_": found,
        "kind": RequestKind(found.kind).label,
        "asked": request_rows(found),
        "who": applicant_rows(found) if request.method == "POST" else [],
        "clock": clock_rows(clocks_of([found]).get(found.pk), zone_at(found.owner_organisation), now),
        "tasks": step_tasks(found, does=does, says_no=says_no),
        "inside": inside_rows(found) if does or says_no else [],
        "may_stop": bool(does and found.case and not found.answer and found.level == Level.SUPERVISOR),
        "may_copy": does and (found.kind, found.answer) == (RequestKind.ACCESS, Answer.GIVEN) and found.party_id,
    }
    return private(render(request, "rights/one.html", context))


@signed_in
@form_page
def identity(request: Request, key: UUID) -> HttpResponse:
    found, form = request_for(request.actor, key, now=timezone.now()), IdentityForm(sent(request))
    lead = _("They stand before you. Nobody is answered by telephone or message.")
    return form_about(
        request,
        form,
        lambda: check_identity(request.actor, found, **form.cleaned_data, now=timezone.now()),
        title=_("See in person who they are"),
        said=_("Noted."),
        back=reverse("rights:one", args=[key]),
        lead=lead,
    )


@signed_in
@form_page
def file(request: Request, key: UUID) -> HttpResponse:
    """What is looked for is sent, never in an address, and found by blind indexes: in cases, and by a NIK on lists."""
    found = request_for(request.actor, key, now=timezone.now())
    form, people = SearchForm(sent(request)), list[dict[str, Any]]()

    def act() -> None:
        told = form.given()
        people.extend(map(_found, search_file(request.actor, found, **told, now=timezone.now())))
        people.extend(map(_listed, listed_with(request.actor, found.owner_organisation, told["nik"])[:LISTED]))

    looked = request.method == "POST" and accepted(form, act)
    context = {"form": form, "request_": found, "looked": looked, "people": people}
    return private(render(request, "rights/file.html", context, status=422 if form.errors else 200))


def _found(party: Party) -> dict[str, Any]:
    """Initials, age, part in the case and its number: enough to tell two apart, nothing to read aloud."""
    row = Row(PartyRole(party.role).label, f"{masked_of(party)} · {party.case.code} · {party.case.area.name}")
    return {"name": "orang", "key": party.pk, "row": row}


def _listed(entry: QueueEntry) -> dict[str, Any]:
    """The day, the place and the number in the queue: the NIK was the same."""
    day = formats.day(entry.ticket.service_on, language=language())
    row = Row(_("A mobile service"), f"{day} · {entry.ticket.area.name} · {entry.number}")
    return {"name": "antrean", "key": entry.pk, "row": row}


@signed_in
@require_POST
def choose(request: Request, key: UUID) -> HttpResponse:
    """The file is this person's."""
    found = request_for(request.actor, key, now=timezone.now())
    try:
        _choose(request, found)
    except ValueError as error:
        raise NotFound("cases.party") from error
    except (Conflict, Invalid) as refused:
        messages.error(request, str(refused.message))
        return private(redirect("rights:file", key))
    messages.success(request, _("Noted."))
    return private(redirect("rights:one", key))


def _choose(request: Request, found: RightsRequest) -> None:
    """ValueError for what is no key."""
    now = timezone.now()
    if "antrean" in request.POST:
        find_entry(request.actor, found, entry_for(request.actor, UUID(request.POST["antrean"])), now=now)
    else:
        party = party_for(request.actor, UUID(request.POST.get("orang", "")), now=now)
        find_file(request.actor, found, party, now=now)
