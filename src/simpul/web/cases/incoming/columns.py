"""What a row of a report tells, and how forms call it."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from simpul.interop import values
from simpul.interop.recipes import Column
from simpul.interop.words import Chosen
from simpul.web.cases.incoming import vocabulary as said
from simpul.web.cases.incoming.reading import age, agreed, number_of_report, place, received, story, telling

_NOT_AGREED: Final = _("Without a yes to being written down, nothing of this row is entered. Ask the person first.")

IDENTITY: Final = (
    Column("number", _("Number of the report (_uuid)"), number_of_report,
           ("_uuid", "meta/instanceid", "instanceid", "submission uuid"), required=True,
           hint=_("As KoboToolbox gave it. By it the same report is entered once, however often its file comes."),
           example="3f9d1c52-7a64-4f0e-9b1d-52039920010a",
           missing=_("Without its number nobody could tell whether this report was entered before. Export anew with "
                     "the column _uuid, or open the case by hand.")),
    Column("person", _("Which person of the report"), values.text, ("_person",),
           hint=_("Filled in by Simpul where one report is about several people.")),
    Column("received", _("When it was received"), received,
           ("_submission_time", "submissiondate", "waktu kirim", "tanggal pengaduan", "tanggal laporan",
            "tanggal lapor", "tgl laporan", "tgl pengaduan", "waktu pengaduan"), required=True,
           example="2025-03-03T01:15:00",
           hint=_("KoboToolbox writes it in _submission_time.")),
    Column("written_by", _("Who wrote it down"), telling(values.text),
           ("_submitted_by", "username", "nama petugas", "petugas", "enumerator", "nama enumerator", "pencatat",
            "nama pencatat", "nama pendamping"), example="kader_contoh"),
)  # fmt: skip
PLACE: Final = (
    Column("province", _("Province"), telling(place), ("provinsi", "propinsi")),
    Column("regency", _("Regency or city"), telling(place),
           ("kabupaten", "kota", "kabupaten/kota", "kab/kota", "kabupaten kota", "kab")),
    Column("district", _("District"), telling(place), ("kecamatan", "kec")),
    Column("village", _("Village"), telling(place),
           ("desa", "kelurahan", "desa/kelurahan", "desa kelurahan", "nama desa", "kode desa", "desa korban",
            "wilayah", "lokasi", "kode wilayah"),
           hint=_("Its name or its code, such as 52.03.99.2001."), example="52.03.99.2001"),
)  # fmt: skip
MATTER: Final = (
    Column("types", _("What it is about"),
           Chosen("types", said.types, said.TYPES, several=True, offered=said.types_by_family),
           ("jenis kasus", "jenis", "jenis kekerasan", "bentuk kekerasan", "jenis masalah", "jenis pengaduan",
            "jenis layanan", "kategori kasus", "kategori", "masalah", "kebutuhan"), required=True,
           hint=_("One or several, with semicolons between them."), example="kartu keluarga; akta kelahiran"),
    Column("settings", _("Where or how violence happened"),
           Chosen("settings", said.settings, said.SETTINGS, several=True),
           ("konteks", "konteks kekerasan", "situasi", "ranah", "tempat kejadian"), example="kdrt"),
    Column("narrative", _("What happened"), telling(story),
           ("kronologi", "kronologis", "uraian", "uraian kejadian", "cerita", "apa yang terjadi", "keterangan",
            "deskripsi", "catatan")),
    Column("happened", _("When it happened"), telling(values.partial_date),
           ("tanggal kejadian", "tgl kejadian", "waktu kejadian", "kapan terjadi"), example="Februari 2025"),
    Column("channel", _("How the report came"), Chosen("channel", said.channels, said.CHANNELS),
           ("saluran", "saluran pengaduan", "cara lapor", "cara melapor", "media pengaduan", "kanal", "sumber laporan",
            "bagaimana laporan diterima"), required=True, example="datang langsung"),
    Column("relation", _("Who reported"), Chosen("relation", said.relations, said.RELATIONS),
           ("hubungan pelapor", "hubungan dengan korban", "hubungan pelapor dengan korban", "siapa yang melapor",
            "pelapor", "status pelapor"), required=True, example="diri sendiri"),
    Column("guardian_conflict", _("A parent is part of the danger"), telling(values.yes_no),
           ("orang tua pelaku", "orang tua terlibat", "pelaku orang tua"), example="tidak"),
)  # fmt: skip
PERSON: Final = (
    Column("name", _("Name"), telling(values.text),
           ("nama", "nama lengkap", "nama korban", "nama penyintas", "nama pemohon", "nama warga", "nama penerima",
            "nama klien", "nama dampingan"), example="Inaq Contoh"),
    Column("alias", _("Called"), telling(values.text),
           ("nama panggilan", "panggilan", "nama samaran", "inisial", "alias")),
    Column("sex", _("Sex"), Chosen("sex", said.sexes, said.SEXES),
           ("jenis kelamin", "jk", "l/p", "kelamin", "jenis kelamin korban"), example="P"),
    Column("age", _("Age"), telling(age), ("umur", "usia", "umur korban", "usia korban", "umur (tahun)"), example=61),
    Column("birth_date", _("Date of birth"), telling(values.day),
           ("tanggal lahir", "tgl lahir", "tanggal lahir korban")),
    Column("nik", "NIK", telling(values.digits), ("nik", "nik korban", "nomor induk kependudukan", "no ktp", "no nik")),
    Column("family_card", _("Number of the family card"), telling(values.digits),
           ("no kk", "nomor kk", "nomor kartu keluarga", "no kartu keluarga")),
    Column("bpjs", _("Number of the health insurance"), telling(values.digits),
           ("no bpjs", "nomor bpjs", "no jkn", "nomor jkn")),
    Column("phone", _("Phone"), telling(values.phone),
           ("no hp", "nomor hp", "hp", "telepon", "no telepon", "nomor telepon", "no hp korban", "no wa", "kontak"),
           example="0800 000 0001"),
    Column("address", _("Where they live"), telling(values.text),
           ("alamat", "alamat korban", "alamat lengkap", "dusun", "alamat rumah")),
    Column("disability", _("Disability"), Chosen("disability", said.disabilities, said.DISABILITIES),
           ("disabilitas", "jenis disabilitas", "ragam disabilitas", "difabel")),
    Column("education", _("Schooling"), Chosen("education", said.schooling, said.SCHOOLING),
           ("pendidikan", "pendidikan terakhir", "tingkat pendidikan")),
    Column("tags", _("What applies to them, as they say"), Chosen("tags", said.tags, said.TAGS, several=True),
           ("kerentanan", "kelompok rentan", "kategori rentan", "penanda kerentanan")),
    Column("safe_to_call", _("May be called"), telling(values.yes_no),
           ("aman ditelepon", "boleh ditelepon", "aman dihubungi")),
    Column("call_hours", _("When they may be called"), telling(values.text), ("jam aman", "waktu aman")),
    Column("may_leave_message", _("A message may be left"), telling(values.yes_no),
           ("boleh tinggalkan pesan", "boleh meninggalkan pesan")),
    Column("contact_via", _("Through whom"), telling(values.text), ("lewat siapa", "dihubungi lewat")),
    Column("reporter_name", _("Name of the reporter"), telling(values.text), ("nama pelapor", "nama pengadu")),
    Column("reporter_phone", _("Phone of the reporter"), telling(values.phone),
           ("no hp pelapor", "hp pelapor", "telepon pelapor", "nomor hp pelapor", "kontak pelapor")),
)  # fmt: skip
CONSENT: Final = (
    Column("consent", _("Agreed to being written down"), telling(agreed),
           ("persetujuan", "setuju", "setuju dicatat", "informed consent", "kesediaan", "bersedia dicatat",
            "apakah setuju", "consent", "persetujuan dicatat"), required=True, example="ya", missing=_NOT_AGREED),
    Column("consent_by", _("Who agreed"), Chosen("consent_by", said.capacities, said.CAPACITIES),
           ("siapa yang setuju", "yang menyetujui", "pemberi persetujuan", "persetujuan oleh"),
           hint=_("Empty: the person themself. For a child a parent or guardian is asked."), example="diri sendiri"),
    Column("consent_name", _("Name of who agreed for them"), telling(values.text),
           ("nama pemberi persetujuan", "nama wali", "nama orang tua")),
    Column("consent_manner", _("How it was said"), Chosen("consent_manner", said.manners, said.MANNERS),
           ("cara persetujuan", "bentuk persetujuan"), example="lisan"),
    Column("witness", _("Who was there"), telling(values.text), ("saksi persetujuan", "nama saksi persetujuan"),
           hint=_("Where it was spoken. Empty: whoever wrote it down."), example="Kader Contoh"),
    Column("sheet_number", _("Number of the paper sheet"), telling(values.text),
           ("nomor lembar", "no lembar", "nomor lembar persetujuan", "nomor formulir")),
    Column("consent_language", _("In which language"),
           Chosen("consent_language", said.languages, said.LANGUAGES),
           ("bahasa", "bahasa persetujuan", "bahasa yang dipakai")),
    Column("consent_counting", _("Agreed to being counted without a name"), telling(agreed),
           ("setuju dihitung", "setuju untuk statistik", "persetujuan statistik", "setuju data agregat"),
           hint=_("Empty: not counted in figures.")),
    Column("consent_until", _("Until when it holds"), telling(values.day), ("persetujuan berlaku sampai",),
           hint=_("Empty: for one year.")),
)  # fmt: skip
COLUMNS: Final = (*IDENTITY, *PLACE, *MATTER, *PERSON, *CONSENT)
SEVERAL: Final = frozenset(column.name for column in COLUMNS if isinstance(column.read, Chosen) and column.read.several)
