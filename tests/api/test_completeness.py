"""What a page can write, a program can: a service that a page calls is called by an operation, or left out below."""

import ast
from collections import Counter
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any, get_args

from django.urls import get_resolver

import simpul
from simpul.api.shape import Shape

SOURCE = Path(simpul.__file__).parent
# Only a person in front of a screen does these (docs/decisions/0017).
ONLY_PEOPLE = {
    "access": "giving and ending roles, letting people in, making tokens, opening in an emergency",
    "accounts": "signing in: passwords, passkeys, codes, devices, identifiers",
    "cases": "confidential matters are for people alone",
    "releases": "what is told of confidential matters is agreed to by two people who looked at it",
}
LEFT_OUT = {
    "deadlines.services.setting.configure_rule": "how a desk works: its coordinator decides, with a reason",
    "deadlines.services.setting.end_rule": "how a desk works: its coordinator decides, with a reason",
    "notices.services.wishes.subscribe_browser": "a browser asks for itself",
    "notices.services.wishes.unsubscribe_browser": "a browser asks for itself",
    "organisations.services.node.change_node": "setting up the node",
    "organisations.services.safety.set_safety_mode": "hiding an organisation, or showing it again",
    "documents.services.uploads.close_upload": "for a form whose browser can't say how long its file is",
    "interop.services.staging.drop_expired": "what the platform does by itself",
    "interop.services.looking.look_at_import": "no program sees an import that is private",
    "interop.services.suggesting.suggest_by_form": "no program sees an import that is private",
    "interop.services.teaching.teach_words": "no program sees an import that is private",
    "people.services.erase_person": "erasing somebody for good",
    "people.services.export_people": "taking away what is confidential about people",
    "people.services.withdraw_person": "how an import takes back what it wrote",
    "organisations.services.memberships.register_members": "how an import writes fifty at once",
    "organisations.services.registration.register_organisations": "how an import writes fifty at once",
    "organisations.services.withdrawal.withdraw_registrations": "how an import takes back what it wrote",
    "notices.services.sending.send_notice": "a notice is sent by what happened, never by itself",
    "activities.services.feedback.give_feedback": "by a code, as nobody: a token would say who",
    "offline.services.receive_record": "how a phone delivers what it wrote without a signal; programs note who came",
    "activities.services.claiming.claim_registration": "somebody keeps what is theirs with their account",
    "activities.services.lists.take_away_list": "taking away what is confidential about people",
    "activities.services.presence.withdraw_presence": "how an import takes back what it wrote",
    "activities.services.reminders.note_told": "said on the page that lists who has to be called",
}


def called_from(package: str) -> set[str]:
    """Public functions of services that modules of the package import: "context.services.noun.verb_noun"."""
    found: set[str] = set()
    for path in (SOURCE / package).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module and ".services" in f"{node.module}.":
                context = node.module.removeprefix("simpul.")
                found |= {f"{context}.{name.name}" for name in node.names if name.name.islower()}
    return found


def test_what_a_page_writes_a_program_writes() -> None:
    pages = {name for name in called_from("web") if name.split(".")[0] not in ONLY_PEOPLE}
    missing = pages - called_from("api") - called_from("interop") - LEFT_OUT.keys()
    assert sorted(missing) == [], "give it an operation, or say in LEFT_OUT why only a person does it"


def test_what_is_left_out_is_still_on_a_page() -> None:
    assert sorted(LEFT_OUT.keys() - called_from("web")) == []


def test_every_shape_has_a_name_of_its_own() -> None:
    """OpenAPI knows them by their names alone: of two that share one, the second would describe both."""
    assert get_resolver().url_patterns  # all of them are loaded
    shapes: set[type[Shape]] = set()
    below = {Shape}
    while below:
        below = {child for shape in below for child in shape.__subclasses__() if child.__module__.startswith("simpul.")}
        shapes |= below
    named = Counter(shape.__name__ for shape in shapes)
    assert named
    assert [name for name, times in named.items() if times > 1] == []
    codes = {code for shape in shapes for field in shape.model_fields.values() for code in _codes(field.annotation)}
    shared = Counter(code.__name__ for code in codes)
    assert [name for name, times in shared.items() if times > 1] == []


def _codes(annotation: Any) -> Iterator[type[Enum]]:
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        yield annotation
    for part in get_args(annotation):
        yield from _codes(part)
