"""What was planted in cases, complaints and referrals is looked for everywhere it must not be.

The world stands on a database of its own, in a file where the engine has one, with every word committed; then everybody
of the cast who may not read a word walks every address there is, and the disk is read byte by byte.
"""

import io
import logging
import os
import re
import sys
import tempfile
import zipfile
import zlib
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import product
from pathlib import Path
from typing import Any, Final

import msoffcrypto
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pypdf import PdfReader
from pytest_django import DjangoDbBlocker

from simpul.access.services import create_personal_token
from simpul.access.token_scopes import TOKEN_SCOPES
from simpul.api.throttle import THROTTLE
from simpul.audit.models import Act
from simpul.documents.models import Document, Version
from simpul.notices.channels.mail import Mail
from simpul.notices.models import Channel, Notice
from simpul.notices.outbox import deliver_due
from simpul.search.models import Entry
from simpul.vault.fields import SealedField
from simpul.web.cases.exports.tasks import make_export
from simpul.web.imports.tasks import move_import_on
from tests.cases.planting import Planted, Taken, plant
from tests.cases.planting_rest import plant_rest
from tests.cast import Cast, Played, Stage
from tests.factories.territory import MASBAGIK_UTARA_BARU
from tests.matrix import every_url
from tests.racing import copied_database

LENTERA: Final = "Kelompok Konstituen Lentera"  # said openly: a search that misses it would miss a leak too
# Whose parameters are tried with which of the ids; any other gets the group, the first case and nothing more.
KINDS: Final = {
    "case_id": ("case",),
    "party_id": ("party",),
    "consent_id": ("consent",),
    "case": ("case",),
    "person_id": ("person",),
    "referral:key": ("referral", "link"),
    "inbox:key": ("complaint",),
    "transfer:key": ("transfer",),
    "ticket_id": ("ticket",),
    "entry_id": ("entry",),
    "organisation_id": ("organisation",),
    "rights:key": ("request",),
    "rights:breach:key": ("breach",),
    "rights:breach-letter:key": ("breach",),
    "cases:seen:case_id": ("case", "relieved"),
    "care:key": ("threat",),
    "request_id": ("closure",),
    "export_id": ("export",),
    "imports:key": ("batch",),
    "imports:row": ("row",),
}
# Addresses near cases are walked by all who are near one; every other address by who is farthest, and by the public.
NEAR: Final = (
    "cases",
    "tickets",
    "inbox",
    "referral",
    "transfer",
    "complaint",
    "audit",
    "notices",
    "search",
    "desk",
    "home",
    "documents",
)
# Rooms in which nothing of a single case stands but by the way: walked by who may be let in, and who is farthest.
BESIDE: Final = ("rights", "care", "closing", "register", "imports", "supervision", "deskrules", "owncounts", "unsent")
LET_IN: Final = ("ani", "kartika")
EVERYWHERE: Final = ("hasan", "publik")
# Eko, Fitri, Gede and Indah hold no right near a case, as Dewi: the access matrix has each address for them too.
WALKERS: Final = ("ani", "budi", "citra", "dewi", "hasan", "joko", "kartika", "lestari", "publik")
BEGUN: Final = ("Zqsecre", "0800000")  # never whole: a page may repeat what was asked
WORDS: Final = {
    "code": [MASBAGIK_UTARA_BARU],
    "form": ["csv", "xlsx"],
    "number": [1],
    "year": [2025],
    "token": ["never"],
    "to": ["people"],
    "kind": ["cases"],
}
LEFT_OUT: Final = ("accounts:sign-out", "territory:country", "territory:boundary", "openapi")  # heavy, or the end
# Sealed, and nothing that somebody writes: a date, and what may be known before a case is taken over.
NO_WORDS: Final = ("Party.birth_date", "TransferGround.shared")
SEARCHED: Final = (
    "cases:list",
    "inbox:list",
    "referral:list",
    "tickets:list",
    "search:find",
    "organisations:directory",
    "people:people",
)


