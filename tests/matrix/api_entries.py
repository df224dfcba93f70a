"""The API: the rest of an entry and of a person, as on the pages."""

from collections.abc import Mapping

from simpul.kernel.localized import LocalizedText
from simpul.organisations.models import OrganisationName
from simpul.organisations.services.places import add_working_area
from simpul.organisations.services.village_groups import add_division
from simpul.people.models import Affiliation
from simpul.people.services import record_contact_consent
from simpul.territory.models import Area
from tests.cast import NOW, Cast
from tests.factories.organisations import SYSTEM
from tests.factories.territory import areas
from tests.matrix import CREATED, DENIED, OK, TOKEN_NEEDED, UNSEEN, Answer, Row
from tests.matrix.api import FIRST, ani, lentera, reading, writing

KEPT: dict[str, Answer] = dict.fromkeys(("budi", "dewi", "kartika"), OK)
ENTERED: dict[str, Answer] = dict.fromkeys(KEPT, CREATED)
ENDING = {"until": "2025-06-01"}
STANDS: dict[str, Answer] = {"budi": OK, "kartika": OK}


def a_name(cast: Cast) -> dict[str, object]:
    return {**lentera(cast), "name_id": OrganisationName.objects.get(organisation=cast.lentera, superseded_at=None).pk}


def an_area(cast: Cast) -> Mapping[str, object]:
    areas("52.03")
    return {"area": "52.03"}


def worked_in(cast: Cast) -> dict[str, object]:
    areas("52.03")
    row = add_working_area(SYSTEM, cast.lentera, area=Area.objects.get(pk="52.03"), now=NOW)
    return {**lentera(cast), "row_id": row.pk}


def a_division(cast: Cast) -> dict[str, object]:
    name = LocalizedText(id="Divisi Contoh")
    row = add_division(SYSTEM, cast.lentera, name=name, since=NOW.date(), now=NOW)
    return {**lentera(cast), "division_id": row.pk}


def a_group(cast: Cast) -> Mapping[str, object]:
    areas("52.03.01.2001")
    return {"name": "Kelompok Konstituen Baru", "village": "52.03.01.2001", "founded": "2020"}


def anis_place(cast: Cast) -> dict[str, object]:
    return {"affiliation_id": Affiliation.objects.get(person=cast.ani.person).pk}


def anis_word(cast: Cast) -> dict[str, object]:
    assert cast.ani.person
    row = record_contact_consent(
        SYSTEM, cast.ani.person, purpose="messages", given_on=NOW.date(), channel="phone", now=NOW
    )
    return {"consent_id": row.pk}


NAME = {"name": "Kelompok Konstituen Pelita"}
DECREE = {"number": "1/2025", "issued_on": "2025-01-02", "issuer": "Kepala Desa"}
CONSENT = {"purpose": "messages", "given_on": "2025-01-02", "channel": "phone"}
DECLARED = {"kind": "KL.1", "declared_on": "2025-01-02"}
ROWS: list[Row] = [
    writing("create_former_name", lentera, data={**NAME, "until": "2001"}, **ENTERED),
    writing("correct_one_name", a_name, data=NAME, **KEPT),
    writing("remove_one_name", a_name, default=DENIED, **dict.fromkeys(KEPT, 409)),
    reading("list_working_areas", lentera),
    writing("create_working_area", lentera, data=an_area, **ENTERED),
    writing("end_one_working_area", worked_in, data=ENDING, **KEPT),
    writing(
        "change_visibility", lentera, method="put", data={"audiences": {"phone": "network"}}, headers=FIRST, **KEPT
    ),
    reading("list_declarations", lentera),
    writing("create_declaration", lentera, data=DECLARED, **ENTERED),
    reading("read_structure", lentera),
    writing("create_village_group", data=a_group, dewi=CREATED, joko=CREATED),
    writing("create_decree", lentera, data=DECREE, **ENTERED),
    writing("create_division", lentera, data={"name": {"id": "Divisi"}, "since": "2025-01-02"}, **ENTERED),
    writing("end_one_division", a_division, data=ENDING, **KEPT),
    writing("create_board_term", lentera, data={"since": "2025-01-02", "women": 3}, **ENTERED),
    writing("replace_affiliation", anis_place, method="put", data={"role": "treasurer", "valid_from": "2025-02-07"},
            default=UNSEEN, ani=DENIED, **STANDS),
    writing("end_one_affiliation", anis_place, data={"valid_until": "2025-06-01"}, default=UNSEEN, ani=OK, **STANDS),
    reading("list_consents", ani, default=UNSEEN, publik=TOKEN_NEEDED, ani=OK, **STANDS),
    writing("create_consent", ani, data=CONSENT, default=UNSEEN, ani=CREATED, budi=CREATED, kartika=CREATED),
    writing("withdraw_consent", anis_word, default=UNSEEN, ani=OK, **STANDS),
]  # fmt: skip
