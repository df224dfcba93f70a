"""Documents of a record: added, described, replaced by a new version, removed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit.services import record
from simpul.documents import folder
from simpul.documents.discarding import discard
from simpul.documents.erasing import destroy
from simpul.documents.intake import Kept, kept
from simpul.documents.models import Document, RemovalReason, Upload, Version
from simpul.documents.policies import Policy, is_confidential
from simpul.documents.queries import document_for, upload_for, version_for
from simpul.documents.rules import KIND, authorise
from simpul.documents.sniffing import refuse
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid, NotFound
from simpul.kernel.refs import RecordRef
from simpul.kernel.text import squeeze
from simpul.records.locks import claim_version, lock_graph

LONGEST: Final = 120  # characters of a title


def add_document(
    actor: Actor,
    subject: RecordRef,
    *,
    id: UUID,  # noqa: A002  # the client's own
    upload: UUID,
    title: str,
    kind: str,
    audience: str,
    now: datetime,
) -> Document:
    """Keep what was uploaded under the sender's key `upload` as a document of that record; the same `id` twice, once.

    The file is checked, made harmless and sealed first, then written down in one transaction; the upload is gone
    afterwards. NotFound, Denied as the record's policy says. Invalid("upload_gone" | "upload_unfinished", "file") and
    whatever `sniffing` and `pictures` refuse, which gives the upload up; Conflict("same_file") where the record has
    that very file already.
    """
    policy, owner = authorise(actor, subject)
    if known := _known(id, subject):
        return known
    words = _words(policy, title, kind, audience)
    fresh = Document(
        id=id, owner_organisation=owner, subject_kind=subject.kind, subject_id=subject.uuid, added_at=now, **words
    )
    with _taken(actor, upload, owner) as (sent, file), transaction.atomic():
        lock_graph(f"documents.{subject}")
        if known := _known(id, subject):  # the same request was faster
            folder.remove_file(file.file_id)
            return known
        _refuse_same(subject, file)
        fresh.save(force_insert=True)
        _add_version(fresh, file, 1, by=actor, now=now)
        discard(sent)
        details: dict[str, str] = {"kind": kind, "audience": audience, "type": file.type.extension}
        record(actor, "documents.add_document", fresh.ref, details=details)
    return fresh


def replace_document(actor: Actor, document: Document, *, id: UUID, upload: UUID, now: datetime) -> Version:  # noqa: A002
    """A new version of it under the sender's `id`; the earlier ones stay, for who keeps the document.

    Raises as `add_document`.
    """
    _policy, owner = authorise(actor, document_for(actor, document.pk).subject)
    if known := Version.objects.filter(pk=id, document=document).first():
        return known
    with _taken(actor, upload, owner) as (sent, file), transaction.atomic():
        lock_graph(f"documents.{document.subject}")
        if known := Version.objects.filter(pk=id, document=document).first():
            folder.remove_file(file.file_id)
            return known
        _refuse_same(document.subject, file)
        fresh = Document.objects.filter(pk=document.pk, removed_at=None).first()
        if fresh is None:
            raise NotFound(KIND, document.pk)
        last = Version.objects.filter(document=fresh).order_by("-number").values_list("number", flat=True)[0]
        version = _add_version(fresh, file, last + 1, by=actor, now=now, version_id=id)
        claim_version(fresh, fresh.version, {})
        discard(sent)
        details: dict[str, str | int] = {"number": version.number, "type": file.type.extension}
        record(actor, "documents.replace_document", document.ref, details=details)
    return version


def read_document(actor: Actor, document_id: UUID, *, number: int | None = None) -> Version:
    """The version to be read, as `queries.version_for`. Reading what is confidential is recorded, each time."""
    version = version_for(actor, document_id, number)
    if is_confidential(version.document):
        record(actor, "documents.read_document", version.document.ref, details={"number": version.number})
    return version


def describe_document(
    actor: Actor, document: Document, *, title: str, kind: str, audience: str, seen_version: int
) -> Document:
    """Change what it is called, what it is and who sees it. Conflict("edited_meanwhile") as `claim_version`."""
    policy, _owner = authorise(actor, document_for(actor, document.pk).subject)
    words = _words(policy, title, kind, audience)
    with transaction.atomic():
        fresh = claim_version(document, seen_version, {"kind": words["kind"], "audience": words["audience"]})
        fresh.title = words["title"]
        fresh.save(update_fields=["title"])
        record(actor, "documents.describe_document", document.ref, details={"audience": words["audience"]})
    return fresh


def remove_document(actor: Actor, document: Document, *, reason: str, now: datetime) -> None:
    """Destroy its title, data keys and files, every version. That it was, and why it went, stays. Twice is once."""
    authorise(actor, document.subject)
    if reason not in RemovalReason.values or reason == RemovalReason.ERASED:
        raise Invalid("unknown_choice", "reason", message=_("Choose one of the list."))
    with transaction.atomic():
        if destroy(document, reason, now):
            record(actor, "documents.remove_document", document.ref, details={"reason": reason})


def erase_documents(actor: Actor, subject: RecordRef, *, now: datetime) -> int:
    """Destroy every document of a record that is being erased, in the caller's transaction; how many."""
    authorise(actor, subject)
    rows = Document.objects.filter(subject_kind=subject.kind, subject_id=subject.uuid, removed_at=None)
    with transaction.atomic():
        gone = [row for row in rows.order_by("id") if destroy(row, RemovalReason.ERASED, now)]
        if gone:
            record(actor, "documents.erase_documents", subject, details={"count": len(gone)})
    return len(gone)


