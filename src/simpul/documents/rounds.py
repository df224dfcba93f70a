"""What is put away every hour."""

from datetime import timedelta

from simpul.documents.services.tidying import expire_uploads, sweep_files
from simpul.kernel.actor import System
from simpul.kernel.rounds import Clock, round_of


@round_of("documents.tidy", every=timedelta(hours=1))
def tidy(clock: Clock) -> None:
    """Give up uploads nobody goes on with, remove files a killed process left."""
    actor = System("tidy")
    expire_uploads(actor, now=clock())
    sweep_files(actor, now=clock())
