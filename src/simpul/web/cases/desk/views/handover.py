"""Another companion takes over, quietly."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from simpul.cases.queries.cases import Case, assignments_of, helpers_of
from simpul.cases.services.handover import replace_companion
from simpul.people.models import Person
from simpul.web.accounts.guards import signed_in
from simpul.web.cases.desk.forms.handover import HandoverForm
from simpul.web.cases.desk.pages import asked, coordinated
from simpul.web.editing.entry import sent
from simpul.web.http import Request


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: Request, case_id: UUID) -> HttpResponse:
    """Whoever leaves reads only that it was handed over."""
    case, now = coordinated(request, case_id, "replace"), timezone.now()
    helping = {str(row.person_id): row.person for row in assignments_of(request.actor, case, now=now)}
    people = {str(one.pk): one for one in helpers_of(request.actor, case, now=now)}
    form = HandoverForm(helping, people, sent(request))

    act = lambda: _replaced(request, case, form, helping, people)  # noqa: E731
    lead = _("Their access ends at once. They read that it was handed over, and nothing else.")
    title, said = _("Somebody else takes over"), _("Handed over.")
    return asked(request, case, form, act, title=title, said=said, back="cases:seen", lead=lead)


def _replaced(
    request: Request, case: Case, form: HandoverForm, helping: Mapping[str, Person], people: Mapping[str, Person]
) -> None:
    told = form.given()
    leaving, successor = helping[told.pop("leaving")], people[told.pop("successor")]
    replace_companion(request.actor, case, leaving=leaving, successor=successor, **told, now=timezone.now())
