"""Page 1 of the set-up: the company, the admin and the line to call."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QWidget

from desktop.ui.common.layouts import row
from desktop.ui.common.look import Look
from desktop.ui.desk.fields import TextField
from desktop.ui.desk.setup.page import SetupPage

# An extension or a whole number with the signs people put between; empty is allowed, not every company has one.
PHONE = re.compile(r"\+?[\d ()/.-]{0,30}")


class CompanyPage(SetupPage):
    """Asks who we are."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.text("setup.company.title"), look.text("setup.company.lead"))
        self.company = TextField(look, look.text("setup.company.name"), limit=120)
        self.person = TextField(
            look, look.text("setup.company.person"), limit=120, hint=look.text("setup.company.hint")
        )
        self.phone = TextField(look, look.text("setup.company.phone"), limit=30)
        self.phone.setFixedWidth(look.theme.px(150))
        second = row(self.person, self.phone, spacing=16)
        second.setStretch(0, 1)
        self.arrange(self.company, 14, second)

    def first_fault(self) -> QWidget | None:
        """Check the three fields."""
        text = self.look.text
        self.company.set_error("" if self.company.text else text("setup.company.name.missing"))
        self.person.set_error("" if self.person.text else text("setup.company.person.missing"))
        self.phone.set_error("" if PHONE.fullmatch(self.phone.text) else text("setup.company.phone.wrong"))
        return next((one.edit for one in (self.company, self.person, self.phone) if one.error), None)

    def start(self) -> None:
        """Begin with the company's name."""
        self.company.edit.setFocus()
