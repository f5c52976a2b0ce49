"""Proposes a category from what somebody says, by words that only occur there; a person corrects it."""

from __future__ import annotations

from desktop.domain.folding import folded

# Beginnings of words, folded, German and English; longer beginnings weigh more than short ones.
_STEMS = {
    "printer": "druck print toner patrone cartridge scan kopier etikett label papierstau",
    "sign-in": "kennw passw anmeld login einlogg sperr gesperrt locked pin",
    "email": "mail outlook postfach mailbox kalender calendar thunderbird spam anhang attachment",
    "network": "internet netz network wlan wifi wi-fi vpn router verbind connect lan",
    "files": "laufwerk drive ordner folder freigabe share datei file geloesch deleted sicherung",
    "telephone": "telefon phone durchwahl anrufbeantworter headset klingel handy mobil",
    "security": "virus phish betrug schadsoft malware verdacht verdaecht suspicious gehackt hacked erpress",
    "hardware": (
        "bildschirm monitor tastatur keyboard maus mouse laptop akku battery luefter netzteil dock kabel "
        "cable beamer usb"
    ),
    "software": (
        "programm software install update excel word sap cad lizenz licen absturz stuerzt crash "
        "warenwirtschaft erp browser"
    ),
}
_COMPOUND = 5  # letters from which a stem also counts inside a word, as in Etikettendrucker


def guess_category(text: str) -> str:
    """Return one of `ticket.CATEGORIES`; "other" where no word says anything."""
    words = folded(text).split()
    scores = {category: sum(_weight(stem, words) for stem in stems.split()) for category, stems in _STEMS.items()}
    best = max(scores, key=lambda one: scores[one])
    return best if scores[best] else "other"


def _weight(stem: str, words: list[str]) -> int:
    starts = any(word.startswith(stem) for word in words)
    inside = len(stem) >= _COMPOUND and any(stem in word for word in words)
    return len(stem) * 2 if starts else len(stem) if inside else 0
