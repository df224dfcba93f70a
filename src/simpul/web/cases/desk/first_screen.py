"""The first screen: what it asks, and what becomes of the answers, typed here or kept on a phone without a signal."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.http import QueryDict

from simpul.cases.kinds import Branch
from simpul.cases.queries.cases import Case
from simpul.cases.queries.worklist import groups_of
from simpul.cases.services.opening import open_case
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Denied
from simpul.organisations.models import Organisation
from simpul.web.cases.desk.forms import FirstScreenForm, type_groups

Groups = Mapping[str, Organisation]
KEPT_AT_MOST: Final = timedelta(days=30)  # what a phone says of a longer time is its clock, not the truth


def groups_at(actor: Actor) -> Groups:
    """Where the actor may open a case, by key. Denied("case.record") where nowhere."""
    groups = {str(group.pk): group for group in groups_of(actor)}
    if not groups:
        raise Denied("case.record")
    return groups


def first_screen(groups: Groups, answers: QueryDict | None = None) -> FirstScreenForm:
    return FirstScreenForm([(key, group.name) for key, group in groups.items()], answers)


def asked(answers: QueryDict | None = None) -> dict[str, Any]:
    """What the page shows beside the form: the types by branch and family, and those that were ticked."""
    branches = [(value, label, type_groups(value)) for value, label in Branch.choices]
    return {"branches": branches, "chosen": answers.getlist("types") if answers else []}


def open_from(actor: Actor, form: FirstScreenForm, groups: Groups, *, now: datetime) -> Case:
    """The case; what was kept on a phone came in when it was written there, by how long the phone says it waited."""
    told = form.cleaned_data
    return open_case(
        actor,
        groups[told["group"]],
        area=told["area"],
        branch=told["branch"],
        types=told["types"],
        victim=form.victim(),
        narrative=told["narrative"],
        channel=told["channel"],
        relation=told["relation"],
        received_at=now - waited(told["waited"]),
        now=now,
        id=told["key"],
    )


def waited(seconds: int | None) -> timedelta:
    """None at all for what no honest clock says."""
    if seconds is None or not 0 <= seconds <= KEPT_AT_MOST.total_seconds():
        return timedelta()
    return timedelta(seconds=seconds)
