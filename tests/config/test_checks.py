"""Each configuration that must not run is a system check with an id and says what to do."""

import secrets
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.core.checks import CheckMessage
from django.test import override_settings

from simpul.config import checks
from simpul.config.env import KNOWN, Environment

GOOD = secrets.token_urlsafe(64)


def ids(messages: Iterable[CheckMessage]) -> list[str | None]:
    found = list(messages)
    assert all(m.hint for m in found)
    return [m.id for m in found]


def test_unknown_names_are_refused_with_the_nearest_known_one() -> None:
    found = list(checks.unknown_names(Environment({"SIMPUL_HOST": "x", "HOME": "/", "SIMPUL_NODE": "ntb"})))
    assert ids(found) == ["config.E001"]
    assert found[0].hint == "Did you mean SIMPUL_HOSTS?"


def test_known_names_and_their_files_are_accepted() -> None:
    values = dict.fromkeys([*KNOWN, "SIMPUL_SECRET_KEY_FILE"], "x")
    assert ids(checks.unknown_names(Environment(values))) == []


@pytest.mark.parametrize(
    "key",
    ["", "short", secrets.token_urlsafe(30), "a" * 200, "abcabc" * 20, "0123456789" * 5],
    ids=["missing", "short", "under fifty", "one letter", "three letters", "ten digits"],
)
def test_a_weak_key_is_refused_in_production(key: str) -> None:
    values = {"SIMPUL_SECRET_KEY": key, "SIMPUL_HOSTS": "simpul.example.org"}
    assert ids(checks.production_errors(Environment(values))) == ["config.E002"]


def test_a_random_key_is_strong() -> None:
    assert not checks.weak(GOOD)
    assert not checks.weak(secrets.token_hex(32))


@pytest.mark.parametrize("hosts", ["", " , ", "*", "simpul.example.org,*"])
def test_hosts_must_be_named_in_production(hosts: str) -> None:
    values = {"SIMPUL_SECRET_KEY": GOOD, "SIMPUL_HOSTS": hosts}
    assert ids(checks.production_errors(Environment(values))) == ["config.E003"]


def test_the_demo_never_runs_in_production() -> None:
    values = {"SIMPUL_SECRET_KEY": GOOD, "SIMPUL_HOSTS": "simpul.example.org", "SIMPUL_DEMO": "1"}
    assert ids(checks.production_errors(Environment(values))) == ["config.E004"]


def test_a_data_folder_that_takes_no_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        assert ids(checks.unusable_folder(Environment({"SIMPUL_DATA": str(place)}))) == ["config.E005"]


def test_a_data_folder_that_is_still_to_be_made_is_fine(tmp_path: Path) -> None:
    assert ids(checks.unusable_folder(Environment({"SIMPUL_DATA": str(tmp_path / "new" / "data")}))) == []


def test_a_data_folder_open_to_all_is_warned_of_in_production(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with override_settings(PRODUCTION=True):
        assert ids(checks.unusable_folder(Environment({"SIMPUL_DATA": str(tmp_path)}))) == ["config.W002"]


@pytest.mark.parametrize("name", ["", "Simpul", "simpul ntb", "-x", "x" * 41])
def test_a_node_has_a_plain_short_name(name: str) -> None:
    assert ids(checks.wrong_node(Environment({"SIMPUL_NODE": name}))) == ["config.E006"]


def test_production_without_proxy_or_mail_is_warned_of() -> None:
    assert ids(checks.production_warnings(Environment({}))) == ["config.W001", "config.W003"]
    settled = {"SIMPUL_PROXY": "1", "SIMPUL_EMAIL_URL": "smtp://mail.example.org"}
    assert ids(checks.production_warnings(Environment(settled))) == []


def test_this_configuration_is_in_order() -> None:
    assert checks.check_configuration(None) == []
