"""What a browser would send of a form as it stands on a page, with what its writer saw."""

import re
from html import unescape
from typing import Any

from django.test import Client


def form_of(client: Client, path: str) -> dict[str, Any]:
    context = client.get(path).context
    form, seen = context["form"], "".join(context.get("seen") or [])
    sent: dict[str, Any] = {}
    for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', seen):
        sent.setdefault(name, []).append(unescape(value))
    for name, field in form.fields.items():
        value = form[name].value()
        if value is None or value is False or value == "":
            continue
        prepared = field.prepare_value(value)
        sent[name] = prepared if isinstance(prepared, list) else str(prepared)
    return sent
