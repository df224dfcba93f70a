"""Who sees a response and who writes what of it.

The lead's secretariat keeps the whole; an organisation keeps its own lines. The public reads what is published, of
organisations that it may know.
"""

from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _

from simpul.activities.clusters import GUARDED, OPEN_TO, is_guarded
from simpul.activities.models import ReportedNeed, Response, ResponseActivity, ResponseArea
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Denied, Invalid, NotFound
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import may, visible_to, within
from simpul.territory.models import Area
from simpul.territory.names import lineage_of

KIND: Final = "activities.response"
LEAD: Final = "response.lead"
REPORT: Final = "response.report"


def responses_visible_to(actor: Actor, path: str = "") -> Q:
    """Published ones of networks in sight; drafts for who leads them."""
    published = Q(**{f"{path}published_at__isnull": False}) & visible_to(actor, f"{path}network__")
    scope = actor.scope(LEAD)
    return published | within(scope, f"{path}network__") if scope else published


def lines_visible_to(actor: Actor) -> Q:
    """Of a response in sight: the lines of leads in sight."""
    return visible_to(actor, "lead__")


def lines_told_whole(actor: Actor, holder: str = "lead") -> Q:
    """The rows that the actor is told whole though they are guarded; `holder` is "lead" or "reported_by"."""
    led, own = actor.scope(LEAD), actor.scope(REPORT)
    told = within(led, "response__network__") if led else Q(pk__in=())
    return told | within(own, f"{holder}__") if own else told


def open_to(actor: Actor, area_code: str, holder: str = "lead") -> Q:
    """What a list of that area may hold: of one below the regency nothing guarded, for that it is there tells where."""
    if area_code.count(".") < OPEN_TO:
        return Q()
    return ~Q(sub_cluster__in=GUARDED) | lines_told_whole(actor, holder)


def may_lead(actor: Actor, response: Response) -> bool:
    return may(actor, LEAD, response.network)


def may_report(actor: Actor, response: Response, organisation: Organisation) -> bool:
    """Whether the actor writes lines of this organisation: its own people once it is published, and who leads it."""
    if may_lead(actor, response):
        return True
    return response.published_at is not None and may(actor, REPORT, organisation)


def sees_inside(actor: Actor, response: Response, organisation: Organisation | None) -> bool:
    """Whether what is guarded (`clusters.GUARDED`) is told them whole: whoever may write the line."""
    return may_lead(actor, response) or (organisation is not None and may(actor, REPORT, organisation))


def is_coarse(row: ResponseActivity | ReportedNeed, *, inside: bool) -> bool:
    """Whether the row is told without its place below the regency, its split of people and its notes."""
    return is_guarded(row.sub_cluster) and not inside


def told_code(row: ResponseActivity | ReportedNeed, *, inside: bool) -> str:
    """The code of the area the reader is told."""
    length = (0, 2, 5, 8, 13)[OPEN_TO]
    return row.area_id[:length] if is_coarse(row, inside=inside) else row.area_id


def require_lead(actor: Actor, response: Response) -> None:
    """NotFound where the response is out of sight, Denied where somebody else leads it."""
    if may_lead(actor, response):
        return
    require_sight(actor, response)
    raise Denied(LEAD, response.ref)


def require_reporter(actor: Actor, response: Response, organisation: Organisation) -> None:
    """NotFound where the response or the organisation is out of sight, Denied where its lines are not theirs."""
    if may_report(actor, response, organisation):
        return
    require_sight(actor, response)
    if not Organisation.objects.filter(visible_to(actor), pk=organisation.pk).exists():
        raise NotFound("organisations.organisation", organisation.pk)
    raise Denied(REPORT, organisation.ref)


def require_sight(actor: Actor, response: Response) -> None:
    if not Response.objects.filter(responses_visible_to(actor), pk=response.pk).exists():
        raise NotFound(KIND, response.pk)


def check_inside(response: Response, area: Area) -> None:
    """Invalid("outside_response", "area") where the area neither lies in one of the response's nor holds one."""
    codes = ResponseArea.objects.filter(response=response).values_list("area_id", flat=True)
    line = lineage_of(area.pk)
    if any(code in line or area.pk in lineage_of(code) for code in codes):
        return
    message = _("This area is not part of the response. Choose one that is, or ask who leads it to add the area.")
    raise Invalid("outside_response", "area", message=message)
