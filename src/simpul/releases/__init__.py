"""Safe tables of confidential counts: closed months, what may be published of them, what was, and to whom.

Alone in reading `cases.facts`. docs/disclosure.md says what is guaranteed; decision record 0030 how releases are kept.
"""
