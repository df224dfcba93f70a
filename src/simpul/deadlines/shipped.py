"""The rules that come with the program: deadlines of Indonesian law and of the field, as data.

None of this is legal advice. What was not seen in its source says so (`confirmed` False); what is a local standard or
an agreement of ours is never shown as law, and is in use only where somebody adopts it. An operator puts another
version in the place of any of them, an organisation one of its own.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from typing import Final

from simpul.deadlines.models import ClockRule
from simpul.deadlines.units import USUAL, Anchor, Binding, Standing, Step, Unit
from simpul.kernel.ids import uuid7_from
from simpul.kernel.localized import LocalizedText

J, HK, H, MONTHS, DAY = Unit.HOURS, Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.MONTHS, Unit.DAY_OF_YEAR
LAW, LOCAL, PRACTICE = Standing.LAW, Standing.LOCAL, Standing.PRACTICE
_SHIPPED_AT: Final = datetime(2026, 11, 22, tzinfo=UTC)
_TPKS, _PDP, _KIP = date(2022, 5, 9), date(2022, 10, 17), date(2010, 4, 30)

# At once, then at 24 and 48 hours, then when the time is over: what the coordinator has to see coming.
_SEEN_COMING: Final = (
    *(Step(hours, Anchor.START, ("coordinator", "companion")) for hours in (0, 24, 48)),
    Step(0, Anchor.DUE, ("coordinator", "companion")),
)


@dataclass(frozen=True, slots=True)
class Shipped:
    """`since`: from when the rule holds; None where its source doesn't say."""

    code: str
    what: tuple[str, str]  # Indonesian, English
    unit: Unit
    limit: int
    basis: str
    source: str = ""
    standing: Standing = LAW
    confirmed: bool = True
    since: date | None = None
    binding: Binding = Binding.YES
    in_use: bool = True
    may_pause: bool = False
    steps: tuple[Step, ...] = USUAL
    hint: tuple[str, str] | None = None

    def row(self) -> ClockRule:
        """The same rule as a row that is not stored. Its key says what it says: a changed rule has another."""
        digest = sha256(repr(self).encode()).hexdigest()
        return ClockRule(
            id=uuid7_from(f"deadlines/{self.code}/{digest}", _SHIPPED_AT),
            code=self.code,
            what=LocalizedText(id=self.what[0], en=self.what[1]),
            hint=LocalizedText(id=self.hint[0], en=self.hint[1]) if self.hint else None,
            unit=self.unit,
            limit=self.limit,
            standing=self.standing,
            binding=self.binding,
            basis=self.basis,
            source=self.source,
            confirmed=self.confirmed,
            in_use=self.in_use,
            may_pause=self.may_pause,
            steps=[step.stored() for step in self.steps],
            valid_from=self.since,
            shipped=True,
            recorded_at=_SHIPPED_AT,
        )


