"""The places of Simpul as data, and which of them lie under the thumb of each role.

Add a line to `PILLARS` or `WORK` for a new page that people look for; nothing else has to change.
"""

from typing import Final

from simpul.web.pillars import PILLARS
from simpul.web.place import Place
from simpul.web.workplaces import WORK

__all__ = ["BARS", "EVERYBODY", "PILLARS", "PLACES", "WORK", "Place"]

PLACES: Final = (*PILLARS, *WORK)

BARS: dict[str, tuple[str, ...]] = {
    "companion": ("home", "desk", "inbox", "directory"),
    "coordinator": ("home", "desk", "inbox", "directory"),
    "supervisor": ("home", "inbox_above", "learning", "directory"),
    "service_officer": ("home", "letters", "directory", "results"),
    "facilitator": ("home", "learning", "directory", "advocacy"),
    "monitoring_officer": ("home", "results", "publishing", "counts"),
    "editor": ("home", "news", "directory", "results"),
    "secretariat": ("home", "directory", "cooperation", "deliberation"),
    "official": ("home", "results", "sheets", "counts"),
    "operator": ("home", "roles", "node", "directory"),
}
EVERYBODY = ("home", "complaints", "directory", "results")
