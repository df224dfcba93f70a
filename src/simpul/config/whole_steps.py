"""Migrating so that a process may be killed at any moment."""

from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState


class WholeSteps(MigrationExecutor):
    """Writes down each step in the step's own transaction.

    Django does so only for a step that leaves no index for its end; any other it writes down afterwards. A process
    killed between the two leaves a step that is done and not known to be, and the next start trips over its tables.
    """

    def apply_migration(
        self, state: ProjectState, migration: Migration, fake: bool = False, fake_initial: bool = False
    ) -> ProjectState:
        if fake or fake_initial:
            return super().apply_migration(state, migration, fake, fake_initial)
        with self.connection.schema_editor(atomic=migration.atomic) as editor:
            state = migration.apply(state, editor)
            while editor.deferred_sql:
                editor.execute(editor.deferred_sql.pop(0), None)
            self.record_migration(migration)  # type: ignore[call-arg, arg-type]  # the stubs are of an older Django
        return state


def apply_all() -> int:
    """Every step that isn't in yet, each whole or not at all; how many. Apps hear of it as from Django's command."""
    runner = WholeSteps(connection)
    runner.loader.check_consistent_history(connection)
    targets = runner.loader.graph.leaf_nodes()
    plan = runner.migration_plan(targets)
    known = runner.loader.graph.nodes
    before = runner.loader.project_state([step for step in runner.loader.applied_migrations if step in known])
    emit_pre_migrate_signal(0, False, connection.alias, apps=before.apps, plan=plan)
    after = runner.migrate(targets, plan=plan, state=before.clone())
    after.clear_delayed_apps_cache()
    emit_post_migrate_signal(0, False, connection.alias, apps=after.apps, plan=plan)
    return len(plan)
