"""What each list gives away, by the page's own filters: what anybody may see of it, and nobody in safety mode."""

from collections.abc import Mapping
from typing import Final

from simpul.web.exports.tables import counts, directory, figures, networks, papers, places, reference, secretariat
from simpul.web.exports.tables.table import MOST, Make, Table

__all__ = ["MOST", "TABLES", "Make", "Table"]
# Name of the address -> how its table is made; `bar` says which pages lead here.
TABLES: Final[Mapping[str, Make]] = {
    "organisations": directory.organisations,
    "area": directory.area_organisations,
    "profile": directory.profile,
    "members": networks.members,
    "relations": networks.relations,
    "programme": networks.programme,
    "country": places.country,
    "services": places.services,
    "figures": figures.figures,
    "figure": figures.figure,
    "service-log": secretariat.service_log,
    "service-point": places.service_point,
    "readiness": secretariat.readiness,
    "kept-members": secretariat.kept_members,
    "board": secretariat.board,
    "announcements": secretariat.announcements,
    "papers": papers.papers,
    "kept-papers": papers.kept_papers,
    "holidays": reference.holidays,
    "code-changes": reference.code_changes,
    "data-kasus": counts.case_counts,
    "kamus-data-kasus": counts.dictionary,
    "deadlines": reference.deadline_rules,
    "roles": reference.roles,
}
