"""For those who publish: propose a month, look at it, agree, take it back, say something afterwards."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from simpul.kernel.errors import Conflict
from simpul.releases.queries.proposals import proposal_row
from simpul.releases.queries.published import release_for
from simpul.releases.rules import PROPOSE, check_may
from simpul.releases.services.proposing import propose_release, withdraw_proposal
from simpul.releases.services.publishing import annotate_release, approve_release
from simpul.web.accounts.guards import signed_in
from simpul.web.data import ledger, proposing
from simpul.web.data.forms import AnnotationForm, ApprovalForm, WithdrawalForm
from simpul.web.http import Request


@signed_in
@require_safe
def desk(request: Request) -> HttpResponse:
    return render(request, "data/proposals.html", proposing.desk_page(request.actor, timezone.now()))


@signed_in
@require_POST
def propose(request: Request) -> HttpResponse:
    """The worker takes it from here; the page of the proposal tells how far it is."""
    try:
        proposal = propose_release(request.actor, now=timezone.now())
    except Conflict as refusal:
        messages.error(request, str(refusal.message))
        return redirect("data:proposals")
    return redirect("data:proposal", key=proposal.pk)


@signed_in
@require_safe
def proposal(request: Request, key: UUID) -> HttpResponse:
    page = proposing.proposal_page(request.actor, key, timezone.now())
    page |= {"approval": ApprovalForm(initial={"digest": page["row"].digest}), "withdrawal": WithdrawalForm()}
    return render(request, "data/proposal.html", page)


@signed_in
@require_safe
def preview(request: Request, key: UUID) -> HttpResponse:
    return render(request, "data/preview.html", proposing.preview_page(request.actor, key, request.GET))


@signed_in
@require_POST
def approve(request: Request, key: UUID) -> HttpResponse:
    """To exactly the digest that was shown. The second person's agreement publishes it."""
    form = ApprovalForm(request.POST)
    row = proposal_row(request.actor, key)
    if not form.is_valid():
        return _again(request, key, form, WithdrawalForm())
    try:
        published = approve_release(request.actor, row, **form.given(), now=timezone.now())
    except Conflict as refusal:
        form.add_error(None, str(refusal.message))
        return _again(request, key, form, WithdrawalForm())
    done = _("Published, for good.") if published else _("Noted. A second person has to agree too.")
    messages.success(request, done)
    return redirect("data:proposal", key=key)


@signed_in
@require_POST
def withdraw(request: Request, key: UUID) -> HttpResponse:
    form, row = WithdrawalForm(request.POST), proposal_row(request.actor, key)
    if not form.is_valid():
        return _again(request, key, ApprovalForm(initial={"digest": row.digest}), form)
    withdraw_proposal(request.actor, row, reason=form.cleaned_data["reason"], now=timezone.now())
    messages.success(request, _("Nothing of it was published. Whoever proposes next reads why."))
    return redirect("data:proposals")


def _again(request: Request, key: UUID, approval: ApprovalForm, withdrawal: WithdrawalForm) -> HttpResponse:
    page = proposing.proposal_page(request.actor, key, timezone.now())
    return render(request, "data/proposal.html", {**page, "approval": approval, "withdrawal": withdrawal}, status=422)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def annotate(request: Request, key: UUID) -> HttpResponse:
    """What was published stays; what is said of it stands beside it."""
    check_may(request.actor, PROPOSE)
    release = release_for(request.actor, key)
    form = AnnotationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        kind, text = form.cleaned_data["kind"], form.text()
        annotate_release(request.actor, release, kind=kind, text=text, now=timezone.now())
        messages.success(request, _("It stands beside the release now. The numbers stay as they are."))
        return redirect("data:release", key=key)
    page = {"form": form, "row": ledger.row_of(release)}
    return render(request, "data/annotate.html", page, status=422 if form.errors else 200)
