"""Where the people of the story can go. Numbers are invented, but for the national hotlines anybody may call."""

from dataclasses import dataclass, field
from typing import Any, Final

from simpul.demo.story.organisations import AIK_BENING, LENTERA_JATI, LOTIM

OFFICE: Final = {
    **{day: [["08.00", "12.00"], ["13.00", "15.30"]] for day in ("1", "2", "3", "4")},
    "5": [["08.00", "11.00"]],
}
ALWAYS: Final = {"id": "Telepon dijawab siang dan malam.", "en": "Calls are answered day and night."}
KTP: Final = {"id": "KTP, bila ada", "en": "Identity card, if there is one"}
FAMILY_CARD: Final = {"id": "Kartu Keluarga, bila ada", "en": "Family card, if there is one"}
CHRONOLOGY: Final = {"id": "Catatan kejadian, bila sudah ditulis", "en": "Notes of what happened, if already written"}
VILLAGE_LETTER: Final = {"id": "Surat pengantar desa", "en": "Letter from the village"}


@dataclass(frozen=True, slots=True)
class StoryPoint:
    """`owner` keeps the entry, `verified` says how it was last checked, if ever."""

    key: str
    kind: str
    name: str
    owner: str
    areas: tuple[str, ...]
    needs: tuple[str, ...]
    verified: str = ""
    details: dict[str, Any] = field(default_factory=dict)


def _office(*documents: dict[str, str], **more: Any) -> dict[str, Any]:
    return {
        "hours": OFFICE, "documents": list(documents), "free_of_charge": "yes", "accepts_children": "yes",
        "address_public": True, **more,
    }  # fmt: skip


POINTS: tuple[StoryPoint, ...] = (
    StoryPoint(
        "uptd", "RI.01", "UPTD PPA Lombok Timur (contoh)", "uptd", (LOTIM,), ("K", "PA"), "visit",
        _office(KTP, FAMILY_CARD, CHRONOLOGY, hours_note=ALWAYS, disability_access="yes", agreement="yes",
                whatsapp="0800-000-0129"),
    ),
    StoryPoint(
        "unit-ppa", "RI.03", "Unit PPA Polres Lombok Timur (contoh)", "network", (LOTIM,), ("K", "PA"), "call",
        _office(KTP, CHRONOLOGY, hotline="110", hours_note=ALWAYS),
    ),
    StoryPoint(
        "puskesmas", "RI.04", "Puskesmas Wilayah Contoh", "network", ("52.03.99",), ("KS", "K"), "visit",
        _office(KTP, disability_access="yes"),
    ),
    StoryPoint("rsud", "RI.05", "RSUD Lombok Timur (contoh)", "network", (LOTIM,), ("KS", "K"), "call", _office(KTP)),
    StoryPoint(
        "dinsos", "RI.06", "Dinas Sosial Lombok Timur (contoh)", "dinsos", (LOTIM,), ("BS", "DS", "LN"), "visit",
        _office(KTP, FAMILY_CARD, VILLAGE_LETTER),
    ),
    StoryPoint(
        "dukcapil", "RI.07", "Dinas Dukcapil Lombok Timur (contoh)", "dukcapil", (LOTIM,), ("AD",), "visit",
        _office(FAMILY_CARD, VILLAGE_LETTER, agreement="yes"),
    ),
    StoryPoint(
        "bpjs", "RI.08", "BPJS Kesehatan Selong (contoh)", "network", (LOTIM,), ("JK",), "call",
        _office(KTP, FAMILY_CARD, hotline="165"),
    ),
    StoryPoint(
        "pa", "RI.09", "Pengadilan Agama Selong (contoh)", "network", (LOTIM,), ("AD", "PA", "HK"), "",
        _office(KTP, FAMILY_CARD, free_of_charge="no", fee={"id": "Panjar perkara; warga miskin bisa prodeo.",
                                                            "en": "Court deposit; free for the poor on request."}),
    ),
    StoryPoint("kua", "RI.10", "KUA Wilayah Contoh", "network", ("52.03.99",), ("AD", "PA"), "", _office(KTP)),
    StoryPoint(
        "posbankum", "RI.13", "Posbankum Desa Lentera Jati", "lentera", (LENTERA_JATI,), ("HK", "K"), "visit",
        _office(CHRONOLOGY),
    ),
    StoryPoint(
        "lbh", "RI.14", "Lembaga Bantuan Hukum Rinjani (contoh)", "oms-4", (LOTIM,), ("HK", "K", "PM"), "call",
        _office(KTP, CHRONOLOGY),
    ),
    StoryPoint(
        "patbm", "RI.19", "PATBM Lentera Jati", "lentera", (LENTERA_JATI,), ("PA", "K"), "visit", _office(),
    ),
    StoryPoint(
        "desa-lj", "RI.20", "Kantor Desa Lentera Jati", "lentera", (LENTERA_JATI,), ("AD", "BS", "LP"), "visit",
        _office(KTP),
    ),
    StoryPoint(
        "desa-ab", "RI.20", "Kantor Desa Aik Bening", "aik-bening", (AIK_BENING,), ("AD", "BS", "LP"), "", _office(KTP)
    ),
    StoryPoint(
        "rumah-aman", "RI.98", "Rumah aman (contoh)", "uptd", (LOTIM,), ("K", "PA"), "visit",
        {"free_of_charge": "yes", "accepts_children": "yes", "hours_note": ALWAYS},
    ),
    StoryPoint(
        "sapa", "RI.25", "SAPA 129", "network", ("52",), ("K", "PA"), "call",
        {"hotline": "129", "whatsapp": "08111-129-129", "hours_note": ALWAYS, "free_of_charge": "yes",
         "accepts_children": "yes"},
    ),
    StoryPoint(
        "lapor", "RI.24", "LAPOR! (SP4N)", "network", ("52",), ("LP", "AD", "JK", "BS"), "call",
        {"hotline": "1708", "free_of_charge": "yes"},
    ),
)  # fmt: skip
