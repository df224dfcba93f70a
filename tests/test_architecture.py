"""The house keeps its own rules (docs/where-things-go.md). What import-linter and ruff can't see is checked here."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations import RunPython
from django.db.migrations.loader import MigrationLoader

from simpul.access.permissions import PERMISSIONS
from tests.architecture.services import PROOFS, STEPS, marked, services
from tests.architecture.source import ROOT, SRC, Module, dotted, full_name, layers, modules, names_in, pyproject

# Where the clock may be read: at the edges, and where Django calls us without giving the time.
EDGES = {"__main__", "config", "web", "api", "offline", "demo"}
UNTIMED = {
    "simpul.accounts.models": "the default of a column",
    "simpul.accounts.session_store": "Django's interface of sessions",
}
# What everybody may do with their own account and their own messages; no role grants it.
OWN = {
    "account.api_token",
    "account.change_identifiers",
    "account.change_password",
    "account.second_factor",
    "account.trust_device",
    "deadline.run",
    "document.send",
    "notice.read",
    "notice.send",
}
# What the platform does by itself; no role grants it.
PLATFORM = {"deadline.watch", "document.tidy"}
REASONS = ("# inline: slow import", "# inline: app ready")


def test_foreign_keys_point_down() -> None:
    height = layers()
    wrong = [
        f"{model._meta.label}.{field.name} -> {target._meta.label}"
        for model in apps.get_models()
        if model.__module__.startswith("simpul.")
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        for target in [field.related_model]
        if target is not None
        and target.__module__.startswith("simpul.")
        and target._meta.app_label != model._meta.app_label
        if height[_context(target)] >= height[_context(model)]
    ]
    assert wrong == [], "a foreign key points to a context below, never up or sideways: use kernel.refs.RecordRef"


def _context(model: type) -> str:
    return model.__module__.split(".")[1]


def test_no_generic_foreign_keys() -> None:
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("simpul.")
        for field in model._meta.local_fields
        if field.related_model is not None and field.related_model._meta.label == "contenttypes.ContentType"
    ]
    assert wrong == [], "links between records of any context live in `threads`"


def test_services_take_the_actor_first() -> None:
    wrong = [
        name
        for name, function in services().items()
        if name not in STEPS and name not in PROOFS and [a.arg for a in function.args.args[:1]] != ["actor"]
    ]
    assert wrong == []


@pytest.mark.parametrize("mark", ["denies", "audits"])
def test_services_have_a_test_that(mark: str) -> None:
    missing = [name for name in services() if name not in STEPS and name not in marked(mark)]
    assert missing == [], f"write a test marked @{mark}(service)"


def test_exceptions_are_services_that_exist() -> None:
    assert {*STEPS, *PROOFS} - set(services()) == set()


def test_files_are_short() -> None:
    assert [f"{m.path}: {len(m.lines)}" for m in modules() if len(m.lines) > 400] == []


def test_views_are_short() -> None:
    long = [
        f"{module.path}: {view.name}"
        for module in modules()
        if module.context == "web" and ".views" in module.name
        for view in module.functions()
        if [a.arg for a in view.args.args[:1]] == ["request"] and _length(view) > 15
    ]
    assert long == []


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or 0) - function.lineno + 1


def test_templates_are_short() -> None:
    templates = [*SRC.rglob("templates/**/*.html"), *SRC.rglob("templates/**/*.txt")]
    long = [t for t in templates if len(t.read_text(encoding="utf-8").splitlines()) > 120]
    assert [str(t.relative_to(ROOT)) for t in long] == []


def test_no_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "base", "core", "misc", "shared"}
    # `templates/base` is where pages' frames live: a name of the design, not of a module.
    assert [m.path for m in modules() if drawers & set(m.name.split("."))] == []


def test_inline_imports_give_a_reason() -> None:
    wrong = [
        f"{module.path}:{node.lineno}"
        for module in modules()
        for node in _inline_imports(module.tree)
        if not any(line.rstrip().endswith(REASONS) for line in module.lines[node.lineno - 1 : node.end_lineno])
    ]
    assert wrong == [], f"an import inside a function ends with one of {REASONS}"


def _inline_imports(tree: ast.Module) -> Iterator[ast.Import | ast.ImportFrom]:
    for outer in ast.walk(tree):
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from (node for node in ast.walk(outer) if isinstance(node, ast.Import | ast.ImportFrom))


def test_the_domain_is_told_the_time() -> None:
    clocks = {
        "django.utils.timezone.now",
        "django.utils.timezone.localdate",
        "datetime.datetime.now",
        "datetime.datetime.utcnow",
        "datetime.datetime.today",
        "datetime.date.today",
    }
    wrong = [
        f"{module.path}:{node.lineno}"
        for module in modules()
        if module.context not in EDGES and module.name not in UNTIMED
        for names in [names_in(module)]
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute | ast.Name) and full_name(node, names) in clocks
    ]
    assert wrong == [], "time is an argument: only pages, tasks' edges and the command line read the clock"


def test_pages_list_what_the_actor_may_see() -> None:
    wrong = [
        f"{module.path}:{node.lineno}"
        for module in modules()
        if module.context in {"web", "api"}
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and dotted(node).endswith(".objects.all")
    ]
    assert wrong == [], "use `things_for(actor)`"


def test_permissions_asked_for_exist() -> None:
    asked = {name for module in modules() for name in _permissions(module)}
    assert sorted(asked - set(PERMISSIONS) - OWN - PLATFORM) == [], "name it in access/permissions.py"


def _permissions(module: Module) -> Iterator[str]:
    asking = {"may", "may_at", "scope", "Denied"}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and node.args and dotted(node.func).rpartition(".")[2] in asking:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def test_migrations_are_named() -> None:
    unnamed = re.compile(r"(?:_auto_|_initial$|^\d+$)")
    assert [f"{app}.{name}" for app, name in _migrations() if unnamed.search(name)] == []


def test_migrations_keep_schema_and_data_apart() -> None:
    mixed = [
        f"{app}.{name}"
        for (app, name), migration in _migrations().items()
        if len({isinstance(operation, RunPython) for operation in migration.operations}) > 1
    ]
    assert mixed == []


def _migrations() -> dict[tuple[str, str], object]:
    found = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    return {key: m for key, m in found.items() if m.__module__.startswith("simpul.")}


def test_dependencies_are_few_and_each_has_its_reason() -> None:
    dependencies = pyproject()["project"]["dependencies"]
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    unexplained = [d for d in dependencies if not re.search(rf'^\s*"{re.escape(d)}",\s*# \S', text, re.MULTILINE)]
    assert unexplained == []
    assert len(dependencies) <= 32


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "requirements-build.lock"])
def test_locks_carry_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    pinned = [line for line in text.splitlines() if re.match(r"[A-Za-z0-9]", line)]
    assert [p for p in pinned if "==" not in p] == []
    assert text.count("--hash=sha256:") >= len(pinned)
    assert re.findall(r"http|--index|--extra-index|--find-links", text) == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_locks_hold_every_dependency(lock: str) -> None:
    locked = {
        _normal(n) for n in re.findall(r"^([A-Za-z0-9._-]+)(?:\[.*?\])?==", (ROOT / lock).read_text(), re.MULTILINE)
    }
    declared = {_normal(re.split(r"[\[<>=~! ]", d)[0]) for d in pyproject()["project"]["dependencies"]}
    assert declared - locked == set()


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_context_has_its_place() -> None:
    packages = {p.name for p in SRC.iterdir() if p.is_dir() and (p / "__init__.py").exists()}
    assert packages - set(layers()) == set()
    assert Path(SRC / "kernel").is_dir()
