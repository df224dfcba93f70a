"""Migrating so that a process may be killed at any moment, and without drawing each model a hundred times."""

from collections.abc import Iterator
from typing import Any

from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connection
from django.db.migrations import Migration, RunPython
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.utils import resolve_relation

from simpul.config.gathered import gathered

Key = tuple[str, str]  # label of an app, name of a model in small letters


class GrowingState(ProjectState):
    """Draws what a step adds, and leaves the rest as it is drawn.

    After each change Django draws the model anew with everything that is related to it, however far: where all things
    hang together, that is most of the time of migrating. A new model, index or constraint changes no other model but
    in what points back to it; `worn` are the models of which that holds, and whoever needs what points back
    (RunPython) has them drawn anew with all that hangs together with them.
    """

    def __init__(self, models: Any = None, real_apps: Any = None) -> None:
        super().__init__(models, real_apps)
        self.worn: set[Key] = set()

    def clone(self) -> ProjectState:
        made = GrowingState({key: model.clone() for key, model in self.models.items()}, self.real_apps)
        if "apps" in self.__dict__:
            made.apps = self.apps.clone()
        made.worn = set(self.worn)
        return made

    def add_model(self, model_state: ModelState) -> None:
        key = (model_state.app_label, model_state.name_lower)
        if key in self.models or "apps" not in self.__dict__:
            super().add_model(model_state)
            return
        self.models[key] = model_state
        self._relations = None
        self.apps.render_multiple([model_state])
        self.worn.add(key)

    def _append_option(self, app_label: str, model_name: str, option_name: str, obj: Any) -> None:
        options = self.models[app_label, model_name].options
        options[option_name] = [*options[option_name], obj]
        if "apps" in self.__dict__:
            drawn = self.apps.get_model(app_label, model_name)._meta
            setattr(drawn, option_name, [*getattr(drawn, option_name), obj])

    def reload_model(self, app_label: str, model_name: str, delay: bool = False) -> None:
        key = (app_label, model_name)
        if "apps" not in self.__dict__:
            return
        self.worn.add(key)
        if self._others_depend_on(key):
            self._draw_worn()
            return
        self.apps.unregister_model(*key)
        self.apps.render_multiple([self.models[key]])

    def reload_models(self, models: Any, delay: bool = True) -> None:
        self.__dict__.pop("apps", None)  # drawn anew by whoever asks for one of them
        self.worn.clear()

    def clear_delayed_apps_cache(self) -> None:
        if self.worn and "apps" in self.__dict__:
            self._draw_worn()

    def _draw_worn(self) -> None:
        """The models that are worn, and all that hang together with them."""
        together = self._together()
        self.worn.clear()
        self._relations = None
        with self.apps.bulk_update():
            for key in together:
                self.apps.unregister_model(*key)
        self.apps.render_multiple([self.models[key] for key in together])

    def _together(self) -> list[Key]:
        """What can be reached from a worn model along columns and inheritance, either way; in the order of models."""
        beside: dict[Key, set[Key]] = {key: set() for key in self.models}
        for key, model in self.models.items():
            for other in _points_to(model):
                beside[key].add(other)
                beside.setdefault(other, set()).add(key)
        found, waiting = set(self.worn), list(self.worn)
        while waiting:
            new = beside.get(waiting.pop(), set()) - found
            found |= new
            waiting += new
        return [key for key in self.models if key in found]

    def _others_depend_on(self, key: tuple[str, str]) -> bool:
        """Whether others must be drawn with it: it has its own tables between, heirs, another name or another key."""
        state, drawn = self.models[key], self.apps.get_model(*key)
        heirs = any(base == f"{key[0]}.{key[1]}" for model in self.models.values() for base in model.bases)
        between = bool(drawn._meta.local_many_to_many) or any(f.many_to_many for f in state.fields.values())
        pk = drawn._meta.pk
        key_now = state.fields.get(pk.name)
        same_key = pk.auto_created or (key_now is not None and key_now.deconstruct()[1:] == pk.deconstruct()[1:])
        renamed = state.options.get("db_table", drawn._meta.db_table) != drawn._meta.db_table
        return heirs or between or renamed or not same_key


def _points_to(model: ModelState) -> Iterator[Key]:
    """The models that this one's columns, tables between and heritage name."""
    own = (model.app_label, model.name_lower)
    for field in model.fields.values():
        for named in ("model", "through"):
            if target := getattr(field.remote_field, named, None):
                yield resolve_relation(target, *own)
    for base in model.bases:
        if isinstance(base, str):
            yield resolve_relation(base, *own)


class WholeSteps(MigrationExecutor):
    """Writes down each step in the step's own transaction.

    Django does so only for a step that leaves no index for its end; any other it writes down afterwards. A process
    killed between the two leaves a step that is done and not known to be, and the next start trips over its tables.
    """

    def migrate(
        self, targets: Any, plan: Any = None, state: Any = None, fake: bool = False, fake_initial: bool = False
    ) -> ProjectState:
        return super().migrate(targets, plan, state or self.state_of_applied(), fake, fake_initial)

    def state_of_applied(self) -> ProjectState:
        """What the database holds now."""
        known = self.loader.graph.nodes
        applied = [step for step in self.loader.applied_migrations if step in known]
        found = self.loader.project_state(applied)
        return GrowingState(found.models, self.loader.unmigrated_apps)

    def apply_migration(
        self, state: ProjectState, migration: Migration, fake: bool = False, fake_initial: bool = False
    ) -> ProjectState:
        if fake or fake_initial:
            return super().apply_migration(state, migration, fake, fake_initial)
        if any(isinstance(operation, RunPython) for operation in migration.operations):
            state.clear_delayed_apps_cache()  # once for it and those after it, not in each one's copy
        with self.connection.schema_editor(atomic=migration.atomic) as editor:
            state = gathered(migration).apply(state, editor)
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
    before = runner.state_of_applied()
    emit_pre_migrate_signal(0, False, connection.alias, apps=before.apps, plan=plan)
    after = runner.migrate(targets, plan=plan, state=before.clone())
    after.clear_delayed_apps_cache()
    emit_post_migrate_signal(0, False, connection.alias, apps=after.apps, plan=plan)
    return len(plan)
