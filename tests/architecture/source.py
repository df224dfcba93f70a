"""The tree as the rules see it: packages, modules, functions, what each imports and calls."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "simpul"
TESTS = ROOT / "tests"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One file of Python. `name` is dotted ("simpul.kernel.ids"), `path` relative to the root for messages."""

    name: str
    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return _parse(self.text)

    @property
    def context(self) -> str:
        return self.name.split(".")[1] if "." in self.name else ""

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    def functions(self) -> Iterator[Function]:
        """Those at the module's own level."""
        return (node for node in self.tree.body if isinstance(node, Function))


@cache
def _parse(text: str) -> ast.Module:
    return ast.parse(text)


def _module(path: Path, above: Path) -> Module:
    dotted = ".".join(path.relative_to(above).with_suffix("").parts).removesuffix(".__init__")
    return Module(dotted, str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))


@cache
def modules() -> tuple[Module, ...]:
    """Everything under src/simpul but migrations."""
    paths = sorted(p for p in SRC.rglob("*.py") if "migrations" not in p.parts)
    return tuple(_module(path, SRC.parent) for path in paths)


@cache
def test_modules() -> tuple[Module, ...]:
    return tuple(_module(path, ROOT) for path in sorted(TESTS.rglob("*.py")))


@cache
def pyproject() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@cache
def layers() -> dict[str, int]:
    """Context -> how high it stands, 0 at the bottom, from import-linter's own contract."""
    contracts = pyproject()["tool"]["importlinter"]["contracts"]  # type: ignore[index]
    rows = next(c["layers"] for c in contracts if c["name"] == "The order of the house")
    return {
        name.strip(" ()"): height
        for height, row in enumerate(reversed(rows))
        for name in row.split("|")
        if name.strip()
    }


def names_in(module: Module) -> dict[str, str]:
    """Local name -> what it was imported as, in full, for absolute imports anywhere in the module."""
    found: dict[str, str] = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.asname or alias.name: alias.name for alias in node.names}
    return found


def dotted(node: ast.expr) -> str:
    """ "a.b.c" for an expression of plain names, "" for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        left = dotted(node.value)
        return f"{left}.{node.attr}" if left else ""
    return ""


def full_name(node: ast.expr, names: dict[str, str]) -> str:
    """What an expression of plain names refers to, in full: `services.close` -> "simpul.x.services.close"."""
    head, _, rest = dotted(node).partition(".")
    there = names.get(head, head)
    return f"{there}.{rest}" if rest else there
