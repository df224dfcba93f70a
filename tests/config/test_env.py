import os
from pathlib import Path

import pytest

from simpul.config.env import (
    HOME,
    USUAL_FILES,
    Environment,
    Mail,
    WrongSetting,
    database_from_url,
    file_limits,
    mail_from_url,
)


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("from the file\n")
    values = {"SIMPUL_SECRET_KEY": "from the environment", "SIMPUL_SECRET_KEY_FILE": str(secret)}
    assert Environment(values).text("SIMPUL_SECRET_KEY") == "from the file"


def test_a_secret_file_that_cannot_be_read_is_refused_without_its_path(tmp_path: Path) -> None:
    with pytest.raises(WrongSetting) as refusal:
        Environment({"SIMPUL_SECRET_KEY_FILE": str(tmp_path / "absent")}).text("SIMPUL_SECRET_KEY")
    assert str(refusal.value) == "SIMPUL_SECRET_KEY_FILE names a file that can't be read (No such file or directory)."


@pytest.mark.parametrize(("text", "flag"), [("1", True), ("yes", True), ("TRUE", True), ("0", False), ("", False)])
def test_a_flag_reads_words_and_numbers(text: str, flag: bool) -> None:
    assert Environment({"SIMPUL_DEMO": text}).flag("SIMPUL_DEMO") is flag


def test_a_flag_refuses_anything_else() -> None:
    with pytest.raises(WrongSetting, match="SIMPUL_DEMO is 1 or 0, not 'maybe'"):
        Environment({"SIMPUL_DEMO": "maybe"}).flag("SIMPUL_DEMO")


def test_a_choice_names_its_options() -> None:
    with pytest.raises(WrongSetting, match="one of development, production, not 'staging'"):
        Environment({"SIMPUL_ENVIRONMENT": "staging"}).choice("SIMPUL_ENVIRONMENT", "development", "production")


def test_a_relative_path_starts_at_the_checkout_wherever_the_command_was_typed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Environment({}).path("SIMPUL_DATA") == HOME / "var" / "demo"
    assert Environment({"SIMPUL_DATA": str(tmp_path)}).path("SIMPUL_DATA") == tmp_path.resolve()


def test_a_database_url_is_unquoted_part_by_part() -> None:
    found = database_from_url("postgresql://simpul:p%40ss@db.example.org:5433/net%20work")
    assert (found["USER"], found["PASSWORD"], found["HOST"]) == ("simpul", "p@ss", "db.example.org")
    assert (found["PORT"], found["NAME"]) == ("5433", "net work")


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql://host", "postgresql://host/", "x"])
def test_a_database_url_of_another_kind_is_refused_without_quoting_it(url: str) -> None:
    with pytest.raises(WrongSetting) as refusal:
        database_from_url(url)
    assert url not in str(refusal.value).replace("postgresql://user:password@host:port/name", "")


def test_a_mail_url_chooses_port_and_encryption() -> None:
    assert mail_from_url("smtp://u:p%3A@mail.example.org") == Mail("mail.example.org", 587, "u", "p:", True, False)
    assert mail_from_url("smtps://mail.example.org:4465") == Mail("mail.example.org", 4465, "", "", False, True)


@pytest.mark.parametrize("url", ["http://mail.example.org", "smtp://", "mail.example.org"])
def test_a_mail_url_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(WrongSetting, match="SIMPUL_EMAIL_URL is smtp://"):
        mail_from_url(url)


def test_the_environment_is_the_process_s_own() -> None:
    assert Environment().values is os.environ


def test_sizes_of_files_are_changed_by_kind_and_the_others_stay() -> None:
    assert file_limits(["pdf=40", "sound=1"]) == {**USUAL_FILES, "pdf": 40_000_000, "sound": 1_000_000}


@pytest.mark.parametrize("word", ["film=3", "pdf", "pdf=", "pdf=x", "pdf=0", "pdf=2001", "pdf=-1"])
def test_a_size_of_file_that_means_nothing_is_refused(word: str) -> None:
    with pytest.raises(WrongSetting, match="SIMPUL_FILE_MB"):
        file_limits([word])
