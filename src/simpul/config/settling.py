"""What stays for good is taken out of the garbage collector's way.

Django, its models, compiled templates and catalogues are some million objects that never go. Python's full collection
looks at every one of them: some 90 ms in which nobody is answered, once in thirty pages or so, to find nothing.
"""

import gc
from itertools import count
from typing import Final

from django.core.signals import request_finished

# Pages that were asked for until what they load is there: most of it after some, the rest after many.
WARM: Final = (100, 2_000)


def settle() -> None:
    """What is there now is never looked at again. What nothing refers to any more goes all the same."""
    gc.collect()
    gc.freeze()


def settle_while_serving() -> None:
    """Now, and again when pages have been asked for."""
    settle()
    turns = count(1)  # one step of it is one for all threads

    def settle_when_warm(**_told: object) -> None:
        turn = next(turns)
        if turn in WARM:
            settle()
        if turn >= WARM[-1]:
            request_finished.disconnect(dispatch_uid=__name__)

    request_finished.connect(settle_when_warm, weak=False, dispatch_uid=__name__)
