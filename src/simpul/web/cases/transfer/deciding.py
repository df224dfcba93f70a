"""Cases offered to one's own organisation; and what is left with it of those it handed on."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from simpul.cases.kinds import Branch
from simpul.cases.queries.transfers import Transfer, handed_on_for, offers_for, told_of, transfers_waiting_for
from simpul.cases.rules.transfers import require_coordinator
from simpul.cases.services.transfer_answers import accept_transfer, look_at_offer, refuse_transfer
from simpul.cases.transfer_kinds import TransferState
from simpul.web.accounts.guards import private, signed_in
from simpul.web.cases.desk.checking import check_page, goes_back, is_sure, would_be_taken
from simpul.web.cases.transfer.forms import TAKES, AnswerForm
from simpul.web.cases.transfer.panels import TONES, handed_on_rows, offered_tasks, told_rows, waiting_tasks
from simpul.web.components import Row
from simpul.web.editing.entry import accepted, sent
from simpul.web.http import Request

SHOWN = 50


@signed_in
@require_safe
def waiting(request: Request) -> HttpResponse:
    """What others ask of us first, then what we ask of others, then what we handed on."""
    require_coordinator(request.actor)
    actor, now = request.actor, timezone.now()
    context = {
        "offers": offered_tasks(offers_for(actor, now=now)[:SHOWN]),
        "waiting": waiting_tasks(transfers_waiting_for(actor, now=now)[:SHOWN]),
        "handed_on": handed_on_rows(handed_on_for(actor)[:SHOWN]),
    }
    return private(render(request, "transfer/list.html", context))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: Request, key: UUID) -> HttpResponse:
    """What may be known before it is taken over, and the answer."""
    found = look_at_offer(request.actor, key, now=timezone.now())
    form = AnswerForm(sent(request))
    act = lambda: _answered(request, found, form)  # noqa: E731
    if request.method != "POST" or goes_back(request):
        return private(render(request, "transfer/offer.html", _shown(found, form)))
    if not is_sure(request) and would_be_taken(form, act):
        return _sure_of(request, found, form)
    if is_sure(request) and accepted(form, act):
        return _done(request, found, form)
    return private(render(request, "transfer/offer.html", _shown(found, form), status=422))


def _sure_of(request: Request, found: Transfer, form: AnswerForm) -> HttpResponse:
    """Either answer stands: the case is theirs from then on, or the group asks somebody else."""
    takes, words = form.cleaned_data["takes"] == "yes", form.cleaned_data["words"]
    rows = [
        Row(_("Asked by"), found.from_organisation.name),
        Row(_("What is needed"), found.summary.open()),
        Row(_("Do you take it over?"), TAKES[form.cleaned_data["takes"]]),
        *([Row(_("Why not?"), words)] if words and not takes else []),
    ]
    then = (
        _("From then on the person, the deadlines and the referrals are your group's. Only handing it over undoes it.")
        if takes
        else _("The group reads your answer at once. You can take the case over only if you are asked again.")
    )
    title, button = (_("Take the case over?"), _("Yes, take it over")) if takes else (_("Say no?"), _("Yes, send it"))
    back = reverse("transfer:offer", args=[found.pk])
    return check_page(request, title=title, rows=rows, then=then, button=button, back=back)


def _done(request: Request, found: Transfer, form: AnswerForm) -> HttpResponse:
    if form.cleaned_data["takes"] == "yes":
        messages.success(request, _("Your group keeps it now. Sort it, and give it a companion."))
        return private(redirect("cases:case", found.case_id))
    messages.success(request, _("Your answer is with the group."))
    return private(redirect("transfer:list"))


def _answered(request: Request, found: Transfer, form: AnswerForm) -> None:
    if form.cleaned_data["takes"] == "yes":
        accept_transfer(request.actor, found, now=timezone.now())
    else:
        refuse_transfer(request.actor, found, words=form.cleaned_data["words"], now=timezone.now())


def _shown(found: Transfer, form: AnswerForm) -> dict[str, object]:
    return {
        "transfer": found,
        "stage": TransferState(found.state).label,
        "tone": TONES[found.state],
        "branch": Branch(found.branch).label,
        "summary_words": found.summary.open(),
        "told": told_rows(told_of(found)),
        "form": form,
    }
