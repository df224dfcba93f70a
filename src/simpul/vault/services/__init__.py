"""What is done with keys: made, rotated, exported, put back, forgotten, by whoever may configure the node."""

from simpul.vault.services.exports import export_ring, import_ring
from simpul.vault.services.ring import confirm_ring, forget_key, new_ring
from simpul.vault.services.rotation import Progress, RotationReport, rotate_keys

__all__ = [
    "Progress",
    "RotationReport",
    "confirm_ring",
    "export_ring",
    "forget_key",
    "import_ring",
    "new_ring",
    "rotate_keys",
]
