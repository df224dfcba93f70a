"""The entries of the directory that a row may repeat, as the importer may see them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.interop.likeness import Likeness, core_of
from simpul.interop.recipes import Shown
from simpul.kernel.actor import Actor
from simpul.kernel.refs import RecordRef
from simpul.kernel.text import fold, fold_words
from simpul.organisations.models import DirectoryTerm, Organisation, OrganisationName
from simpul.organisations.queries.profiles import profile_for
from simpul.organisations.rules.organisations import visible_to, within
from simpul.organisations.sectors import BudgetBand, Sector
from simpul.organisations.visibility import Audience, audience_of
from simpul.records.folded import starting_with
from simpul.records.models import known_at
from simpul.territory.queries import paths_of
from simpul.web.editing.fields import words_of

_MARKS: Final = ("phone", "whatsapp", "email", "npwp")
_CHUNK: Final = 2_000
_SHOWN: Final = ("founded", "address", "phone", "whatsapp", "email", "website", "sectors", "npwp", "budget_band")


def known_organisations(actor: Actor) -> Iterator[Likeness]:
    """All in sight, by every name they bore. Numbers only where the importer may see them: else a match would tell."""
    yield from _likenesses(actor, Organisation.objects.filter(visible_to(actor)))


def near_organisations(actor: Actor, likeness: Likeness) -> Iterator[Likeness]:
    """Those that share a word's beginning or a number with one row."""
    words = {w for name in likeness.names for w in core_of(name).split() if len(w) > 2}
    beginnings = {fold(w)[:5] for w in words} | {fold(a) for a in likeness.acronyms} - {""}
    terms = Q(pk__in=())
    for beginning in sorted(beginnings)[:12]:
        terms |= starting_with("term", beginning)
    found = DirectoryTerm.objects.filter(terms).values("organisation_id")
    same = Q(pk__in=found)
    for mark in likeness.marks:
        field, _colon, value = mark.partition(":")
        same |= Q(**{field: value})
    yield from _likenesses(actor, Organisation.objects.filter(visible_to(actor)).filter(same))


def _likenesses(actor: Actor, rows: QuerySet[Organisation]) -> Iterator[Likeness]:
    kept = set(
        Organisation.objects.filter(
            within(actor.scope("organisation.edit")) | within(actor.scope("organisation.see_protected"))
        ).values_list("pk", flat=True)
    )
    columns = ("pk", "kind", "seat_id", "field_audiences", *_MARKS)
    last: UUID | None = None
    while True:
        page = rows.order_by("pk").filter(pk__gt=last) if last else rows.order_by("pk")
        found = list(page.values_list(*columns)[:_CHUNK])
        if not found:
            return
        names = _names([row[0] for row in found])
        for pk, kind, seat, audiences, *marks in found:
            open_ = {n for n in _MARKS if pk in kept or audience_of(n, kind, audiences) == Audience.PUBLIC}
            told = frozenset(f"{n}:{v}" for n, v in zip(_MARKS, marks, strict=True) if v and n in open_)
            called, short = names[pk]
            yield Likeness(f"organisations.organisation:{pk}", tuple(called), tuple(short), seat or "", told)
        last = found[-1][0]


def _names(ids: Sequence[UUID]) -> dict[UUID, tuple[list[str], list[str]]]:
    found: dict[UUID, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    rows = OrganisationName.objects.filter(known_at(None), organisation__in=ids)
    for pk, name, acronym in rows.order_by().values_list("organisation_id", "name", "acronym"):
        found[pk][0].append(name)
        if acronym and fold_words(acronym):
            found[pk][1].append(acronym)
    return found


def shown_organisations(actor: Actor, refs: Sequence[str]) -> dict[str, Shown]:
    """Beside a row: what the importer sees of them on their profiles."""
    ids = [RecordRef.parse(ref).uuid for ref in refs]
    rows = list(Organisation.objects.filter(visible_to(actor), pk__in=ids).select_related("seat"))
    paths = paths_of([row.seat for row in rows if row.seat])
    editable = Organisation.objects.filter(within(actor.scope("organisation.edit")), pk__in=ids)
    kept = set(editable.values_list("pk", flat=True))
    return {str(row.ref): _shown(actor, row, paths.get(row.seat_id or "", ""), is_kept=row.pk in kept) for row in rows}


def _shown(actor: Actor, row: Organisation, path: str, *, is_kept: bool) -> Shown:
    profile = profile_for(actor, row)
    labels = {str(c): str(label) for c, label in (*Sector.choices, *BudgetBand.choices)}
    texts: dict[str, str] = {str(name): words_of(profile[name], labels) for name in _SHOWN if name in profile}
    description = profile.get("description")
    if description:
        texts["description"] = description.to(get_language() or "id")
    texts |= {"name": row.name, "acronym": row.acronym, "kind": row.get_kind_display(), "seat": path}
    note = (
        ""
        if is_kept
        else _("You may not change this entry. Merging makes it a member once it agrees, and fills nothing in.")
    )
    return Shown(row.name, reverse("organisations:profile", args=[row.pk]), texts, note)
