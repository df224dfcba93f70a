"""A table with every kind of constraint of `records`, outside the real registry of models."""

from django.apps.registry import Apps
from django.db import connection, models
from django.db.migrations.state import ProjectState

from simpul.records.localized import LocalizedTextField
from simpul.records.models import Dated, Known, Record, Versioned, period_in_order
from simpul.records.operations import AppendOnly, NoOverlap

REGISTRY = Apps()


class Lease(Record, Dated, Known):
    """Who holds a plot, when: one holder a day among the rows known now; a correction supersedes and appends."""

    plot = models.IntegerField(null=True)
    kind = models.CharField(max_length=10, default="whole")
    holder = models.CharField(max_length=40, default="")
    note = models.CharField(max_length=40, default="")

    class Meta:
        apps = REGISTRY
        app_label = "plots"
        constraints = [period_in_order("plots_lease_period")]

    def __str__(self) -> str:
        return self.holder


class Board(Record, Versioned):
    title = LocalizedTextField()
    subtitle = LocalizedTextField(null=True)
    place = models.CharField(max_length=40, default="")

    class Meta:
        apps = REGISTRY
        app_label = "plots"

    def __str__(self) -> str:
        return str(self.title)


MODELS = (Lease, Board)
OPERATIONS = (
    NoOverlap("Lease", "plots_lease_alone", ["plot"], where="superseded_at IS NULL AND kind = 'whole'"),
    AppendOnly("Lease", "plots_lease_kept", may_set=("superseded_at",), erasable=True, sealed=("note",)),
    AppendOnly("Board", "plots_board_kept", may_set=("subtitle",)),
)


def apply(operation: AppendOnly | NoOverlap, project: ProjectState, *, undo: bool = False) -> None:
    # Not entered: SQLite's editor wants no transaction around it, for the sake of tables these operations never remake.
    editor = connection.schema_editor()
    run = operation.database_backwards if undo else operation.database_forwards
    run("plots", editor, project, project)
