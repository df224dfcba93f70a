"""The API: what is public needs no token; the rest is as on the pages, for a token with every scope."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from simpul.access.models import Grant
from simpul.kernel.actor import System
from simpul.organisations.models import Membership
from simpul.organisations.services.safety import set_safety_mode
from simpul.organisations.visibility import SafetyReason
from tests.cast import Cast
from tests.factories.networks import make_programme
from tests.factories.organisations import make_service_point
from tests.factories.territory import areas
from tests.matrix import CREATED, DENIED, INVALID, OK, TOKEN_NEEDED, UNSEEN, WRONG_METHOD, Make, Row, row

FIRST = {"If-Match": '"v1-00000000000000000000"'}
SEEN_HIDDEN = {"ani": OK, "budi": OK, "dewi": OK, "kartika": OK}


def lentera(cast: Cast) -> dict[str, object]:
    return {"organisation_id": cast.lentera.pk}


def hidden_lentera(cast: Cast) -> dict[str, object]:
    set_safety_mode(System("tests"), cast.lentera, on=True, reason_code=SafetyReason.THREAT, now=datetime.now(UTC))
    return lentera(cast)


def network(cast: Cast) -> dict[str, object]:
    return {"network_id": cast.network.pk}


def membership(cast: Cast) -> dict[str, object]:
    return {"membership_id": Membership.objects.get(member=cast.lentera, superseded_at=None).pk}


def hidden_membership(cast: Cast) -> dict[str, object]:
    hidden_lentera(cast)
    return membership(cast)


def programme(cast: Cast) -> dict[str, object]:
    return {"programme_id": make_programme(cast.network).pk}


def point(cast: Cast) -> dict[str, object]:
    return {"point_id": make_service_point(cast.uptd).pk}


def ani(cast: Cast) -> dict[str, object]:
    assert cast.ani.person
    return {"person_id": cast.ani.person.pk}


def anis_grant(cast: Cast) -> dict[str, object]:
    return {"grant_id": Grant.objects.get(person=cast.ani.person).pk}


def an_area(cast: Cast) -> dict[str, object]:
    areas("52.03")
    return {"code": "52.03"}


def a_record(cast: Cast) -> dict[str, object]:
    return {"kind": "organisations.organisation", "record_id": cast.lentera.pk}


def a_hidden_record(cast: Cast) -> dict[str, object]:
    hidden_lentera(cast)
    return a_record(cast)


def figure(cast: Cast) -> dict[str, object]:
    return {"code": "F17"}


def of_the_network(cast: Cast) -> dict[str, object]:
    return {"about": cast.network.pk}


def admission(cast: Cast) -> Mapping[str, object]:
    return {"network": str(cast.network.pk), "member": str(cast.support.pk)}


def a_person(cast: Cast) -> Mapping[str, object]:
    return {"organisation": str(cast.lentera.pk), "role": "volunteer", "name": "Warga Contoh"}


def an_affiliation(cast: Cast) -> Mapping[str, object]:
    return {"organisation": str(cast.lentera.pk), "role": "treasurer"}


def a_link(cast: Cast) -> Mapping[str, object]:
    ends = {"source": cast.lentera.pk, "target": cast.forum.pk}
    told = {name: {"kind": "organisations.organisation", "id": str(pk)} for name, pk in ends.items()}
    return {**told, "relation": "follows"}


def reading(name: str, params: Make = lambda cast: {}, **more: Any) -> Row:
    return row(f"api:{name}", params, default=more.pop("default", OK), **more)


def writing(name: str, params: Make = lambda cast: {}, *, method: str = "post", **more: Any) -> Row:
    """Nobody but those named, and nobody without a token."""
    given = {"default": DENIED, "publik": TOKEN_NEEDED, **more}
    return row(f"api:{name}", params, method=method, **given)


ROWS: list[Row] = [
    row("openapi", default=OK),
    row("openapi", method="post", default=WRONG_METHOD),
    row("api-index", default=OK),
    row("api-index", method="post", default=WRONG_METHOD),
    reading("api-root", default=OK),
    # Public: everybody alike, but for what is hidden.
    reading("list_organisations"),
    reading("list_organisations", data={"kunci": "x"}, default=INVALID, because="with a parameter nobody knows"),
    reading("list_programmes"),
    reading("list_areas"),
    reading("list_vocabularies"),
    reading("search", data={"q": "forum"}),
    reading("list_figures"),
    reading("list_service_points", data=lambda cast: {"area": str(an_area(cast)["code"])}),
    reading("read_programme", programme),
    reading("read_service_point", point),
    reading("read_area", an_area),
    reading("list_parts", an_area),
    reading("list_admissions", network),
    reading("list_members", network),
    reading("read_membership", membership),
    reading("read_membership", hidden_membership, default=UNSEEN, **SEEN_HIDDEN, because="of one in safety mode"),
    reading("read_figure", figure, data=of_the_network),
    reading("read_figure", figure, default=UNSEEN, because="with no subject of the node's own"),
    reading("list_records", figure, data=of_the_network),
    reading("read_thread", a_record),
    reading("read_thread", a_hidden_record, default=UNSEEN, **SEEN_HIDDEN, because="of one in safety mode"),
    # Of people and rights: each as far as their roles reach.
    reading("read_me", publik=TOKEN_NEEDED),
    reading("list_people", publik=TOKEN_NEEDED),
    reading("read_person", ani, default=UNSEEN, publik=TOKEN_NEEDED, ani=OK, budi=OK, kartika=OK),
    reading("list_members_of_organisation", lentera, publik=TOKEN_NEEDED),
    reading("list_grants", publik=TOKEN_NEEDED),
    reading("read_grant", anis_grant, default=UNSEEN, publik=TOKEN_NEEDED, ani=OK, budi=OK, joko=OK, kartika=OK),
    reading("list_acts", default=DENIED, publik=TOKEN_NEEDED),
    # Writing.
    writing("create_organisation", data={"kind": "OT.T", "name": "Komunitas Contoh"}, dewi=CREATED, joko=CREATED),
    writing(
        "change_organisation", lentera, method="patch", data={"volunteers": 3}, headers=FIRST,
        budi=OK, dewi=OK, kartika=OK,
    ),
    writing(
        "change_organisation", lentera, method="patch", data={"volunteers": 3}, default=428,
        because="without saying which version",
    ),
    writing("change_seat", lentera, method="put", data={"area": None}, headers=FIRST, budi=OK, dewi=OK, kartika=OK),
    writing(
        "create_name", lentera, data={"name": "Kelompok Konstituen Pelita", "since": "2024"},
        budi=CREATED, dewi=CREATED, kartika=CREATED,
    ),
    writing("create_confirmation", lentera, budi=CREATED, dewi=CREATED, kartika=CREATED),
    writing("create_confirmation", hidden_lentera, default=UNSEEN, ani=DENIED, budi=CREATED, dewi=CREATED,
            kartika=CREATED, because="of one in safety mode"),
    writing("create_membership", data=admission, dewi=CREATED),
    writing("confirm", membership, budi=OK, kartika=OK),
    writing("end", membership, data={"valid_until": str(date(2026, 1, 1)), "reason": "left"}, budi=OK, eko=OK,
            kartika=OK),
    writing("withdraw", membership, budi=OK, eko=OK, kartika=OK),
    writing("create_verification", point, data={"method": "call"}, citra=CREATED),
    writing("create_person", data=a_person, budi=CREATED, kartika=CREATED),
    writing(
        "replace_person", ani, method="put", data={"name": "Ani"}, headers=FIRST, default=UNSEEN, ani=OK, budi=OK,
        kartika=OK,
    ),
    writing(
        "replace_contacts", ani, method="put", data={"phone": "081234567890"}, headers=FIRST, default=UNSEEN, ani=OK,
        budi=OK, kartika=OK,
    ),
    writing(
        "create_affiliation", ani, data=an_affiliation, default=UNSEEN, ani=DENIED, budi=CREATED, kartika=CREATED
    ),
    writing("create_link", data=a_link, ani=CREATED, budi=CREATED, eko=CREATED, kartika=CREATED),
]  # fmt: skip
ROWS += [
    reading(name, lentera)
    for name in (
        "read_organisation",
        "list_names",
        "list_memberships",
        "list_networks_above",
        "list_programme_roles",
        "list_public_people",
    )
]
ROWS += [
    reading(name, hidden_lentera, default=UNSEEN, **SEEN_HIDDEN, because="in safety mode")
    for name in ("read_organisation", "list_names", "list_memberships", "list_networks_above", "list_public_people")
]
