"""How one wants to be told, and which of one's browsers may be woken."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from simpul.accounts.models import Session
from simpul.accounts.queries import session_of_key
from simpul.kernel.errors import Invalid, NotFound
from simpul.notices.push_keys import public_push_key
from simpul.notices.queries.wishes import preference_of, subscriptions_for
from simpul.notices.services.wishes import change_wishes, subscribe_browser, unsubscribe_browser
from simpul.web.accounts import doors
from simpul.web.accounts.forms import refuse, sent
from simpul.web.accounts.guards import signed_in
from simpul.web.http import Request
from simpul.web.notices.forms import BrowserForm, WishesForm
from simpul.web.notices.panels import tabs


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request: Request) -> HttpResponse:
    form = WishesForm(sent(request), account=request.user, wish=preference_of(request.actor))
    if form.is_valid() and _changed(request, form):
        messages.success(request, _("Saved. From now on you are told this way."))
        return redirect("notices:wishes")
    now, here = timezone.now(), _wakeable(request)
    context = {
        "tabs": tabs(),
        "form": form,
        "browsers": list(subscriptions_for(request.actor, now=now)),
        "key": public_push_key(now=now) if here else "",
    }
    return render(request, "notices/wishes.html", context, status=422 if form.errors else 200)


def _changed(request: Request, form: WishesForm) -> bool:
    try:
        change_wishes(request.actor, form.wishes())
    except Invalid as error:
        refuse(form, error)
        return False
    return True


def _wakeable(request: Request) -> Session | None:
    """This browser's session, where the browser is one person's: a phone two accounts trust is shared, too."""
    if doors.is_shared(request) or len(doors.devices_here(request)) > 1:
        return None
    return session_of_key(request.session.session_key or "")


@signed_in
@require_POST
def subscribe(request: Request) -> HttpResponse:
    """What the browser answered. It asks again on the page where that can't be used."""
    form, here = BrowserForm(request.POST), _wakeable(request)
    if here is None or not form.is_valid():
        messages.error(request, _("This device can't be told. You are told by the other ways."))
        return redirect("notices:wishes")
    try:
        subscribe_browser(request.actor, here, **form.cleaned_data, now=timezone.now())
    except Invalid as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("This device is told from now on."))
    return redirect("notices:wishes")


@signed_in
@require_POST
def unsubscribe(request: Request, subscription_id: UUID) -> HttpResponse:
    found = subscriptions_for(request.actor, now=timezone.now()).filter(pk=subscription_id).first()
    if found is None:
        raise NotFound("notices.pushsubscription", subscription_id)
    unsubscribe_browser(request.actor, found)
    messages.success(request, _("That device is no longer told."))
    return redirect("notices:wishes")
