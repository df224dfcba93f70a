"""What one has imported, and a new file."""

import hashlib

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_safe

from simpul.interop.models import ImportBatch
from simpul.interop.queries import imports_for
from simpul.interop.reading import read_book
from simpul.interop.recipes import Recipe, recipes
from simpul.interop.services.staging import receive_import
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Denied
from simpul.kernel.ids import uuid7, uuid7_from, uuid7_instant
from simpul.web.accounts.guards import private, signed_in
from simpul.web.editing.entry import accepted
from simpul.web.http import Request
from simpul.web.imports.entry import back, recipe_named, shown
from simpul.web.imports.forms import UploadForm
from simpul.web.imports.homes import homes_of, owner_of
from simpul.web.imports.panels import listed
from simpul.web.imports.tasks import drop_what_expired
from simpul.web.imports.uploads import HeldInMemory

MOST = 50


@signed_in
@require_safe
def home(request: Request) -> HttpResponse:
    """What may be imported, and what was. Files nobody confirmed in time are dropped by the way."""
    allowed = [recipe for recipe in recipes().values() if homes_of(request.actor, recipe)]
    if not allowed:
        raise Denied("organisation.register")
    drop_what_expired.enqueue()
    rows = listed(imports_for(request.actor)[:MOST])
    # Names of files of reports are read in the room that is theirs.
    is_private = any(recipes()[row.batch.recipe].private for row in rows)
    room = "base/confidential.html" if is_private else "base/work.html"
    return private(render(request, "imports/home.html", {"room": room, "recipes": allowed, "rows": rows}))


@csrf_exempt  # checked below, once the file is received in memory and not on a disk
@signed_in
def upload(request: Request, kind: str) -> HttpResponse:
    request.upload_handlers = [HeldInMemory(request)]
    return _upload(request, kind)


@csrf_protect
def _upload(request: Request, kind: str) -> HttpResponse:
    recipe = recipe_named(kind)
    homes = homes_of(request.actor, recipe)
    if not homes:
        raise Denied(recipe.permission)
    chosen = {"home": request.GET["untuk"]} if request.GET.get("untuk") else {}  # else the only one there is
    form = UploadForm(*_sent(request), homes=homes, initial={"key": uuid7(), **chosen})
    made: list[ImportBatch] = []
    if accepted(form, lambda: made.append(_received(request.actor, recipe, form))):
        return back(made[0])
    return shown(request, "upload", recipe, {"form": form}, status=422 if form.errors else 200)


def _sent(request: Request) -> tuple[object, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _received(actor: Actor, recipe: Recipe, form: UploadForm) -> ImportBatch:
    file: UploadedFile[bytes] = form.cleaned_data["file"]
    data = file.read()
    sha256, key = hashlib.sha256(data).hexdigest(), form.cleaned_data["key"]
    organisation_id, options = owner_of(actor, recipe, form.cleaned_data["home"])
    return receive_import(
        actor,
        recipe=recipe.key,
        organisation_id=organisation_id,
        file_name=file.name or "",
        book=read_book(data, widest=recipe.widest),
        sha256=sha256,
        options=options,
        now=timezone.now(),
        id=uuid7_from(f"{key}/{sha256}", uuid7_instant(key)),  # back, another file, sent again: another import
    )
