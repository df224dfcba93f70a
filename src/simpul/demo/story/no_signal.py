"""The forum's meeting of November, where the signal went: noted on Eko's telephone, and delivered in the evening."""

from datetime import timedelta
from typing import Final

from simpul.activities.models import Event
from simpul.activities.queries.events import sessions_of
from simpul.demo.keys import key_of
from simpul.demo.story.casework.acts import acting
from simpul.demo.story.events import MEETINGS
from simpul.offline.models import Kind
from simpul.offline.records import Sent, State
from simpul.offline.services import receive_record

MINUTE: Final = timedelta(minutes=1)
# Minutes after the beginning, what kind of record, what it says.
WRITTEN: Final = (
    (4, Kind.STRANGER, {"name": "Inaq Rumenah", "sex": "P", "age_band": "60+", "area": "Lentera Jati"}),
    (6, Kind.STRANGER, {"name": "Amaq Sapiah", "sex": "L", "age_band": "40-59", "stakeholder": "community"}),
    (35, Kind.NOTE, {"kind": "discussed", "text": "Data kartu JKN yang nonaktif dari enam desa dibacakan."}),
    (70, Kind.NOTE, {"kind": "asked", "text": "Warga bertanya siapa yang bisa mengecek kartu tanpa ke kota."}),
    (95, Kind.NOTE, {"kind": "decided", "text": "Puskesmas mengecek kartu setiap Selasa, mulai Desember."}),
)


def load_no_signal() -> None:
    event = Event.objects.get(pk=key_of(f"event/rapat-forum-{len(MEETINGS)}"))
    session, evening = sessions_of(event)[0], event.ends_at + 5 * 60 * MINUTE
    eko = acting("eko", evening)
    for number, (after, kind, content) in enumerate(WRITTEN):
        sent = Sent(key_of(f"outbox/{number}"), kind, session.pk, content, event.starts_at + after * MINUTE)
        answer = receive_record(eko, sent, device=key_of("outbox/telephone"), now=evening)
        assert answer.state is State.ACCEPTED, answer.code
