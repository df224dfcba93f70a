"""Where a notice about an import leads: to it, as long as its reader sees it."""

from uuid import UUID

from django.urls import reverse

from simpul.interop.queries import imports_for
from simpul.kernel.actor import Actor


def page_of_import(actor: Actor, batch_id: UUID) -> str | None:
    found = imports_for(actor).filter(pk=batch_id).exists()
    return reverse("imports:batch", args=[batch_id]) if found else None
