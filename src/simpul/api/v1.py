"""Version 1: the routers of every context, in the order of the reference page."""

from simpul.api import access, audit, people, results, search, territory, threads
from simpul.api.entry import api
from simpul.api.organisations import directory, networks, programmes, service_points

for part in (
    search,
    directory,
    networks,
    programmes,
    service_points,
    territory,
    results,
    people,
    access,
    audit,
    threads,
):
    api.add_router("", part.router)

__all__ = ["api"]
