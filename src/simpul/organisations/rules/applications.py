"""Who reads and decides applications: whoever keeps the network's list of members. The applicant shows the receipt."""

from django.db.models import Q

from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.organisations.admission import MANAGE
from simpul.organisations.models import MembershipApplication
from simpul.organisations.receipts import receipt_digests
from simpul.organisations.rules.organisations import may, within

KIND = "organisations.membershipapplication"
PURPOSE = "organisations.membershipapplication.receipt"


def applications_visible_to(actor: Actor) -> Q:
    return within(actor.scope(MANAGE), "network__")


def require_keeper(actor: Actor, application: MembershipApplication) -> None:
    """NotFound for everybody else, as for an application that does not exist."""
    if not may(actor, MANAGE, application.network):
        raise NotFound(KIND, application.pk)


def require_receipt(application: MembershipApplication, receipt: str) -> None:
    """NotFound where this is not the receipt of this application."""
    if application.receipt_digest not in receipt_digests(receipt, PURPOSE):
        raise NotFound(KIND, application.pk)
