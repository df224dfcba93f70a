"""What is asked at the desk. Every question but the five of the first screen may be left open."""

from simpul.web.cases.desk.forms.fields import ForSomebody, SentOnce
from simpul.web.cases.desk.forms.helping import (
    AppointmentForm,
    CostForm,
    DocumentForm,
    NeedForm,
    PlanForm,
    ServiceForm,
    VisitForm,
)
from simpul.web.cases.desk.forms.opening import FirstScreenForm, VillageForm, type_groups
from simpul.web.cases.desk.forms.people import (
    AssentForm,
    ConsentForm,
    NewPartyForm,
    PartyForm,
    TagsForm,
    TypesForm,
    WithdrawForm,
)
from simpul.web.cases.desk.forms.progress import (
    CloseForm,
    MoveForm,
    PauseForm,
    PoliceForm,
    ReasonForm,
    StoryForm,
    TriageForm,
)
from simpul.web.cases.desk.forms.sight import HideForm, PersonForm

__all__ = [
    "AppointmentForm",
    "AssentForm",
    "CloseForm",
    "ConsentForm",
    "CostForm",
    "DocumentForm",
    "FirstScreenForm",
    "ForSomebody",
    "HideForm",
    "MoveForm",
    "NeedForm",
    "NewPartyForm",
    "PartyForm",
    "PauseForm",
    "PersonForm",
    "PlanForm",
    "PoliceForm",
    "ReasonForm",
    "SentOnce",
    "ServiceForm",
    "StoryForm",
    "TagsForm",
    "TriageForm",
    "TypesForm",
    "VillageForm",
    "VisitForm",
    "WithdrawForm",
    "type_groups",
]
