"""Files sent in pieces, papers kept and downloaded, an import from its file to its undoing."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from simpul.accounts.models import ApiToken
from simpul.api.imports.tasks import move_import_on_by_token
from simpul.documents.models import Document, Upload
from simpul.interop.models import ImportBatch, State
from simpul.kernel.ids import uuid7
from simpul.organisations.models import Membership, Organisation
from tests.api.conftest import Program, problem
from tests.cast import Cast
from tests.factories.documents import make_document, pdf, varied_pdf
from tests.factories.imports import sheet

pytestmark = pytest.mark.django_db
Programs = Callable[..., Program]
V1 = "/api/v1"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(settings: Any, tmp_path: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}},
    }


def part(program: Program, key: object, offset: int, data: bytes, kind: str = "application/octet-stream") -> Any:
    headers = {"Authorization": f"Bearer {program.secret}"}
    return program.client.generic("post", f"{V1}/uploads/{key}/parts?offset={offset}", data, kind, headers=headers)


def uploaded(program: Program, data: bytes) -> str:
    key = str(uuid7())
    assert program.put(f"{V1}/uploads/{key}", {"size": len(data)}).status_code == 200
    assert part(program, key, 0, data).json()["received"] == len(data)
    return key


def test_a_file_is_sent_in_pieces_and_taken_up_where_it_stopped(cast: Cast, program: Programs) -> None:
    budi, data, key = program(cast.budi), pdf(3000), str(uuid7())
    begun = budi.put(f"{V1}/uploads/{key}", {"size": 3000})
    assert begun.json() == {"key": key, "size": 3000, "received": 0}
    assert part(budi, key, 0, data[:1000]).json()["received"] == 1000
    refused = problem(part(budi, key, 0, data[:1000]), 409, "upload_offset")
    assert refused["theirs"] == {"offset": 1000}
    assert budi.put(f"{V1}/uploads/{key}", {"size": 3000}).json()["received"] == 1000, "begun again it is the same"
    problem(part(budi, key, 1000, b"{}", "application/json"), 415, "not_bytes")
    problem(program(cast.dewi).get(f"{V1}/uploads/{key}"), 404)
    assert part(budi, key, 1000, data[1000:]).json()["received"] == 3000
    assert budi.send("delete", f"{V1}/uploads/{key}").status_code == 204
    assert not Upload.objects.exists()


def test_what_a_token_may_not_send_it_does_not(cast: Cast, program: Programs) -> None:
    problem(program(cast.budi, ["people:write"]).put(f"{V1}/uploads/{uuid7()}", {"size": 9}), 403, "scope_needed")
    budi = program(cast.budi, ["imports:write"])
    problem(budi.put(f"{V1}/uploads/{uuid7()}", {"size": 10**9}), 422, "file_size")
    problem(budi.put(f"{V1}/uploads/{uuid7()}", {"size": 0}), 422, "invalid_input")


def test_a_paper_is_kept_read_changed_and_destroyed(cast: Cast, program: Programs) -> None:
    budi, path = program(cast.budi), f"{V1}/organisations/{cast.lentera.pk}/documents"
    sent = {"upload": uploaded(budi, pdf()), "kind": "annual", "audience": "public", "title": "Laporan 2024"}
    made = budi.post(path, sent)
    assert made.status_code == 201, made.content
    one, tag = made.headers["Location"], made.headers["ETag"]
    assert [row["title"] for row in program().get(path).json()] == ["Laporan 2024"]
    answer = program().get(f"{one}/file")
    assert b"".join(answer.streaming_content) == pdf()
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="laporan-2024.pdf"'
    head = program().send("head", f"{one}/file")
    assert (head.content, head.headers["Content-Length"]) == (b"", str(len(pdf())))
    assert head.headers["Accept-Ranges"] == "bytes"
    assert program().get(f"{one}/file", If_None_Match=answer.headers["ETag"]).status_code == 304
    words = {"kind": "annual", "audience": "own", "title": "Laporan Tahunan"}
    assert budi.put(one, words, If_Match=tag).json()["title"] == "Laporan Tahunan"
    problem(budi.put(one, words, If_Match=tag), 412)
    problem(program().get(f"{one}/file"), 404)
    again = budi.post(f"{one}/versions", {"upload": uploaded(budi, pdf(4000))}).json()
    assert again["file"]["number"] == 2
    assert b"".join(budi.get(f"{one}/file", {"number": 1}).streaming_content) == pdf()
    assert budi.post(f"{one}/remove", {"reason": "mistake"}).status_code == 204
    problem(budi.get(one), 404)
    assert Document.objects.get().removed_at


def test_a_download_that_broke_off_is_taken_up_where_it_stopped(cast: Cast, program: Programs) -> None:
    data, budi = varied_pdf(200_000), program(cast.budi)
    made = make_document(cast.budi.actor, cast.lentera.ref, data, audience="own")
    path = f"{V1}/documents/{made.pk}/file"
    first = budi.get(path)
    arrived = next(iter(first.streaming_content))
    rest = budi.get(path, Range=f"bytes={len(arrived)}-", If_Range=first.headers["ETag"])
    assert (rest.status_code, rest.headers["Content-Length"]) == (206, str(200_000 - len(arrived)))
    assert rest.headers["Content-Range"] == f"bytes {len(arrived)}-199999/200000"
    assert arrived + b"".join(rest.streaming_content) == data
    changed = budi.get(path, Range="bytes=9-", If_Range='"another"')
    assert (changed.status_code, changed.headers["Content-Length"]) == (200, "200000")
    beyond = budi.get(path, Range="bytes=200000-")
    problem(beyond, 416, "no_such_part")
    assert beyond.headers["Content-Range"] == "bytes */200000"
    assert budi.send("head", path, Range="bytes=9-").status_code == 200
    problem(program().get(path, Range="bytes=0-9"), 404)


@pytest.mark.parametrize("audience", ["network", "own"])
def test_a_token_without_the_scope_sees_no_more_papers_than_the_public(
    cast: Cast, program: Programs, audience: str
) -> None:
    made = make_document(cast.budi.actor, cast.lentera.ref, audience=audience)
    path = f"{V1}/documents/{made.pk}/file"
    for nobody in (program(), program(cast.budi, []), program(cast.budi, ["people:read"])):
        problem(nobody.get(path), 404)
        assert nobody.get(f"{V1}/organisations/{cast.lentera.pk}/documents").json() == []
    assert program(cast.budi, ["organisations:read"]).get(path).status_code == 200


HEADS = ("Nama", "Jenis")


def begun(cast: Cast, dewi: Program, *rows: tuple[str, str]) -> dict[str, Any]:
    key, network = uploaded(dewi, sheet(HEADS, *rows)), str(cast.network.pk)
    sent = {"id": str(uuid7()), "recipe": "organisations", "organisation": network, "network": network, "upload": key}
    made = dewi.post(f"{V1}/imports", sent)
    assert made.status_code == 201, made.content
    again = dewi.post(f"{V1}/imports", sent)
    assert again.json()["id"] == made.json()["id"], "the file is gone by then, and the import is there"
    body: dict[str, Any] = made.json()
    return body


def test_an_import_from_its_file_to_its_undoing(cast: Cast, program: Programs) -> None:
    dewi = program(cast.dewi)
    found = begun(cast, dewi, ("Yayasan Baru", "Yayasan"), ("Tanpa Jenis", ""), ("Pusat Riset Contoh", "Yayasan"))
    path = f"{V1}/imports/{found['id']}"
    assert (found["state"], found["heads"], found["mapping"]) == ("mapping", list(HEADS), {"0": "name", "1": "kind"})
    checked = dewi.put(f"{path}/columns", {"mapping": found["mapping"]}).json()
    assert checked["states"] == {"ready": 1, "faulty": 1, "alike": 1}
    faulty = dewi.get(f"{path}/rows", {"state": "faulty"}).json()["items"][0]
    assert [(fault["column"], fault["code"]) for fault in faulty["faults"]] == [("kind", "needed")]
    assert faulty["faults"][0]["message"]
    mended = dewi.patch(f"{path}/rows/{faulty['id']}", {"cells": {"kind": "Yayasan"}}).json()
    assert (mended["state"], mended["cells"]["kind"]) == ("ready", "Yayasan")
    problem(dewi.post(f"{path}/confirm"), 409, "undecided")
    alike = dewi.get(f"{path}/rows", {"state": "alike"}).json()["items"][0]
    assert [twin["title"] for twin in alike["twins"]] == [cast.support.name]
    dewi.post(f"{path}/rows/{alike['id']}/decision", {"decision": "skip"})
    done = dewi.post(f"{path}/confirm").json()
    assert (done["state"], done["outcomes"]) == ("done", {"written": 2, "skipped": 1})
    assert Membership.objects.filter(network=cast.network, member__name="Yayasan Baru").count() == 1
    undone = dewi.post(f"{path}/undo").json()
    assert (undone["state"], undone["outcomes"]) == ("undone", {"undone": 2, "skipped": 1})
    assert not Organisation.objects.filter(name="Yayasan Baru").exists()


def test_an_import_writes_no_more_than_the_other_scopes_of_its_token(cast: Cast, program: Programs) -> None:
    bare = program(cast.dewi, ["imports:write"])
    sent = {
        "recipe": "organisations",
        "organisation": str(cast.network.pk),
        "upload": uploaded(bare, sheet(HEADS, HEADS)),
    }
    assert problem(bare.post(f"{V1}/imports", sent), 403)["needs"] == "organisation.register"
    dewis = begun(cast, program(cast.dewi), ("Yayasan Baru", "Yayasan"))
    problem(bare.get(f"{V1}/imports/{dewis['id']}"), 404)
    problem(bare.post(f"{V1}/imports", {**sent, "recipe": "rahasia"}), 422, "unknown_choice")


def test_what_is_no_table_is_refused_in_words(cast: Cast, program: Programs) -> None:
    dewi = program(cast.dewi)
    sent = {"recipe": "organisations", "organisation": str(cast.network.pk), "upload": uploaded(dewi, pdf())}
    assert problem(dewi.post(f"{V1}/imports", sent), 422)["field"] == "file"
    assert not ImportBatch.objects.exists()
    found = begun(cast, dewi, ("Yayasan Baru", "Yayasan"))
    for mapping in ({"x": "name"}, {"-1": "name"}, {"²": "name"}, {"0": "rahasia"}, {"0": "name", "1": "name"}):
        problem(dewi.put(f"{V1}/imports/{found['id']}/columns", {"mapping": mapping}), 422)


def test_the_worker_goes_on_with_what_the_token_may_and_stops_with_it(cast: Cast, program: Programs) -> None:
    dewi = program(cast.dewi)
    found = begun(cast, dewi, ("Yayasan Baru", "Yayasan"))
    ImportBatch.objects.update(state=State.CHECKING)
    token = ApiToken.objects.get()
    ApiToken.objects.update(revoked_at=token.made_at)
    move_import_on_by_token.call(found["id"], str(token.pk), "id")
    assert ImportBatch.objects.get().state == State.CHECKING
    ApiToken.objects.update(revoked_at=None)
    move_import_on_by_token.call(found["id"], str(token.pk), "id")
    assert ImportBatch.objects.get(pk=UUID(found["id"])).state == State.REVIEW
    assert json.loads(dewi.get(f"{V1}/imports").content)["items"][0]["state"] == "review"
