"""The help window: topic, self-help, description, consent, receipt; keeps its draft whatever happens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QImage, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.base.changes import Changes, Subject
from desktop.base.errors import AppError
from desktop.client.overview import Overview
from desktop.client.policy import Depth
from desktop.client.rows import Draft, DraftFile, RequestRow
from desktop.client.status import open_request
from desktop.domain.snapshot import Snapshot
from desktop.domain.wizard.library import Library
from desktop.ui.common.layouts import column
from desktop.ui.tray.closing import close_by_escape
from desktop.ui.tray.consent_page import ConsentPage
from desktop.ui.tray.consenting import Consenting
from desktop.ui.tray.describe_page import DescribePage
from desktop.ui.tray.draft import RequestDraft
from desktop.ui.tray.enrol_page import EnrolPage
from desktop.ui.tray.facts_gatherer import FactsGatherer
from desktop.ui.tray.guides_page import GuidesPage
from desktop.ui.tray.mark import mark_icon
from desktop.ui.tray.page_stack import PageStack
from desktop.ui.tray.place import keep_place, put_in_place
from desktop.ui.tray.request_flow import RequestFlow
from desktop.ui.tray.screenshot import ScreenshotDialog, grab_screens
from desktop.ui.tray.self_help_page import SelfHelpPage
from desktop.ui.tray.sent_page import SentPage
from desktop.ui.tray.solved_page import SolvedPage
from desktop.ui.tray.standing import StandingBanner
from desktop.ui.tray.told import with_told
from desktop.ui.tray.tools import Tools
from desktop.ui.tray.topic_page import TopicPage
from desktop.ui.tray.topics import TOPICS, for_employees, topic_of

_PLACE = "help"
_IDLE = ("topic", "guides", "sent", "solved")  # pages on which nobody is in the middle of something
_HIDDEN_FOR_SHOT = 350  # milliseconds until a desktop has taken our window off the screen


class HelpWindow(QWidget):
    """Leads from "something is broken" to a solved problem or a request on its way."""

    requests_wanted = Signal(str)
    retry_wanted = Signal()
    autostart_wanted = Signal()
    changed = Signal(object)
    """`Changes`: a request was stored, or this PC accepted an invitation."""

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._files: list[DraftFile] = []
        self._problem: AppError | None = None
        self._is_choosing = False
        self._wanted: Callable[[], None] | None = None
        self.overview: Overview | None = None
        self.library = Library({}, {})
        self.flow = RequestFlow(tools, self)
        self.facts = FactsGatherer(tools, self)
        self.pages = PageStack()
        self.standing = StandingBanner(tools.look)
        self._make_pages()
        self.setWindowTitle(tools.look.text("tray.ask"))
        self.setWindowIcon(mark_icon(is_template=False))
        self.setMinimumSize(360, 300)
        self.resize(520, 700)
        put_in_place(self, tools, _PLACE)
        layout = column(self.standing, self.pages, spacing=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._wire()
        self.topic.focus_first()
        self.flow.load()

    def show_overview(self, overview: Overview, problem: AppError | None) -> None:
        """Show how this PC stands with its company; an unenrolled one begins with the invitation."""
        is_new = self.overview is not None and not self.overview.admission and bool(overview.admission)
        self.overview, self._problem = overview, problem
        self.pages.set_phone(overview.help_phone)
        self.standing.show_overview(overview, problem)
        if not overview.admission:
            self.pages.go("enrol")
        elif is_new and self.pages.current == "enrol":
            self.pages.go("topic")
        self._reload_receipt()

    def apply(self, changes: Changes) -> None:
        """Look again at the receipt where its request changed, and at the checklists where the company sent some."""
        if changes.touches(Subject.REQUEST):
            self._reload_receipt()
        if changes.touches(Subject.LIBRARY):
            self._read_library()

    def begin_with_screenshot(self) -> None:
        """Open the description with a screenshot, as the menu offers; a draft that was left is read before."""
        if not self.flow.is_loaded:
            self._wanted = self.begin_with_screenshot
            return
        if self.pages.current in _IDLE:
            self._describe(replace(self.flow.draft, topic=self.flow.draft.topic or "other"))
        if self.pages.current == "describe":
            self._take_screenshot()

    def begin_with_text(self, words: str) -> None:
        """Open the description with words to begin from, unless the employee has written something already."""
        if not self.flow.is_loaded:
            self._wanted = lambda: self.begin_with_text(words)
        elif self.pages.current in _IDLE:
            draft = self.flow.draft
            self._describe(replace(draft, topic=draft.topic or "other", text=draft.text or words))

    def begin_guide(self, wizard: str) -> None:
        """Open a checklist, unless the employee is in the middle of something."""
        if not self.flow.is_loaded or not self.library.wizards:
            self._wanted = lambda: self.begin_guide(wizard)
        elif wizard in self.library.wizards and self.pages.current in _IDLE:
            self._start_guide(wizard)

    def showEvent(self, event: QShowEvent) -> None:
        """Look which checklists hold by now: a command may have fetched some as well."""
        self._read_library()
        super().showEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the draft; a receipt that was seen is not shown again."""
        self.describe.flush()
        keep_place(self, self._tools, _PLACE)
        self.facts.cancel()
        if self.pages.current in _IDLE:
            self.pages.go("topic")
        super().closeEvent(event)

    def _make_pages(self) -> None:
        look, tools = self._tools.look, self._tools
        self.topic, self.guides, self.describe = TopicPage(look), GuidesPage(look), DescribePage(tools)
        self.self_help, self.solved = SelfHelpPage(tools), SolvedPage(look)
        self.consent, self.sent = ConsentPage(look), SentPage(tools)
        self._consenting = Consenting(self.consent, self.facts, self)
        self.enrol = EnrolPage(tools)
        for name, page in (
            ("topic", self.topic), ("guides", self.guides), ("self_help", self.self_help), ("describe", self.describe),
            ("consent", self.consent), ("sent", self.sent), ("solved", self.solved), ("enrol", self.enrol),
        ):  # fmt: skip
            self.pages.add(name, page)

    def _wire(self) -> None:
        self.topic.topic_chosen.connect(self._on_topic)
        self.topic.guide_chosen.connect(self._on_guide)
        self.topic.words_given.connect(self._on_words)
        self.topic.resume_wanted.connect(self._resume)
        self.guides.guide_chosen.connect(self._start_guide)
        self.guides.none_wanted.connect(lambda: self._describe(self.flow.draft))
        self.guides.left.connect(self._to_topics)
        self.self_help.skip_wanted.connect(self.facts.cancel)
        self.self_help.left.connect(self._to_topics)
        self.self_help.changed.connect(self._on_run)
        self.self_help.solved.connect(self._on_solved)
        self.self_help.help_wanted.connect(self._on_help_wanted)
        self.describe.back_wanted.connect(self._leave_description)
        self.describe.next_wanted.connect(self._to_consent)
        self.describe.changed.connect(self._keep_description)
        self.describe.screenshot_wanted.connect(self._take_screenshot)
        self.consent.back_wanted.connect(lambda: self.pages.go("describe"))
        self._consenting.groups_wanted.connect(self._show_consent)
        self._consenting.message_wanted.connect(self._on_message_wanted)
        self.consent.send_wanted.connect(self._send)
        self.sent.done_wanted.connect(self.close)
        self.sent.retry_wanted.connect(self.retry_wanted.emit)
        self.sent.requests_wanted.connect(lambda: self.requests_wanted.emit(""))
        self.sent.add_wanted.connect(self.requests_wanted.emit)
        self.solved.done_wanted.connect(self.close)
        self.solved.help_wanted.connect(lambda: self._describe(self.flow.take_up_again()))
        self.enrol.enrolled.connect(self.changed.emit)
        self.enrol.autostart_wanted.connect(self.autostart_wanted.emit)
        self.enrol.enrolled.connect(self._leave_enrolment)
        self.enrol.back_wanted.connect(self._leave_enrolment)
        self.standing.enrol_wanted.connect(self._enrol_again)
        self.sent.enrol_wanted.connect(self._enrol_again)
        self.facts.ready.connect(self._on_facts)
        self.flow.loaded.connect(self._on_draft)
        self.flow.prepared.connect(self._on_prepared)
        self.flow.sent.connect(self._on_sent)
        self.flow.failed.connect(self._on_failed)
        close_by_escape(self)

    def _enrol_again(self) -> None:
        self.enrol.offer_back()
        self.pages.go("enrol")

    def _leave_enrolment(self, *_changes: object) -> None:
        self.pages.go("topic" if self.sent.request is None else "sent")
        self._reload_receipt()

    def _read_library(self) -> None:
        self._tools.slow(self._tools.load_wizards, owner=self, done=self._on_library)

    def _on_library(self, library: Library) -> None:
        """Offer these checklists from now on; a run in progress keeps the one it began with."""
        if library is self.library:
            return
        self.library = library
        self.topic.set_wizards(for_employees(library.wizards.values()))
        self._take_up_wish()

    def _take_up_wish(self) -> None:
        """Do what was asked for before draft and checklists were there."""
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            wanted()

    def _on_draft(self, draft: Draft) -> None:
        self._files = list(draft.files)
        self.topic.offer_resume(is_there=not self.flow.draft.is_blank or bool(self._files))
        self._take_up_wish()

    def _on_topic(self, topic: str, typed: str) -> None:
        chosen = next(one for one in TOPICS if one.id == topic)
        draft = self.flow.draft.about(topic, typed)
        self.flow.keep(draft)
        guides = self.guides.offer(chosen, typed, self.library.wizards)
        if len(guides) == 1 and not chosen.is_open:
            self._start_guide(guides[0].id)
        elif guides:
            self.pages.go("guides")
        else:
            self._describe(draft)

    def _on_words(self, typed: str) -> None:
        self._describe(self.flow.draft.about("other", typed))

    def _on_guide(self, wizard: str, typed: str) -> None:
        self.flow.keep(replace(self.flow.draft, text=self.flow.draft.text or typed.strip()))
        self._start_guide(wizard)

    def _start_guide(self, wizard: str) -> None:
        if wizard not in self.library.wizards:  # withdrawn while it was still offered here
            self._describe(self.flow.draft)
            return
        topic = topic_of(self.library.wizards[wizard].category).id
        self.flow.keep(replace(self.flow.draft.led_by(wizard), page="self_help", topic=topic))
        self.self_help.wait(self.library.wizards[wizard])
        self.pages.go("self_help")
        if self.facts.snapshot is not None:
            self._on_facts(self.facts.snapshot)
        else:
            self.facts.start()

    def _resume(self) -> None:
        draft = self.flow.draft
        if draft.page == "self_help" and draft.wizard in self.library.wizards:
            self._start_guide(draft.wizard)
        else:
            self._describe(draft)

    def _on_facts(self, snapshot: Snapshot | None) -> None:
        draft = self.flow.draft
        if self.pages.current == "self_help" and self.self_help.player is None and draft.wizard:
            if draft.wizard in self.library.wizards:
                self.self_help.play(self.library.wizards, draft.wizard, snapshot, draft.run)
            else:  # withdrawn while the PC was being looked at
                self._describe(draft)
        elif self.pages.current == "consent":
            self._show_consent()

    def _on_run(self, run: Mapping[str, Any]) -> None:
        self.flow.keep(replace(self.flow.draft, run=dict(run)))

    def _on_solved(self, run: Mapping[str, Any]) -> None:
        self.flow.end_solved(run)
        self.solved.say_what_is_counted(is_counted=self._tools.counts_solved())
        self._files = []  # they ended with the draft
        self.topic.reset()
        self.topic.offer_resume(is_there=False)
        self.pages.go("solved")

    def _on_help_wanted(self, run: Mapping[str, Any]) -> None:
        language = self._tools.look.texts.language
        self._describe(with_told(self.flow.draft, run, self.library.wizards, language))

    def _describe(self, draft: RequestDraft) -> None:
        draft = replace(draft, page="describe")
        self.flow.keep(draft)
        self.describe.show_draft(draft, self._files)
        self.pages.go("describe")
        self.facts.start(is_full=self.flow.depth is Depth.FULL)

    def _leave_description(self) -> None:
        self._keep_description()
        if self.flow.draft.wizard and self.self_help.player is not None:
            self.pages.go("self_help")
        else:
            self._to_topics()

    def _to_topics(self) -> None:
        self.topic.offer_resume(is_there=not self.flow.draft.is_blank or bool(self._files))
        self.pages.go("topic")

    def _keep_description(self) -> None:
        if self.pages.current == "consent" and self._files != self.describe.files.files:
            self._files = list(self.describe.files.files)  # a large file was read a moment after "next"
            self._show_consent()
        if self.pages.current != "describe":
            return
        self._files = list(self.describe.files.files)
        self.flow.keep(self.describe.taken_into(self.flow.draft))

    def _to_consent(self) -> None:
        self._keep_description()
        self.consent.notice.clear()
        self.pages.go("consent")
        if not self._is_choosing:  # as last time, or careful; on a second visit as it was left
            self._is_choosing = True
            self._consenting.begin(self.flow.depth, self.flow.habits.off)
        self._show_consent()

    def _show_consent(self) -> None:
        images = sum(one.is_screenshot for one in self._files)
        has_facts = self.facts.snapshot is not None
        self.consent.show_groups(has_facts=has_facts, files=len(self._files), images=images)
        self._consenting.prepare()

    def _on_message_wanted(self) -> None:
        self.flow.prepare(self.facts.snapshot, self.consent.choice, reachable=self.describe.reachable_words())

    def _on_prepared(self, _prepared: object) -> None:
        self.consent.show_prepared(self.flow.request, self.flow.whole)
        self.consent.set_usable(is_usable=self.flow.is_ready)

    def _send(self) -> None:
        self.consent.set_usable(is_usable=False)
        self.flow.send()

    def _on_sent(self, request: RequestRow, changes: Changes) -> None:
        self._files, self._is_choosing = [], False
        self.sent.show_request(request, self._problem)
        self.pages.go("sent")
        self.facts.forget()  # says so to the page in view, which must not be the consent any more
        self.topic.reset()
        self.topic.offer_resume(is_there=False)
        self.changed.emit(changes)

    def _on_failed(self, error: AppError) -> None:
        if self.pages.current == "consent":
            self.consent.notice.show_error(error)
            self.consent.area.ensureWidgetVisible(self.consent.notice)
            self.consent.set_usable(is_usable=self.flow.is_ready)
        else:
            self.describe.notice.show_error(error)

    def _reload_receipt(self) -> None:
        request, client = self.sent.request, self._tools.client
        if request is not None and self.pages.current == "sent":
            read: Callable[[], RequestRow] = lambda: open_request(client, request.id).request  # noqa: E731
            self._tools.store(read, owner=self, done=lambda row: self.sent.show_request(row, self._problem))

    def _take_screenshot(self) -> None:
        self.hide()
        QTimer.singleShot(_HIDDEN_FOR_SHOT, self, self._on_hidden)

    def _on_hidden(self) -> None:
        image = grab_screens()
        self.show()
        self.activateWindow()
        if image.isNull():
            self.describe.notice.show_error(AppError("screenshot.refused"))
        else:
            self.redact(image)

    def redact(self, image: QImage) -> ScreenshotDialog:
        """Show a picture to be blackened before it becomes a file of the draft."""
        dialog = ScreenshotDialog(self._tools.look, image, self)
        dialog.taken.connect(self.describe.add_file)
        dialog.again_wanted.connect(self._take_screenshot)
        dialog.open()
        return dialog
