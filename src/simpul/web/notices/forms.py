"""What is asked about how somebody wants to be told."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from simpul.accounts.models import User
from simpul.kernel.time import Zone
from simpul.notices.channels.offered import available
from simpul.notices.models import Channel, Language, Preference
from simpul.notices.services.wishes import Wishes
from simpul.web.choices import offer

TIME = forms.TimeInput(attrs={"type": "time", "class": "short"}, format="%H:%M")


class WishesForm(forms.Form):
    """Channels this Simpul does not have are not asked about, and keep what was said of them before."""

    channels = forms.MultipleChoiceField(
        label=_("Outside Simpul, tell me by"),
        help_text=_("All they ever say is: “There is something to see in Simpul”."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ChoiceField(label=_("In which language"), choices=Language.choices, widget=forms.RadioSelect)
    quiet_from = forms.TimeField(
        label=_("Quiet from"),
        help_text=_("Until your quiet hours are over only what is urgent is said. Leave both empty for none."),
        required=False,
        widget=TIME,
    )
    quiet_until = forms.TimeField(label=_("Quiet until"), required=False, widget=TIME)
    zone = forms.ChoiceField(label=_("Your time"), choices=[(z.value, z.name) for z in Zone])

    def __init__(self, data: QueryDict | None, *, account: User, wish: Preference) -> None:
        names = [channel for channel in Channel if getattr(wish, channel.value)]
        initial = {
            "channels": names,
            "language": wish.language,
            "zone": wish.zone,
            "quiet_from": wish.quiet_from,
            "quiet_until": wish.quiet_until,
        }
        super().__init__(data, initial=initial)
        self.wish, self.offered = wish, [channel for channel in Channel if channel in available()]
        offer(self, "channels", [(channel.value, _label(channel, account)) for channel in self.offered])

    def wishes(self) -> Wishes:
        """What was answered."""
        data = self.cleaned_data
        said = {channel: channel.value in data["channels"] for channel in self.offered}
        chosen = {c.value: said.get(c, bool(getattr(self.wish, c.value))) for c in Channel}
        return Wishes(
            **chosen,
            language=Language(data["language"]),
            zone=Zone(data["zone"]),
            quiet_from=data["quiet_from"],
            quiet_until=data["quiet_until"],
        )


def _label(channel: Channel, account: User) -> str:
    if channel is Channel.MAIL and account.email is None:
        return gettext("E-mail (your account has no address)")
    if channel is Channel.GATEWAY and account.phone is None:
        return gettext("SMS or WhatsApp (your account has no number)")
    return str(channel.label)


class BrowserForm(forms.Form):
    """What a browser answers when it lets itself be woken."""

    endpoint = forms.CharField(max_length=2000, widget=forms.HiddenInput, required=False)
    p256dh = forms.CharField(max_length=200, widget=forms.HiddenInput, required=False)
    auth = forms.CharField(max_length=100, widget=forms.HiddenInput, required=False)
