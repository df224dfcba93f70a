"""A rival that sends a complaint from the draft of a key."""

from datetime import UTC, datetime

from tests.rivals import Order, obey

AT = datetime(2025, 2, 7, 2, 0, tzinfo=UTC)


def send(order: Order) -> None:
    from simpul.cases.services.complaints import submit_complaint  # inline: slow import
    from simpul.kernel.actor import Anonymous  # inline: slow import

    submit_complaint(Anonymous(), key=order["key"], now=AT)


if __name__ == "__main__":
    obey(send)
