"""Whom a ticket is proposed to be handed to."""

from __future__ import annotations

import pytest

from desktop.domain.partner_choice import propose_partner
from desktop.domain.rows import PartnerRow
from desktop.domain.ticket import Level

TOPICS = {
    "Netzwerk Hagedorn": "Switches, WLAN, Telefonanlage",
    "Timo Asbeck": "Server, Konstruktions-PCs",
    "Etikettentechnik Sommerfeldt": "Etikettendrucker, Versanddrucker",
    "Kontorsoft": "Warenwirtschaft, Schnittstellen",
}
PARTNERS = [PartnerRow(name, name, Level.SECOND, "vendor", "mail", "", topics) for name, topics in TOPICS.items()]


@pytest.mark.parametrize(
    ("category", "text", "name"),
    [
        ("printer", "Etikettendrucker druckt leere Seiten", "Etikettentechnik Sommerfeldt"),
        ("printer", "Drucker im Versand druckt nichts", "Etikettentechnik Sommerfeldt"),
        ("network", "Kein Netz am Packtisch", "Netzwerk Hagedorn"),
        ("other", "Die Telefonanlage rauscht", "Netzwerk Hagedorn"),
        ("software", "Warenwirtschaft startet nicht mehr", "Kontorsoft"),
        ("hardware", "Konstruktions-PC piept", "Timo Asbeck"),
        ("other", "Frage", "Netzwerk Hagedorn"),
    ],
)
def test_topics_decide(category: str, text: str, name: str) -> None:
    found = propose_partner(PARTNERS, category=category, text=text)
    assert found is not None
    assert found.name == name


def test_nobody_there_is_nobody_proposed() -> None:
    assert propose_partner((), category="printer", text="Drucker") is None
