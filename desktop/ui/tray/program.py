"""Hilfe as a whole: tray icon or small window, the windows made when first asked for, and the polling behind them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from desktop.base.settings import Settings
from desktop.base.texts import Texts
from desktop.ui.tray.bringing import bring
from desktop.ui.tray.diagnosing import Diagnosing
from desktop.ui.tray.mark import mark_icon
from desktop.ui.tray.menu import TrayMenu

if TYPE_CHECKING:  # everything else is imported when it is first needed
    from desktop.base.changes import Changes
    from desktop.base.errors import AppError
    from desktop.client.overview import Overview
    from desktop.client.sync import SyncOutcome
    from desktop.system.autostart import Autostart
    from desktop.ui.tray.fallback_window import FallbackWindow
    from desktop.ui.tray.help_window import HelpWindow
    from desktop.ui.tray.notifier import Notification, Notifier
    from desktop.ui.tray.poller import Poller
    from desktop.ui.tray.requests_window import RequestsWindow
    from desktop.ui.tray.settings_window import SettingsWindow
    from desktop.ui.tray.tools import Tools

WAKE_AFTER, POLL_AFTER = 150, 1_500
"""Milliseconds after the icon is there until the store is read, and until the folder is looked into."""
TRAY_CHECK = 30_000
"""Milliseconds between two looks for a tray that was not there (UI.md section 8)."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the program was started: `has_tray` asks the system, `is_window` opens the help window at once."""

    has_tray: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable
    is_window: bool = False


