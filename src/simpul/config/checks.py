"""Configuration that can't work, or mustn't, as Django system checks with an id. docs/operating.md explains each."""

import math
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Caution

from simpul.config.env import KNOWN, Environment

MAKE_KEY = 'Make one: python3 -c "import secrets; print(secrets.token_urlsafe(64))"'


@register("configuration")
def check_configuration(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    environment = Environment()
    found = [*unknown_names(environment), *wrong_node(environment), *unusable_folder(environment)]
    if settings.PRODUCTION:
        found += [*production_errors(environment), *production_warnings(environment)]
    return found


def unknown_names(environment: Environment) -> Iterator[CheckMessage]:
    for name in sorted(environment.values):
        if name.startswith("SIMPUL_") and name.removesuffix("_FILE") not in KNOWN:
            near = get_close_matches(name, KNOWN, n=1)
            hint = f"Did you mean {near[0]}?" if near else "Remove it; docs/operating.md lists every setting."
            yield Error(f"{name} is not a setting of Simpul.", hint=hint, id="config.E001")


def wrong_node(environment: Environment) -> Iterator[CheckMessage]:
    if not re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?", environment.text("SIMPUL_NODE")):
        hint = 'At most 40 small letters, digits and hyphens, such as "simpul-ntb".'
        yield Error("SIMPUL_NODE is not a name for a deployment.", hint=hint, id="config.E006")


def unusable_folder(environment: Environment) -> Iterator[CheckMessage]:
    """The data folder, or the nearest folder above it that exists, takes files."""
    folder = environment.path("SIMPUL_DATA")
    standing = next(place for place in (folder, *folder.parents) if place.exists())
    if not standing.is_dir() or not os.access(standing, os.W_OK | os.X_OK):
        hint = "Give the folder to the user who runs Simpul, or name another with SIMPUL_DATA."
        yield Error(f"The data folder {folder} can't be written.", hint=hint, id="config.E005")
    elif settings.PRODUCTION and folder.is_dir() and folder.stat().st_mode & 0o007:
        hint = f"Close it: chmod 700 {folder}"
        yield Caution("Everybody on this machine may look into the data folder.", hint=hint, id="config.W002")


def production_errors(environment: Environment) -> Iterator[CheckMessage]:
    if weak(environment.text("SIMPUL_SECRET_KEY")):
        yield Error("Production needs SIMPUL_SECRET_KEY, long and random.", hint=MAKE_KEY, id="config.E002")
    hosts = environment.words("SIMPUL_HOSTS")
    if not hosts or "*" in hosts:
        hint = 'Name them: SIMPUL_HOSTS="simpul.example.org"; "*" would let anybody forge links in messages.'
        yield Error("Production needs SIMPUL_HOSTS.", hint=hint, id="config.E003")
    if environment.flag("SIMPUL_DEMO"):
        hint = "Unset SIMPUL_DEMO: it lets anybody sign in as anybody."
        yield Error("The demo does not run in production.", hint=hint, id="config.E004")


def production_warnings(environment: Environment) -> Iterator[CheckMessage]:
    if not environment.flag("SIMPUL_PROXY"):
        hint = "Set SIMPUL_PROXY=1 behind a proxy that sets X-Forwarded-Proto; otherwise every page redirects."
        yield Caution("Production is reached over HTTPS, which a proxy in front provides.", hint=hint, id="config.W001")
    if not environment.text("SIMPUL_EMAIL_URL"):
        hint = "Set SIMPUL_EMAIL_URL, or tell people that messages reach them in their inbox only."
        yield Caution(f"E-mail is not sent but kept in {Path(settings.DATA) / 'mail'}.", hint=hint, id="config.W003")


def weak(key: str) -> bool:
    """Whether a key is shorter than 50 characters or holds fewer than 200 bits by the spread of its characters."""
    if len(key) < 50:
        return True
    entropy = -sum(n / len(key) * math.log2(n / len(key)) for n in Counter(key).values())
    return entropy * len(key) < 200
