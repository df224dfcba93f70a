"""Static files, gathered and compressed once for each version of them."""

import hashlib
from pathlib import Path


def gather_static() -> bool:
    """Collect static files where any has changed since the last time; whether there was anything to do."""
    from django.conf import settings  # inline: slow import
    from django.core.management import call_command  # inline: app ready

    stamp = Path(settings.STATIC_ROOT) / ".gathered"
    digest = _digest()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == digest:
        return False
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest, encoding="ascii")
    return True


def _digest() -> str:
    """A mark of every static file by name, size and time of change: reading them all would cost a second a start."""
    from django.contrib.staticfiles.finders import get_finders  # inline: app ready

    found = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            found.update(f"{name}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return found.hexdigest()