class TrayProgram(QObject):
    """Owns icon, windows and polling; closing windows ends nothing, only "quit" does."""

    quit_wanted = Signal()

    def __init__(
        self,
        make_tools: Callable[[], Tools],
        texts: Texts,
        settings: Settings,
        find_autostart: Callable[[], Autostart],
        wishes: Wishes,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._make_tools, self._texts = make_tools, texts
        self._settings, self._find_autostart, self._wishes = settings, find_autostart, wishes
        self._tools: Tools | None = None
        self._poller: Poller | None = None
        self._notifier: Notifier | None = None
        self.overview: Overview | None = None
        self.icon: QSystemTrayIcon | None = None
        self.help: HelpWindow | None = None
        self.requests: RequestsWindow | None = None
        self.fallback: FallbackWindow | None = None
        self.diagnosing = Diagnosing(lambda: self.tools, self._know, self)
        self.settings: SettingsWindow | None = None
        self._clicked_leads_to = self.open_help
        self.menu = TrayMenu(texts, may_quit=settings.is_on("hilfe_may_quit"), parent=self)
        self._wake, self._first = QTimer(self), QTimer(self)
        self._tray_timer = QTimer(self)
        self._tray_timer.timeout.connect(self._look_for_tray)
        self._wire()

    def start(self) -> None:
        """Show the icon, or the small window where there is no place for one; then begin to poll."""
        if self._wishes.has_tray():
            self._show_icon()
        else:
            self._tray_timer.start(TRAY_CHECK)
        if self._wishes.is_window:
            self.open_help()
        elif self.icon is None:
            self.open_fallback()
        for timer, after, act in ((self._wake, WAKE_AFTER, self.refresh), (self._first, POLL_AFTER, self._first_look)):
            timer.setSingleShot(True)
            timer.timeout.connect(act)
            timer.start(after)

    @property
    def tools(self) -> Tools:
        """Return what windows and polling need, made at the first need and not while the icon is being shown."""
        if self._tools is None:
            self._tools = self._make_tools()
        return self._tools

    @property
    def poller(self) -> Poller:
        """Return what looks into the folder."""
        if self._poller is None:
            from desktop.ui.tray.poller import Poller

            self._poller = Poller(self.tools, self)
            self._poller.synced.connect(self._on_synced)
            self._poller.problem_changed.connect(self._on_problem)
        return self._poller

    @property
    def notifier(self) -> Notifier:
        """Return what tells the employee unasked."""
        if self._notifier is None:
            from desktop.ui.tray.notifier import Notifier

            settings = self._settings
            self._notifier = Notifier(
                self.tools, shows_text=lambda: settings.is_on("hilfe_shows_text"), is_seen=self._is_seen, parent=self
            )
            self._notifier.wanted.connect(self._on_notification)
        return self._notifier

    def stop(self) -> None:
        """End polling and close the windows; what was typed is saved by their closing."""
        if self._poller is not None:
            self._poller.stop()
        for timer in (self._wake, self._first, self._tray_timer):
            timer.stop()
        self.diagnosing.stop()
        for window in self._windows():
            window.close()
            window.deleteLater()
        if self.icon is not None:
            self.icon.hide()
            self.icon.deleteLater()
        self.menu.menu.deleteLater()

    def refresh(self) -> None:
        """Read anew what icon, menu and windows show."""
        from desktop.client.overview import overview

        client = self.tools.client
        self.tools.store(lambda: overview(client), owner=self, done=self._on_overview)

    def raise_window(self) -> None:
        """Answer a second start: the help window comes to the front."""
        self.open_help()

    def open_help(self) -> None:
        """Open the help window."""
        if self.help is None:
            from desktop.ui.tray.help_window import HelpWindow

            self.help = HelpWindow(self.tools)
            self.help.requests_wanted.connect(self.open_requests)
            self.help.changed.connect(self._on_changes)
            self.help.retry_wanted.connect(self._on_retry)
            self.help.autostart_wanted.connect(self._on_autostart)
            self._know()
            self._show_overview()
        bring(self.help)

    def open_requests(self, request_id: str = "") -> None:
        """Open my requests, at one of them where it is named."""
        if self.requests is None:
            from desktop.ui.tray.requests_window import RequestsWindow

            self.requests = RequestsWindow(self.tools)
            self.requests.help_wanted.connect(self.open_help)
            self.requests.changed.connect(self._on_changes)
            self.requests.set_phone(self._know().help_phone)
        self.requests.reload(request_id)
        bring(self.requests)

    def open_screenshot(self) -> None:
        """Open the help window with a screenshot."""
        self.open_help()
        if self.help is not None:
            self.help.begin_with_screenshot()

    def open_settings(self) -> None:
        """Open the settings."""
        if self.settings is None:
            from desktop.ui.tray.settings_window import SettingsWindow

            self.settings = SettingsWindow(self.tools, self._settings, self._find_autostart())
            self.settings.look_changed.connect(self._on_look_changed)
            self.settings.set_phone(self._know().help_phone)
        bring(self.settings)

    def open_fallback(self) -> None:
        """Open the small window that stands in for the tray."""
        if self.fallback is None:
            from desktop.ui.tray.fallback_window import FallbackWindow

            self.fallback = FallbackWindow(self.tools.look)
            self.fallback.help_wanted.connect(self.open_help)
            self.fallback.requests_wanted.connect(self.open_requests)
            self.fallback.check_wanted.connect(self.diagnosing.open_check)
            self.fallback.diagnosis_wanted.connect(self.diagnosing.open_ask)
            self._know()
            self._show_overview()
        bring(self.fallback)

    def _wire(self) -> None:
        menu = self.menu
        menu.help_wanted.connect(self.open_help)
        menu.requests_wanted.connect(self.open_requests)
        menu.screenshot_wanted.connect(self.open_screenshot)
        menu.check_wanted.connect(self.diagnosing.open_check)
        menu.diagnosis_wanted.connect(self.diagnosing.open_ask)
        self.diagnosing.help_wanted.connect(self._help_about)
        self.diagnosing.guide_wanted.connect(self._help_by_guide)
        self.diagnosing.changed.connect(self._on_changes)
        menu.settings_wanted.connect(self.open_settings)
        menu.quit_wanted.connect(self.quit_wanted.emit)

    def _help_about(self, words: str) -> None:
        self.open_help()
        if self.help is not None and words:
            self.help.begin_with_text(words)

    def _help_by_guide(self, wizard: str) -> None:
        self.open_help()
        if self.help is not None:
            self.help.begin_guide(wizard)

    def _first_look(self) -> None:
        from desktop.client.drafts import has_open_guide

        client = self.tools.client
        self.tools.store(lambda: has_open_guide(client), owner=self, done=self._on_open_guide)
        self.poller.look()

    def _on_open_guide(self, is_open: bool) -> None:
        """Remind of a guide that the restart of the PC was a part of; a click leads back to it."""
        from desktop.ui.tray.notifier import Notification

        if is_open and self._is_help_closed():
            text = self._texts.text
            self._on_notification(Notification(text("tray.notify.guide.title"), text("tray.notify.guide.text")))

    def _know(self) -> Overview:
        """Return the overview, read at once where a window opens before the first reading came back."""
        if self.overview is None:
            from desktop.client.overview import overview

            self.overview = overview(self.tools.client)
        return self.overview

    @property
    def _problem(self) -> AppError | None:
        return None if self._poller is None else self._poller.problem

    def _show_icon(self) -> None:
        self.icon = QSystemTrayIcon(mark_icon(), self)
        self.icon.setToolTip(self._texts.text("tray.title"))
        self.icon.setContextMenu(self.menu.menu)
        self.icon.activated.connect(self._on_activated)
        self.icon.messageClicked.connect(self._on_message_clicked)
        self.icon.show()

    def _look_for_tray(self) -> None:
        if self._wishes.has_tray():
            self._tray_timer.stop()
            self._show_icon()
            self._show_overview()
            if self.fallback is not None:
                self.fallback.close()

    def _windows(self) -> list[QWidget]:
        known: tuple[QWidget | None, ...] = (self.help, self.requests, self.settings, self.fallback)
        return [*(one for one in known if one is not None), *self.diagnosing.windows()]

    def _on_overview(self, seen: Overview) -> None:
        self.overview = seen
        self._show_overview()

    def _on_problem(self, _problem: object) -> None:
        self._show_overview()

    def _show_overview(self) -> None:
        from desktop.ui.tray.connection import badge_of, connection_words

        seen, problem = self.overview, self._problem
        if seen is None:
            return
        words = connection_words(self._texts, seen, problem)
        self.menu.show_overview(seen, words)
        if self.icon is not None:
            self.icon.setIcon(mark_icon(badge_of(seen, problem)))
            self.icon.setToolTip(words)
        if self.fallback is not None:
            self.fallback.show_overview(seen, words)
        if self.help is not None:
            self.help.show_overview(seen, problem)
        self.diagnosing.show_overview(seen)
        for window in (self.requests, self.settings):
            if window is not None:
                window.set_phone(seen.help_phone)

    def _on_changes(self, changes: Changes) -> None:
        """Something was written here: show it everywhere, and let it travel."""
        self._spread(changes)
        self.poller.look()

    def _on_autostart(self) -> None:
        """Start with the session from now on, as the employee agreed; the settings say so where it did not work."""
        from desktop.system.autostart import own_command

        with suppress(OSError):
            self._find_autostart().turn_on(own_command())

    def _on_retry(self) -> None:
        self.poller.look(is_hurried=True)

    def _on_synced(self, outcome: SyncOutcome) -> None:
        if outcome.changes.items:
            self._spread(outcome.changes)
        elif outcome.problem is not None and self._know().waiting == 0:
            self.refresh()
        news = [one for one in outcome.news if one.kind != "received" or self._is_help_closed()]
        if news:
            self.notifier.tell(news)

    def _spread(self, changes: Changes) -> None:
        from desktop.base.changes import Subject

        if changes.touches(Subject.REQUEST, Subject.DEVICE):
            self.refresh()
        if self.requests is not None and self.requests.isVisible():
            self.requests.apply(changes)
        if self.help is not None:
            self.help.apply(changes)
        self.diagnosing.apply(changes)

    def _is_help_closed(self) -> bool:
        return self.help is None or not self.help.isVisible()

    def _is_seen(self, request_id: str) -> bool:
        window = self.requests
        return window is not None and window.isActiveWindow() and window.current == request_id

    def _on_notification(self, notification: Notification) -> None:
        if self.icon is None or not self.icon.supportsMessages():
            return  # the badge and "My requests" say the same
        self._clicked_leads_to = self._way_of(notification)
        self.icon.showMessage(notification.title, notification.text, mark_icon(is_template=False))

    def _way_of(self, notification: Notification) -> Callable[[], None]:
        if notification.is_ask:
            return self.diagnosing.open_ask
        if notification.request_id:
            return lambda: self.open_requests(notification.request_id)
        return self.open_help

    def _on_message_clicked(self) -> None:
        self._clicked_leads_to()

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.open_help()

    def _on_look_changed(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            scheme, size = self._settings.text("hilfe_scheme"), self._settings.number("hilfe_text_size")
            self.tools.look.theme.apply(application, scheme, size)