class Ears(logging.Handler):
    """Everything that anybody logs, at any level."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(f"{record.getMessage()} {record.__dict__} {record.exc_text or ''}")


@dataclass
class Pens:
    """Every file that is opened to be written, by its path, while it listens: also those that are gone again."""

    on: bool = False
    paths: set[str] = field(default_factory=set)

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        if not self.on or event != "open" or isinstance(args[0], int):
            return
        mode, flags = args[1], args[2]
        if set(mode or "") & set("wax+") or (flags or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            self.paths.add(os.fsdecode(args[0]))


PENS: Final = Pens()
sys.addaudithook(PENS)


@dataclass
class World:
    planted: Planted
    ears: Ears
    sent: list[str]
    database: Path | None
    walked: dict[str, dict[str, str]] = field(default_factory=dict)  # who -> address -> what they read

    @property
    def cast(self) -> Cast:
        return self.planted.cast


@pytest.fixture(scope="module")
def world(
    stage: Stage, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    folder, ears = tmp_path_factory.mktemp("leaks"), Ears()
    listened = [logging.getLogger(name) for name in ("", "django", "simpul")]
    levels = [logger.level for logger in listened]
    with django_db_blocker.unblock(), copied_database(folder):
        for logger in listened:
            logger.addHandler(ears)
            logger.setLevel(logging.DEBUG)
        PENS.on = True
        planted = plant(stage.set_up())
        plant_rest(planted)
        user = str(planted.cast.budi.actor.user_id)
        make_export.enqueue(str(planted.ids["export"][-1]), user, "id")
        move_import_on.enqueue(str(planted.ids["batch"][0]), user, "id")
        deliver_due(Channel.MAIL, Mail(), timezone.now)
        sent = [str(message.message()) for message in mail.outbox]
        database = folder / "raced.sqlite3" if connection.vendor == "sqlite" else None
        made = World(planted, ears, sent, database)
        for played in map(made.cast.played.__getitem__, WALKERS):
            made.walked[played.key] = dict(walk(made, played))
        yield made
        PENS.on = False
        for logger, level in zip(listened, levels, strict=True):
            logger.removeHandler(ears)
            logger.setLevel(level)


def walk(world: World, played: Played) -> Iterator[tuple[str, str]]:
    """Every address of theirs, by every id that fits it, as they read it; and what a press would show."""
    THROTTLE.forget_all()
    browser, headers = played.client(), {"Authorization": f"Bearer {token_of(played)}"}
    for name, address in addresses(world.planted, played.key):
        PENS.on = name.partition(":")[0] in (
            *NEAR,
            *BESIDE,
        )  # sheets of organisations go through a temporary file; no case does
        if name.startswith("api:"):
            THROTTLE.forget_all()
            yield address, told(Client().get(address, headers=headers))
            continue
        yield address, told(browser.get(address))
        if name == "cases:people":
            yield f"{address} pressed", told(browser.post(address))
    PENS.on = True
    for name, word in product(SEARCHED, BEGUN):
        address = f"{reverse(name)}?q={word}"
        yield address, told(browser.get(address))


def addresses(planted: Planted, key: str) -> Iterator[tuple[str, str]]:
    for name, pattern in every_url().items():
        space = name.partition(":")[0]
        if name.startswith("^") or name in LEFT_OUT or not is_walked(space, key):
            continue
        for given in arguments(planted, name, list(pattern.pattern.regex.groupindex)):
            try:
                yield name, reverse(name, kwargs=given)
            except NoReverseMatch:  # a value that is not of this address's shape
                continue


def is_walked(space: str, key: str) -> bool:
    return space in NEAR or key in EVERYWHERE or (space in BESIDE and key in LET_IN)


def token_of(played: Played) -> str:
    if played.user is None:
        return ""
    made = create_personal_token(
        played.actor, played.user, name="tes", scopes=list(TOKEN_SCOPES), days=1, now=timezone.now()
    )
    return made[1]


def arguments(planted: Planted, page: str, names: list[str]) -> Iterator[dict[str, Any]]:
    choices = [values(planted, page, name) for name in names]
    for chosen in product(*choices):
        yield dict(zip(names, chosen, strict=True))


def values(planted: Planted, page: str, name: str) -> list[Any]:
    """What the parameter `name` of that page is tried with."""
    space = page.partition(":")[0]
    if name in WORDS:
        return list(WORDS[name])
    kinds = KINDS.get(f"{page}:{name}") or KINDS.get(f"{space}:{name}") or KINDS.get(name)
    if kinds:
        return [one for kind in kinds for one in planted.ids[kind]]
    return [planted.ids["case" if space in (*NEAR, *BESIDE) else "organisation"][0]]


def told(answer: HttpResponse) -> str:
    """What somebody reads: the body, unpacked where it is packed, headers and cookies."""
    body = b"".join(answer) if answer.streaming else answer.content
    heads = " ".join(f"{key}: {value}" for key, value in answer.headers.items())
    return unescape(f"{heads} {answer.cookies} {unpacked(body).decode('utf-8', 'replace')}")


def unpacked(body: bytes) -> bytes:
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return b"\n".join(name.encode() + packed.read(name) for name in packed.namelist())
    if body[:4] == b"%PDF":
        parts = re.findall(rb"stream\r?\n(.*?)endstream", body, re.DOTALL)
        return body + b"\n".join(zlib.decompressobj().decompress(part) for part in parts if part[:1] == b"x")
    return body


def found_in(planted: Planted, text: str) -> list[str]:
    """Which of the planted words, numbers and keys the text holds."""
    text = text.casefold()
    return [word for word in (*planted.readers, *planted.secrets) if word.casefold() in text]


def on_disk(world: World) -> bytes:
    """The database and its journal as they lie on disk; of a server, every row of every table as text."""
    if world.database is not None:
        return b"\n".join(path.read_bytes() for path in sorted(world.database.parent.glob("raced.sqlite3*")))
    held: list[str] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            held += [str(row[0]) for row in cursor.fetchall()]
    return "\n".join(held).encode()


@pytest.mark.parametrize("key", WALKERS)
def test_r5_nobody_reads_what_is_not_for_them(world: World, key: str) -> None:
    leaks = defaultdict(list)
    for address, text in world.walked[key].items():
        for word in found_in(world.planted, text):
            if key not in world.planted.readers.get(word, ()):
                leaks[address].append(word)
    assert dict(leaks) == {}


def test_the_walk_reads_what_is_there(world: World) -> None:
    """Else finding nothing would say nothing: the open name is read by anybody, and whoever may read a matter does."""
    for key in ("ani", *EVERYWHERE):
        assert LENTERA in "".join(world.walked[key].values()), key
    for key, words in (("ani", ("Zqsocialnama", "Zqhiddenalamatlain")), ("budi", ("Zqsecretnama", "Zqsecretterlapor"))):
        read = "".join(world.walked[key].values())
        assert [word for word in words if word not in read] == []
    assert "Zqsecretnama" in "".join(world.walked["citra"].values())
    assert "Zqsecretringkas" in "".join(world.walked["lestari"].values())
    assert "Zqviolencecerita" in "".join(world.walked["budi"].values())
    assert "Zqgroupcerita" in "".join(world.walked["kartika"].values())


def test_no_list_and_no_address_names_anybody(world: World) -> None:
    lists = [
        "/",
        *(
            reverse(name)
            for name in ("cases:list", "inbox:list", "referral:list", "referral:inbox", "transfer:list", "audit:acts")
        ),
    ]
    for pages in world.walked.values():
        for address, text in pages.items():
            assert found_in(world.planted, address) == []
            title = re.search(r"<title>(.*?)</title>", text, re.DOTALL)
            assert found_in(world.planted, title[1] if title else "") == []
            if address in lists:
                assert found_in(world.planted, text) == []


def test_every_field_that_is_sealed_was_planted(world: World) -> None:
    """Else what stands in it would not be looked for: whoever adds one plants a word in it."""
    sealed = {
        f"{model.__name__}.{one.name}": list(model._default_manager.all())
        for model in apps.get_app_config("cases").get_models()
        for one in model._meta.fields
        if isinstance(one, SealedField)
    }
    bare = {
        name
        for name, rows in sealed.items()
        if not any(found_in(world.planted, opened_of(row, name.partition(".")[2])) for row in rows)
    }
    assert bare == set(NO_WORDS)


def opened_of(row: Any, name: str) -> str:
    held = getattr(row, name)
    return str(held.open()) if held else ""


def test_a_file_of_the_register_holds_what_its_asker_may_read_and_no_name_unless_asked_for(world: World) -> None:
    texts = [(taken.unmasked, words_of(taken)) for taken in world.planted.files]
    assert [unmasked for unmasked, _text in texts] == [True, False]
    for unmasked, text in texts:
        words = found_in(world.planted, text)
        assert [word for word in words if "budi" not in world.planted.readers.get(word, ())] == []
        assert ("Zqsecretnama" in words) is unmasked
        assert unmasked or words == []


def words_of(taken: Taken) -> str:
    """All that stands in a file, opened with its password."""
    if taken.kind == "pdf":
        reader = PdfReader(io.BytesIO(taken.data))
        reader.decrypt(taken.password)
        return "".join(page.extract_text() for page in reader.pages)
    opened = io.BytesIO()
    file = msoffcrypto.OfficeFile(io.BytesIO(taken.data))
    file.load_key(password=taken.password)
    file.decrypt(opened)
    with zipfile.ZipFile(opened) as packed:
        return " ".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


def test_r9_no_log_notice_mail_act_session_task_index_or_file_name_holds_it(world: World) -> None:
    acts = list(Act.objects.values())
    notices = [*Notice.objects.values(), *Entry.objects.values(), *Document.objects.values(), *Version.objects.values()]
    queue = list(DBTaskResult.objects.values())
    sessions = [session.get_decoded() for session in Session.objects.all()]
    assert all((acts, notices, queue, sessions, world.sent, world.ears.heard))
    for what in (acts, notices, queue, sessions, world.ears.heard, world.sent):
        assert found_in(world.planted, "\n".join(map(str, what))) == []


def test_r5_nothing_is_on_disk_in_clear(world: World) -> None:
    disk = on_disk(world)
    assert LENTERA.encode() in disk
    kept = [path for path in Path(settings.DATA).rglob("*") if path.is_file()]
    assert any(Path(settings.STORAGES["default"]["OPTIONS"]["location"]) in path.parents for path in kept)
    files = b"\n".join(str(path).encode() + path.read_bytes() for path in kept)
    for word in (*world.planted.readers, *world.planted.secrets):
        for shape in (word.encode(), word.encode().hex().encode(), word.encode("utf-16-le"), core_of(word)):
            assert shape not in disk, word
            assert shape not in files, word


def core_of(word: str) -> bytes:
    """How the word looks within base64 where it begins at a multiple of three bytes."""
    whole = word.encode()[: len(word) // 3 * 3]
    return b64encode(whole)


def test_nothing_is_written_beside_the_data_folder(world: World) -> None:
    """Not even for a moment: no temporary file, no spool."""
    ours = [Path(settings.DATA)] + ([world.database.parent] if world.database else [])
    stray = {
        path
        for path in PENS.paths
        if not path.endswith((".pyc", "/null"))
        and ".pyc." not in path
        and not any(home in Path(path).parents for home in ours)
    }
    assert stray == set(), tempfile.gettempdir()
