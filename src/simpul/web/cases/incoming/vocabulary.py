"""What forms and people say for the codes of a case: folded words -> code. What is missing here is taught once."""

from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.functional import Promise

from simpul.cases.channels import Channel
from simpul.cases.consent_kinds import Capacity, Language, Manner
from simpul.cases.kinds import CASE_TYPES, FAMILIES, Setting, family_of
from simpul.cases.relations import Relation
from simpul.cases.vulnerabilities import Disability, Schooling, Vulnerability
from simpul.kernel.text import fold
from simpul.people.codes import Sex
from simpul.web.cases.incoming.reading import SAYS_NOTHING

Said = Iterable[tuple[str, tuple[str, ...]]]


def _spoken(said: Said) -> Mapping[str, str]:
    nothing = {fold(words): "" for words in SAYS_NOTHING}
    return {**nothing, **{fold(words): str(code) for code, many in said for words in many}}


TYPES: Final = _spoken(
    (
        ("K.F", ("fisik", "kekerasan fisik", "dipukul", "penganiayaan")),
        ("K.P", ("psikis", "kekerasan psikis", "psikologis", "kekerasan psikologis")),
        ("K.S", ("seksual", "kekerasan seksual", "pelecehan seksual", "perkosaan", "pencabulan")),
        ("K.E", ("eksploitasi",)),
        ("K.T", ("tppo", "perdagangan orang", "trafficking")),
        ("K.N", ("penelantaran", "ekonomi penelantaran", "kekerasan ekonomi", "penelantaran rumah tangga")),
        ("K.L", ("kekerasan lain", "kekerasan lainnya")),
        ("PA.1", ("rencana perkawinan anak", "rencana nikah anak", "pencegahan perkawinan anak")),
        ("PA.2", ("merarik", "sudah dibawa", "peleraian", "pembelasan")),
        ("PA.3", ("nikah siri anak", "perkawinan anak tidak tercatat")),
        ("PA.4", ("dispensasi", "dispensasi kawin", "dispensasi nikah")),
        ("PA.5", ("kehamilan anak", "hamil usia anak")),
        ("AD.1", ("ktp", "e ktp", "ktp el", "ektp")),
        ("AD.2", ("kk", "kartu keluarga")),
        ("AD.3", ("akta lahir", "akta kelahiran", "akte kelahiran", "akte lahir")),
        ("AD.4", ("kia", "kartu identitas anak")),
        ("AD.5", ("akta kematian", "akte kematian")),
        ("AD.6", ("buku nikah", "isbat nikah", "itsbat nikah", "isbat")),
        ("AD.7", ("akta cerai", "akte cerai")),
        ("AD.8", ("pindah", "pindah datang", "surat pindah")),
        ("AD.9", ("beda data", "nik ganda")),
        ("AD.10", ("belum punya nik", "tanpa nik")),
        ("JK.1", ("bpjs", "jkn", "daftar bpjs", "pendaftaran bpjs")),
        ("JK.2", ("pbi", "pbi apbn")),
        ("JK.3", ("pbi apbd", "uhc")),
        ("JK.4", ("bpjs nonaktif", "kartu nonaktif", "reaktivasi", "reaktivasi bpjs", "pbi nonaktif")),
        ("JK.5", ("tunggakan", "tunggakan bpjs")),
        ("JK.6", ("ditolak faskes", "penolakan faskes")),
        ("BS.1", ("pkh",)),
        ("BS.2", ("bpnt", "sembako")),
        ("BS.3", ("blt", "blt dd", "blt dana desa")),
        ("BS.4", ("pip", "kip")),
        ("BS.5", ("kip kuliah",)),
        ("BS.6", ("atensi",)),
        ("BS.7", ("rtlh", "rumah tidak layak huni", "bedah rumah")),
        ("BS.8", ("dtks", "dtsen", "usul dtks", "usul dtsen")),
        ("BS.9", ("pungutan bansos", "bansos tidak tepat")),
        ("DS.1", ("alat bantu", "kursi roda")),
        ("DS.2", ("kartu disabilitas", "kartu penyandang disabilitas")),
        ("DS.5", ("odgj", "pasung")),
        ("LN.1", ("lansia telantar", "lansia terlantar")),
        ("PD.1", ("putus sekolah",)),
        ("PD.2", ("ijazah ditahan", "biaya sekolah")),
        ("KS.2", ("stunting",)),
        ("KS.3", ("kesehatan jiwa",)),
        ("EK.1", ("nib", "izin usaha", "pirt")),
        ("EK.2", ("pinjol", "rentenir", "modal")),
        ("LP", ("layanan publik", "pungli", "infrastruktur")),
        ("BC", ("bencana", "iklim")),
    )
)
SETTINGS: Final = _spoken(
    (
        (Setting.DOMESTIC, ("kdrt", "rumah tangga", "dalam rumah tangga")),
        (Setting.ONLINE, ("kbgo", "ksbe", "online", "daring", "media sosial")),
        (Setting.SCHOOL, ("sekolah", "perundungan", "bullying")),
        (Setting.WORK, ("tempat kerja",)),
        (Setting.OFFICIALS, ("aparat", "pejabat")),
    )
)
CHANNELS: Final = _spoken(
    (
        (Channel.IN_PERSON, ("datang langsung", "langsung", "tatap muka", "datang sendiri", "lisan")),
        (Channel.PHONE, ("telepon", "telpon", "telp", "sms")),
        (Channel.WHATSAPP, ("wa", "whats app")),
        (Channel.LETTER, ("surat", "email", "surel")),
        (Channel.FORM, ("formulir", "website", "situs", "link")),
        (Channel.OUTREACH, ("penjangkauan", "jemput bola", "kunjungan rumah", "pendataan", "posyandu")),
        (Channel.REFERRAL, ("rujukan", "dirujuk")),
        (Channel.TRANSFER, ("pelimpahan", "limpahan")),
    )
)
RELATIONS: Final = _spoken(
    (
        (Relation.SELF, ("diri sendiri", "sendiri", "yang bersangkutan", "korban sendiri", "korban", "penyintas")),
        (Relation.SPOUSE, ("suami", "istri", "isteri", "pasangan")),
        (Relation.FORMER_SPOUSE, ("mantan suami", "mantan istri", "mantan pasangan")),
        (Relation.SWEETHEART, ("pacar",)),
        (Relation.PARENT, ("orang tua", "ortu", "ayah", "bapak", "ibu", "orang tua kandung")),
        (Relation.STEP_PARENT, ("orang tua tiri", "ayah tiri", "ibu tiri")),
        (Relation.CHILD, ("anak", "anak kandung")),
        (Relation.SIBLING, ("saudara", "kakak", "adik", "saudara kandung")),
        (Relation.STEP_SIBLING, ("saudara tiri",)),
        (Relation.FAMILY, ("keluarga", "kerabat", "paman", "bibi", "kakek", "nenek", "ipar", "mertua")),
        (Relation.NEIGHBOUR, ("tetangga",)),
        (Relation.FRIEND, ("teman", "kawan")),
        (Relation.COLLEAGUE, ("rekan kerja",)),
        (Relation.TEACHER, ("guru",)),
        (Relation.EMPLOYER, ("majikan", "atasan")),
        (Relation.RELIGIOUS_LEADER, ("tokoh agama", "tuan guru", "ustaz", "ustadz")),
        (Relation.HAMLET_HEAD, ("kadus", "kawil", "kepala dusun", "kepala wilayah", "rt", "ketua rt")),
        (Relation.VILLAGE_OFFICIAL, ("kades", "kepala desa", "perangkat desa", "aparat desa", "bpd")),
        (Relation.CADRE, ("kader", "kader posyandu", "kader pkk", "relawan", "pendamping")),
        (Relation.HEALTH_WORKER, ("bidan", "perawat", "tenaga kesehatan", "nakes", "dokter")),
        (Relation.OFFICER, ("petugas", "polisi", "bhabinkamtibmas", "babinsa", "dinas")),
        (Relation.STRANGER, ("orang tak dikenal", "tidak kenal")),
        (Relation.OTHER, ("lainnya", "lain lain", "orang lain")),
        (
            Relation.WITHHELD,
            ("anonim", "tidak mau menjawab", "tidak mau bilang", "menolak menjawab", "tidak bersedia menjawab"),
        ),
    )
)
SEXES: Final = _spoken(
    (
        (Sex.FEMALE, ("p", "perempuan", "wanita", "pr", "female", "f")),
        (Sex.MALE, ("l", "laki laki", "pria", "lk", "laki", "male", "m")),
    )
)
DISABILITIES: Final = _spoken(
    (
        (Disability.NONE, ("tidak", "tidak ada", "bukan", "0")),
        (Disability.PHYSICAL, ("fisik", "daksa", "tuna daksa")),
        (Disability.SENSORY, ("sensorik", "netra", "tuna netra", "rungu", "tuna rungu", "wicara", "tuli")),
        (Disability.INTELLECTUAL, ("intelektual", "grahita", "down syndrome")),
        (Disability.MENTAL, ("mental", "psikososial", "jiwa")),
        (Disability.MULTIPLE, ("ganda", "lebih dari satu")),
    )
)
SCHOOLING: Final = _spoken(
    (
        (Schooling.NONE, ("tidak sekolah", "belum sekolah", "tidak pernah sekolah")),
        (Schooling.PRIMARY, ("sd", "mi", "sd mi", "sekolah dasar")),
        (Schooling.LOWER, ("smp", "mts", "smp mts", "sltp")),
        (Schooling.UPPER, ("sma", "smk", "ma", "slta", "sma smk ma")),
        (Schooling.HIGHER, ("kuliah", "d3", "s1", "diploma", "sarjana", "perguruan tinggi")),
    )
)
TAGS: Final = _spoken(
    (
        (Vulnerability.FEMALE_HEAD, ("pekka", "perempuan kepala keluarga")),
        (Vulnerability.CHILD, ("anak",)),
        (Vulnerability.TEENAGER, ("remaja",)),
        (Vulnerability.ELDERLY, ("lansia", "lanjut usia")),
        (Vulnerability.DISABLED, ("disabilitas", "penyandang disabilitas", "difabel")),
        (Vulnerability.POOR, ("miskin", "keluarga miskin", "tidak mampu")),
        (Vulnerability.MIGRANT, ("pmi", "pekerja migran", "tki", "tkw", "keluarga pmi")),
        (Vulnerability.INDIGENOUS, ("masyarakat adat", "adat")),
        (Vulnerability.MINORITY, ("minoritas", "minoritas agama")),
        (Vulnerability.DISASTER, ("korban bencana", "penyintas bencana")),
        (Vulnerability.PREGNANT, ("hamil", "ibu hamil", "bumil")),
        (Vulnerability.HIV, ("odhiv", "odha", "hiv")),
        (Vulnerability.NO_NIK, ("tanpa nik", "belum punya nik")),
        ("", ("tidak ada", "bukan", "tidak")),
    )
)
CAPACITIES: Final = _spoken(
    (
        (Capacity.SELF, ("diri sendiri", "sendiri", "yang bersangkutan", "korban", "penyintas", "self")),
        (Capacity.PARENT, ("orang tua", "ortu", "ayah", "ibu", "bapak")),
        (Capacity.GUARDIAN, ("wali",)),
        (Capacity.COMPANION, ("pendamping",)),
    )
)
MANNERS: Final = _spoken(
    (
        (Manner.SPOKEN, ("lisan", "ucapan", "secara lisan")),
        (Manner.SIGNATURE, ("tanda tangan", "ttd")),
        (Manner.AUDIO, ("rekaman", "rekaman suara", "suara", "audio")),
        (Manner.SHEET, ("tertulis", "kertas", "lembar kertas", "cap jempol", "sidik jari", "formulir kertas")),
    )
)
LANGUAGES: Final = _spoken(
    (
        (Language.INDONESIAN, ("indonesia", "bahasa indonesia")),
        (Language.SASAK, ("sasak", "bahasa sasak")),
        (Language.SUNDANESE, ("sunda", "bahasa sunda")),
        (Language.JAVANESE, ("jawa", "bahasa jawa")),
        (Language.SIGN, ("isyarat", "bahasa isyarat", "bisindo")),
        (Language.OTHER, ("lainnya", "bahasa lain")),
    )
)