RULES: Final = (
    Shipped(
        "D01",
        ("Memutuskan soal laporan ke polisi, kekerasan seksual", "Decide on the report to the police, sexual violence"),
        J, 72, "UU 12/2022 Pasal 41 ayat (3)", "id.wikisource.org, UU 12/2022", since=_TPKS,
        binding=Binding.UNDECIDED, steps=_SEEN_COMING,
        hint=("Bicarakan dengan penyintas, hubungi UPTD PPA.", "Talk with the survivor, call the UPTD PPA."),
    ),
    Shipped(
        "D02", ("Pelindungan sementara dari kepolisian", "Temporary protection by the police"),
        J, 24, "UU 12/2022 Pasal 42 ayat (1)", "id.wikisource.org, UU 12/2022", since=_TPKS,
    ),
    Shipped(
        "D03.1", ("Tanggapan UPTD PPA, risiko tinggi: segera", "Response of the UPTD PPA, high risk: at once"),
        J, 0, "SK 301/2022", "sippn.menpan.go.id 8202366", LOCAL, in_use=False,
    ),
    Shipped(
        "D03.2", ("Tanggapan UPTD PPA, risiko sedang", "Response of the UPTD PPA, medium risk"),
        J, 6, "SK 301/2022", "sippn.menpan.go.id 8202366", LOCAL, in_use=False,
    ),
    Shipped(
        "D04", ("Tindak lanjut laporan oleh UPTD PPA", "Follow-up of a report by the UPTD PPA"),
        HK, 3, "Standar pelayanan Kota Probolinggo", "dinsospppa.probolinggokota.go.id", LOCAL, in_use=False,
        may_pause=True,
    ),
    Shipped(
        "D05",
        ("Pemberitahuan kegagalan pelindungan data", "Notice of a data breach"),
        J, 72, "UU 27/2022 Pasal 46", "kompas.com 20-09-2022", since=_PDP,
    ),
    Shipped(
        "D06", ("Pembetulan data pribadi", "Correction of personal data"), J, 72, "UU 27/2022 Pasal 30", "pasal.id",
        since=_PDP,
    ),
    Shipped(
        "D07",
        ("Akses ke data pribadi dan jejak pemrosesannya", "Access to personal data and the trail of its processing"),
        J, 72, "UU 27/2022 Pasal 32", "justisio", since=_PDP,
    ),
    Shipped(
        "D08", ("Penundaan dan pembatasan pemrosesan data", "Restricting the processing of data"),
        J, 72, "UU 27/2022 Pasal 41", "justisio", since=_PDP,
    ),
    Shipped(
        "D09", ("Berhenti memproses setelah persetujuan ditarik", "Stop processing after consent was withdrawn"),
        J, 72, "UU 27/2022 Pasal 40", confirmed=False, since=_PDP,
    ),
    Shipped("D10", ("Verifikasi laporan LAPOR!", "LAPOR! verifies a report"), HK, 3, "SP4N", "blog.lapor.go.id"),
    Shipped(
        "D11", ("Permintaan informasi atau pengaduan normatif", "Request for information, or a normative complaint"),
        HK, 5, "PermenPANRB 62/2018", "sippn.menpan.go.id 8304801",
    ),
    Shipped(
        "D12",
        ("Pengaduan tanpa pemeriksaan lapangan", "Complaint without a check on the spot"),
        HK, 14, "PermenPANRB 62/2018", "sippn.menpan.go.id 8304801",
    ),
    Shipped(
        "D13",
        ("Pengaduan yang perlu pemeriksaan lapangan", "Complaint that needs a check on the spot"),
        HK, 60, "PermenPANRB 62/2018", "sippn.menpan.go.id 8304801",
    ),
    Shipped(
        "D14.1", ("Jawaban permintaan informasi publik", "Answer to a request for public information"),
        HK, 10, "UU 14/2008", "jambi.kemenkum.go.id", since=_KIP,
    ),
    Shipped(
        "D14.2", ("Perpanjangan jawaban informasi publik", "Extension of that answer"),
        HK, 7, "UU 14/2008", "jambi.kemenkum.go.id", since=_KIP,
    ),
    Shipped(
        "D15.1", ("Keberatan kepada atasan PPID", "Objection to the superior of the PPID"),
        HK, 30, "UU 14/2008", "ppid.sumbarprov.go.id", since=_KIP,
    ),
    Shipped(
        "D15.2", ("Tanggapan atas keberatan", "Reply to the objection"),
        HK, 30, "UU 14/2008", "ppid.sumbarprov.go.id", since=_KIP,
    ),
    Shipped(
        "D16", ("Pelaporan kelahiran", "Report of a birth"), H, 60, "UU 24/2013", "kompas.com 2024",
        since=date(2013, 12, 24),
        hint=("Terlambat pun masih bisa dilaporkan.", "It can still be reported when late."),
    ),
    Shipped(
        "D17", ("Pelaporan lahir mati", "Report of a stillbirth"), H, 30, "UU 23/2006", "text-id.123dok.com",
        since=date(2006, 12, 29),
    ),
    Shipped(
        "D18.1", ("Penerbitan KTP, KK, akta", "Issue of KTP, family card, certificates"), HK, 14,
        "UU 23/2006; Perpres 96/2018", confirmed=False,
    ),
    Shipped(
        "D18.2", ("Penerbitan dokumen setelah berkas lengkap", "Issue of a document once its file is complete"), J, 24,
        "Permendagri 19/2018", confirmed=False,
    ),
    Shipped(
        "D19.1", ("Keputusan pengaduan pelayanan publik", "Decision on a complaint about a public service"), H, 60,
        "UU 25/2009 Pasal 50", confirmed=False, since=date(2009, 7, 18),
    ),
    Shipped(
        "D19.2", ("Melengkapi berkas pengaduan", "Completing the file of a complaint"), H, 30,
        "UU 25/2009 Pasal 50", confirmed=False, since=date(2009, 7, 18),
    ),
    Shipped(
        "D20", ("RPJMDes setelah kepala desa dilantik", "RPJMDes after the village head takes office"), MONTHS, 3,
        "UU 6/2014, diubah 2024", "pendamping-desa.com",
    ),
    Shipped(
        "D21", ("RKPDes ditetapkan", "RKPDes enacted"), DAY, 930,
        "Permendagri 114/2014 Pasal 29; Permendes 21/2020 Pasal 22 ayat (4)", "mundakjaya.desa.id",
    ),
    Shipped("D22.1", ("APBDes disepakati", "APBDes agreed"), DAY, 1031, "Permendagri 20/2018",
            "sikd.majalengkakab.go.id"),
    Shipped("D22.2", ("APBDes dikirim ke bupati", "APBDes sent to the regent"), H, 3, "Permendagri 20/2018",
            "sikd.majalengkakab.go.id"),
    Shipped("D22.3", ("Evaluasi APBDes", "Evaluation of the APBDes"), HK, 20, "Permendagri 20/2018",
            "sikd.majalengkakab.go.id"),
    Shipped("D22.4", ("Perbaikan APBDes", "Mending the APBDes"), HK, 7, "Permendagri 20/2018",
            "sikd.majalengkakab.go.id"),
    Shipped("D23", ("APBDes ditetapkan", "APBDes enacted"), DAY, 1231, "Permendagri 20/2018", confirmed=False),
    Shipped(
        "D24", ("Ranperda ke gubernur untuk noreg", "Draft Perda to the governor for its number"), H, 3,
        "Permendagri 80/2015 Pasal 100 ayat (2)", "palu.tribunnews.com",
    ),
    Shipped(
        "D25", ("Penandatanganan Perda", "Signing of a Perda"), H, 30, "UU 12/2011", "rbtv.disway.id",
        since=date(2011, 8, 12),
        hint=("Lewat tenggat, Perda sah dengan sendirinya.", "After that the Perda is valid by itself."),
    ),
    Shipped("D26", ("Survei kepuasan masyarakat", "Public satisfaction survey"), MONTHS, 12,
            "PermenPANRB 14/2017 Pasal 1", "PermenPANRB 14/2017"),
    Shipped("D27", ("Indeks Kinerja Organisasi", "Organisational performance index"), MONTHS, 6,
            "Kebiasaan program MADANI", "argumen.co.id", PRACTICE, in_use=False),
    Shipped("D28", ("Laporan kegiatan ormas ke Kesbangpol", "Report of activities to Kesbangpol"), MONTHS, 6,
            "Aturan lama, periksa di daerah", "", LOCAL, confirmed=False, in_use=False),
    Shipped("D29", ("Pemutakhiran DTSEN", "Update of the DTSEN"), MONTHS, 3, "Inpres 4/2025", "kemensos.go.id"),
    Shipped(
        "P01", ("Jawaban lembaga atas rujukan", "An office answers a referral"), H, 5,
        "Kesepakatan kelompok", "", PRACTICE, may_pause=True, binding=Binding.NO,
        steps=(Step(0, Anchor.DUE, ("coordinator", "companion")), Step(48, Anchor.DUE, ("supervisor",))),
        hint=("Telepon lembaga itu, atau pilih lembaga lain.", "Call the office, or choose another one."),
    ),
    Shipped(
        "P02", ("Pengaduan baru dibaca", "A new complaint is read"), J, 24,
        "Kesepakatan kelompok", "", PRACTICE, binding=Binding.NO,
        steps=(Step(0, Anchor.DUE, ("coordinator",)), Step(24, Anchor.DUE, ("supervisor",))),
    ),
    Shipped(
        "P03", ("Penghapusan data pribadi yang diminta", "Erasure of personal data that was asked for"), H, 14,
        "Kesepakatan kelompok; UU 27/2022 tidak memberi angka", "", PRACTICE,
    ),
    Shipped(
        "P04", ("Jawaban lembaga atas pelimpahan kasus", "An organisation answers whether it takes a case over"), H, 5,
        "Kesepakatan kelompok", "", PRACTICE, binding=Binding.NO,
        steps=(Step(0, Anchor.DUE, ("coordinator",)), Step(48, Anchor.DUE, ("supervisor",))),
        hint=("Telepon koordinator di sana, atau tarik kembali.", "Call the coordinator there, or take it back."),
    ),
    Shipped(
        "P05", ("Kelompok mulai membantu setelah laporan", "The group begins to help after a report"), HK, 3,
        "Kesepakatan kelompok", "", PRACTICE, in_use=False, may_pause=True, binding=Binding.NO,
        steps=(Step(0, Anchor.DUE, ("coordinator", "companion")), Step(48, Anchor.DUE, ("supervisor",))),
        hint=("Catat apa yang dilakukan, atau apa yang ditunggu.", "Note what was done, or what is waited for."),
    ),
    Shipped(
        "P06", ("Penyimpanan permintaan hak setelah dijawab", "Keeping what was asked about one's data, once answered"),
        MONTHS, 24, "Kesepakatan kelompok; UU 27/2022 tidak memberi angka", "", PRACTICE,
    ),
    Shipped(
        "P07", ("Penyimpanan alasan register dikeluarkan", "Keeping why the register was taken out"),
        MONTHS, 24, "Kesepakatan kelompok; UU 27/2022 tidak memberi angka", "", PRACTICE,
    ),
    Shipped(
        "P08", ("Penyimpanan uraian kegagalan pelindungan data", "Keeping the words on a data breach"),
        MONTHS, 60, "Kesepakatan kelompok; UU 27/2022 tidak memberi angka", "", PRACTICE,
    ),
)  # fmt: skip


@cache
def rows() -> dict[str, ClockRule]:
    """Code -> the rule that comes with the program. Rows to read and to copy, never to change."""
    return {rule.code: rule.row() for rule in RULES}
