"""Hilfe's windows E03 to E13 and the first run, as the employee meets them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from desktop.base.clock import to_text
from desktop.base.ids import new_id
from desktop.base.texts import load_texts
from desktop.client.asks import store_ask
from desktop.client.enrolment import open_post
from desktop.client.overview import overview
from desktop.client.settings import open_settings
from desktop.client.status import list_requests
from desktop.domain.asking import VALID_FOR
from desktop.domain.payloads import Ask
from desktop.entry import tray
from desktop.entry.stage import Stage
from desktop.entry.tour_homes import Side
from desktop.ui.tray.check_window import CheckWindow
from desktop.ui.tray.diagnosis_window import DiagnosisWindow
from desktop.ui.tray.fallback_window import FallbackWindow
from desktop.ui.tray.help_window import HelpWindow
from desktop.ui.tray.requests_window import RequestsWindow
from desktop.ui.tray.tools import Tools

PutOn = Callable[[str], None]


def take_tray(stage: Stage, pc: Side) -> None:
    """Take the way of a request, my requests, the PC check, a diagnosis asked for and the window without a tray."""
    made = tray.make_tools(stage.application, pc.home, load_texts(pc.language), open_settings(pc.home))
    tools = replace(made, open_secrets=pc.secrets, open_post=lambda: open_post(made.client, pc.secrets(), pc.home.data))

    def put_on(scheme: str) -> None:
        tools.look.theme.apply(stage.application, scheme, 100)
        stage.work()

    put_on("light")
    windows: list[QWidget] = []
    try:
        windows.append(_take_help(stage, tools, put_on))
        windows.append(_take_requests(stage, tools, put_on))
        windows.append(_take_check(stage, tools, put_on))
        windows.append(_take_diagnosis(stage, tools, put_on))
        windows.append(_take_fallback(stage, tools, put_on))
    finally:
        for one in windows:
            one.close()
            one.deleteLater()
        stage.work()
        tray.close_tools(tools)


def _take_help(stage: Stage, tools: Tools, put_on: PutOn) -> QWidget:
    """Walk from the topic to the receipt; the request of the picture is really stored and waits in the outbox."""
    window = HelpWindow(tools)
    window.show_overview(overview(tools.client), None)
    window.show()
    stage.settle(lambda: bool(window.library.wizards), "help: checklists")
    stage.in_schemes(window, "E03-topic", put_on)
    window.topic.topic_chosen.emit("printer", "Der Drucker im Versand druckt nicht.")
    stage.in_schemes(window, "E04-guides", put_on)
    window.guides.guide_chosen.emit("printer-no-print")
    stage.settle(lambda: window.self_help.player is not None, "help: self-help")
    stage.in_schemes(window, "E05-self-help", put_on)
    window.self_help.help_wanted.emit({})
    stage.settle(lambda: window.pages.current == "describe", "help: description")
    stage.in_schemes(window, "E06-describe", put_on)
    window.describe.next_wanted.emit()
    stage.settle(lambda: window.consent.prepared is not None and not window.facts.is_running, "help: consent")
    stage.in_schemes(window, "E07-consent", put_on)
    window.consent.send_wanted.emit()
    stage.settle(lambda: window.pages.current == "sent", "help: receipt")
    stage.in_schemes(window, "E10-queued", put_on)
    window.pages.go("enrol")
    stage.in_schemes(window, "J5-enrol", put_on)
    return window


def _take_requests(stage: Stage, tools: Tools, put_on: PutOn) -> QWidget:
    window = RequestsWindow(tools)
    answered = [one.id for one in list_requests(tools.client) if one.ticket]
    window.reload(answered[-1] if answered else "")
    window.show()
    for _ in range(12):
        stage.work()
    stage.in_schemes(window, "E11-requests", put_on)
    return window


def _take_check(stage: Stage, tools: Tools, put_on: PutOn) -> QWidget:
    window = CheckWindow(tools)
    window.start()
    window.show()
    stage.settle(lambda: not window.facts.is_running, "check: result")
    stage.in_schemes(window, "E02-check", put_on)
    window.stop()
    return window


def _take_diagnosis(stage: Stage, tools: Tools, put_on: PutOn) -> QWidget:
    """Show an ask of the IT, what would be sent, and one group of it line by line; nothing is answered."""
    _let_ask(tools)
    window = DiagnosisWindow(tools)
    window.show()
    window.open_ask()
    stage.settle(lambda: window.flow.ask is not None, "diagnosis: ask")
    stage.in_schemes(window, "E14-asked", put_on)
    window.ask.look_wanted.emit()
    stage.settle(window.consent.send.isEnabled, "diagnosis: consent")
    stage.in_schemes(window, "E15-consent", put_on)
    window.consent.rows["system"].look_wanted.emit("system")
    if window.consent.dialog is not None:
        stage.in_schemes(window.consent.dialog, "E16-lines", put_on)
        window.consent.dialog.accept()
    window.pages.go("decline")
    stage.in_schemes(window, "E17-decline", put_on)
    window.stop()
    return window


def _let_ask(tools: Tools) -> None:
    now, german = tools.client.clock(), tools.texts.language == "de"
    wanted = Ask(
        ask_id=new_id(tools.client.clock),
        author="Katrin Velden",
        created_at=to_text(now),
        expires_at=to_text(now + VALID_FOR),
        reason="Hat das Aufräumen geholfen?" if german else "Did tidying up help?",
    )
    with tools.client.store.write() as db:
        store_ask(db, wanted)


def _take_fallback(stage: Stage, tools: Tools, put_on: PutOn) -> QWidget:
    window = FallbackWindow(tools.look)
    window.show()
    stage.in_schemes(window, "E13-fallback", put_on)
    return window
