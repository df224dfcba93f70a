"""The network said yes: the applicant becomes a member in the same transaction."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Denied
from simpul.organisations.admission import Act
from simpul.organisations.models import ApplicationStep, Membership, MembershipApplication, Organisation
from simpul.organisations.models.memberships import MembershipRole
from simpul.organisations.rules.applications import require_keeper
from simpul.organisations.rules.organisations import may_register
from simpul.organisations.services.memberships import admit_member, register_member
from simpul.organisations.turns import decide_step


def accept_application(
    actor: Actor,
    application: MembershipApplication,
    *,
    decided_by: str,
    decided_on: date,
    member: Organisation | None = None,
    valid_from: date | None = None,
    words: str = "",
    minutes: str = "",
    now: datetime,
) -> ApplicationStep:
    """`member` is the organisation of the directory that this is; None: it is registered as it described itself.

    One that is in the directory already still has to agree, by its own people: whoever filled in a public form may
    have been anybody. Denied("organisation.register") where it is new and the actor registers none there; Conflict and
    Invalid as `refuse_application`, `admit_member` and `register_member`, and then nothing is written at all.
    """
    require_keeper(actor, application)
    if member is None and not may_register(actor, application.seat_id):
        raise Denied("organisation.register", application.ref)
    with transaction.atomic():
        step, is_new = decide_step(
            actor, application, Act.ACCEPT, decided_by=decided_by, decided_on=decided_on, words=words, minutes=minutes,
            now=now,
        )  # fmt: skip
        if is_new:
            step.membership = _admit(actor, step, member, valid_from=valid_from or decided_on, now=now)
            # The row is the decision's; which membership it led to is known only now.
            ApplicationStep.objects.filter(pk=step.pk).update(membership=step.membership)
            details = {"membership": step.membership.pk}
            audit.record(actor, "organisations.accept_application", application.ref, details=details)
    return step


def _admit(
    actor: Actor, step: ApplicationStep, member: Organisation | None, *, valid_from: date, now: datetime
) -> Membership:
    application = step.application
    if member is None:
        return register_member(
            actor,
            application.network,
            kind=application.kind,
            name=application.name,
            acronym=application.acronym,
            seat=application.seat,
            valid_from=valid_from,
            now=now,
            organisation_id=application.pk,
        )
    if Membership.objects.filter(
        member=member, network=application.network, role=MembershipRole.MEMBER, valid_until=None, superseded_at=None
    ).exists():
        message = _("It is a member already. Set the application aside instead, and say so.")
        raise Conflict("member_already", message=message)
    return admit_member(
        actor,
        application.network,
        member=member,
        valid_from=valid_from,
        decided_by=step.decided_by,
        now=now,
    )