def _known(document_id: UUID, subject: RecordRef) -> Document | None:
    """The document of that id, where it is of that record. An id of another record's answers as a taken one."""
    found = Document.objects.filter(pk=document_id).first()
    if found is not None and found.subject != subject:
        raise Conflict("id_taken", message=_("This can't be saved as it is. Open the page anew and try again."))
    return found


@contextmanager
def _taken(actor: Actor, key: UUID, owner: UUID) -> Iterator[tuple[Upload, Kept]]:
    """A whole upload of the actor's, and the file made of it. What is refused for what it is, is given up."""
    try:
        sent = upload_for(actor, key)
    except NotFound as error:
        message = _("The file is not here any more: it was sent too long ago. Choose it once more.")
        raise refuse("upload_gone", message) from error
    if not sent.is_whole:
        raise refuse("upload_unfinished", _("The file has not arrived whole. Choose it once more."))
    try:
        with kept(sent, owner) as file:
            yield sent, file
    except (Invalid, Conflict) as refusal:
        if isinstance(refusal, Invalid) or refusal.code == "same_file":
            discard(sent)
        raise


def _words(policy: Policy, title: str, kind: str, audience: str) -> dict[str, str]:
    if kind not in policy.kinds:
        raise Invalid("unknown_choice", "kind", message=_("Choose one of the list."))
    if audience not in policy.audiences:
        raise Invalid("unknown_choice", "audience", message=_("Choose one of the list."))
    plain = squeeze(title)
    if not plain or len(plain) > LONGEST or not plain.isprintable():
        raise Invalid("title", "title", message=_("Write a title of at most 120 characters."))
    return {"title": plain, "kind": kind, "audience": audience}


def _refuse_same(subject: RecordRef, file: Kept) -> None:
    same = Version.objects.filter(
        digest__in=file.digests,
        document__subject_kind=subject.kind,
        document__subject_id=subject.uuid,
        document__removed_at=None,
    ).select_related("document")
    found = same.order_by("-added_at").first()
    if found is not None:
        title = found.document.title.open() if found.document.title else ""
        message = _("This very file is here already: “%(title)s”. It is kept once.") % {"title": title}
        raise Conflict("same_file", message=message, theirs={"document": found.document_id})


def _add_version(
    document: Document, file: Kept, number: int, *, by: Actor, now: datetime, version_id: UUID | None = None
) -> Version:
    version = Version(document=document, number=number, added_at=now, added_by=by.user_id, **file.columns())
    if version_id is not None:
        version.id = version_id
    version.save(force_insert=True)
    return version
