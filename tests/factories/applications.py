"""Applications for tests, sent as the public would."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from simpul.kernel.actor import Anonymous
from simpul.organisations.admission import NEEDED, Act
from simpul.organisations.models import MembershipApplication, Organisation
from simpul.organisations.receipts import new_receipt
from simpul.organisations.services.application_calls import open_applications
from simpul.organisations.services.applications import (
    Contact,
    check_application,
    move_application,
    submit_application,
)
from tests.factories.organisations import SYSTEM

NOW = datetime(2025, 6, 1, 3, 0, tzinfo=UTC)
TODAY = date(2025, 6, 1)
WANDA = Contact("Wanda Contoh", "0812 3456 7890", position="Sekretaris")
_numbers = count(1)


def apply(network: Organisation, *, receipt: str = "", now: datetime = NOW, **said: Any) -> MembershipApplication:
    """Sent by nobody with an account; the network takes applications."""
    open_applications(SYSTEM, network, now=now)
    said = {
        "kind": "OT.Y",
        "name": f"Yayasan Pelamar {next(_numbers)}",
        "does": "Mendampingi petani.",
        "contact": WANDA,
        "consents": True,
        **said,
    }
    return submit_application(Anonymous(), network, receipt=receipt or new_receipt(), now=now, **said)


def verified(network: Organisation, **said: Any) -> MembershipApplication:
    """One that waits for the decision."""
    row = apply(network, **said)
    move_application(SYSTEM, row, act=Act.BEGIN, now=NOW)
    check_application(SYSTEM, row, dict.fromkeys(NEEDED, True), now=NOW)
    move_application(SYSTEM, row, act=Act.VERIFY, now=NOW)
    return row
