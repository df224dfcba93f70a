"""The message catalogues, kept without gettext installed.

    python tools/messages.py update                     every package
    python tools/messages.py update accounts web/home   these alone
    python tools/messages.py check                      exit code 1 while anything is missing or out of date

A catalogue belongs to a package: each context under `src/simpul`, each folder of pages under `src/simpul/web`, and
`web` itself for what all pages share. English is the language of the source; Indonesian is in `locale/id`. At run time
Django merges all catalogues, so one English string has one Indonesian translation: `update` offers what another
catalogue already says, `check` refuses two that differ (give one of them a context with `pgettext`).

Output depends on the strings alone: sorted, no dates, no line numbers, so that two branches rarely meet on a line.
"""

import re
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "simpul"
LANGUAGE = "id"
SHARED = {"middleware", "templatetags", "templates", "static"}  # folders of `web` that belong to `web` itself
SKIPPED = {"migrations", "locale", "static", "__pycache__"}
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "prose"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
HEADER = (
    'msgid ""\nmsgstr ""\n"Language: id\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")

Key = tuple[str | None, str]


@dataclass
class Package:
    """One folder with its own catalogue; `inner` are the packages inside it that keep theirs."""

    folder: Path
    inner: tuple[Path, ...] = ()

    @property
    def po(self) -> Path:
        return self.folder / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"

    @property
    def mo(self) -> Path:
        return self.po.with_suffix(".mo")

    def sources(self) -> Iterator[Path]:
        """Python files, and the HTML and text files under a `templates` folder, in a stable order."""
        for path in sorted(self.folder.rglob("*")):
            parts = path.relative_to(self.folder).parts
            if SKIPPED & set(parts) or any(path.is_relative_to(other) for other in self.inner):
                continue
            if path.suffix == ".py" or (path.suffix in {".html", ".txt"} and "templates" in parts):
                yield path

    def extract(self) -> Catalog:
        catalog = empty()
        for path in self.sources():
            for message, comments, context in strings(path):
                place = (path.relative_to(ROOT).as_posix(), 0)
                catalog.add(message, locations=[place], auto_comments=comments, context=context)
        return catalog

    def read(self) -> Catalog:
        if not self.po.exists():
            return empty()
        with self.po.open("rb") as file:
            return read_po(file, locale=LANGUAGE)


@dataclass
class Report:
    """What a person still has to do, one line each, and what the files should contain."""

    problems: list[str] = field(default_factory=list)
    files: dict[Path, bytes] = field(default_factory=dict)


def empty() -> Catalog:
    """A catalogue with our header, which is how Babel learns that Indonesian has one plural form."""
    return read_po(BytesIO(HEADER.encode()), locale=LANGUAGE)


def packages() -> list[Package]:
    def folders(parent: Path) -> list[Path]:
        return [p for p in sorted(parent.iterdir()) if p.is_dir() and (p / "__init__.py").exists()]

    web = SOURCE / "web"
    pages = tuple(p for p in folders(web) if p.name not in SHARED)
    contexts = [Package(p) for p in folders(SOURCE) if p != web]
    return [*contexts, Package(web, pages), *(Package(p) for p in pages)]


def strings(path: Path) -> Iterator[tuple[str | tuple[str, str], list[str], str | None]]:
    """(message or (singular, plural), comments, context) of every marked string in one file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # What is left of a template is Python calls among blanks: indentation would only confuse the tokenizer.
        text = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines())
    found = extract("python", BytesIO(text.encode()), keywords=KEYWORDS, comment_tags=["Translators:"])
    for _line, message, comments, context in found:
        if message and message != ("", ""):
            yield message, comments, context


def key(message: Message) -> Key:
    return (message.context, message.id if isinstance(message.id, str) else message.id[0])


def translation(message: Message) -> str:
    """Indonesian has one plural form, so a translation is one string."""
    return message.string if isinstance(message.string, str) else next(iter(message.string), "")


def fill(fresh: Catalog, old: Catalog, memory: dict[Key, str]) -> None:
    """Translations into the extracted catalogue: its own first, else what another catalogue says."""
    for message in fresh:
        if not message.id:
            continue
        before = old.get(message.id, message.context)
        text = translation(before) if before is not None else ""
        text = text or memory.get(key(message), "")
        message.string = text if isinstance(message.id, str) else (text,)
        if before is not None and before.fuzzy:
            message.flags.add("fuzzy")
        message.user_comments = before.user_comments if before is not None else []


def po_bytes(catalog: Catalog) -> bytes:
    """The catalogue as text, sorted by message, each place once and without its line."""
    for message in catalog:
        message.locations = sorted({(file, 0) for file, _line in message.locations})
    out = BytesIO()
    write_po(out, catalog, width=0, omit_header=True, sort_output=True, include_lineno=False, ignore_obsolete=True)
    return HEADER.encode() + out.getvalue().strip() + b"\n"


def mo_bytes(catalog: Catalog) -> bytes:
    """The compiled catalogue (GNU .mo, little-endian, without hash table), untranslated and fuzzy strings left out."""
    pairs = [(b"", HEADER.split('msgstr ""\n')[1].replace('"', "").replace("\\n\n", "\n").strip().encode() + b"\n")]
    for message in catalog:
        if message.id and translation(message) and not message.fuzzy:
            name = message.id if isinstance(message.id, str) else "\x00".join(message.id)
            name = f"{message.context}\x04{name}" if message.context else name
            pairs.append((name.encode(), translation(message).encode()))
    pairs.sort()
    table = 7 * 4
    offset = table + 16 * len(pairs)
    index, data = [b"", b""], b""
    for column in (0, 1):
        for pair in pairs:
            index[column] += struct.pack("<II", len(pair[column]), offset + len(data))
            data += pair[column] + b"\x00"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), table, table + 8 * len(pairs), 0, offset)
    return head + index[0] + index[1] + data


def complaints(place: str, catalog: Catalog) -> Iterator[str]:
    for message in catalog:
        if not message.id:
            continue
        shown = key(message)[1]
        text = translation(message)
        wanted = set(PLACEHOLDER.findall(message.id if isinstance(message.id, str) else message.id[1]))
        if not text:
            yield f"{place}: not translated: {shown!r}"
        elif message.fuzzy:
            yield f"{place}: marked fuzzy: {shown!r}"
        elif set(PLACEHOLDER.findall(text)) - wanted or (
            isinstance(message.id, str) and wanted != set(PLACEHOLDER.findall(text))
        ):
            yield f"{place}: placeholders differ: {shown!r} -> {text!r}"


def survey() -> Report:
    """Every package read and extracted; nothing is written."""
    report, memory, homes = Report(), {}, {}
    found = [(package, package.extract(), package.read()) for package in packages()]
    for _package, _fresh, old in found:
        for message in old:
            if message.id and translation(message) and not message.fuzzy:
                memory.setdefault(key(message), translation(message))
    for package, fresh, old in found:
        fill(fresh, old, memory)
        if not len(fresh):
            continue
        place = package.folder.relative_to(SOURCE).as_posix()
        report.problems += complaints(place, fresh)
        report.files[package.po] = po_bytes(fresh)
        report.files[package.mo] = mo_bytes(fresh)
        for message in fresh:
            text, other = translation(message), homes.setdefault(key(message), (place, translation(message)))
            if message.id and text and other[1] and other[1] != text:
                report.problems.append(f"{place}: {key(message)[1]!r} is {other[1]!r} in {other[0]}, {text!r} here")
    return report


def stale(report: Report) -> list[str]:
    """Files that `update` would write otherwise, or remove."""
    lines = []
    for path, content in report.files.items():
        if not path.exists() or path.read_bytes() != content:
            lines.append(f"{path.relative_to(ROOT)}: out of date")
    orphans = (path for path in sorted(SOURCE.glob("**/LC_MESSAGES/django.?o")) if path not in report.files)
    return [*lines, *(f"{path.relative_to(ROOT)}: belongs to no string" for path in orphans)]


def update(names: list[str]) -> int:
    """Write the catalogues of the named packages ("accounts", "web/accounts"), of all where none is named."""
    report = survey()
    homes = {(SOURCE / name).resolve() for name in names}

    def wanted(path: Path) -> bool:
        return not homes or path.parents[2].parent in homes

    for path, content in report.files.items():
        if wanted(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    for path in SOURCE.glob("**/LC_MESSAGES/django.?o"):
        if path not in report.files and wanted(path):
            path.unlink()
    lines = [line for line in report.problems if not names or line.partition(":")[0] in names]
    print("\n".join(lines) or "Everything is translated.")
    return 0


def check(_names: list[str]) -> int:
    report = survey()
    problems = [*report.problems, *stale(report)]
    print("\n".join(problems) if problems else "Everything is translated.")
    if problems:
        print("Run `python tools/messages.py update`, then fill in what is missing.")
    return 1 if problems else 0


if __name__ == "__main__":
    acts = {"update": update, "check": check}
    act = acts.get(sys.argv[1]) if len(sys.argv) > 1 else None
    sys.exit(act(sys.argv[2:]) if act else "usage: python tools/messages.py update [PACKAGE...] | check")
