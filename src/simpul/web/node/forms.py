"""What may be changed of this deployment."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from simpul.access.queries import grants_for
from simpul.kernel.refs import RecordRef
from simpul.kernel.text import fold_words
from simpul.organisations.kinds import NETWORKS
from simpul.organisations.models import Node, Organisation, Programme
from simpul.organisations.presets import Pillar
from simpul.organisations.queries.profiles import organisations_for
from simpul.organisations.services.node import Headlines
from simpul.web.choices import offer
from simpul.web.firstrun.forms import LogoForm
from simpul.web.http import Request
from simpul.web.navigation import built
from simpul.web.signposts import PLACES

MOST_PROGRAMMES: Final = 200
PATHS: Final = {place.key: place.path for place in PLACES}


def changeable() -> list[Pillar]:
    """The pillars there are pages for; the network is what the others stand on, and stays."""
    return [p for p in Pillar if p is not Pillar.DIRECTORY and built(PATHS[p.value])]


class NodeForm(LogoForm):
    """`node` is what the choices are made for; what was typed wins over it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    pillars = forms.MultipleChoiceField(
        label=_("What is in use"),
        help_text=_("The network always is. What you leave out disappears from the menus; nothing is deleted."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    complaints_to = forms.ChoiceField(
        label=_("Who receives complaints?"),
        help_text=_("Somebody with a role in the organisation this Simpul belongs to."),
        required=False,
    )
    programme = forms.ChoiceField(
        label=_("Programme in the headline figures"),
        help_text=_("Figures about a programme are about this one where nobody chooses another."),
        required=False,
    )
    network = forms.CharField(
        label=_("Network in the headline figures"),
        help_text=_("Its name as in the directory."),
        max_length=200,
        required=False,
    )
    organisation = forms.CharField(
        label=_("Organisation in the headline figures"),
        help_text=_("Its name as in the directory."),
        max_length=200,
        required=False,
    )
    field_order = ("version", "pillars", "complaints_to", "programme", "network", "organisation", "logo")

    def __init__(self, request: Request, node: Node, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.node = request.actor, node
        self._choices("pillars", [(p.value, p.label) for p in changeable()])
        self._choices("complaints_to", receivers(request, node))
        self._choices("programme", [("", _("none")), *programmes()])

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        offer(self, name, choices)

    @staticmethod
    def values_of(node: Node) -> dict[str, Any]:
        return {
            "version": node.version,
            "pillars": node.pillars,
            "complaints_to": node.complaints_to,
            "programme": str(node.headline_programme_id or ""),
            "network": str(node.headline_network or ""),
            "organisation": str(node.headline_organisation or ""),
        }

    def clean_network(self) -> Organisation | None:
        return self._named("network", Q(kind__in=NETWORKS))

    def clean_organisation(self) -> Organisation | None:
        return self._named("organisation", Q())

    def clean_programme(self) -> Programme | None:
        chosen = self.cleaned_data["programme"]
        return Programme.objects.filter(pk=chosen).first() if chosen else None

    def _named(self, name: str, fitting: Q) -> Organisation | None:
        typed = self.cleaned_data[name].strip()
        if not typed:
            return None
        same = Q(sort_key=fold_words(typed)) | Q(acronym__iexact=typed)
        found = list(organisations_for(self.actor).filter(fitting, same)[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(_("Several are called so. Write the whole name."))
        raise forms.ValidationError(_("The directory has none of that name. Copy it from its page."))

    def changes(self) -> dict[str, Any]:
        """What services.node.change_node takes. Pillars without a page keep what they are set to."""
        data, here = self.cleaned_data, {p.value for p in changeable()}
        receiver = data["complaints_to"]
        return {
            "version": data["version"],
            "pillars": [*data["pillars"], *(p for p in self.node.pillars if p not in here)],
            "complaints_to": RecordRef.parse(receiver) if receiver else None,
            "headlines": Headlines(data["programme"], data["network"], data["organisation"]),
            "logo": data["logo"],
        }


def receivers(request: Request, node: Node) -> list[tuple[str, Any]]:
    """Those with a role at the host today whom the reader may know of; whoever is set now stays among them."""
    rows = grants_for(request.actor, now=timezone.now()).filter(organisation=node.host_id)
    people = {str(grant.person.ref): str(grant.person) for grant in rows}
    kept = {node.complaints_to: _("who is set now")} if node.complaints_to not in ("", *people) else {}
    return [("", _("nobody yet")), *people.items(), *kept.items()]


def programmes() -> list[tuple[str, str]]:
    language = get_language() or "id"
    rows = Programme.objects.order_by("acronym", "pk")[:MOST_PROGRAMMES]
    return [(str(p.pk), p.name.to(language) if p.name else p.acronym) for p in rows]


def their_words(theirs: Mapping[str, object], receiving: Mapping[str, Any]) -> dict[str, str]:
    """Field of the form -> what somebody else set it to meanwhile, in words."""
    words: dict[str, str] = {}
    for name, value in theirs.items():
        if name == "pillars" and isinstance(value, list):
            words["pillars"] = ", ".join(str(Pillar(p).label) for p in value)
        elif name == "complaints_to":
            words[name] = str(receiving.get(str(value), _("somebody else")))
        elif name.startswith("headline_"):
            words[name.removeprefix("headline_")] = str(value or "")
        elif name == "logo_digest":
            words["logo"] = str(_("another picture"))
    return words
