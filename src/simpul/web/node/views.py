"""Changing what this deployment is set to."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.organisations.models import Node
from simpul.organisations.queries.node import this_node
from simpul.organisations.services.node import CONFIGURE, change_node
from simpul.web.accounts.forms import refuse
from simpul.web.accounts.guards import signed_in
from simpul.web.components import Row
from simpul.web.http import Request
from simpul.web.node.forms import NodeForm, receivers, their_words


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request) -> HttpResponse:
    """Two who write at once both see what the other set, and choose what stays."""
    if not request.actor.may(CONFIGURE):
        raise Denied(CONFIGURE)
    node = _node()
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form, theirs = NodeForm(request, node, *sent, initial=NodeForm.values_of(node)), list[Row]()
    if form.is_valid():
        form, theirs = _save(request, form)
        if not form.errors:
            messages.success(request, _("Saved. The menus already follow it."))
            return redirect("node:change")
    context = {"form": form, "ours": node, "theirs": theirs}
    return render(request, "node/change.html", context, status=422 if form.errors else 200)


def _node() -> Node:
    found = this_node()
    if found is None:
        raise Http404
    return found


def _save(request: Request, form: NodeForm) -> tuple[NodeForm, list[Row]]:
    """The form, refused where it was: what was typed, upon the version that is there now, so that it can stay."""
    try:
        change_node(request.actor, form.node, **form.changes())
    except (Invalid, Conflict) as error:
        fresh = _node()
        typed = request.POST.copy()
        typed["version"] = str(fresh.version)
        again = NodeForm(request, fresh, typed)
        refuse(again, error)
        return again, _theirs(request, again, error)
    return form, []


def _theirs(request: Request, form: NodeForm, error: Invalid | Conflict) -> list[Row]:
    theirs = error.theirs if isinstance(error, Conflict) else {}
    words = their_words(theirs, dict(receivers(request, form.node)))
    return [Row(form.fields[name].label or "", said) for name, said in words.items()]
