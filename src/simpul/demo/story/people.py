"""Invented people: the board of "Lentera", and the cast, whose names mean their rights everywhere in Simpul."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Player:
    """One of the cast: `role` on the platform at `at`, `title` in that organisation."""

    key: str
    name: str
    sex: str
    role: str
    at: str
    title: str
    division: str = ""


CAST: tuple[Player, ...] = (
    Player("ani", "Ani", "P", "companion", "lentera", "volunteer", "pengaduan"),
    Player("budi", "Budi", "L", "coordinator", "lentera", "chair"),
    Player("citra", "Citra", "P", "service_officer", "uptd", "official"),
    Player("dewi", "Dewi", "P", "secretariat", "network", "staff"),
    Player("eko", "Eko", "L", "facilitator", "forum", "staff"),
    Player("fitri", "Fitri", "P", "monitoring_officer", "network", "staff"),
    Player("gede", "Gede", "L", "editor", "network", "staff"),
    Player("hasan", "Hasan", "L", "companion", "aik-bening", "volunteer"),
    Player("indah", "Indah", "P", "official", "agency", "official"),
    Player("joko", "Joko", "L", "operator", "network", "staff"),
    Player("kartika", "Kartika", "P", "supervisor", "support", "staff"),
)

# Twenty-three besides the chair: 24 on the board. Name, sex, division, and whether they lead it.
BOARD: tuple[tuple[str, str, str, bool], ...] = (
    ("Rohana", "P", "humas", True), ("Zaenal", "L", "humas", False), ("Mawardah", "P", "humas", False),
    ("Sahnun", "L", "humas", False), ("Ruhaini", "P", "humas", False), ("Lukmanul", "L", "ekonomi", True),
    ("Hidayati", "P", "ekonomi", False), ("Muslihin", "L", "ekonomi", False), ("Suriani", "P", "ekonomi", False),
    ("Jumahir", "L", "ekonomi", False), ("Nurlaela", "P", "pendataan", True), ("Saparudin", "L", "pendataan", False),
    ("Aminah", "P", "pendataan", False), ("Wirya", "L", "pendataan", False), ("Sumiati", "P", "pendataan", False),
    ("Baiq Lestari", "P", "pengaduan", True), ("Lalu Wire", "L", "pengaduan", False),
    ("Maknah", "P", "pengaduan", False), ("Idrus", "L", "pengaduan", False), ("Rahmawati", "P", "pengaduan", False),
    ("Sukarti", "P", "pengaduan", False), ("Herman", "L", "", False), ("Masnah", "P", "", False),
)  # fmt: skip
