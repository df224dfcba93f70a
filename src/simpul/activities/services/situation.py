"""Writing the network's report, and publishing it with the figures of its last day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from simpul.activities.clusters import Cluster
from simpul.activities.models import Response, SituationReport, SituationSection
from simpul.activities.queries.situation import draw_figures, last_day_of
from simpul.activities.rules.responses import require_lead
from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.time import Zone, local_date
from simpul.records.locks import claim_version, lock_graph

EDITABLE: Final = frozenset({"valid_from", "valid_until", "author", "lead_words"})


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one cluster."""

    progress: str = ""
    problems: str = ""
    proposals: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.progress.strip() or self.problems.strip() or self.proposals.strip())


Sections = Mapping[str, Said]  # cluster, "" for all together


def write_report(
    actor: Actor,
    response: Response,
    *,
    valid_from: date,
    valid_until: date,
    author: str,
    lead_words: str = "",
    sections: Sections,
    report_id: UUID | None = None,
    now: datetime,  # noqa: ARG001
) -> SituationReport:
    """A draft with the next number. The same id twice is one report.

    Invalid("period_reversed" | "author_needed"), Conflict("id_taken").
    """
    require_lead(actor, response)
    _check(valid_from, valid_until, author, sections)
    with transaction.atomic():
        lock_graph(f"activities.reports/{response.pk}")
        if report_id and (found := SituationReport.objects.filter(pk=report_id).first()):
            if found.response_id != response.pk:
                message = _("This entry was already used for something else. Reload the page.")
                raise Conflict("id_taken", message=message)
            return found
        last = SituationReport.objects.filter(response=response).aggregate(n=Max("number"))["n"] or 0
        report = SituationReport.objects.create(
            id=report_id or uuid7(),
            response=response,
            number=last + 1,
            valid_from=valid_from,
            valid_until=valid_until,
            author=author.strip(),
            lead_words=lead_words.strip(),
        )
        _set_sections(report, sections)
        audit.record(actor, "activities.write_report", report.ref, details={"response": str(response.pk)})
    return report


def edit_report(
    actor: Actor,
    report: SituationReport,
    changes: Mapping[str, Any],
    *,
    sections: Sections | None = None,
    seen: int,
    now: datetime,  # noqa: ARG001
) -> SituationReport:
    """Write `changes` (names in EDITABLE) and, where given, what is said of each cluster, while it is a draft.

    Invalid as `write_report`, Conflict("published" | "edited_meanwhile").
    """
    require_lead(actor, report.response)
    if unknown := set(changes) - EDITABLE:
        raise ValueError(f"not to be edited: {sorted(unknown)}")
    after = {name: changes.get(name, getattr(report, name)) for name in ("valid_from", "valid_until", "author")}
    _check(after["valid_from"], after["valid_until"], after["author"], sections or {})
    with transaction.atomic():
        fresh = claim_version(report, seen, changes)
        if fresh.published_at is not None:
            raise _published()
        if sections is not None:
            _set_sections(fresh, sections)
        fields = sorted({*changes, *(["sections"] if sections is not None else [])})
        audit.record(actor, "activities.edit_report", report.ref, details={"fields": fields})
    return fresh


def publish_report(actor: Actor, report: SituationReport, *, seen: int, now: datetime) -> SituationReport:
    """Freeze the figures of its last day and show it to everybody who sees the response. Again changes nothing.

    Conflict("not_over") before its last day, ("edited_meanwhile") where somebody wrote since, ("draft_response") while
    the response itself is not published.
    """
    require_lead(actor, report.response)
    fresh = SituationReport.objects.select_related("response").get(pk=report.pk)
    if fresh.published_at is not None:
        return fresh
    _check_ready(fresh, now)
    with transaction.atomic():
        figures = draw_figures(fresh.response, last_day_of(fresh), now=now).as_json()
        published = claim_version(fresh, seen, {"published_at": now, "figures": figures})
        audit.record(actor, "activities.publish_report", report.ref)
    return published


def _check_ready(report: SituationReport, now: datetime) -> None:
    if report.response.published_at is None:
        raise Conflict("draft_response", message=_("Publish the response first: the report leads its readers there."))
    if last_day_of(report) > local_date(now, Zone.WIB):
        raise Conflict("not_over", message=_("The period is not over. Publish on its last day or later."))


def _check(valid_from: date, valid_until: date, author: str, sections: Sections) -> None:
    if valid_from >= valid_until:
        raise Invalid("period_reversed", "valid_until", message=_("Enter an end date after the start date."))
    if not author.strip():
        raise Invalid("author_needed", "author", message=_("Say who wrote it: readers ask them."))
    if unknown := set(sections) - {"", *Cluster.values}:
        raise ValueError(f"no clusters: {sorted(unknown)}")


def _set_sections(report: SituationReport, sections: Sections) -> None:
    SituationSection.objects.filter(report=report).delete()
    SituationSection.objects.bulk_create(
        [
            SituationSection(
                report=report,
                cluster=cluster,
                progress=said.progress.strip(),
                problems=said.problems.strip(),
                proposals=said.proposals.strip(),
            )
            for cluster, said in sections.items()
            if not said.is_empty
        ]
    )


def _published() -> Conflict:
    return Conflict("published", message=_("It is published and stays as it is. Write the next report instead."))
