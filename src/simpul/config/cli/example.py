"""Loading the example data where this is the demo."""

from datetime import UTC, datetime

from simpul.config.cli.console import progress_bar
from simpul.config.cli.database import data_folder, one_at_a_time
from simpul.kernel.actor import System


def load_where_demo(*, everything: bool) -> None:
    """`load_example`, in the demo; nothing elsewhere."""
    from django.conf import settings  # inline: app ready

    if settings.DEMO:
        load_example(everything=everything)


def load_example(*, everything: bool) -> None:
    """The storyline now; the generated programme and its counts now or, as a task, by the worker."""
    from simpul.demo.queries import progress  # inline: app ready
    from simpul.demo.services import load_acceptance, load_figures, load_storyline  # inline: app ready
    from simpul.demo.tasks import load_the_acceptance_data  # inline: app ready

    actor, now = System("demo"), datetime.now(UTC)
    story, programme, counts = progress()
    with one_at_a_time(data_folder()):
        if not story.complete:
            load_storyline(actor, now=now, progress=progress_bar("Data contoh / example data"))
        if everything and not programme.complete:
            load_acceptance(actor, now=now, progress=progress_bar("Program contoh / example programme"))
        if everything and not counts.complete:
            load_figures(actor, now=now, progress=progress_bar("Angka contoh / example counts"))
    if not everything and not (programme.complete and counts.complete):
        load_the_acceptance_data.enqueue()
