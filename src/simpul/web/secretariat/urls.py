from django.urls import path

from simpul.web.secretariat.views import announcements, board, log, readiness

app_name = "secretariat"

urlpatterns = [
    path("pengumuman/", announcements.inbox, name="inbox"),
    path("pengumuman/<uuid:row>/", announcements.announcement, name="announcement"),
    path("pengumuman/<uuid:row>/koreksi/", announcements.correct, name="correct"),
    path("kelola/<uuid:key>/pengumuman/", announcements.sent_list, name="announcements"),
    path("kelola/<uuid:key>/pengumuman/tulis/", announcements.write, name="announce"),
    path("kelola/<uuid:key>/layanan/", log.log, name="log"),
    path("kelola/<uuid:key>/layanan/catat/", log.add, name="log-add"),
    path("kelola/layanan-sekretariat/<uuid:row>/tarik/", log.withdraw, name="log-withdraw"),
    path("kelola/<uuid:key>/kesiapan/", readiness.readiness, name="readiness"),
    path("kelola/<uuid:key>/kesiapan/catat/", readiness.add, name="readiness-add"),
    path("kelola/kesiapan/<uuid:row>/tarik/", readiness.withdraw, name="readiness-withdraw"),
    path("papan/<uuid:key>/", board.board, name="board"),
    path("papan/<uuid:key>/pasang/", board.post, name="post"),
    path("papan/isi/<uuid:row>/", board.entry, name="entry"),
    path("papan/isi/<uuid:row>/tutup/", board.close, name="entry-close"),
    path("papan/jawaban/<uuid:row>/setuju/", board.agree, name="reply-agree"),
]
