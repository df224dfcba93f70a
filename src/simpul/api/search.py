"""One question over everything public."""

from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.search.queries import LONGEST, find

router = Router(tags=["search"])


class SearchSought(Shape):
    q: str = Field(min_length=1, max_length=LONGEST, description=prose("Words, each as a beginning, in any order."))
    section: str = Field("", max_length=40, description=prose("Only of this section."))
    page: int = Field(1, ge=1, le=1_000, description=prose("Pages of results are numbered: the best come first."))
    limit: int = Field(20, ge=1, le=100, description=prose("How many at most."))


class HitLine(Shape):
    """A public record that answers the words."""

    kind: str = Field(examples=["organisations.organisation"])
    id: UUID
    section: str
    title: str
    excerpt: str


class Results(Shape):
    """One page, best first."""

    items: list[HitLine]
    total: int = Field(description=prose("How many there are, as far as they are counted."))
    total_is_more: bool = Field(description=prose("There are more: a long list is not counted to its end."))
    has_next: bool


@router.get(
    "/search",
    **told(
        prose("Search everything public"),
        prose("Organisations, programmes, service points, areas, figures: what the public index holds, best first."),
        response=Results,
    ),
)
def search(request: Call, sought: Query[SearchSought]) -> Results:
    found = find(sought.q, section=sought.section, page=sought.page, limit=sought.limit)
    items = [
        HitLine(
            kind=hit.ref.kind, id=hit.ref.uuid, section=hit.section, title="".join(p.text for p in hit.title),
            excerpt="".join(p.text for p in hit.excerpt),
        )
        for hit in found.hits
    ]  # fmt: skip
    return Results(items=items, total=found.total, total_is_more=found.more_than_total, has_next=found.has_next)
