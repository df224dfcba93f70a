"""Recordings and pictures of a complaint that is being written: documents of what it will be, without metadata."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.cases.complaint_drafting import PLATFORM, answers_of, draft_of, writer_of
from simpul.cases.complaint_kinds import MOST_FILES
from simpul.cases.models import ComplaintDraft
from simpul.cases.rules.complaints import KIND
from simpul.documents.kinds import Family
from simpul.documents.models import Document, RemovalReason
from simpul.documents.queries import document_for, documents_of
from simpul.documents.services.keeping import add_document, remove_document
from simpul.documents.services.uploads import cancel_upload
from simpul.kernel.errors import Conflict, NotFound
from simpul.kernel.refs import RecordRef

_KINDS: Final = {Family.SOUND: "voice", Family.PICTURE: "picture"}
# What each is called, with its number: by the person who sends it and at the desk alike.
WORDS: Final = {"voice": gettext_lazy("Recording"), "picture": gettext_lazy("Picture")}


def attach(key: str, upload: UUID, *, now: datetime) -> None:
    """Keep what was uploaded. Sent twice it is there once.

    Conflict("too_many" | "only_sound_and_pictures"), and as `add_document`.
    """
    draft = _open(key, now)
    writer = writer_of(draft)
    if draft.files >= MOST_FILES:
        cancel_upload(writer, upload)
        raise Conflict("too_many", message=_("There are as many files as we can take. Remove one first."))
    ref = RecordRef(KIND, draft.complaint)
    made = add_document(
        writer, ref, id=upload, upload=upload, title=_title(draft), kind="file", audience="desk", now=now
    )
    family = made.versions.get().type.family
    if family not in _KINDS:
        # What may carry its author's name inside, nothing here takes out.
        remove_document(PLATFORM, made, reason=RemovalReason.MISTAKE, now=now)
        message = _("Only recordings and pictures are taken here: other files can tell who made them.")
        raise Conflict("only_sound_and_pictures", message=message)
    _note(draft, {"id": str(made.pk), "kind": _KINDS[family]})


def detach(key: str, file: UUID, *, now: datetime) -> None:
    """Destroy one of the draft's own files; another's, or none, is as if it were gone."""
    draft = _open(key, now)
    kept = [f for f in answers_of(draft).get("files", []) if f["id"] != str(file)]
    if len(kept) == len(answers_of(draft).get("files", [])):
        return
    remove_document(PLATFORM, document_for(PLATFORM, file), reason=RemovalReason.ASKED, now=now)
    _write(draft.pk, kept)


def files_of(complaint_id: UUID) -> list[tuple[Document, str]]:
    """Those of a complaint, the first one first, each with what it is called. For who was authorised for it."""
    found = documents_of(PLATFORM, RecordRef(KIND, complaint_id))[::-1]
    return [(row, name_of(_kind_of(row), number)) for number, row in enumerate(found, start=1)]


def name_of(kind: str, number: int) -> str:
    """ "Recording 1"."""
    return f"{WORDS[kind]} {number}"


def _kind_of(document: Document) -> str:
    versions = document.versions.all()
    return _KINDS[versions[0].type.family] if versions else "picture"


def _open(key: str, now: datetime) -> ComplaintDraft:
    draft = draft_of(key, now=now)
    if draft is None or draft.sent_at is not None:
        raise NotFound("cases.complaintdraft")
    return draft


def _title(draft: ComplaintDraft) -> str:
    return _("File %(number)s") % {"number": draft.files + 1}


def _note(draft: ComplaintDraft, file: dict[str, Any]) -> None:
    fresh = ComplaintDraft.objects.get(pk=draft.pk)
    known = answers_of(fresh).get("files", [])
    if file not in known:
        _write(draft.pk, [*known, file])


@transaction.atomic
def _write(draft_id: UUID, files: list[dict[str, Any]]) -> None:
    row = ComplaintDraft.objects.select_for_update().get(pk=draft_id)
    row.answers, row.files = {**answers_of(row), "files": files}, len(files)
    row.save(update_fields=["answers", "files"])
