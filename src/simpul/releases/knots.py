"""How a published number and a release appear in a thread: as evidence that stays what it was."""

from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from simpul.kernel.actor import Actor
from simpul.releases.kinds import type_label
from simpul.releases.models import PublishedCell, Release
from simpul.releases.rules import audience_of
from simpul.releases.tables import Audience
from simpul.territory.models import Area
from simpul.threads.registry import Knot

LINK = "thread.link"


def cell_knots(ids: frozenset[UUID], actor: Actor) -> dict[UUID, Knot]:
    """Seen by its audience; linked by whoever may link anything: it is evidence for everybody."""
    place = Area.objects.filter(code=OuterRef("area")).values("name")[:1]
    rows = PublishedCell.objects.filter(pk__in=ids, tier__lte=audience_of(actor).tier)
    told = rows.annotate(place=Subquery(place)).values_list("pk", "count", "type", "area", "place", "period")
    linkable = actor.may(LINK)
    return {
        pk: Knot(f"{count} · {type_label(kind)}, {name or area or 'Indonesia'}, {period}", linkable=linkable)
        for pk, count, kind, area, name, period in told
    }


def release_knots(ids: frozenset[UUID], actor: Actor) -> dict[UUID, Knot]:
    readable = [one for one in Audience if one.tier <= audience_of(actor).tier]
    rows = Release.objects.filter(pk__in=ids, audience__in=readable).values_list("pk", "period")
    linkable = actor.may(LINK)
    return {pk: Knot(_("Counts of cases, %(period)s") % {"period": period}, linkable=linkable) for pk, period in rows}
