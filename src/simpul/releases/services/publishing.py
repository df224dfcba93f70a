"""Two people agree to exactly what was decided; the second of them publishes it. All of it, or nothing."""

import base64
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from simpul.audit.rules import Detail
from simpul.audit.services import record
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.localized import LocalizedText
from simpul.records.batches import insert_all
from simpul.records.locks import lock_graph
from simpul.releases.agreements import NEEDED
from simpul.releases.content import Content, Line, digest_of, read_content
from simpul.releases.heads import note_heads
from simpul.releases.lines import LineCell, cells_on, packed, read_line
from simpul.releases.models import Annotation, Approval, Head, Proposal, PublishedCell, Release
from simpul.releases.models.published import AnnotationKind
from simpul.releases.months import days_of
from simpul.releases.queries.turns import why_broken
from simpul.releases.rules import APPROVE, PROPOSE, check_may, person_of
from simpul.releases.services.batches import LEDGER

FIRST: Final = "0" * 64  # what the first line of a book follows


def approve_release(actor: Actor, proposal: Proposal, *, digest: str, reason: str, now: datetime) -> list[Release]:
    """Agree to a proposal whose `digest` one has read, saying why it may be told; what the second person's agreement
    published, else nothing.

    The same person again changes nothing. Order: approval; lines, certificates and cells; heads; in one transaction.
    The heads outside the database follow once it is committed. Denied for who is nobody in particular, too.
    Invalid("reason_needed"); Conflict("not_ready" | "not_open" | "digest_changed" | "stale" | "broken_ledger").
    """
    check_may(actor, APPROVE)
    person, reason = person_of(actor), reason.strip()
    if not reason:
        raise Invalid("reason_needed", "reason", message=_("Say what you looked at, and why it may be told."))
    with transaction.atomic():
        lock_graph(LEDGER)
        fresh = Proposal.objects.select_related("batch").get(pk=proposal.pk)
        _check_open(fresh, digest)
        _given, is_new = Approval.objects.get_or_create(
            proposal=fresh, person=person, defaults={"digest": digest, "reason": reason, "approved_at": now}
        )
        if not is_new:
            return []
        record(actor, "releases.approve_release", fresh.ref, details={"month": fresh.month})
        if fresh.approvals.filter(digest=digest).count() < NEEDED:
            return []
        made = _published(fresh, now)
        for release in made:
            told: dict[str, Detail] = {"audience": release.audience, "period": release.period}
            record(actor, "releases.publish_release", release.ref, details={**told, "number": release.number})
    return made


def _check_open(proposal: Proposal, digest: str) -> None:
    if proposal.refused_at or proposal.withdrawn_at or proposal.releases.exists():
        raise Conflict("not_open", message=_("This proposal is published, refused or withdrawn already."))
    if proposal.computed_at is None:
        raise Conflict("not_ready", message=_("This proposal is still being worked out. Come back in a minute."))
    if proposal.digest != digest:
        raise Conflict("digest_changed", message=_("The proposal is not the one you read. Read it again."))
    broken = why_broken()
    if broken:
        raise Conflict("broken_ledger", message=broken)


def _published(proposal: Proposal, now: datetime) -> list[Release]:
    assert proposal.content is not None
    assert proposal.batch is not None
    content = read_content(proposal.content.open())
    if content.digest != proposal.digest:
        raise Conflict("digest_changed", message=_("The proposal is not the one you read. Read it again."))
    book = proposal.batch.book_id
    head = Head.objects.filter(book=book).first()
    if content.before != (head.digest if head else FIRST):
        raise Conflict("stale", message=_("Something else was published since. Propose this month anew."))
    costs = proposal.costs.open() if proposal.costs is not None else []
    made = [_released(proposal, one, cost, now) for one, cost in zip(_chained(content), costs, strict=True)]
    last = made[-1]
    Head.objects.update_or_create(book_id=book, defaults={"number": last.number, "digest": last.digest})
    transaction.on_commit(note_heads, robust=True)
    return made


def _chained(content: Content) -> Iterator[Line]:
    """The lines, each of which follows the one before. Conflict("broken_ledger")."""
    before = content.before
    for one in content.lines:
        if digest_of(one.line) != one.digest or read_line(one.line)["before"] != before:
            raise Conflict("broken_ledger", message=_("What was proposed is not whole. Propose this month anew."))
        before = one.digest
        yield one


def _released(proposal: Proposal, one: Line, cost: dict[str, Any], now: datetime) -> Release:
    line = read_line(one.line)
    first, end = days_of(line["period"])
    cells = list(cells_on(line))
    told = [(cell, cell.count) for cell in cells if cell.count is not None]
    assert proposal.batch is not None
    release = Release.objects.create(
        book_id=proposal.batch.book_id,
        proposal=proposal,
        number=line["number"],
        audience=line["tier"],
        period=line["period"],
        period_from=first,
        period_until=end,
        line=packed(one.line),
        digest=one.digest,
        before=line["before"],
        certificate=base64.b64encode(one.certificate).decode(),
        certificate_digest=digest_of(one.certificate),
        declared=len(cells),
        published=len(told),
        protected=cost["below"],
        tables=cost["tables"],
        published_at=now,
    )
    insert_all([_row(release, cell, count) for cell, count in told])
    return release


def _row(release: Release, cell: LineCell, count: int) -> PublishedCell:
    return PublishedCell(
        release=release,
        table=cell.table.key,
        tier=cell.table.audience.tier,
        level=cell.table.level,
        area=cell.area,
        type=cell.type,
        depth=cell.depth,
        sex=cell.sex,
        age=cell.age,
        period=release.period,
        period_from=release.period_from,
        period_until=release.period_until,
        count=count,
    )


def annotate_release(
    actor: Actor, release: Release, *, kind: str, text: LocalizedText, cell: PublishedCell | None = None, now: datetime
) -> Annotation:
    """Say something of a release, or of one cell on it, for everybody who reads it. The numbers stay as they are: also
    one that is retracted stays published, and says so.

    Invalid("unknown_kind" | "not_of_release").
    """
    check_may(actor, PROPOSE)
    if kind not in AnnotationKind.values:
        raise Invalid("unknown_kind", "kind", message=_("Choose what this is: a note, a correction, a retraction."))
    if cell is not None and cell.release_id != release.pk:
        raise Invalid("not_of_release", "cell", message=_("This number is on another release."))
    with transaction.atomic():
        said = Annotation.objects.create(
            release=release, cell=cell, kind=kind, text=text, made_by=actor.person_id, made_at=now
        )
        record(actor, "releases.annotate_release", release.ref, details={"kind": kind, "cell": _id(cell)})
    return said


def _id(cell: PublishedCell | None) -> UUID | None:
    return cell.pk if cell is not None else None
