"""The inbox. A notice counts as opened when its reader presses it, never because a page was fetched."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from simpul.notices.queries.inbox import inbox_page, recipient_for
from simpul.notices.services.opening import clear_inbox, open_notice
from simpul.web.accounts.guards import signed_in
from simpul.web.http import Request
from simpul.web.notices.leading import page_of
from simpul.web.notices.panels import tabs
from simpul.web.notices.rows import rows_of


@signed_in
@require_safe
def inbox(request: Request) -> HttpResponse:
    page = inbox_page(request.actor, after=_key(request.GET.get("setelah", "")))
    context = {
        "tabs": tabs(),
        "rows": rows_of(request.actor, page.rows),
        "may_clear": any(row.opened_at is None and not row.notice.urgent for row in page.rows),
        "older": f"?setelah={page.after}" if page.after else "",
        "newer": "?" if request.GET.get("setelah") else "",
    }
    return render(request, "notices/inbox.html", context)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: Request, recipient_id: UUID) -> HttpResponse:
    """Pressing it opens the record; a record that is gone or out of sight leads back here, which says so."""
    found = recipient_for(request.actor, recipient_id)
    page = page_of(request.actor, found.notice.about)
    if request.method == "POST":
        open_notice(request.actor, found, now=timezone.now())
        return redirect(page or request.path)
    row = rows_of(request.actor, [found])[0]
    return render(request, "notices/notice.html", {"row": row, "page": page})


@signed_in
@require_POST
def read_all(request: Request) -> HttpResponse:
    done = clear_inbox(request.actor, now=timezone.now())
    if done:
        said = ngettext("%(n)s notice marked as read.", "%(n)s notices marked as read.", done) % {"n": done}
        messages.success(request, said)
    else:
        messages.info(request, _("Nothing to mark: urgent ones are opened one by one."))
    return redirect("notices:inbox")
