from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "simpul.cases"
    label = "cases"

    def ready(self) -> None:
        from simpul.access import openable  # inline: app ready
        from simpul.cases import (  # inline: app ready
            closing_notices,
            complaint_notices,
            imported_notices,
            referral_notices,
            retention_notices,
            transfer_notices,
        )
        from simpul.cases import consent_proofs as proofs  # inline: app ready
        from simpul.cases.holding import HOLDING  # inline: app ready
        from simpul.cases.queries.complaint_readers import told_of_complaint_ref  # inline: app ready
        from simpul.cases.rules import breaches, complaints  # inline: app ready
        from simpul.cases.rules import telling as told  # inline: app ready
        from simpul.cases.rules.emergencies import find_in_emergency  # inline: app ready
        from simpul.deadlines import telling  # inline: app ready
        from simpul.documents import policies  # inline: app ready
        from simpul.notices.kinds import declare  # inline: app ready
        from simpul.people import erasing  # inline: app ready

        modules = (
            referral_notices,
            complaint_notices,
            retention_notices,
            closing_notices,
            transfer_notices,
            imported_notices,
        )
        for module in modules:
            for kind in module.KINDS:
                declare(kind)
        telling.declare("cases.case", told.told_of_case_ref)
        telling.declare("cases.referral", told.told_of_referral_ref)
        telling.declare("cases.transfer", told.told_of_transfer_ref)
        telling.declare("cases.complaint", told_of_complaint_ref)
        telling.declare("cases.rightsrequest", told.told_of_request_ref)
        telling.declare("cases.databreach", breaches.told_of_breach)
        policies.register(complaints.KIND, complaints.FILES)
        policies.register(proofs.KIND, proofs.PROOFS)
        case, number = _("A case"), _("Number of the case")
        openable.declare(openable.Openable("cases.case", label=case, asks=number, find=find_in_emergency))
        erasing.declare(HOLDING)
