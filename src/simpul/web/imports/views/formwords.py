"""The form by which rows were written down, for what it says of its columns. It is read and not kept."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from simpul.interop.models import ImportBatch
from simpul.interop.reading import read_book
from simpul.interop.services.suggesting import suggest_by_form
from simpul.kernel.errors import NotFound
from simpul.web.accounts.guards import signed_in
from simpul.web.editing.entry import accepted
from simpul.web.http import Request
from simpul.web.imports.entry import back, opened
from simpul.web.imports.forms import FormForm
from simpul.web.imports.uploads import HeldInMemory
from simpul.web.imports.views.naming import naming_page


@csrf_exempt  # checked below, once the file is received in memory and not on a disk
@signed_in
@require_POST
def form(request: Request, key: UUID) -> HttpResponse:
    request.upload_handlers = [HeldInMemory(request)]
    return _form(request, key)


@csrf_protect
def _form(request: Request, key: UUID) -> HttpResponse:
    batch, recipe = opened(request, key)
    if not recipe.knows_forms:
        raise NotFound("interop.recipe")
    form, found = FormForm(request.POST, request.FILES), list[int]()
    if accepted(form, lambda: found.append(_suggested(request, batch, form))):
        said = ngettext("%(n)s column is explained by the form.", "%(n)s columns are explained by the form.", found[0])
        messages.success(request, said % {"n": found[0]})
        return back(batch)
    return naming_page(request, batch, recipe, by_form=form)


def _suggested(request: Request, batch: ImportBatch, form: FormForm) -> int:
    book = read_book(form.cleaned_data["file"].read())
    return suggest_by_form(request.actor, batch, book, now=timezone.now())
