"""Decides what an employee is told: answers, "solved?", admission, arrival after closing, and what the IT asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from desktop.client.asks import may_notify as may_notify_of_ask
from desktop.client.conversation import may_notify
from desktop.client.sync import News
from desktop.ui.common.safe_text import one_line
from desktop.ui.tray.tools import Tools


@dataclass(frozen=True, slots=True)
class Notification:
    """One message of the system; `request_id` is where a click leads, empty for the help window.

    `is_ask` leads to the diagnosis that the IT asks for.
    """

    title: str
    text: str
    request_id: str = ""
    is_ask: bool = False


class Notifier(QObject):
    """At most one message per request in ten minutes; the message's own text only where the policy allows it."""

    wanted = Signal(object)

    def __init__(
        self,
        tools: Tools,
        *,
        shows_text: Callable[[], bool],
        is_seen: Callable[[str], bool],
        parent: QObject | None = None,
    ) -> None:
        """`is_seen` tells whether the employee looks at this request right now."""
        super().__init__(parent)
        self._tools = tools
        self._shows_text = shows_text
        self._is_seen = is_seen

    def tell(self, news: Iterable[News]) -> None:
        """Tell what deserves it."""
        for one in news:
            if one.kind in ("admitted", "refused"):
                self.wanted.emit(self._about_admission(one))
            elif one.kind == "ask":
                self._claim_ask(one)
            elif not self._is_seen(one.request_id):
                self._claim(one)

    def _claim(self, news: News) -> None:
        client = self._tools.client
        self._tools.store(
            lambda: may_notify(client, news.request_id),
            owner=self,
            done=lambda granted: self.wanted.emit(self._about_request(news)) if granted else None,
        )

    def _claim_ask(self, news: News) -> None:
        client = self._tools.client
        self._tools.store(
            lambda: may_notify_of_ask(client, news.ask_id),
            owner=self,
            done=lambda granted: self.wanted.emit(self._about_ask(news)) if granted else None,
        )

    def _about_ask(self, news: News) -> Notification:
        text = self._tools.texts.text
        reason, author = one_line(news.text, 120), one_line(news.author, 60)
        code = "tray.notify.ask.text"
        if reason and self._shows_text():
            code = "tray.notify.ask.text_shown"
        return Notification(text("tray.notify.ask.title"), text(code, author=author, reason=reason), is_ask=True)

    def _about_admission(self, news: News) -> Notification:
        text = self._tools.texts.text
        code = "tray.notify.admitted" if news.kind == "admitted" else "tray.notify.refused"
        return Notification(text(f"{code}.title"), text(f"{code}.text", company=one_line(news.title, 80)))

    def _about_request(self, news: News) -> Notification:
        text = self._tools.texts.text
        title = one_line(news.title, 80)
        if news.kind == "received":
            return Notification(
                text("tray.notify.received.title"), text("tray.notify.received.text", title=title), news.request_id
            )
        if news.kind == "rejected":
            return Notification(
                text("tray.notify.rejected.title"), text("tray.notify.rejected.text", title=title), news.request_id
            )
        if news.kind == "solved":
            return Notification(
                text("tray.notify.solved.title"), text("tray.notify.solved.text", title=title), news.request_id
            )
        heading = text("tray.notify.reply.title", author=one_line(news.author, 60))
        if self._shows_text():
            words = text("tray.notify.reply.text_shown", title=title, text=one_line(news.text, 120))
        else:
            words = text("tray.notify.reply.text", title=title)
        return Notification(heading, words, news.request_id)
