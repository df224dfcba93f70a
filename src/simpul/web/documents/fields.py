"""A field for one file, for any form: with JavaScript sent at once and taken up again, without it sent with the form.

class PaperForm(forms.Form):
    title = forms.CharField(...)
    file = UploadField(label=_("File"))   # last; the template's form is multipart and loads js/upload.js

form = PaperForm(...); form.fields["file"].widget.actor = request.actor
form.cleaned_data["file"]  # the sender's key of a whole upload, for documents.services.keeping
"""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from simpul.documents.kinds import ACCEPT, largest
from simpul.documents.models import Upload
from simpul.documents.queries import upload_for
from simpul.kernel.actor import Actor, Anonymous
from simpul.kernel.errors import SimpulError
from simpul.web.documents.uploads import SentFile

SENT: Final = "-kiriman"  # suffix of the hidden input with the key of what was sent already


class UploadInput(forms.FileInput):
    """`actor` is whose uploads are meant: what they sent before a form came back need not be sent again."""

    actor: Actor = Anonymous()
    accept: str = ACCEPT
    says_kinds: bool = True  # that any kind of file is taken

    def value_from_datadict(self, data: Any, files: "MultiValueDict[str, Any]", name: str) -> object:
        sent = files.get(name)
        return sent if isinstance(sent, SentFile) else data.get(f"{name}{SENT}") or None

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in files and f"{name}{SENT}" not in data

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: object = None) -> SafeString:
        context = {
            "name": name,
            "sent": f"{name}{SENT}",
            "waiting": self._waiting(value),
            "attributes": {k: v for k, v in (attrs or {}).items() if k != "required"},
            "accept": self.accept,
            "says_kinds": self.says_kinds,
            "most": largest() // 1_000_000,
            "address": reverse("documents:upload", args=[UUID(int=0)]),
        }
        return render_to_string("components/upload.html", context)

    def _waiting(self, value: object) -> Upload | None:
        key = value.key if isinstance(value, SentFile) else value
        try:
            found = upload_for(self.actor, UUID(str(key)))
        except (ValueError, SimpulError):
            return None
        return found if found.is_whole else None


class UploadField(forms.Field):
    widget = UploadInput
    default_error_messages = {"required": _("Choose a file.")}

    def clean(self, value: Any) -> UUID | None:
        if isinstance(value, SentFile):
            if value.refusal is not None:
                raise ValidationError(str(value.refusal.message), code=value.refusal.code)
            return value.key
        try:
            key = UUID(str(value)) if value else None
        except ValueError:
            key = None
        if key is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return key

    def prepare_value(self, value: Any) -> Any:
        return value
