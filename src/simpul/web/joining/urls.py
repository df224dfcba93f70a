from django.urls import path

from simpul.web.joining.views import applicant, decision, queue, standing

app_name = "joining"

urlpatterns = [
    path("jejaring/<uuid:key>/gabung/", applicant.apply, name="apply"),
    path("permohonan/", applicant.receipt, name="receipt"),
    path("kelola/<uuid:key>/permohonan/", queue.queue, name="queue"),
    path("kelola/<uuid:key>/permohonan/buka/", queue.call, name="call"),
    path("kelola/permohonan/<uuid:row>/", queue.application, name="application"),
    path("kelola/permohonan/<uuid:row>/periksa/", queue.check, name="check"),
    path("kelola/permohonan/<uuid:row>/langkah/", queue.move, name="move"),
    path("kelola/permohonan/<uuid:row>/putuskan/", decision.decide, name="decide"),
    path("kelola/keanggotaan/<uuid:row>/keadaan/", standing.standing, name="standing"),
    path("kelola/keanggotaan/putusan/<uuid:row>/tarik/", standing.withdraw, name="decision-withdraw"),
]
