"""What an organisation is called and was: a new name, and mending what was written down of the earlier ones."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.kernel.errors import Conflict, NotFound
from simpul.organisations.models import Organisation, OrganisationName
from simpul.organisations.queries.profiles import names_of
from simpul.organisations.services.names import add_former_name, correct_name, remove_name, rename_organisation
from simpul.web.accounts.guards import signed_in
from simpul.web.components import Text
from simpul.web.editing.entry import accepted, back_to, changed_already, entry, form_page, sent
from simpul.web.editing.forms.entries import CorrectNameForm, FormerNameForm, RenameForm
from simpul.web.http import Request


@signed_in
def rename(request: Request, key: UUID) -> HttpResponse:
    row = entry(request, key)
    form = RenameForm(sent(request))

    def write() -> object:
        return rename_organisation(request.actor, row, now=timezone.now(), **form.cleaned_data)

    if accepted(form, write):
        return back_to(request, row, _("The new name is in the directory; the old one still finds it."))
    return form_page(request, "rename", form, {"row": row, "names": names_of(row)})


@signed_in
def former(request: Request, key: UUID) -> HttpResponse:
    """A name from before those that are known. Sent twice it is entered once."""
    row = entry(request, key)
    form = FormerNameForm(sent(request))
    if accepted(form, lambda: add_former_name(request.actor, row, now=timezone.now(), **form.cleaned_data)):
        return _back(request, row, _("The former name is entered: it finds the organisation now."))
    return form_page(request, "form", form, {"row": row, "title": _("A name it bore before")})


@signed_in
def correct(request: Request, key: UUID, row: UUID) -> HttpResponse:
    """What was written down wrongly; a name that changed gets a new one instead."""
    organisation, name = _name(request, key, row)
    if name.superseded_at is not None:
        return changed_already(request, "editing:rename", organisation)
    initial = {"name": name.name, "acronym": name.acronym, "since": name.since, "until": name.until}
    form = CorrectNameForm(sent(request), initial=initial)
    if accepted(form, lambda: correct_name(request.actor, name, now=timezone.now(), **form.cleaned_data)):
        return _back(request, organisation, _("Corrected. What it said before is kept as what was known until now."))
    context = {"row": organisation, "title": _("Correct the name %(name)s") % {"name": name.name}}
    return form_page(request, "form", form, context)


@signed_in
def remove(request: Request, key: UUID, row: UUID) -> HttpResponse:
    """One that never was its name. The last name can't go: the page says what to do instead."""
    organisation, name = _name(request, key, row)
    if name.superseded_at is not None:
        return changed_already(request, "editing:rename", organisation)
    context: dict[str, object] = {"row": organisation, "name": name}
    if request.method == "POST":
        try:
            remove_name(request.actor, name, now=timezone.now())
        except Conflict as refusal:
            return render(request, "editing/name-remove.html", {**context, "refused": refusal.message}, status=422)
        return _back(request, organisation, _("Removed. It no longer finds the organisation."))
    return render(request, "editing/name-remove.html", context)


def _name(request: Request, key: UUID, row: UUID) -> tuple[Organisation, OrganisationName]:
    """The name with its organisation, also one that has been corrected since."""
    organisation = entry(request, key)
    name = OrganisationName.objects.filter(organisation=organisation, pk=row).select_related("organisation").first()
    if name is None:
        raise NotFound("organisations.organisationname", row)
    return organisation, name


def _back(request: Request, row: Organisation, said: Text) -> HttpResponse:
    messages.success(request, str(said))
    return redirect("editing:rename", row.pk)