def types() -> list[tuple[str, str | Promise]]:
    return list(CASE_TYPES.items())


def types_by_family() -> list[tuple[str, str | Promise]]:
    """Each with its family before it: a list of eighty is read from top to bottom."""
    return [(code, _with_family(code, label)) for code, label in CASE_TYPES.items()]


def _with_family(code: str, label: Promise) -> str:
    family = str(FAMILIES[family_of(code)])
    return family if family == str(label) else f"{family}: {label}"


def settings() -> list[tuple[str, str | Promise]]:
    return list(Setting.choices)


def channels() -> list[tuple[str, str | Promise]]:
    return list(Channel.choices)


def relations() -> list[tuple[str, str | Promise]]:
    return list(Relation.choices)


def sexes() -> list[tuple[str, str | Promise]]:
    return [(str(code), code.label) for code in (Sex.FEMALE, Sex.MALE)]


def disabilities() -> list[tuple[str, str | Promise]]:
    return list(Disability.choices)


def schooling() -> list[tuple[str, str | Promise]]:
    return list(Schooling.choices)


def tags() -> list[tuple[str, str | Promise]]:
    return list(Vulnerability.choices)


def capacities() -> list[tuple[str, str | Promise]]:
    return list(Capacity.choices)


def manners() -> list[tuple[str, str | Promise]]:
    return list(Manner.choices)


def languages() -> list[tuple[str, str | Promise]]:
    return list(Language.choices)
