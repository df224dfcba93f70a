"""Version 1: the routers of every context, in the order of the reference page."""

from typing import Final

from simpul.api import (
    access,
    affiliations,
    audit,
    case_counts,
    crosswalks,
    holidays,
    notices,
    people,
    results,
    search,
    territory,
    threads,
)
from simpul.api.activities import (
    asking,
    attending,
    certifying,
    events,
    inviting,
    minuting,
    noting,
    planning,
    programme,
    promising,
    scoring,
)
from simpul.api.documents import papers, uploads
from simpul.api.entry import api
from simpul.api.imports import batches, rows
from simpul.api.learning import consultations, library
from simpul.api.learning import forums as learning_forums
from simpul.api.learning import results as event_results
from simpul.api.organisations import (
    applications,
    applying,
    directory,
    entry,
    memberships,
    networks,
    programme_writing,
    programmes,
    relations,
    service_point_writing,
    service_points,
    standings,
    structure,
)
from simpul.api.responses import reading as responses
from simpul.api.responses import situation as response_situation
from simpul.api.responses import writing as response_writing
from simpul.api.secretariat import announcements, board, readiness, service_log

PARTS: Final = (
    search,
    directory,
    entry,
    structure,
    networks,
    relations,
    memberships,
    standings,
    applying,
    applications,
    announcements,
    service_log,
    readiness,
    board,
    programmes,
    programme_writing,
    service_points,
    service_point_writing,
    events,
    planning,
    programme,
    attending,
    inviting,
    noting,
    minuting,
    promising,
    asking,
    certifying,
    scoring,
    event_results,
    learning_forums,
    consultations,
    library,
    responses,
    response_writing,
    response_situation,
    uploads,
    papers,
    batches,
    rows,
    territory,
    holidays,
    crosswalks,
    case_counts,
    results,
    notices,
    people,
    affiliations,
    access,
    audit,
    threads,
)
# Several modules write into one router: ninja looks for the methods of an address in one router alone.
for router in dict.fromkeys(part.router for part in PARTS):
    api.add_router("", router)

__all__ = ["api"]
