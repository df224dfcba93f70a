"""Changes of codes: for everyone to read, for the operator to keep."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.kernel.errors import Conflict, Invalid, NotFound
from simpul.territory.models import Crosswalk
from simpul.territory.queries import areas_by_code, crosswalks
from simpul.territory.rules import MANAGE, check_may_manage
from simpul.territory.services import add_crosswalk, correct_crosswalk, withdraw_crosswalk
from simpul.web.http import Request
from simpul.web.territory.forms import CrosswalkForm, add_refusal

PAGE = 50


@require_safe
def changes(request: Request) -> HttpResponse:
    page = Paginator(crosswalks(), PAGE).get_page(request.GET.get("hal"))
    old = areas_by_code(row.old_code for row in page)
    rows = [{"row": row, "old": old.get(row.old_code)} for row in page]
    context = {
        "rows": rows,
        "newer": f"?hal={page.previous_page_number()}" if page.has_previous() else "",
        "older": f"?hal={page.next_page_number()}" if page.has_next() else "",
        "keeps": request.actor.scope(MANAGE).everywhere,
    }
    return render(request, "territory/crosswalks.html", context)


@login_required(redirect_field_name="lanjut")
def add(request: Request) -> HttpResponse:
    check_may_manage(request.actor)
    return _form_page(request, None)


@login_required(redirect_field_name="lanjut")
def correct(request: Request, key: UUID) -> HttpResponse:
    check_may_manage(request.actor)
    return _form_page(request, _current(key))


@login_required(redirect_field_name="lanjut")
def withdraw(request: Request, key: UUID) -> HttpResponse:
    check_may_manage(request.actor)
    row = _current(key)
    if request.method == "POST":
        withdraw_crosswalk(request.actor, row, now=timezone.now())
        messages.success(request, _("The change was withdrawn."))
        return redirect("territory:crosswalks")
    return render(request, "territory/crosswalk-withdraw.html", {"row": row})


def _current(key: UUID) -> Crosswalk:
    row = Crosswalk.objects.filter(pk=key, superseded_at=None).select_related("new").first()
    if row is None:
        raise NotFound("territory.crosswalk", key)
    return row


def _form_page(request: Request, row: Crosswalk | None) -> HttpResponse:
    initial = _initial(row) if row else {}
    form = CrosswalkForm(request.POST if request.method == "POST" else None, initial=initial)
    if row:
        form.fields["old_code"].disabled = True
    if request.method == "POST" and form.is_valid() and _saved(request, form, row):
        return redirect("territory:crosswalks")
    status = 422 if form.errors else 200
    return render(request, "territory/crosswalk-form.html", {"form": form, "row": row}, status=status)


def _initial(row: Crosswalk) -> dict[str, object]:
    share = None if row.share is None else (row.share * 100).normalize()
    return {
        "old_code": row.old_code,
        "new_code": row.new,
        "kind": row.kind,
        "valid_from": row.valid_from,
        "basis": row.basis,
        "share": share,
    }


def _saved(request: Request, form: CrosswalkForm, row: Crosswalk | None) -> bool:
    given = form.change()
    try:
        if row:
            correct_crosswalk(request.actor, row, now=timezone.now(), **given)
        else:
            add_crosswalk(request.actor, form.cleaned_data["old_code"], now=timezone.now(), **given)
    except (Invalid, Conflict) as refusal:
        add_refusal(form, refusal)
        return False
    messages.success(request, _("The change is in the table."))
    return True
