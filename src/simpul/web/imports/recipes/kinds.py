"""What kind of organisation a row is about: as it says, else as its name begins."""

from collections.abc import Mapping
from typing import Final

from simpul.kernel.text import fold, fold_words
from simpul.organisations.kinds import OrganisationKind

Kind = OrganisationKind

# Folded words of a column "Jenis" -> kind.
SPOKEN: Final[Mapping[str, str]] = {
    fold(words): str(kind)
    for kind, said in (
        (Kind.FOUNDATION, ("yayasan", "yys", "badan hukum yayasan")),
        (Kind.ASSOCIATION, ("perkumpulan", "perhimpunan", "perkumpulan berbadan hukum")),
        (Kind.REGISTERED_BODY, ("ormas", "ormas terdaftar", "skt", "organisasi kemasyarakatan")),
        (Kind.COMMUNITY, ("komunitas", "lsm", "lembaga swadaya masyarakat", "ngo", "oms", "kelompok")),
        (Kind.VILLAGE_GROUP, ("kelompok konstituen", "kk", "kelompok desa", "kelompok warga")),
        (Kind.RELIGIOUS, ("organisasi keagamaan", "keagamaan", "ormas keagamaan", "pesantren", "pondok pesantren")),
        (Kind.WING, ("sayap", "badan otonom", "banom", "sayap ormas")),
        (Kind.NETWORK, ("jaringan", "forum", "koalisi", "aliansi", "konsorsium")),
        (Kind.LEARNING_FORUM, ("forum pembelajaran", "simpul belajar", "forum belajar")),
        (Kind.REGIONAL_AGENCY, ("dinas", "opd", "uptd", "badan daerah", "pemda", "pemerintah daerah")),
        (Kind.VILLAGE_GOVERNMENT, ("pemerintah desa", "pemdes", "desa")),
        (Kind.VILLAGE_COUNCIL, ("bpd",)),
        (Kind.REGIONAL_PARLIAMENT, ("dprd",)),
        (Kind.UNIVERSITY, ("universitas", "perguruan tinggi", "kampus")),
        (Kind.COMPANY, ("perusahaan", "swasta", "bumdes", "bumn", "bumd", "pt", "cv")),
        (Kind.PHILANTHROPY, ("filantropi", "lembaga zakat", "laz", "baznas")),
        (Kind.MEDIA, ("media", "pers")),
        (Kind.DONOR, ("donor", "mitra pembangunan", "lembaga donor")),
        (Kind.UNION, ("serikat", "serikat pekerja", "serikat buruh", "organisasi profesi")),
    )
    for words in said
}  # fmt: skip
# How a name begins -> kind; the longer beginnings first.
_BEGINNINGS: Final = (
    ("kelompok konstituen", Kind.VILLAGE_GROUP),
    ("forum pembelajaran", Kind.LEARNING_FORUM),
    ("simpul belajar", Kind.LEARNING_FORUM),
    ("pemerintah desa", Kind.VILLAGE_GOVERNMENT),
    ("pondok pesantren", Kind.RELIGIOUS),
    ("yayasan", Kind.FOUNDATION),
    ("perkumpulan", Kind.ASSOCIATION),
    ("perhimpunan", Kind.ASSOCIATION),
    ("komunitas", Kind.COMMUNITY),
    ("jaringan", Kind.NETWORK),
    ("koalisi", Kind.NETWORK),
    ("aliansi", Kind.NETWORK),
    ("forum", Kind.NETWORK),
    ("uptd", Kind.REGIONAL_AGENCY),
    ("dinas", Kind.REGIONAL_AGENCY),
    ("bappeda", Kind.REGIONAL_AGENCY),
    ("universitas", Kind.UNIVERSITY),
    ("serikat", Kind.UNION),
    ("pt", Kind.COMPANY),
    ("cv", Kind.COMPANY),
)


def kind_by_name(name: str) -> str:
    """ "" where the name doesn't tell."""
    folded = f"{fold_words(name)} "
    return next((str(kind) for begins, kind in _BEGINNINGS if folded.startswith(f"{begins} ")), "")
