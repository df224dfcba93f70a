"""Whatever goes wrong outside, nothing of anybody reaches a log, an error code or the table of the audit."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from simpul.audit.models import Act
from simpul.config.logs import WithoutPersonalData
from simpul.notices.channels.carrying import Parcel
from simpul.notices.channels.gateway import HttpJsonGateway, Messages
from simpul.notices.channels.mail import Mail
from simpul.notices.channels.push import Push
from simpul.notices.models import Channel, Delivery, Preference
from simpul.notices.outbox import deliver_due
from simpul.notices.outside import Door
from simpul.notices.states import State
from tests.factories.accounts import make_user
from tests.factories.notices import send
from tests.notices.browsers import subscribed
from tests.notices.clocks import Clock
from tests.notices.servers import mail_server, web_server
from tests.notices.test_mail import use

pytestmark = pytest.mark.django_db
PERSONAL = ("inaq.rohani", "81234567890", "langganan-rahasia")


def everything_written() -> str:
    """Every row of notices and of the audit, as the database has it."""
    with connection.cursor() as cursor:
        found = []
        for table in ("notices_notice", "notices_recipient", "notices_delivery", "notices_pushsubscription"):
            cursor.execute(f"SELECT * FROM {table}")
            found += cursor.fetchall()
    return repr(found) + repr(list(Act.objects.values("act", "details")))


@pytest.mark.parametrize("says", ["550 <inaq.rohani@example.org> unknown", "451 inaq.rohani@example.org: later"])
def test_what_a_server_answers_is_neither_kept_nor_logged(settings: Any, caplog: Any, says: str) -> None:
    settings.MESSAGE_GATEWAY_URL = "https://gateway.example.org"
    ani = make_user(email="inaq.rohani@example.org", phone="+6281234567890")
    Preference.objects.create(user=ani, gateway=True)
    with mail_server(says={"RCPT": says}) as mail, web_server(statuses=[400]) as web, caplog.at_level(logging.DEBUG):
        use(settings, mail)
        subscribed(ani, f"{web.url}/langganan-rahasia")
        send(ani, urgent=True)
        carriers = {
            Channel.MAIL: Mail(),
            Channel.PUSH: Push(Door(public_only=False), known=lambda endpoint: True),
            Channel.GATEWAY: Messages(HttpJsonGateway(web.url, "", Door(public_only=False))),
        }
        for channel, carrier in carriers.items():
            deliver_due(channel, carrier, Clock())
    assert Delivery.objects.exclude(error="").count() == 3
    records = [record for record in caplog.records if record.name != "django.db.backends"]  # off outside tests
    logged = " ".join(WithoutPersonalData().format(record) for record in records)
    assert [word for word in PERSONAL if word in everything_written() + logged] == []


@pytest.mark.parametrize(("speaks", "state"), [(False, State.FAILED), (True, State.UNCERTAIN)])
def test_a_fault_nobody_foresaw_is_logged_without_its_text_and_holds_up_nobody(
    caplog: Any, speaks: bool, state: State
) -> None:
    told = []

    class Broken:
        repeatable = False

        def hand_over(self, parcel: Parcel, commit: Callable[[], None]) -> None:
            address = parcel.user.email.open()
            if "inaq" in address:
                if speaks:
                    commit()
                raise RuntimeError(f"{address} went wrong")
            told.append(address)

    notices = [send(make_user(email=f"{name}@example.org")) for name in ("inaq.rohani", "budi")]
    with caplog.at_level(logging.ERROR):
        assert deliver_due(Channel.MAIL, Broken(), Clock()) == 1
    (line,) = (WithoutPersonalData().format(record) for record in caplog.records)
    assert "inaq" not in line
    assert '"error": "RuntimeError"' in line
    assert told == ["budi@example.org"]
    found = Delivery.objects.get(recipient__notice=notices[0])
    assert (found.state, found.error) == (state, "fault")
