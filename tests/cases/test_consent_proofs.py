"""Signed on the screen or said into the telephone: it can be shown, is sealed, and goes with the person's data (R4)."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from simpul.audit.models import Act
from simpul.cases.consent_proofs import proof_of
from simpul.cases.models import Consent, Opening, Party
from simpul.cases.services.keeping import erase_case
from simpul.documents import folder
from simpul.documents.models import Document
from simpul.documents.queries import document_for, opened
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid, NotFound
from simpul.kernel.ids import uuid7
from tests.cases.test_consents import ask
from tests.cast import Cast
from tests.factories.cases import NOW, make_case, victim_of
from tests.factories.documents import docx, picture, send

TELLS = "Inaq Zqrahasia"
OGG = b"OggS\x00\x02" + bytes(22) + b"\x01\x13OpusHead\x01" + bytes(400)


@pytest.fixture
def victim(cast: Cast) -> Party:
    return victim_of(make_case(cast.lentera, actor=cast.ani.actor, types=["K.F"], victim={"age_stated": 30}))


def signed(actor: Actor, party: Party, **more: Any) -> Consent:
    told = {"manner": "signature", "witness": "", "proof": send(actor, picture("PNG", tell=TELLS), now=NOW), **more}
    return ask(party, actor=actor, **told)


def stored() -> list[Path]:
    return [path for path in folder.root().rglob("*") if path.is_file()]


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    default = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": default}


def test_r4_what_was_signed_on_the_screen_is_kept_with_the_consent(cast: Cast, victim: Party) -> None:
    row = signed(cast.ani.actor, victim)
    version = proof_of(row)
    assert version
    with opened(version) as reader:
        shown = b"".join(reader.pieces())
    assert shown[:4] == b"\x89PNG"
    assert TELLS.encode() not in shown  # where and by what it was drawn is taken out
    assert not [path for path in stored() if b"\x89PNG" in path.read_bytes()]


@pytest.mark.parametrize("manner", ["signature", "audio"])
def test_r4_none_is_said_to_be_signed_or_recorded_without_it(cast: Cast, victim: Party, manner: str) -> None:
    with pytest.raises(Invalid) as refused:
        ask(victim, actor=cast.ani.actor, manner=manner, witness="")
    assert (refused.value.code, refused.value.field) == ("proof", "manner")
    kept = ask(victim, actor=cast.ani.actor, manner=manner, witness="", sheet_number="KoboCollect")
    assert proof_of(kept) is None


def test_a_voice_is_no_signature_and_a_letter_is_neither(cast: Cast, victim: Party) -> None:
    for data, manner in ((docx(), "signature"), (picture("PNG"), "audio")):
        with pytest.raises(Invalid):
            signed(cast.ani.actor, victim, manner=manner, proof=send(cast.ani.actor, data, now=NOW))
    assert not Consent.objects.exists()
    assert not Document.objects.filter(removed_at=None).exists()


def test_where_the_consent_is_refused_nothing_of_it_is_kept(cast: Cast, victim: Party) -> None:
    victim.case.guardian_conflict = True
    victim.case.save(update_fields=["guardian_conflict"])
    with pytest.raises(Conflict):
        signed(cast.ani.actor, victim, capacity="parent", given_by="Ayah")
    assert not Document.objects.filter(removed_at=None).exists()
    with pytest.raises(NotFound):
        signed(cast.hasan.actor, victim)
    assert not Document.objects.filter(removed_at=None).exists()


def test_sent_twice_it_is_one_consent_with_one_proof(cast: Cast, victim: Party) -> None:
    key = uuid7()
    first, second = (signed(cast.ani.actor, victim, id=key) for _twice in range(2))
    assert first.pk == second.pk
    assert [row.pk for row in Document.objects.filter(removed_at=None)] == [key]


def test_it_is_read_on_the_cases_pages_alone_and_each_look_is_noted(cast: Cast, victim: Party) -> None:
    row = signed(cast.ani.actor, victim)
    path = f"/kasus/persetujuan/{row.pk}/bukti/"
    answer = cast.ani.client().get(path)
    assert (answer.status_code, b"".join(answer)[:4]) == (200, b"\x89PNG")
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert Opening.objects.filter(page="cases:consent_proof", person=cast.ani.person).count() == 1
    for who in (cast.hasan, cast.kartika, cast.dewi, cast.joko):
        assert who.client().get(path).status_code == 404
    for who in (cast.ani, cast.budi, cast.joko):  # no general address serves it
        with pytest.raises(NotFound):
            document_for(who.actor, row.pk)
    assert path in cast.ani.client().get(f"/kasus/{victim.case_id}/orang/").content.decode()
    spoken = ask(victim, actor=cast.ani.actor)
    assert cast.ani.client().get(f"/kasus/persetujuan/{spoken.pk}/bukti/").status_code == 404


def test_it_goes_with_the_case(cast: Cast, victim: Party) -> None:
    row = signed(cast.ani.actor, victim)
    erase_case(cast.budi.actor, victim.case, ground="asked", now=NOW)
    assert proof_of(row) is None
    assert not Document.objects.filter(removed_at=None).exists()


def test_the_page_takes_a_signature_and_keeps_it_where_something_else_was_wrong(cast: Cast, victim: Party) -> None:
    browser, path = cast.ani.client(), f"/kasus/orang/{victim.pk}/persetujuan/"
    key = uuid7()
    told = {
        "key": str(key), "capacity": "self", "purposes": ["record"], "language": "id", "manner": "signature",
        "expires_on": "2000-01-01", "signature": SimpleUploadedFile("tanda.png", picture("PNG"), "image/png"),
    }  # fmt: skip
    refused = browser.post(path, told)
    assert refused.status_code == 422
    page = refused.content.decode()
    kept = UUID(page.split('name="signature-kiriman" value="')[1].split('"')[0])
    told |= {"expires_on": "2099-01-01", "signature-kiriman": str(kept)}
    told.pop("signature")
    assert browser.post(path, told).status_code == 302
    assert proof_of(Consent.objects.get(pk=key))
    acts = list(Act.objects.filter(act="documents.add_document").values_list("details", flat=True))
    assert [act["kind"] for act in acts] == ["consent"]
