"""Static files under names that carry their hash, once they have been collected."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Assets(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Before `collectstatic` has run (tests, a fresh checkout) files keep their plain names instead of failing."""

    def stored_name(self, name: str) -> str:
        return str(super().stored_name(name)) if self.hashed_files else name
