"""The public services, and the tests that say they cover them."""

import ast
from functools import cache
from importlib import import_module

from tests.architecture.source import Function, Module, full_name, modules, names_in, test_modules

# Steps that several services share: they run in the transaction of one that asked who may, and that records the act.
STEPS = {
    "simpul.accounts.services.api_tokens.end_api_token": "of what revokes a token",
    "simpul.accounts.services.api_tokens.write_api_token": "of what creates one",
    "simpul.accounts.services.device_keys.forget_device_keys": "of revoking a device, and of letting back in",
    "simpul.accounts.services.devices.make_device": "of claim_enrolment and of trusting a device",
    "simpul.accounts.services.enrolments.write_enrolment": "of open_enrolment and use_recovery",
    "simpul.accounts.services.sessions.end_sessions_of": "of what changes a password or closes an account",
    "simpul.accounts.services.sessions.end_sessions_on": "of revoking a device",
    "simpul.accounts.services.sessions.touch_session": "each request notes that its session is in use",
    "simpul.accounts.services.users.put_identifiers": "of making an account, changing it, letting back in",
    "simpul.audit.services.note_erasures": "of every service that erases",
    "simpul.audit.services.write_journal": "the platform writes down what others erased",
    "simpul.audit.services.record": "the row that every service ends with",
    "simpul.audit.services.record_each": "the row that every service ends with",
    "simpul.audit.services.seal_pending": "the sealer: the platform seals what others did",
    "simpul.cases.services.consents.take_back": "of withdrawing a consent, and of granting that all are withdrawn",
    "simpul.cases.services.keeping.let_go": "of erasing a case, of granting that, and of the end of keeping",
    "simpul.cases.services.keeping.let_go_of": "of granting that one of several is erased",
    "simpul.cases.services.keeping.stop_using": "of restricting a case, and of granting that",
    "simpul.cases.services.referrals.stop_waiting": "of answering, finishing and revoking a referral",
    "simpul.notices.services.sending.enlist": "of send_notice and of what goes on to the next",
    "simpul.documents.services.uploads.close_upload": "the end of an upload whose length nobody knew",
    "simpul.territory.services.loading.silent": "a progress callback that does nothing",
}
# Services that prove who somebody is: a secret is what lets them in, and there is no actor before they have.
PROOFS = {
    "simpul.accounts.services.api_tokens.use_api_token",
    "simpul.accounts.services.devices.check_kept_pin",
    "simpul.accounts.services.devices.check_pin",
    "simpul.accounts.services.enrolments.claim_enrolment",
    "simpul.accounts.services.passkeys.check_passkey",
    "simpul.accounts.services.passwords.check_password",
    "simpul.accounts.services.passwords.reset_password",
    "simpul.accounts.services.second_factors.check_code",
    "simpul.accounts.services.sessions.begin_session",
    "simpul.accounts.services.users.sign_in_as_demo",
    "simpul.cases.services.referral_links.open_link",
}


def is_services(module: Module) -> bool:
    parts = module.name.split(".")
    return len(parts) > 2 and parts[2] == "services"


@cache
def services() -> dict[str, Function]:
    """Every public function of every context's services, by its full name."""
    return {
        f"{module.name}.{function.name}": function
        for module in modules()
        if is_services(module)
        for function in module.functions()
        if not function.name.startswith("_")
    }


@cache
def marked(mark: str) -> frozenset[str]:
    """Full names of the services that some test names in `@denies(...)` or `@audits(...)`."""
    found: set[str] = set()
    for module in test_modules():
        names = names_in(module)
        for node in ast.walk(module.tree):
            if isinstance(node, Function):
                found |= {_home(full_name(a, names)) for call in _marks(node, mark) for a in call.args}
    return frozenset(found)


def _marks(function: Function, mark: str) -> list[ast.Call]:
    return [
        d
        for d in function.decorator_list
        if isinstance(d, ast.Call) and isinstance(d.func, ast.Name) and d.func.id == mark
    ]


def _home(name: str) -> str:
    """Where a service is defined, for one imported through its package."""
    module, _, attribute = name.rpartition(".")
    try:
        service = getattr(import_module(module), attribute)
    except (ImportError, AttributeError, ValueError):
        return name
    return f"{service.__module__}.{service.__name__}"
