"""Days off: for everyone to read, for the operator to keep."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.kernel.errors import Conflict, Invalid, NotFound
from simpul.kernel.time import Zone, local_date
from simpul.territory.models import Holiday
from simpul.territory.queries import calendar
from simpul.territory.rules import MANAGE, check_may_manage
from simpul.territory.services import add_holiday, withdraw_holiday
from simpul.web.http import Request
from simpul.web.territory.forms import HolidayForm, add_refusal

# The library's estimates end somewhere; nobody plans further.
FIRST, AHEAD = 2010, 5


@require_safe
def days_off(request: Request) -> HttpResponse:
    today = local_date(timezone.now(), Zone.WIB)
    year = asked_year(request, today)
    context = {
        "year": year,
        "years": range(today.year - 1, today.year + 3),
        "days": calendar(year, everywhere=True),
        "keeps": request.actor.scope(MANAGE).everywhere,
    }
    return render(request, "territory/holidays.html", context)


def asked_year(request: Request, today: date) -> int:
    """The year in the address, as near to it as there is one to show; this year where there is none."""
    asked = request.GET.get("tahun", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else today.year
    return min(max(year, FIRST), today.year + AHEAD)


@login_required(redirect_field_name="lanjut")
def add(request: Request) -> HttpResponse:
    check_may_manage(request.actor)
    form = HolidayForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _added(request, form):
        return redirect(f"/wilayah/libur/?tahun={form.cleaned_data['day'].year}")
    status = 422 if form.errors else 200
    return render(request, "territory/holiday-form.html", {"form": form}, status=status)


def _added(request: Request, form: HolidayForm) -> bool:
    given = form.cleaned_data
    try:
        add_holiday(
            request.actor,
            given["day"],
            name=form.name(),
            kind=given["kind"],
            basis=given["basis"],
            area_code=given["area"].code if given["area"] else None,
            now=timezone.now(),
        )
    except (Invalid, Conflict) as refusal:
        add_refusal(form, refusal)
        return False
    messages.success(request, _("The day is in the table. Deadlines counted from now on know it."))
    return True


@login_required(redirect_field_name="lanjut")
def withdraw(request: Request, key: UUID) -> HttpResponse:
    check_may_manage(request.actor)
    holiday = Holiday.objects.filter(pk=key, superseded_at=None).select_related("area").first()
    if holiday is None:
        raise NotFound("territory.holiday", key)
    if request.method == "POST":
        withdraw_holiday(request.actor, holiday, now=timezone.now())
        messages.success(request, _("The day was withdrawn."))
        return redirect(f"/wilayah/libur/?tahun={holiday.day.year}")
    return render(request, "territory/holiday-withdraw.html", {"holiday": holiday})
