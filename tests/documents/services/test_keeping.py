"""Documents of a record: who keeps them, what of them is kept, and what is left when they go."""

import io
from datetime import timedelta
from functools import partial

import pytest
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks

from simpul.audit.erasers import erase_again
from simpul.audit.models import Act, Erasure
from simpul.documents import folder
from simpul.documents.models import Document, RemovalReason, Upload, Version
from simpul.documents.queries import document_for, documents_of, opened, version_for
from simpul.documents.sealing import Part
from simpul.documents.services.keeping import (
    add_document,
    describe_document,
    erase_documents,
    remove_document,
    replace_document,
)
from simpul.documents.services.uploads import begin_upload
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.kernel.refs import RecordRef
from tests.cast import NOW, Cast
from tests.factories.documents import MARKER, docx, make_document, pdf, picture, send
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
WORDS = {"title": "Akta", "kind": "deed", "audience": "own"}


def on_disk() -> set[str]:
    return {p.name for p in folder.root().rglob("*") if p.is_file() and p.parent.name != folder.PARTS}


@denies(add_document, replace_document, describe_document, remove_document, erase_documents)
def test_who_does_not_keep_the_record_keeps_none_of_its_documents(cast: Cast) -> None:
    document = make_document(cast.budi.actor, cast.lentera.ref)
    for who in (cast.ani.actor, cast.hasan.actor, cast.eko.actor):
        sent = send(who, pdf(marker=str(who.user_id).encode()))
        for attempt in (
            partial(add_document, subject=cast.lentera.ref, id=uuid7(), upload=sent, now=NOW, **WORDS),
            partial(replace_document, document=document, id=uuid7(), upload=sent, now=NOW),
            partial(describe_document, document=document, seen_version=1, **WORDS),
            partial(remove_document, document=document, reason="mistake", now=NOW),
            partial(erase_documents, subject=cast.lentera.ref, now=NOW),
        ):
            with pytest.raises(Denied):
                attempt(who)
    assert Version.objects.count() == 1


@audits(add_document, replace_document, describe_document, remove_document, erase_documents)
def test_each_act_leaves_its_row_without_a_word_of_the_paper(cast: Cast) -> None:
    budi, ref = cast.budi.actor, cast.lentera.ref
    document = make_document(budi, ref, title="Akta Notaris Sari")
    replace_document(budi, document, id=uuid7(), upload=send(budi, pdf(4000)), now=NOW)
    describe_document(budi, document, title="Akta", kind="deed", audience="own", seen_version=2)
    remove_document(budi, document, reason=RemovalReason.MISTAKE, now=NOW)
    make_document(budi, ref)
    assert erase_documents(budi, ref, now=NOW) == 1
    acts = Act.objects.filter(act__startswith="documents.").exclude(act="documents.begin_upload").order_by("id")
    assert [(a.act.removeprefix("documents."), a.details) for a in acts] == [
        ("add_document", {"kind": "deed", "audience": "public", "type": "pdf"}),
        ("replace_document", {"number": 2, "type": "pdf"}),
        ("describe_document", {"audience": "own"}),
        ("remove_document", {"reason": "mistake"}),
        ("add_document", {"kind": "deed", "audience": "public", "type": "pdf"}),
        ("erase_documents", {"count": 1}),
    ]


def test_a_document_comes_back_as_it_was_sent_and_lies_sealed(cast: Cast) -> None:
    data = pdf(200_000)
    document = make_document(cast.budi.actor, cast.lentera.ref, data)
    version = version_for(cast.publik.actor, document.pk)
    assert b"".join(opened(version).pieces()) == data
    files = [p for p in folder.root().rglob("*") if p.is_file()]
    assert [p for p in files if MARKER in p.read_bytes()] == []
    assert not Upload.objects.exists()


