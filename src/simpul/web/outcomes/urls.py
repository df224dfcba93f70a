from django.urls import path

from simpul.web.outcomes.views import actions, answering, certificates, feedback, learners, minutes, scores, verdicts

app_name = "outcomes"

urlpatterns = [
    path("tanggapan/", answering.answering, name="answer"),
    path("tanggapan/buka/<str:code>/", answering.opened, name="opened"),
    path("sertifikat/", verdicts.asked, name="check"),
    path("sertifikat/<str:code>/", verdicts.verdict, name="verdict"),
    path("kegiatan/pembelajar/", learners.learners, name="learners"),
    path("tindak-lanjut/", actions.own, name="own-actions"),
    path("tindak-lanjut/<uuid:action_id>/", actions.action, name="action"),
    path("tindak-lanjut/<uuid:action_id>/ubah/", actions.change, name="action-change"),
    path("tindak-lanjut/<uuid:action_id>/selesai/", actions.finish, name="action-finish"),
    path("tindak-lanjut/<uuid:action_id>/lepas/", actions.drop, name="action-drop"),
    path("kelola/kegiatan/<uuid:event_id>/tindak-lanjut/", actions.of_event, name="actions"),
    path("kelola/kegiatan/<uuid:event_id>/tindak-lanjut/baru/", actions.add, name="action-new"),
    path("kelola/kegiatan/<uuid:event_id>/tanggapan/", feedback.feedback, name="feedback"),
    path("kelola/kegiatan/<uuid:event_id>/tanggapan/tutup/", feedback.close, name="feedback-close"),
    path("kelola/kegiatan/<uuid:event_id>/tanggapan/kartu.pdf", feedback.slips, name="slips"),
    path("kelola/kegiatan/<uuid:event_id>/sertifikat/", certificates.certificates, name="certificates"),
    path("kelola/kegiatan/<uuid:event_id>/sertifikat/aturan/", certificates.rule, name="certificate-rule"),
    path("kelola/kegiatan/<uuid:event_id>/sertifikat/terbitkan/", certificates.issue, name="certificate-issue"),
    path("kelola/kegiatan/<uuid:event_id>/sertifikat.pdf", certificates.printed, name="certificates-pdf"),
    path("kelola/sertifikat/<uuid:certificate_id>.pdf", certificates.one, name="certificate-pdf"),
    path("kelola/sertifikat/<uuid:certificate_id>/betulkan/", certificates.correct, name="certificate-correct"),
    path("kelola/sertifikat/<uuid:certificate_id>/cabut/", certificates.withdraw, name="certificate-withdraw"),
    path("kelola/kegiatan/<uuid:event_id>/nilai/", scores.scores, name="scores"),
    path("kelola/kegiatan/<uuid:event_id>/nilai/tempel/", scores.paste, name="scores-paste"),
    path("kelola/kegiatan/<uuid:event_id>/notulensi/", minutes.minutes, name="minutes"),
    path("kelola/kegiatan/<uuid:event_id>/notulensi.pdf", minutes.printed, name="minutes-pdf"),
    path("kelola/kegiatan/<uuid:event_id>/berita-acara.pdf", minutes.official, name="record-pdf"),
]
