"""What `simpul check` asks of people: that what is told in confidence reaches somebody."""

from collections.abc import Iterator
from datetime import datetime

from simpul.kernel.health import Finding, probe
from simpul.kernel.refs import RecordRef
from simpul.organisations.presets import Pillar
from simpul.organisations.queries.node import this_node
from simpul.people.models import Person

_REMEDY = "Sign in as the operator, open /simpul-ini/ and say who receives complaints."


@probe("people.complaints")
def complaints_reach_somebody(now: datetime) -> Iterator[Finding]:
    """Nothing to say before the first run, and where complaints are off."""
    node = this_node()
    if node is None or Pillar.COMPLAINTS not in node.pillars:
        return
    if not node.complaints_to:
        yield Finding.warn("complaints", "nobody is named to receive complaints", _REMEDY)
        return
    receiver = Person.objects.filter(pk=RecordRef.parse(node.complaints_to).uuid).select_related("user").first()
    if receiver is None or receiver.user is None:
        gone = "is no longer here" if receiver is None else "has no account yet"
        yield Finding.warn("complaints", f"whoever is named to receive complaints {gone}", _REMEDY)
    elif not receiver.user.is_active:
        yield Finding.warn("complaints", "whoever is named to receive complaints can no longer sign in", _REMEDY)
    else:
        yield Finding.ok("complaints", "somebody who can sign in receives them")
