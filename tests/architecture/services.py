"""The public services, and the tests that say they cover them."""

import ast
from functools import cache
from importlib import import_module

from tests.architecture.source import Function, Module, full_name, modules, names_in, test_modules

# A public function of `services` that no person asks for, and why it takes no actor.
WITHOUT_ACTOR = {
    "simpul.audit.services.seal_pending": "the sealer: the platform seals what others did",
    "simpul.territory.services.loading.silent": "a progress callback that does nothing",
}
# Services nobody can be refused, and why.
NEVER_DENIED = {
    "simpul.audit.services.record": "the one write every other ends with; who may is asked there",
    "simpul.audit.services.seal_pending": "the sealer: the platform seals what others did",
    "simpul.territory.services.loading.silent": "a progress callback that does nothing",
}
# Services that leave no audit row of their own, and why.
NEVER_AUDITED = {
    "simpul.audit.services.record": "it writes the row",
    "simpul.audit.services.seal_pending": "it seals the rows",
    "simpul.territory.services.loading.silent": "a progress callback that does nothing",
}


def is_services(module: Module) -> bool:
    parts = module.name.split(".")
    return len(parts) > 2 and parts[2] == "services"


@cache
def services() -> dict[str, Function]:
    """Every public function of every context's services, by its full name."""
    return {
        f"{module.name}.{function.name}": function
        for module in modules()
        if is_services(module)
        for function in module.functions()
        if not function.name.startswith("_")
    }


@cache
def marked(mark: str) -> frozenset[str]:
    """Full names of the services that some test names in `@denies(...)` or `@audits(...)`."""
    found: set[str] = set()
    for module in test_modules():
        names = names_in(module)
        for node in ast.walk(module.tree):
            if isinstance(node, Function):
                found |= {_home(full_name(a, names)) for call in _marks(node, mark) for a in call.args}
    return frozenset(found)


def _marks(function: Function, mark: str) -> list[ast.Call]:
    return [
        d
        for d in function.decorator_list
        if isinstance(d, ast.Call) and isinstance(d.func, ast.Name) and d.func.id == mark
    ]


def _home(name: str) -> str:
    """Where a service is defined, for one imported through its package."""
    module, _, attribute = name.rpartition(".")
    try:
        service = getattr(import_module(module), attribute)
    except (ImportError, AttributeError, ValueError):
        return name
    return f"{service.__module__}.{service.__name__}"
