"""The API: who decides applications, what a secretariat writes, and what is for the people of its members."""

from collections.abc import Mapping
from datetime import UTC, datetime

from simpul.organisations.models import BoardReply
from simpul.organisations.receipts import new_receipt
from simpul.organisations.services.board import post_entry
from tests.cast import Cast
from tests.factories.applications import apply, verified
from tests.factories.organisations import SYSTEM
from tests.matrix import CREATED, DENIED, OK, TOKEN_NEEDED, UNSEEN, Answer, Row
from tests.matrix.api import network, reading, writing
from tests.matrix.joining import calling
from tests.matrix.secretariat import answered, hung, served, told, trained

TERMS = {"terms": {"id": "Netral secara politik."}}
DECIDED = {"decided_by": "Rapat presidium", "decided_on": "2025-01-20"}
TEXTS = {"title": {"id": "Rapat"}, "body": {"id": "Jumat pagi."}}
SERVED = {"kind": "LS.01", "served_on": "2025-01-20", "outcome": "done"}


def called(cast: Cast) -> dict[str, object]:
    calling(cast)
    return network(cast)


def form(cast: Cast) -> Mapping[str, object]:
    return {
        "kind": "OT.T", "name": "Komunitas Baca", "does": "Membaca.", "consents": True,
        "contact": {"name": "Wanda", "phone": "081234567890"},
    }  # fmt: skip


def application(cast: Cast) -> dict[str, object]:
    return {"application_id": apply(cast.network).pk}


def ripe(cast: Cast) -> dict[str, object]:
    return {"application_id": verified(cast.network).pk}


def a_receipt(cast: Cast) -> Mapping[str, object]:
    receipt = new_receipt()
    apply(cast.network, receipt=receipt)
    return {"receipt": receipt}


def no_receipt(cast: Cast) -> Mapping[str, object]:
    return {"receipt": new_receipt()}


def announcement(cast: Cast) -> dict[str, object]:
    return {"announcement_id": told(cast)["row"]}


def service(cast: Cast) -> dict[str, object]:
    return {"service_id": served(cast)["row"]}


def stage(cast: Cast) -> dict[str, object]:
    return {"stage_id": trained(cast)["row"]}


def a_stage(cast: Cast) -> Mapping[str, object]:
    return {"organisation": str(cast.forum.pk), "stage": "trained", "reached_on": "2025-01-20", "evidence": "Hadir"}


def forum(cast: Cast) -> dict[str, object]:
    return {"network_id": cast.forum.pk}


def entry(cast: Cast) -> dict[str, object]:
    return {"entry_id": hung(cast)["row"]}


def hanging(cast: Cast) -> dict[str, object]:
    """Still, whenever this runs."""
    made = post_entry(
        SYSTEM, cast.forum, organisation=cast.lentera, side="need", kind="place", title="Ruang", contact="0800",
        now=datetime.now(UTC),
    )  # fmt: skip
    return {"entry_id": made.pk}


def an_entry(cast: Cast) -> Mapping[str, object]:
    said = {"side": "need", "kind": "place", "title": "Ruang", "contact": "0800"}
    return {**said, "organisation": str(cast.lentera.pk)}


def a_reply(cast: Cast) -> Mapping[str, object]:
    return {"organisation": str(cast.forum.pk), "words": "Ada", "contact": "0801"}


def reply(cast: Cast) -> dict[str, object]:
    return {"reply_id": BoardReply.objects.get(pk=answered(cast)["row"]).pk}


OF_THE_FORUM: dict[str, Answer] = {"ani": OK, "budi": OK, "eko": OK}
ROWS: list[Row] = [
    reading("read_call", network),
    writing("open_call", network, method="put", data=TERMS, dewi=OK),
    writing("close_call", called, dewi=OK),
    # Whoever has a token hands one in, as everybody may on the page.
    writing("create_application", called, data=form, default=CREATED),
    reading("list_applications", network, publik=TOKEN_NEEDED),
    reading("read_application", application, default=UNSEEN, publik=TOKEN_NEEDED, dewi=OK),
    writing("check_points", application, data={"checks": {"exists": True}}, default=UNSEEN, dewi=OK),
    writing("step_application", application, data={"act": "begin"}, default=UNSEEN, dewi=OK),
    writing("accept_applicant", ripe, data=DECIDED, default=UNSEEN, dewi=OK),
    writing("refuse_applicant", ripe, data={**DECIDED, "words": "Belum."}, default=UNSEEN, dewi=OK),
    # The receipt is what lets; no account, and no other receipt.
    writing("read_receipt", data=a_receipt, default=OK, publik=OK),
    writing("read_receipt", data=no_receipt, default=UNSEEN, publik=UNSEEN, because="by one that nobody was given"),
    writing("answer_network", data=lambda cast: {**no_receipt(cast), "words": "Ya"}, default=UNSEEN, publik=UNSEEN),
    writing("withdraw_application", data=a_receipt, default=OK, publik=OK),
    reading("list_announcements", publik=TOKEN_NEEDED),
    reading(
        "read_one_announcement", announcement, default=UNSEEN, publik=TOKEN_NEEDED, ani=OK, budi=OK, eko=OK, dewi=OK
    ),
    writing("create_announcement", network, data={**TEXTS, "levels": 9}, dewi=CREATED),
    writing(
        "replace_announcement", announcement, method="put", data={**TEXTS, "title": {"id": "Rapat baru"}},
        headers={"If-Match": '"v1-00000000000000000000"'}, default=UNSEEN, ani=DENIED, budi=DENIED, eko=DENIED, dewi=OK,
    ),
    writing("mark_announcement", announcement, default=UNSEEN, ani=OK, budi=OK, eko=OK),
    reading("list_services", network, default=DENIED, publik=TOKEN_NEEDED, dewi=OK),
    reading("read_service_counts", network, default=DENIED, publik=TOKEN_NEEDED, dewi=OK),
    writing("create_service", network, data=SERVED, dewi=CREATED),
    writing("withdraw_logged_service", service, default=UNSEEN, dewi=OK),
    reading("list_readiness", network, default=DENIED, publik=TOKEN_NEEDED, dewi=OK),
    writing("create_stage", network, data=a_stage, dewi=CREATED),
    writing("withdraw_reached_stage", stage, default=UNSEEN, dewi=OK),
    reading("list_board", forum, default=UNSEEN, publik=TOKEN_NEEDED, **OF_THE_FORUM),
    reading("read_entry", entry, default=UNSEEN, publik=TOKEN_NEEDED, **OF_THE_FORUM),
    writing("create_entry", forum, data=an_entry, default=UNSEEN, ani=DENIED, budi=CREATED, eko=DENIED),
    writing("create_reply", hanging, data=a_reply, default=UNSEEN, ani=DENIED, budi=DENIED, eko=CREATED),
    writing("close_posted_entry", entry, default=UNSEEN, ani=DENIED, budi=OK, eko=OK),
    writing("agree_to_answer", reply, default=UNSEEN, ani=DENIED, budi=OK),
]  # fmt: skip
