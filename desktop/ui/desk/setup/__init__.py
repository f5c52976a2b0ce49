"""First-run set-up of the Desk: company, storage, mailbox folder and recovery sheet.

Knows no store: what it needs comes as `tools.SetupTools`. Start in `wizard`.
"""
