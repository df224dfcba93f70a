"""What a phone keeps for a door without a signal, and the way back."""

from simpul.web.offline.views.outbox import deliver, door, kit, shell, worker

__all__ = ["deliver", "door", "kit", "shell", "worker"]
