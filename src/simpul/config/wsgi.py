"""What granian serves. Whatever server loads it, a wrong configuration keeps it from starting."""

import os

from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

from simpul.config.settling import settle_while_serving


def load() -> WSGIHandler:
    """The application. ImproperlyConfigured with every error of the configuration checks."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "simpul.config.settings")
    handler = get_wsgi_application()
    errors = [m for m in checks.run_checks(tags=["configuration"]) if m.is_serious(checks.ERROR)]
    if errors:
        raise ImproperlyConfigured(" ".join(f"{m.id}: {m.msg}" for m in errors))
    settle_while_serving()
    return handler


application = load()
