"""Taking the register out: asked for with a reason, made, collected once it is ready, called back while it is not.

The password is never kept beside the file: sealed while the file is being made, and gone with that.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.cases.export_columns import COLUMNS
from simpul.cases.export_kinds import KEPT, MOST, MOST_ON_PAPER, Format, Part, check_part, check_password
from simpul.cases.export_making import file_of
from simpul.cases.export_reach import drop_file
from simpul.cases.models import Case, CaseExport, ExportedCase, ExportWork, Opening, Party
from simpul.cases.queries.exports import TOGETHER, cases_in, export_for
from simpul.cases.rules.exports import KIND, exportable, require_export, require_exporting
from simpul.cases.rules.sight import visible_to
from simpul.documents.kinds import PDF, XLSX
from simpul.documents.making import keep_made
from simpul.documents.models import Document, RemovalReason, Version
from simpul.documents.queries import opened
from simpul.kernel.actor import Actor, System
from simpul.kernel.errors import Conflict, Denied, Gone, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.kernel.text import squeeze
from simpul.organisations.models import Organisation

_TYPES = {Format.XLSX: XLSX, Format.PDF: PDF}


def request_export(
    actor: Actor,
    organisation: Organisation,
    *,
    kind: str,
    part: Part,
    reason: str,
    password: str,
    now: datetime,
    unmasked: bool = False,
    unmasking_reason: str = "",
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> CaseExport:
    """It is written down that, what and why; the file is not made yet. The same `id` twice is one export: `is_new` on
    the first time alone, and it is the password of that time that opens the file.

    Denied("case.export" | "case.export_unmasked"); Invalid("kind" | "reason" | "unmasking_reason" | "password" |
    "until" | "branch" | "part"); Conflict("id_taken").
    """
    by = require_exporting(actor, organisation, unmasked=unmasked)
    if kind not in Format.values:
        raise Invalid("kind", "kind", message=_("Choose one of the answers in the list."))
    check_part(part)
    why = _words(reason, "reason")
    why_unmasked = _words(unmasking_reason, "unmasking_reason") if unmasked else None
    check_password(password)
    total = _count(actor, organisation, kind, part, now)
    columns = [column.name for column in COLUMNS if kind == Format.XLSX or column.on_paper]
    with transaction.atomic():
        row, created = CaseExport.objects.get_or_create(
            id=id or uuid7(),
            defaults={
                "owner_organisation": organisation, "kind": kind, "part": part.as_data(), "columns": columns,
                "unmasked": unmasked, "reason": why, "unmasking_reason": why_unmasked, "asked_at": now,
                "asked_by_id": by,
            },
        )  # fmt: skip
        if (row.owner_organisation_id, row.asked_by_id) != (organisation.pk, by):
            raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))
        row.is_new = created
        if created:
            ExportWork.objects.create(export=row, password=password, total=total, touched_at=now)
            audit.record(
                actor,
                "cases.request_export",
                row.ref,
                details={"organisation": organisation.pk, "kind": kind, "unmasked": unmasked},
            )
    return row


def prepare_export(actor: Actor, export: CaseExport, *, now: datetime) -> CaseExport:
    """Make the file, as whoever asked for it. Made, called back or gone already, nothing more is done.

    Each case in it was opened by that: it stands in its log. Started twice, or again after a kill, it is made once.
    NotFound, Denied as `request_export`; Invalid("part") where the cases are gone meanwhile.
    """
    _require_own(actor, export, now)
    require_exporting(actor, export.owner_organisation, unmasked=export.unmasked)
    work = ExportWork.objects.filter(export=export).first()
    if work is None:
        return CaseExport.objects.get(pk=export.pk)
    part = Part.of(export.part)
    cases = cases_in(actor, export.owner_organisation, part, now=now).order_by("received_at", "id")
    ids = list(cases.values_list("pk", flat=True)[:MOST])
    file, taken = file_of(actor, export, ids, work.password.open(), now=now, told=lambda done: _tell(work, done, now))
    with transaction.atomic():
        there = set(Case.objects.select_for_update().filter(pk__in=taken).order_by("pk").values_list("pk", flat=True))
        row = CaseExport.objects.select_for_update(of=("self",)).get(pk=export.pk)
        if not ExportWork.objects.filter(export=row).exists():  # called back, or somebody was faster
            return row
        _log(actor, row, taken, there, now)
        keep_made(
            actor, row.ref, row.owner_organisation_id, data=file, as_type=_TYPES[Format(row.kind)], title="–",
            kind="register", now=now,
        )  # fmt: skip
        ExportWork.objects.filter(export=row).delete()
        row.prepared_at, row.case_count = now, len(taken)
        row.save(update_fields=["prepared_at", "case_count"])
        audit.record(actor, "cases.prepare_export", row.ref, details={"cases": len(taken)})
    return row


def collect_export(actor: Actor, export: CaseExport, *, now: datetime) -> bytes:
    """The locked file, for whoever asked for it alone. From the first time on it can't be called back.

    NotFound for anybody else's; Conflict("not_ready"), Gone("recalled" | "ended"), and Gone("outdated") where one of
    its cases was erased, stopped or hidden meanwhile: the answer says neither which nor why.
    """
    _require_own(actor, export, now)
    require_exporting(actor, export.owner_organisation, unmasked=export.unmasked)
    with transaction.atomic():
        row = CaseExport.objects.select_for_update(of=("self",)).get(pk=export.pk)
        version = _version(row, now)
        stands = _all_in_sight(actor, row, now)
        if stands:
            data = _read(version)
            if row.collected_at is None:
                row.collected_at = now
                row.save(update_fields=["collected_at"])
            audit.record(actor, "cases.collect_export", row.ref, details={"size": len(data)})
            return data
        _withdraw(row, actor, now)
        audit.record(actor, "cases.recall_export", row.ref)
    message = _("This file can't be handed out any more. It is gone; take out a new one.")
    raise Gone("outdated", message=message)


def recall_export(actor: Actor, export: CaseExport, *, now: datetime) -> CaseExport:
    """The file goes, and nobody can collect it any more. Twice is once. By any coordinator who sees the export.

    NotFound; Conflict("collected") for what was downloaded: nobody can call that back.
    """
    require_export(actor, export, now=now)
    with transaction.atomic():
        row = CaseExport.objects.select_for_update(of=("self",)).get(pk=export.pk)
        if row.recalled_at or row.ended_at:
            return row
        if row.collected_at:
            message = _("It was downloaded already: what is on somebody's device can't be called back from here.")
            raise Conflict("collected", message=message)
        _withdraw(row, actor, now)
        audit.record(actor, "cases.recall_export", row.ref)
    return row


def end_exports(actor: Actor, *, now: datetime) -> int:
    """Files that waited for a day go, collected or not; how many. Denied for whoever is not the platform."""
    if not isinstance(actor, System):
        raise Denied("case.export")
    late = CaseExport.objects.filter(asked_at__lte=now - KEPT, recalled_at=None, ended_at=None)
    ended = 0
    for pk in list(late.order_by("asked_at").values_list("pk", flat=True)[:1000]):
        with transaction.atomic():
            row = late.select_for_update(of=("self",)).filter(pk=pk).first()
            if row is None:
                continue
            drop_file(row, RemovalReason.OUTDATED)
            row.ended_at = now
            row.save(update_fields=["ended_at"])
            audit.record(actor, "cases.end_exports", row.ref)
            ended += 1
    return ended


def _count(actor: Actor, organisation: Organisation, kind: str, part: Part, now: datetime) -> int:
    most = MOST if kind == Format.XLSX else MOST_ON_PAPER
    total = len(cases_in(actor, organisation, part, now=now).values_list("pk")[: most + 1])
    if not total:
        raise Invalid("part", None, message=_("There is no such case. Choose other days, or another branch."))
    if total > most:
        message = _("That are more than %(most)s cases, too many for one file. Choose fewer days.") % {"most": most}
        raise Invalid("part", None, message=message)
    return total


def _tell(work: ExportWork, done: int, now: datetime) -> None:
    ExportWork.objects.filter(pk=work.pk).update(done=done, touched_at=now)


def _log(actor: Actor, export: CaseExport, taken: Sequence[UUID], there: Collection[UUID], now: datetime) -> None:
    """`there` are those that the caller holds, of those that were `taken` into the file."""
    emptied = Party.objects.filter(case__in=taken, erased_at__gte=now)  # of several people, one was erased meanwhile
    if there != set(taken) or emptied.exists():
        raise Conflict("outdated", message=_("Something changed while the file was made. Set it going again."))
    ExportedCase.objects.bulk_create((ExportedCase(export=export, case_id=pk) for pk in taken), batch_size=TOGETHER)
    openings = (Opening(case_id=pk, person_id=actor.person_id, page="cases:export", at=now) for pk in taken)
    Opening.objects.bulk_create(openings, batch_size=TOGETHER)


def _require_own(actor: Actor, export: CaseExport, now: datetime) -> None:
    if export_for(actor, export.pk, now=now).asked_by_id != actor.person_id:
        raise NotFound(KIND, export.pk)


def _version(row: CaseExport, now: datetime) -> Version:
    """Its file. Conflict where there is none, with why."""
    if row.recalled_at:
        raise Gone("recalled", message=_("This file was called back. Take out a new one."))
    if row.ended_at or now - row.asked_at >= KEPT:
        raise Gone("ended", message=_("This file waited for a day and is gone. Take out a new one."))
    document = Document.objects.filter(subject_kind=KIND, subject_id=row.pk, removed_at=None).first()
    if document is None:
        raise Conflict("not_ready", message=_("It is still being made. Look again in a minute."))
    return Version.objects.get(document=document)


def _read(version: Version) -> bytes:
    with opened(version) as reader:
        return b"".join(reader.pieces())


def _all_in_sight(actor: Actor, row: CaseExport, now: datetime) -> bool:
    seen = Case.objects.filter(visible_to(actor, now=now), exportable(actor)).values("pk")
    return not ExportedCase.objects.filter(export=row).exclude(case_id__in=seen).exists()


def _withdraw(row: CaseExport, actor: Actor, now: datetime) -> None:
    drop_file(row, RemovalReason.OUTDATED)
    if row.collected_at:
        row.ended_at = now
        row.save(update_fields=["ended_at"])
        return
    row.recalled_at, row.recalled_by_id = now, actor.person_id
    row.save(update_fields=["recalled_at", "recalled_by"])


def _words(text: str, field: str) -> str:
    words = squeeze(text)
    if not words or len(words) > 1000:
        raise Invalid(field, field, message=_("Write in a few words why."))
    return words
