"""Wires Hilfe: the command line where a command is named, else the tray icon. Starts light on purpose.

Neither keychain nor sealing nor any window is loaded before it is needed.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import cache, partial
from typing import TYPE_CHECKING

from desktop.base.clock import utc_now
from desktop.base.errors import AppError
from desktop.base.paths import Home
from desktop.base.texts import Texts, load_texts
from desktop.entry.options import window_options
from desktop.system.folders import find_home, make_home

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desktop.base.settings import Settings
    from desktop.cli.common.program import Common, Program, Streams
    from desktop.cli.context import Context
    from desktop.client.context import Client
    from desktop.client.post import Post
    from desktop.client.wizards import WizardShelf
    from desktop.domain.wizard.library import Library
    from desktop.system.autostart import Autostart
    from desktop.system.secrets import SecretStore
    from desktop.ui.common.instance import SingleInstance
    from desktop.ui.common.look import Look
    from desktop.ui.tray.program import TrayProgram
    from desktop.ui.tray.tools import Collecting, Tools

COMMANDS = ("enrol", "diagnose", "diagnosis", "send", "sync", "status", "reply", "rate")
_WINDOW = "--window"


def main(argv: Sequence[str] | None = None) -> int:
    """Run Hilfe; returns the exit code."""
    given = list(sys.argv[1:] if argv is None else argv)
    options = window_options([word for word in given if word != _WINDOW])
    if options is not None:
        gc.disable()  # until the icon is there: what a start makes stays, and looking through it costs a tenth of it
        try:
            return run_window(options, is_window=_WINDOW in given)
        finally:
            gc.enable()
    from desktop.cli.common.program import run_program, standard_streams

    return run_program(program(), given, make_context=make_context, streams=standard_streams())


def program() -> Program:
    """Return the declaration of Hilfe's command line."""
    from desktop.cli.common.program import Program

    return Program(name="ersthelfer-hilfe", package="desktop.cli.hilfe", area="hilfe", commands=COMMANDS)


def make_context(common: Common, texts: Texts, streams: Streams) -> Context:
    """Build what a command gets; nothing here opens a file or a keychain."""
    from desktop.cli.common.secret_source import open_for
    from desktop.cli.context import Context

    home = find_home("hilfe", common.home or None, os.environ)
    return Context(
        home=home,
        texts=texts,
        clock=utc_now,
        as_json=common.as_json,
        source=streams.source,
        out=streams.out,
        err=streams.err,
        secrets=lambda: open_for(home, common.keys, texts, streams.err),
    )


def run_window(options: Mapping[str, str], *, is_window: bool) -> int:
    """Start the tray icon, or raise the window of the program that already runs; takes `options.window_options`."""
    from desktop.entry.load_qt import load_qt

    load_qt()
    from PySide6.QtWidgets import QApplication

    from desktop.ui.common.instance import SingleInstance

    home = find_home("hilfe", options.get("home"), os.environ)
    application = QApplication(["ersthelfer-hilfe"])
    application.setQuitOnLastWindowClosed(False)
    application.setDesktopFileName("ersthelfer-hilfe")
    try:
        make_home(home)
    except AppError as error:
        return _refuse_to_start(application, error, options)
    instance = SingleInstance(home.data, "hilfe")
    if not instance.claim():
        instance.raise_other()
        return 0
    try:
        return _run(application, home, instance, options, is_window=is_window)
    except AppError as error:
        return _refuse_to_start(application, error, options)
    finally:
        instance.release()


def _run(
    application: QApplication, home: Home, instance: SingleInstance, options: Mapping[str, str], *, is_window: bool
) -> int:
    from PySide6.QtCore import QCoreApplication, QEvent, QTimer

    from desktop.client.settings import open_settings

    closing = ExitStack()
    settings = open_settings(home)
    language = options.get("language") or settings.text("hilfe_language") or None
    texts = load_texts(language, first=("tray",))

    def tools() -> Tools:
        made = make_tools(application, home, texts, settings, keys=options.get("keys", ""))
        return _opened_tools(closing, made, home)

    tray = make_program(tools, texts, settings, is_window=is_window)
    tray.quit_wanted.connect(application.quit)
    instance.raised.connect(tray.raise_window)
    QTimer.singleShot(100, instance.listen)
    QTimer.singleShot(100, lambda: closing.callback(_started_log(home)))
    try:
        tray.start()
        QTimer.singleShot(0, _begin)
        return application.exec()
    finally:
        tray.stop()
        closing.close()
        # Widgets must be gone before the application; Python would collect some of them after it.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _begin() -> None:
    from desktop.entry.readiness import tell_ready

    tell_ready()
    gc.enable()


