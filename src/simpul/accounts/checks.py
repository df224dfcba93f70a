"""Settings under which accounts would not be safe."""

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register
def demo_is_never_production(**_: object) -> list[CheckMessage]:
    """accounts.E001: the demo signs anybody in as anybody."""
    if not (settings.DEMO and settings.PRODUCTION):
        return []
    return [
        Error(
            "SIMPUL_DEMO is set in production: anybody could sign in as any of the demo's cast.",
            hint="Unset SIMPUL_DEMO, or set SIMPUL_ENVIRONMENT=development.",
            id="accounts.E001",
        )
    ]
