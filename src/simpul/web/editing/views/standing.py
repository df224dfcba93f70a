"""How far its word can be relied on, whether it is at work, and whether it has to hide."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.kernel.ids import uuid7
from simpul.kernel.time import Zone, local_date
from simpul.organisations.queries.profiles import declarations_of, last_confirmation_of
from simpul.organisations.rules.organisations import own_organisations
from simpul.organisations.services.safety import set_safety_mode
from simpul.organisations.services.standing import confirm_active, declare
from simpul.web.accounts.guards import signed_in
from simpul.web.editing.entry import accepted, back_to, entry, form_page, sent
from simpul.web.editing.forms.entries import DeclareForm, SafetyForm
from simpul.web.http import Request

LISTS = {"beranda": "home", "daftar": "desk:at-work"}


@signed_in
def active(request: Request, key: UUID) -> HttpResponse:
    """One press; twice on one day is once. `?dari=` says from which list of several one came, and goes back to."""
    row = entry(request, key)
    if request.method == "POST":
        confirm_active(request.actor, row, now=timezone.now())
        if back := LISTS.get(request.GET.get("dari", "")):
            messages.success(request, _("Noted: %(name)s is active today.") % {"name": row.name})
            return redirect(back)
        return back_to(request, row, _("Thank you. The directory says it was found active today."))
    return render(request, "editing/active.html", {"row": row, "last": last_confirmation_of(row)})


@signed_in
def declarations(request: Request, key: UUID) -> HttpResponse:
    row = entry(request, key)
    today = local_date(timezone.now(), Zone.WIB)
    own = row.pk in own_organisations(request.actor)
    form = DeclareForm(sent(request), own=own, initial={"key": uuid7(), "declared_on": today})

    def write() -> object:
        given = dict(form.cleaned_data)
        return declare(request.actor, row, id=given.pop("key"), now=timezone.now(), **given)

    if accepted(form, write):
        return back_to(request, row, _("The declaration is on the profile."))
    context = {"row": row, "declared": declarations_of(row, today), "own": own}
    return form_page(request, "declarations", form, context)


@signed_in
def safety(request: Request, key: UUID) -> HttpResponse:
    """Hiding never waits: no version, no second page."""
    row = entry(request, key, "organisation.set_safety")
    form = SafetyForm(sent(request), hidden=row.in_safety_mode)

    def write() -> object:
        on, reason = form.cleaned_data["on"], form.cleaned_data["reason"]
        return set_safety_mode(request.actor, row, on=on, reason_code=reason, now=timezone.now())

    if accepted(form, write):
        hidden = form.cleaned_data["on"]
        said = _("It is hidden from every public page now.") if hidden else _("It is in the directory again.")
        return back_to(request, row, said)
    return form_page(request, "safety", form, {"row": row})
