"""What somebody writes of an activity, a need, a report: checked as a whole before anything is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from simpul.activities.clusters import Cluster, SubCluster, cluster_of
from simpul.activities.models import ActivityStatus, NeedStatus, PartKind, ResponseActivity
from simpul.activities.reaching import CELLS, Reached
from simpul.kernel.errors import Invalid
from simpul.kernel.text import fold, squeeze
from simpul.organisations.models import Organisation
from simpul.territory.models import Area

MOST_AMOUNT: Final = Decimal(10) ** 12
MOST_PEOPLE: Final = 10_000_000  # that one activity may have reached


@dataclass(frozen=True, slots=True)
class LineDraft:
    """One line of the 4W as its writer tells it."""

    lead: Organisation
    cluster: str
    activity: str
    area: Area
    status: str
    as_of: date
    sub_cluster: str = ""
    unit: str = ""
    planned: Decimal | None = None
    done: Decimal | None = None
    place: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    reached: Reached = field(default_factory=Reached)
    implementers: Sequence[Organisation] = ()
    partners: Sequence[Organisation] = ()
    funders: Sequence[Organisation] = ()
    funder_words: str = ""
    note: str = ""

    def columns(self) -> dict[str, Any]:
        return {
            "lead": self.lead,
            "cluster": self.cluster,
            "sub_cluster": self.sub_cluster,
            "activity": squeeze(self.activity),
            "same_as": fold(self.activity),
            "unit": squeeze(self.unit),
            "planned": self.planned,
            "done": self.done,
            "area": self.area,
            "place": squeeze(self.place),
            "starts_on": self.starts_on,
            "ends_on": self.ends_on,
            "status": self.status,
            "as_of": self.as_of,
            "funder_words": squeeze(self.funder_words),
            "note": squeeze(self.note),
            **self.reached.columns(),
        }

    def parts(self) -> Mapping[str, Sequence[Organisation]]:
        return {
            PartKind.IMPLEMENTER: _once(self.implementers),
            PartKind.PARTNER: _once(self.partners),
            PartKind.FUNDER: _once(self.funders),
        }


@dataclass(frozen=True, slots=True)
class NeedDraft:
    """A need as somebody reports it: by an organisation of the directory, or by whoever `reporter` says."""

    area: Area
    cluster: str
    what: str
    reported_on: date
    status: str = NeedStatus.OPEN.value
    sub_cluster: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    people: int | None = None
    reported_by: Organisation | None = None
    reporter: str = ""

    def columns(self) -> dict[str, Any]:
        return {
            "area": self.area,
            "cluster": self.cluster,
            "sub_cluster": self.sub_cluster,
            "what": squeeze(self.what),
            "quantity": self.quantity,
            "unit": squeeze(self.unit),
            "people": self.people,
            "reported_by": self.reported_by,
            "reporter": squeeze(self.reporter),
            "reported_on": self.reported_on,
            "status": self.status,
        }


def check_line(draft: LineDraft, *, today: date) -> None:
    """Invalid with the field to mend."""
    _check_cluster(draft.cluster, draft.sub_cluster)
    if not fold(draft.activity):
        raise Invalid("activity_needed", "activity", message=_("Write what is done, such as food packages."))
    if draft.status not in ActivityStatus.values:
        raise Invalid("unknown_status", "status", message=_("Choose how far the work is."))
    _check_lengths(draft)
    _check_days(draft, today)
    _check_amounts(draft)


def check_follows(draft: LineDraft, version: ResponseActivity | None) -> None:
    """Invalid("as_of_older") where the version that stands is of a later day than what is to follow it."""
    if version is not None and draft.as_of < version.as_of:
        message = _("What is known is of a later day. Keep that day to correct it, or write a newer one.")
        raise Invalid("as_of_older", "as_of", message=message)


def _check_lengths(draft: LineDraft) -> None:
    """No word is cut off unseen."""
    for name, value in draft.columns().items():
        most: int | None = getattr(ResponseActivity._meta.get_field(name), "max_length", None)
        if most and isinstance(value, str) and len(value) > most:
            message = _("This has %(n)s characters. Shorten it to %(most)s.") % {"n": len(value), "most": most}
            raise Invalid("too_long", name, message=message)


def _check_days(draft: LineDraft, today: date) -> None:
    if draft.starts_on and draft.ends_on and draft.ends_on < draft.starts_on:
        raise Invalid("ends_before_start", "ends_on", message=_("The last day comes after the first. Check both days."))
    if draft.as_of > today:
        message = _("These figures are of a day that has not come yet. Write the day on which they were counted.")
        raise Invalid("as_of_ahead", "as_of", message=message)


def _check_amounts(draft: LineDraft) -> None:
    for name, amount in (("planned", draft.planned), ("done", draft.done)):
        if amount is not None and amount < 0:
            raise Invalid("negative", name, message=_("Write a number, zero or more."))
        if amount is not None and amount >= MOST_AMOUNT:
            raise Invalid("too_many", name, message=_("This is more than can be. Check the number."))
    reached = draft.reached
    if cell := next((cell for cell in CELLS if getattr(reached, cell) > MOST_PEOPLE), ""):
        raise Invalid("too_many", cell, message=_("This is more than can be. Check the number."))
    if reached.with_disability is not None and reached.with_disability > reached.total:
        message = _("People with disabilities are among those reached: there can't be more of them than of all.")
        raise Invalid("more_than_all", "with_disability", message=message)


def check_need(draft: NeedDraft, *, today: date) -> None:
    """Invalid with the field to mend."""
    _check_cluster(draft.cluster, draft.sub_cluster)
    if not fold(draft.what):
        raise Invalid("what_needed", "what", message=_("Write what is needed, such as clean water."))
    if draft.status not in NeedStatus.values:
        raise Invalid("unknown_status", "status", message=_("Choose how the need stands."))
    if draft.reported_on > today:
        message = _("This is a day that has not come yet. Write the day on which it was reported.")
        raise Invalid("reported_ahead", "reported_on", message=message)
    if draft.quantity is not None and draft.quantity < 0:
        raise Invalid("negative", "quantity", message=_("Write a number, zero or more."))
    if draft.reported_by is None and not draft.reporter.strip():
        raise Invalid("reporter_needed", "reporter", message=_("Say who reported it: an organisation, or in words."))


def _check_cluster(cluster: str, sub_cluster: str) -> None:
    if cluster not in Cluster.values:
        raise Invalid("unknown_cluster", "cluster", message=_("Choose a cluster from the list."))
    if sub_cluster and (sub_cluster not in SubCluster.values or cluster_of(sub_cluster) != cluster):
        message = _("This sub-cluster belongs to another cluster. Choose one that belongs to the cluster, or none.")
        raise Invalid("sub_cluster_of_another", "sub_cluster", message=message)


def _once(organisations: Sequence[Organisation]) -> list[Organisation]:
    return list({organisation.pk: organisation for organisation in organisations}.values())
