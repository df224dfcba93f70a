"""The chain a record stands in, as far as the reader may see it, and tying records."""

from typing import Final
from uuid import UUID

from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import Instant, OwnKey, RecordPointer, Sent
from simpul.kernel.errors import Invalid, NotFound
from simpul.kernel.refs import RecordRef
from simpul.threads.models import Link
from simpul.threads.queries import ThreadKnot, thread_for
from simpul.threads.services import link_records

router = Router(tags=["threads"])
WRITE: Final = ("threads:write",)


class ThreadSought(Shape):
    as_of: Instant | None = Field(None, description=prose("As it was known then; as it is known now otherwise."))


class TieLine(Shape):
    """How a record hangs on another one of the same chain."""

    link: UUID
    relation: str = Field(examples=["became"])
    label: str
    other: RecordPointer | None
    forward: bool


class KnotLine(Shape):
    """A record of the chain. `level` 0 is the one asked about; below it is what came before."""

    record: RecordPointer | None
    level: int
    title: str
    state: str
    ties: list[TieLine]


class NewLink(Sent):
    """`source` is `relation` to `target`."""

    id: OwnKey = None
    source: RecordPointer
    relation: str = Field(max_length=40, examples=["became"])
    target: RecordPointer


class LinkLine(Shape):
    id: UUID
    source: RecordPointer
    relation: str
    target: RecordPointer


@router.get(
    "/threads/{kind}/{uuid:record_id}",
    **told(
        prose("The chain a record stands in"), prose("From its past to its future, as far as you may see it."),
        response=list[KnotLine],
    ),
)  # fmt: skip
def read_thread(request: Call, kind: str, record_id: UUID, sought: Query[ThreadSought]) -> list[KnotLine]:
    try:
        ref = RecordRef(kind, record_id)
    except ValueError as error:
        raise NotFound("threads.link") from error
    return [_knot(knot) for knot in thread_for(request.actor, ref, as_of=sought.as_of)]


@router.post(
    "/links",
    **told(
        prose("Link two records"), prose("You must see both, and keep one of them."), response=LinkLine, status=201,
        scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_link(request: Call, sent: NewLink) -> LinkLine:
    row = link_records(
        request.actor, _ref("source", sent.source), sent.relation, _ref("target", sent.target), link_id=sent.id,
        now=timezone.now(),
    )  # fmt: skip
    return _link(row)


def _ref(field: str, pointer: RecordPointer) -> RecordRef:
    try:
        return RecordRef(pointer.kind, pointer.id)
    except ValueError as error:
        raise Invalid("unknown_kind", field) from error


def _pointer(ref: RecordRef | None) -> RecordPointer | None:
    return RecordPointer(kind=ref.kind, id=ref.uuid) if ref else None


def _knot(knot: ThreadKnot) -> KnotLine:
    return KnotLine(
        record=_pointer(knot.ref), level=knot.level, title=knot.knot.title if knot.knot else "",
        state=knot.knot.state if knot.knot else "",
        ties=[
            TieLine(
                link=tie.link_id, relation=tie.relation, label=tie.label, other=_pointer(tie.other),
                forward=tie.forward,
            )
            for tie in knot.ties
        ],
    )  # fmt: skip


def _link(row: Link) -> LinkLine:
    return LinkLine(
        id=row.pk, source=RecordPointer(kind=row.source_kind, id=row.source_id), relation=row.relation,
        target=RecordPointer(kind=row.target_kind, id=row.target_id),
    )  # fmt: skip