def test_a_picture_is_kept_without_its_metadata_and_with_a_small_one(cast: Cast) -> None:
    document = make_document(cast.budi.actor, cast.lentera.ref, picture(tell=MARKER.decode()))
    version = version_for(cast.publik.actor, document.pk)
    whole, small = (b"".join(opened(version, part).pieces()) for part in Part)
    assert MARKER not in whole + small
    assert Image.open(io.BytesIO(small)).size == (480, 360)


def test_the_same_request_twice_makes_one_document(cast: Cast) -> None:
    budi, sent, key = cast.budi.actor, send(cast.budi.actor, pdf()), uuid7()
    words = {"title": "AD/ART", "kind": "bylaws", "audience": "public", "now": NOW}
    one, two = (add_document(budi, cast.lentera.ref, id=key, upload=sent, **words) for _ in range(2))
    assert one.pk == two.pk
    assert len(on_disk()) == len(set(on_disk()))
    with pytest.raises(Conflict, match="id_taken"):
        add_document(cast.dewi.actor, cast.network.ref, id=key, upload=sent, **words)


def test_the_same_file_twice_is_said_and_kept_once(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    make_document(cast.budi.actor, cast.lentera.ref, pdf(), title="Akta")
    before = on_disk()
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(Conflict, match="same_file") as told:
        make_document(cast.budi.actor, cast.lentera.ref, pdf(), title="Salinan")
    assert "“Akta”" in str(told.value.message)
    assert on_disk() == before
    assert not Upload.objects.exists()


def test_the_same_file_of_two_owners_is_kept_twice_and_looks_different(cast: Cast) -> None:
    make_document(cast.budi.actor, cast.lentera.ref, pdf())
    make_document(cast.dewi.actor, cast.network.ref, pdf())
    assert len(set(Version.objects.values_list("digest", flat=True))) == 2


def test_a_removed_file_may_be_sent_again(cast: Cast) -> None:
    first = make_document(cast.budi.actor, cast.lentera.ref, pdf())
    remove_document(cast.budi.actor, first, reason="mistake", now=NOW)
    assert make_document(cast.budi.actor, cast.lentera.ref, pdf()).pk != first.pk


def test_a_new_version_is_shown_and_the_earlier_one_stays_for_who_keeps_it(cast: Cast) -> None:
    document = make_document(cast.budi.actor, cast.lentera.ref, pdf(3000))
    for _ in range(2):
        key = uuid7()
        replace_document(cast.budi.actor, document, id=key, upload=send(cast.budi.actor, docx(a=key.bytes)), now=NOW)
    assert [v.number for v in documents_of(cast.budi.actor, cast.lentera.ref)[0].versions.all()] == [3, 2, 1]
    assert version_for(cast.publik.actor, document.pk).number == 3
    assert b"".join(opened(version_for(cast.budi.actor, document.pk, 1)).pieces()) == pdf(3000)
    with pytest.raises(Denied):
        version_for(cast.publik.actor, document.pk, 1)


def test_the_same_new_version_twice_is_one(cast: Cast) -> None:
    document, key = make_document(cast.budi.actor, cast.lentera.ref), uuid7()
    sent = send(cast.budi.actor, docx())
    one, two = (replace_document(cast.budi.actor, document, id=key, upload=sent, now=NOW) for _ in range(2))
    assert (one.pk, one.number) == (two.pk, 2)


@pytest.mark.parametrize(
    ("words", "code", "field"),
    [
        ({"title": " "}, "title", "title"),
        ({"title": "x" * 121}, "title", "title"),
        ({"title": "a\u202eb"}, "title", "title"),
        ({"kind": "gossip"}, "unknown_choice", "kind"),
        ({"audience": "friends"}, "unknown_choice", "audience"),
        ({"upload": uuid7()}, "upload_gone", "file"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_the_file_stays(
    cast: Cast, words: dict[str, object], code: str, field: str
) -> None:
    sent = send(cast.budi.actor, pdf())
    given = {"title": "Akta", "kind": "deed", "audience": "own", "upload": sent, **words}
    with pytest.raises(Invalid, match=code) as refused:
        add_document(cast.budi.actor, cast.lentera.ref, id=uuid7(), now=NOW, **given)
    assert refused.value.field == field
    assert Upload.objects.get().sender_key == sent
    assert not Document.objects.exists()


def test_an_upload_of_somebody_else_or_half_an_upload_is_not_taken(cast: Cast) -> None:
    half = uuid7()
    begin_upload(cast.budi.actor, key=half, size=10, now=NOW)
    for upload, code in ((send(cast.dewi.actor, pdf()), "upload_gone"), (half, "upload_unfinished")):
        with pytest.raises(Invalid, match=code):
            add_document(
                cast.budi.actor,
                cast.lentera.ref,
                id=uuid7(),
                upload=upload,
                title="x",
                kind="deed",
                audience="own",
                now=NOW,
            )


def test_a_poisoned_picture_leaves_nothing_behind(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    before = on_disk()
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(Invalid, match="picture_broken"):
        make_document(cast.budi.actor, cast.lentera.ref, picture()[:900])
    assert on_disk() == before
    assert not Upload.objects.exists()
    assert list(folder.stored_parts()) == []


def test_removing_destroys_title_keys_and_files_and_is_done_once(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    before = on_disk()
    document = make_document(cast.budi.actor, cast.lentera.ref, picture())
    with django_capture_on_commit_callbacks(execute=True):
        for hour in range(2):
            remove_document(cast.budi.actor, document, reason="personal", now=NOW + timedelta(hours=hour))
    row, version = Document.objects.get(), Version.objects.get()
    assert (row.removed_at, row.removal_reason, row.title) == (NOW, "personal", None)
    assert (version.key, version.digest) == (None, "")
    assert on_disk() == before
    with pytest.raises(NotFound):
        document_for(cast.budi.actor, document.pk)


def test_a_reason_is_one_of_the_list(cast: Cast) -> None:
    document = make_document(cast.budi.actor, cast.lentera.ref)
    for reason in ("", "erased", "because"):
        with pytest.raises(Invalid, match="unknown_choice"):
            remove_document(cast.budi.actor, document, reason=reason, now=NOW)


def test_two_who_describe_one_document_are_told(cast: Cast) -> None:
    document = make_document(cast.budi.actor, cast.lentera.ref)
    words = {"kind": "deed", "audience": "own", "seen_version": 1}
    assert describe_document(cast.budi.actor, document, title="Satu", **words).title.open() == "Satu"
    with pytest.raises(Conflict, match="edited_meanwhile"):
        describe_document(cast.dewi.actor, document, title="Dua", **words)


def test_documents_of_a_kind_of_record_without_a_policy_are_served_to_nobody(cast: Cast) -> None:
    document = make_document(cast.budi.actor, cast.lentera.ref)
    Document.objects.filter(pk=document.pk).update(subject_kind="cases.case")
    for played in cast:
        with pytest.raises(NotFound):
            document_for(played.actor, document.pk)
    with pytest.raises(NotFound):
        erase_documents(cast.budi.actor, RecordRef("cases.case", cast.lentera.pk), now=NOW)


def test_a_restored_backup_destroys_again_what_was_removed_since(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    gone, stays = (make_document(cast.budi.actor, cast.lentera.ref) for _ in range(2))
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_again([gone.ref, gone.ref]) == (1, [])
    assert list(Document.objects.filter(removed_at=None)) == [stays]
    assert len(on_disk()) == 1


def test_a_removal_is_noted_for_the_journal_of_erasures(cast: Cast) -> None:
    document = make_document(cast.budi.actor, cast.lentera.ref)
    remove_document(cast.budi.actor, document, reason="asked", now=NOW)
    assert [row.ref_id for row in Erasure.objects.all()] == [document.pk]
