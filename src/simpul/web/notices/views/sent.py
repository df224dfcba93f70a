"""What one sent: how many opened it, and what became of saying so outside. Nobody is named."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from simpul.notices.models import Notice
from simpul.notices.queries.standing import opened_of, sent_for, sent_notice_for, standing_of
from simpul.notices.services.sending import retry_deliveries
from simpul.web.accounts.guards import signed_in
from simpul.web.http import Request
from simpul.web.notices.panels import sent_rows, standing_rows, tabs
from simpul.web.notices.rows import summary_of, title_of

PAGE = 20


@signed_in
@require_safe
def sent(request: Request) -> HttpResponse:
    found = list(_behind(sent_for(request.actor), request.GET.get("setelah", ""))[: PAGE + 1])
    shown = found[:PAGE]
    context = {
        "tabs": tabs(),
        "rows": sent_rows(shown, opened_of(shown)),
        "older": f"?setelah={shown[-1].pk}" if len(found) > PAGE else "",
        "newer": "?" if request.GET.get("setelah") else "",
    }
    return render(request, "notices/sent.html", context)


def _behind(rows: QuerySet[Notice], last: str) -> QuerySet[Notice]:
    """The page after that notice; the first one where the actor sent no such."""
    try:
        after = rows.filter(pk=UUID(last)).first() if last else None
    except ValueError:
        after = None
    if after is None:
        return rows
    return rows.filter(Q(sent_at__lt=after.sent_at) | Q(sent_at=after.sent_at, pk__lt=after.pk))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def standing(request: Request, notice_id: UUID) -> HttpResponse:
    found = sent_notice_for(request.actor, notice_id)
    if request.method == "POST":
        _retry(request, found)
        return redirect(request.path)
    now = standing_of(request.actor, found)
    context = {
        "notice": found,
        "title": title_of(found),
        "summary": summary_of(found),
        "rows": standing_rows(now),
        "retryable": now.retryable,
    }
    return render(request, "notices/standing.html", context)


def _retry(request: Request, notice: Notice) -> None:
    again = retry_deliveries(request.actor, notice, now=timezone.now())
    if again:
        said = ngettext("%(n)s message is tried again.", "%(n)s messages are tried again.", again)
        messages.success(request, said % {"n": again})
    else:
        messages.info(request, _("Nothing has failed that could be tried again."))
