"""The end of a file of the register: called back, its day over, or one of those in it erased."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Now

from simpul.cases.models import CaseExport, ExportedCase, ExportWork, Party
from simpul.documents.erasing import destroy
from simpul.documents.models import Document, RemovalReason
from simpul.kernel.refs import RecordRef


def drop_file(export: CaseExport, reason: str) -> None:
    """The file and the password of an export, in the caller's transaction."""
    ExportWork.objects.filter(export=export).delete()
    for document in Document.objects.filter(subject_kind=export.ref.kind, subject_id=export.pk, removed_at=None):
        destroy(document, reason, Now())


def reach_exports(refs: Sequence[RecordRef]) -> None:
    """The register of exports tells from now on that a file holds what is no more here. What nobody collected yet is
    called back, and no file of it can be fetched again.
    """
    cases = [ref.uuid for ref in refs if ref.kind == "cases.case"]
    people = Party.objects.filter(pk__in=[ref.uuid for ref in refs if ref.kind == "cases.party"])
    concerned = Q(case_id__in=cases) | Q(case_id__in=list(people.values_list("case_id", flat=True)))
    ExportedCase.objects.filter(concerned, erased_at=None).update(erased_at=Now())
    _end_files(concerned, RemovalReason.ERASED)


def call_back_uncollected(case_ids: Collection[UUID]) -> None:
    """Whoever keeps these cases no more doesn't fetch them either. In the caller's transaction."""
    _end_files(Q(case_id__in=case_ids), RemovalReason.OUTDATED)


def _end_files(concerned: Q, reason: str) -> None:
    holding = ExportedCase.objects.filter(concerned).values("export_id")
    there = CaseExport.objects.filter(pk__in=holding, recalled_at=None, ended_at=None)
    for export in there.select_for_update(of=("self",)).order_by("pk"):
        drop_file(export, reason)
        CaseExport.objects.filter(pk=export.pk).update(**{"ended_at" if export.collected_at else "recalled_at": Now()})
