"""Erasing what is kept of a person, after a page that says what goes and what stays."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from simpul.kernel.errors import Conflict, Invalid
from simpul.people.models import Person
from simpul.people.queries import person_to_erase, today
from simpul.people.services import erase_person
from simpul.web.accounts.forms import refuse, sent
from simpul.web.accounts.guards import signed_in
from simpul.web.http import Request
from simpul.web.people.forms import ErasureForm


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: Request, person_id: UUID) -> HttpResponse:
    """Sent twice, the second answer says that it is done."""
    found = person_to_erase(request.actor, person_id, on=today(timezone.now()))
    form = ErasureForm(sent(request))
    if found is None or (form.is_valid() and _erased(request, found, form)):
        messages.success(request, _("Erased. No backup that is restored brings it back."))
        return redirect("people:people")
    context = {"person": found, "form": form}
    return render(request, "people/erase.html", context, status=422 if form.errors else 200)


def _erased(request: Request, person: Person, form: ErasureForm) -> bool:
    try:
        erase_person(request.actor, person, ground=form.cleaned_data["ground"], now=timezone.now())
    except (Invalid, Conflict) as error:
        refuse(form, error)
        return False
    return True
