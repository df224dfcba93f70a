"""Notices: telling people inside Simpul that something waits for them, and outside it only that something does.

What other contexts and pages call:

    from simpul.notices.kinds import NoticeKind, Shape, declare
    from simpul.notices.services.sending import send_notice
    from simpul.notices.services.opening import open_notices_about

    # once, in AppConfig.ready of the context that sends it
    declare(NoticeKind(
        "cases.handed_over",
        title=_("A case was handed over to you"),
        summary=_("Case %(code)s, answer by %(day)s."),
        params={"code": Shape.CODE, "day": Shape.DAY},
    ))

    # in a service, within its transaction or after it
    send_notice(actor, kind="cases.handed_over", about=case.ref, recipients=[companion.pk], now=now,
                params={"code": case.code, "day": due}, urgent=True, escalate_to=[deputy.pk, supervisor.pk])

    # where somebody comes to the record by another way than the notice
    open_notices_about(actor, case.ref, now=now)

`recipients` and `escalate_to` are ids of accounts; who is deputy and who supervises is the caller's knowledge. Accounts
that are closed or unknown are passed over. An urgent notice that none of its recipients has opened after half an hour
goes to the first of `escalate_to`, half an hour later to the next. The same `id` again is the same notice.

A notice is in the inbox the moment the transaction of its sender commits. What leaves Simpul (mail, web push, a message
gateway) is handed over by the worker's rounds (`rounds.py`) and is always one neutral sentence: `wording.py`. How often
each channel may say it: docs/decisions/0013-notices.md.
"""
