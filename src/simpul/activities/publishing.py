"""What anybody may find of events by words, and keeping the public index in step with them.

Called by services within their transaction, and whenever a host is shown anew or hidden.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from django.db.models import Q
from django.utils.translation import override

from simpul.activities.kinds import EventKind
from simpul.activities.models import Event
from simpul.activities.rules.events import visible_to
from simpul.kernel.actor import Anonymous
from simpul.kernel.localized import REQUIRED, LocalizedText
from simpul.organisations.models import Organisation
from simpul.search import index
from simpul.search.index import Publication

EVENT: Final = "event"
_CHUNK: Final = 500


def publish(event: Event) -> None:
    """Find it from now on, or no longer."""
    found = list(events(Q(pk=event.pk)))
    if found:
        index.publish_changed(found)
    else:
        index.withdraw(event.ref)


def publish_of(organisation: Organisation) -> None:
    """All that it holds: its name may have changed, or it may be hidden now."""
    kept = {row.ref for row in Event.objects.filter(owner_organisation=organisation).only("pk")}
    if not kept:
        return
    found = list(events(Q(owner_organisation=organisation)))
    index.publish_changed(found)
    index.withdraw(*(kept - {one.ref for one in found}))


def events(narrowed: Q | None = None) -> Iterator[Publication]:
    """Those that anybody sees, whatever became of them."""
    rows = Event.objects.filter(visible_to(Anonymous()), narrowed or Q())
    found = rows.select_related("owner_organisation", "area", "series").iterator(chunk_size=_CHUNK)
    while batch := list(islice(found, _CHUNK)):
        yield from (_publication(event) for event in batch)


def _publication(event: Event) -> Publication:
    with override(REQUIRED):
        kind = str(EventKind(event.kind).label)
    place = [event.venue, event.area.title if event.area else ""]
    series = _texts(event.series.title) if event.series else []
    title = event.title.to(REQUIRED) if event.title else kind
    words = [*_texts(event.summary), *_texts(event.title), kind, *series, event.owner_organisation.name, *place]
    return Publication(event.ref, EVENT, title, "\n".join(dict.fromkeys(w for w in words if w and w != title)))


def _texts(text: LocalizedText | None) -> list[str]:
    return [text[REQUIRED], *(words for language, words in text.items() if language != REQUIRED)] if text else []
