from uuid import UUID

from django.apps import AppConfig
from django.forms import Field
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    name = "simpul.web"
    label = "web"

    def ready(self) -> None:
        from simpul.threads.registry import register_page  # inline: app ready
        from simpul.web.access.leading import deputy_page, grant_page, opening_page  # inline: app ready
        from simpul.web.cases.desk.leading import case_page  # inline: app ready
        from simpul.web.cases.inbox.leading import page_of_complaint  # inline: app ready
        from simpul.web.cases.referral.telling import page_of_referral  # inline: app ready
        from simpul.web.cases.transfer.leading import page_of_transfer  # inline: app ready
        from simpul.web.joining import leading  # inline: app ready
        from simpul.web.notices.leading import lead  # inline: app ready
        from simpul.web.secretariat.leading import page_of_announcement  # inline: app ready

        lead("organisations.organisation", leading.page_of_organisation)
        lead("cases.complaint", page_of_complaint)
        lead("organisations.membershipapplication", leading.page_of_application)
        lead("organisations.announcement", page_of_announcement)
        _let_be_imported()
        # Django's Indonesian calls a field "bidang", which is what an organisation works on.
        Field.default_error_messages["required"] = _("Fill this in.")
        register_page("organisations.organisation", _organisation)
        register_page("organisations.programme", _programme)
        register_page("organisations.membership", _membership)
        register_page("organisations.servicepoint", _service_point)
        register_page("cases.case", _case)
        register_page("releases.publishedcell", _published_cell)
        register_page("activities.response", _response)
        _events_lead()
        lead("cases.case", case_page)
        lead("access.grant", grant_page)
        lead("access.emergencyopening", opening_page)
        lead("access.deputy", deputy_page)
        lead("cases.referral", page_of_referral)
        lead("cases.transfer", page_of_transfer)


def _events_lead() -> None:
    from simpul.threads.registry import register_page  # inline: app ready
    from simpul.web.notices.leading import lead  # inline: app ready
    from simpul.web.outcomes.leading import page_of_action, page_of_event  # inline: app ready

    register_page("activities.event", _activity)
    register_page("activities.eventseries", _series)
    lead("activities.actionpoint", page_of_action)
    lead("activities.event", page_of_event)


def _let_be_imported() -> None:
    from simpul.interop.recipes import register_recipe  # inline: app ready
    from simpul.web.cases.incoming.leading import page_of_import  # inline: app ready
    from simpul.web.cases.incoming.recipe import CaseRecipe  # inline: app ready
    from simpul.web.imports.recipes import register_recipes  # inline: app ready
    from simpul.web.meetings.recipe import ReportRecipe  # inline: app ready
    from simpul.web.notices.leading import lead  # inline: app ready
    from simpul.web.responses.incoming import ActivityRecipe  # inline: app ready

    register_recipes()
    register_recipe(CaseRecipe())
    register_recipe(ActivityRecipe())
    register_recipe(ReportRecipe())
    lead("interop.importbatch", page_of_import)


def _organisation(organisation_id: UUID) -> str:
    return reverse("organisations:profile", args=[organisation_id])


def _published_cell(cell_id: UUID) -> str:
    return reverse("data:figure", args=[cell_id])


def _programme(programme_id: UUID) -> str:
    return reverse("organisations:programme", args=[programme_id])


def _membership(membership_id: UUID) -> str:
    return reverse("organisations:membership", args=[membership_id])


def _activity(event_id: UUID) -> str:
    return reverse("activities:event", args=[event_id])


def _series(series_id: UUID) -> str:
    return reverse("activities:series", args=[series_id])


def _response(response_id: UUID) -> str:
    return reverse("responses:response", args=[response_id])


def _case(case_id: UUID) -> str:
    return reverse("cases:case", args=[case_id])


def _service_point(point_id: UUID) -> str:
    return reverse("places:point", args=[point_id])
