from django.urls import path

from simpul.web.inviting.views import invitations, letters, lists, papers, questions, seats

app_name = "inviting"

urlpatterns = [
    path("undangan/", letters.letter, name="letter"),
    path("undangan/<uuid:invitation_id>/jawab/", invitations.declined, name="decline"),
    path("kelola/kegiatan/<uuid:event_id>/undangan/", invitations.invitations, name="invitations"),
    path("kelola/kegiatan/<uuid:event_id>/undangan/lembaga/", invitations.organisation_new, name="organisation-new"),
    path("kelola/kegiatan/<uuid:event_id>/undangan/orang/", letters.person_new, name="person-new"),
    path("kelola/undangan/<uuid:invitation_id>/surat/", letters.again, name="again"),
    path("kelola/undangan/<uuid:invitation_id>/surat.pdf", papers.letter, name="paper"),
    path("kelola/undangan/<uuid:invitation_id>/hapus/", invitations.withdrawn, name="withdraw"),
    path("kelola/kegiatan/<uuid:event_id>/kursi/", seats.seats, name="seats"),
    path("kelola/kursi/<uuid:row_id>/lepas/", seats.released, name="release"),
    path("kelola/kegiatan/<uuid:event_id>/pertanyaan/", questions.questions, name="questions"),
    path("kelola/kegiatan/<uuid:event_id>/pertanyaan/tambah/", questions.question_new, name="question-new"),
    path("kelola/pertanyaan/<uuid:question_id>/hapus/", questions.question_removed, name="question-remove"),
    path("hadir/<uuid:event_id>/peserta.xlsx", lists.taken_away, name="list"),
    path("hadir/<uuid:event_id>/transpor/", papers.transport, name="transport"),
]
