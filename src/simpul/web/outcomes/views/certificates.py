"""Who earns a certificate, giving them out, correcting them, printing them."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.activities.models import Event, Telling, What
from simpul.activities.queries.certificates import certificate_for, certificates_to_print, roll_of
from simpul.activities.queries.events import event_for
from simpul.activities.rules.outcomes import require_issuer
from simpul.activities.services.certificates import (
    issue_certificates,
    reissue_certificate,
    set_certificate_rule,
    withdraw_certificate,
)
from simpul.kernel.errors import NotFound
from simpul.web.accounts.guards import private, signed_in
from simpul.web.activities.entry import asked, kept_event, pressed
from simpul.web.activities.views.organising import form_page
from simpul.web.editing.entry import sent
from simpul.web.http import Request
from simpul.web.outcomes.forms import CertificateRuleForm, NameForm, WhyForm
from simpul.web.outcomes.printing import PAGE as A_FILE
from simpul.web.outcomes.printing import certificates_pdf
from simpul.web.outcomes.tasks import AT_ONCE, give_out, is_going_on

PAGE = "outcomes:certificates"
REFRESH = "3"  # seconds, while the worker is at it


def _issued_for(request: Request, event_id: UUID) -> Event:
    found = kept_event(request, event_id)
    require_issuer(request.actor, found)
    return found


@signed_in
@require_safe
def certificates(request: Request, event_id: UUID) -> HttpResponse:
    found = event_for(request.actor, event_id)
    roll = roll_of(request.actor, found)
    rows = Telling.objects.filter(registration__event=found, what=What.CERTIFICATE)
    told = rows.aggregate(total=Count("pk"), done=Count("told_at"))
    files = [(n, n // A_FILE + 1) for n in range(0, roll.issued, A_FILE)]
    moving = roll.waiting > 0 and is_going_on(found)
    context = {"event": found, "roll": roll, "told": told, "files": files, "moving": moving}
    page = private(render(request, "outcomes/certificates.html", context))
    if moving:
        page.headers["Refresh"] = REFRESH
    return page


@signed_in
@form_page
def rule(request: Request, event_id: UUID) -> HttpResponse:
    found = event_for(request.actor, event_id)
    standing = roll_of(request.actor, found).rule
    initial = {}
    if standing is not None:
        initial = {name: getattr(standing, name) for name in ("measure", "least", "signer_position")}
        initial["signer"] = standing.signer.open()
    form = CertificateRuleForm(sent(request), initial=initial)
    act = lambda: set_certificate_rule(request.actor, found, now=timezone.now(), **form.cleaned_data)  # noqa: E731
    return asked(
        request, form, act, title=_("Who earns a certificate"), said=_("Saved."), back=PAGE, to=[found.pk],
        up=reverse(PAGE, args=[found.pk]), up_named=_("Certificates"),
    )  # fmt: skip


@signed_in
@require_POST
def issue(request: Request, event_id: UUID) -> HttpResponse:
    """A few at once; many by the worker, whose progress the page shows. Pressed again it goes on."""
    found = _issued_for(request, event_id)
    if roll_of(request.actor, found).waiting > AT_ONCE:
        return _asked_of_the_worker(request, found)
    made: list[int] = []
    act = lambda: made.append(issue_certificates(request.actor, found, now=timezone.now()))  # noqa: E731
    said = _("Given out. Those who registered are told; print them for the rest.")
    answer = pressed(request, act, said=said, back=PAGE, to=[event_id])
    if made and not made[0]:
        messages.info(request, _("Everybody who earned one has it."))
    return answer


def _asked_of_the_worker(request: Request, found: Event) -> HttpResponse:
    if not is_going_on(found):
        given = (str(found.pk), str(request.actor.user_id), get_language() or "id")
        transaction.on_commit(lambda: give_out.enqueue(*given))
    messages.success(request, _("They are being given out. You can leave this page: the work goes on."))
    return redirect(PAGE, found.pk)


@signed_in
@require_safe
def printed(request: Request, event_id: UUID) -> HttpResponse:
    """All that stand, fifty to a file."""
    found = event_for(request.actor, event_id)
    first = request.GET.get("dari", "0")
    start = int(first) if first.isdecimal() and len(first) < 6 else 0
    rows = certificates_to_print(request.actor, found)[start : start + A_FILE]
    if not rows:
        raise NotFound("activities.certificate", event_id)
    return certificates_pdf(rows)


@signed_in
@require_safe
def one(request: Request, certificate_id: UUID) -> HttpResponse:
    found = certificate_for(request.actor, certificate_id)
    if found.name is None:
        raise NotFound("activities.certificate", certificate_id)
    return certificates_pdf([found])


@signed_in
@form_page
def correct(request: Request, certificate_id: UUID) -> HttpResponse:
    found = certificate_for(request.actor, certificate_id)
    form = NameForm(sent(request), initial={"name": found.name.open() if found.name else ""})
    act = lambda: reissue_certificate(  # noqa: E731
        request.actor, found, name=form.cleaned_data["name"], now=timezone.now()
    )
    return asked(
        request, form, act, title=_("Correct the name"),
        said=_("Corrected. The certificate before it is not valid any more."), back=PAGE, to=[found.event_id],
        up=reverse(PAGE, args=[found.event_id]), up_named=_("Certificates"), action=_("Give out the corrected one"),
        lead=found.number,
    )  # fmt: skip


@signed_in
@form_page
def withdraw(request: Request, certificate_id: UUID) -> HttpResponse:
    found = certificate_for(request.actor, certificate_id)
    form = WhyForm(sent(request))
    act = lambda: withdraw_certificate(  # noqa: E731
        request.actor, found, reason=form.cleaned_data["reason"], now=timezone.now()
    )
    return asked(
        request, form, act, title=_("Withdraw the certificate"), said=_("Withdrawn. Its code says so."), back=PAGE,
        to=[found.event_id], up=reverse(PAGE, args=[found.event_id]), up_named=_("Certificates"),
        action=_("Withdraw it"), danger=True, lead=found.number,
    )  # fmt: skip
