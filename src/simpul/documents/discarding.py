"""The end of an upload, whichever way it ends."""

from django.db import transaction

from simpul.documents import folder
from simpul.documents.models import Upload


def discard(upload: Upload) -> None:
    """Its row and with it its key now, its part on disk once that is certain."""
    Upload.objects.filter(pk=upload.pk).delete()
    transaction.on_commit(lambda: folder.remove_part(upload.pk))