def _opened_tools(closing: ExitStack, tools: Tools, home: Home) -> Tools:
    from desktop.entry.crash import FaultTeller

    closing.callback(close_tools, tools)
    faults = FaultTeller(lambda: tools.look, home)
    tools.dispatcher.failed.connect(faults.tell_once)
    closing.callback(setattr, sys, "excepthook", sys.excepthook)
    sys.excepthook = faults.on_fault
    return tools


def _refuse_to_start(application: QApplication, error: AppError, options: Mapping[str, str]) -> int:
    """Show why the program cannot start, as with settings or a store that cannot be read; returns the exit code."""
    from desktop.ui.common.errors import show_fault_window
    from desktop.ui.common.formats import Formats
    from desktop.ui.common.look import Look
    from desktop.ui.common.theme import Theme

    texts = load_texts(options.get("language"))
    theme = Theme(application)
    theme.apply(application, "system", 100)
    show_fault_window(Look(theme, texts, Formats(texts)), error)
    return int(error.kind)


def _started_log(home: Home) -> Callable[[], None]:
    """Begin to log, once the icon is there; returns what ends it."""
    from desktop.base.logs import start_logging

    return start_logging(home.logs, "hilfe").close


def make_program(
    make_tools: Callable[[], Tools], texts: Texts, settings: Settings, *, is_window: bool = False
) -> TrayProgram:
    """Build the program; its tools are made when they are first needed."""
    from desktop.ui.tray.program import TrayProgram, Wishes

    def autostart() -> Autostart:
        from desktop.system.autostart import find_autostart

        return find_autostart(os.environ)

    return TrayProgram(make_tools, texts, settings, autostart, Wishes(is_window=is_window))


def make_tools(application: QApplication, home: Home, texts: Texts, settings: Settings, *, keys: str = "") -> Tools:
    """Build what every window gets; the post is opened once, when the first message has to travel."""
    from desktop.base.lanes import ThreadLane
    from desktop.client.context import Client
    from desktop.client.store import ClientStore, store_path
    from desktop.ui.common.dispatch import Dispatcher
    from desktop.ui.tray.tools import Tools

    client = Client(ClientStore(store_path(home)))
    secrets = cache(lambda: _open_secrets(home, keys, texts))
    return Tools(
        dress=cache(lambda: _dress(application, texts, settings)),
        texts=texts,
        client=client,
        dispatcher=Dispatcher(application),
        store_lane=ThreadLane("store", threads=1),
        io_lane=ThreadLane("io", threads=2),
        open_post=_post_opener(client, secrets, home),
        open_secrets=secrets,
        open_collection=partial(_open_collection, client),
        load_wizards=_shelf(client),
        counts_solved=lambda: settings.is_on("hilfe_counts_solved"),
    )


def close_tools(tools: Tools) -> None:
    """Finish what is being written and close the store."""
    tools.store_lane.close()
    tools.io_lane.close()
    tools.client.store.close()


def _dress(application: QApplication, texts: Texts, settings: Settings) -> Look:
    from desktop.ui.common.formats import Formats
    from desktop.ui.common.look import Look
    from desktop.ui.common.theme import Theme

    theme = Theme(application)
    theme.apply(application, settings.text("hilfe_scheme"), settings.number("hilfe_text_size"))
    return Look(theme, texts, Formats(texts))


def _open_secrets(home: Home, keys: str, texts: Texts) -> SecretStore:
    from desktop.cli.common.secret_source import open_for

    return open_for(home, keys, texts, sys.stderr)


def _post_opener(client: Client, secrets: Callable[[], SecretStore], home: Home) -> Callable[[], Post]:
    def open_it() -> Post:
        from desktop.client.enrolment import open_post

        return open_post(client, secrets(), home.data)

    return open_it


def _open_collection(client: Client, part: str, tell: Callable[[int, int], None]) -> Collecting:
    from desktop.client.facts import start_collection

    return start_collection(
        "basic" if part == "basic" else "full",
        client=client,
        is_rest=part == "rest",
        on_progress=lambda progress: tell(progress.done, progress.total),
    )


def _shelf(client: Client) -> Callable[[], Library]:
    """Return what reads the checklists in force; nothing is read before the first call."""

    @cache
    def shelf() -> WizardShelf:
        from desktop.client.wizards import WizardShelf

        return WizardShelf(client)

    return lambda: shelf().library()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except AppError as error:
        sys.exit(int(error.kind))
