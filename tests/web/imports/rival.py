"""One of several processes that import at the same moment; see `tests.rivals`."""

from datetime import UTC, datetime
from uuid import UUID

from tests.rivals import Order, obey

HEADS = ("Nama", "Jenis")


def act(order: Order) -> None:
    """`{"act": "move_on", "batch": id, "user": id}`: as the worker does it, to the end of the step.

    `{"act": "receive", "key": id, "user": id, "home": id, "names": [...]}`: as the form does.
    """
    # Inline: after Django has started.
    from simpul.access.queries import actor_for
    from simpul.interop.reading import read_book
    from simpul.interop.services.staging import receive_import
    from simpul.web.imports.tasks import move_import_on
    from tests.factories.imports import sheet

    if order["act"] == "move_on":
        move_import_on.func(order["batch"], order["user"], "id")
        return
    now = datetime.now(UTC)
    receive_import(
        actor_for(UUID(order["user"]), now=now, second_factor=True),
        recipe="organisations",
        organisation_id=UUID(order["home"]),
        file_name="anggota.xlsx",
        book=read_book(sheet(HEADS, *((name, "Yayasan") for name in order["names"]))),
        sha256="0" * 64,
        now=now,
        id=UUID(order["key"]),
    )


if __name__ == "__main__":
    obey(act)
