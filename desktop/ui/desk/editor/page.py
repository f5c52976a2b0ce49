"""The editor of one checklist (mock-up H1): its steps, the form of the picked one, and how that looks to people."""

from __future__ import annotations

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.base.errors import AppError
from desktop.domain.wizard.editing_history import is_same
from desktop.domain.wizard_rows import WizardFile
from desktop.ui.common.buttons import Button, IconButton
from desktop.ui.common.controls import Banner, SegmentedControl
from desktop.ui.common.errors import announce
from desktop.ui.common.labels import set_tooltip
from desktop.ui.common.layouts import clear, column, pane, row, scrolling, show_all
from desktop.ui.common.look import Look
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.editor import use_cases
from desktop.ui.desk.editor.focus import LetterUndo, put_at, put_on, spot_in
from desktop.ui.desk.editor.head_form import HeadForm
from desktop.ui.desk.editor.item_form import ItemForm
from desktop.ui.desk.editor.preview import PreviewPane
from desktop.ui.desk.editor.publish_dialog import PublishDialog
from desktop.ui.desk.editor.session import HEAD, EditorSession
from desktop.ui.desk.editor.side import EditorSide
from desktop.ui.desk.editor.step_form import StepForm
from desktop.ui.desk.editor.use_cases import Opened
from desktop.ui.desk.menus import keys_text

_PAUSE = 700  # milliseconds after the last key until the draft is kept
_ROOM_FOR_PREVIEW = 1120  # logical pixels: below this the form would be narrower than its fields
_NARROW, _LEAST = 880, 720  # below the first the words of some buttons go; the window is never narrower than the second
FORM, GRAPH, CASES = "form", "graph", "cases"


class EditorPage(QWidget):
    """Keeps every change as a draft; nothing reaches anybody before it is published."""

    left = Signal()
    published = Signal(str)

    def __init__(self, context: DeskContext, opened: Opened, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if opened.wizard is None:
            raise ValueError("nothing to edit")
        self._context, self._file = context, opened.file
        self._is_saving = False
        self._views: dict[str, QWidget] = {}
        self.session = EditorSession(opened.wizard, opened.known, self)
        self._saved = self.session.draft
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(_PAUSE)
        self._keep.timeout.connect(self.save)
        self._redraw = QTimer(self)  # a field that is left must not be deleted while the keyboard is on its way
        self._redraw.setSingleShot(True)
        self._redraw.setInterval(0)
        self._redraw.timeout.connect(self.draw_form)
        self._letters = LetterUndo(self)
        self._build(context.look, opened)
        self.session.changed.connect(self._on_changed)
        self.session.rebuilt.connect(self._redraw.start)
        self.session.picked.connect(self._on_picked)
        self.session.judged.connect(self._on_judged)
        self.draw_form()
        self._on_judged()

    @property
    def wizard_id(self) -> str:
        """Return which checklist is edited."""
        return self._file.id

    def _build(self, look: Look, opened: Opened) -> None:
        self.side = EditorSide(look, self.session, opened)
        self.side.back.clicked.connect(self._on_left)
        self.side.discard_wanted.connect(self._on_discard)
        self.side.versions_wanted.connect(self.open_versions)
        self.side.original_wanted.connect(self._on_original)
        self._fault = Banner(look, "", tone="red")
        self._fault.hide()
        self._form = column(spacing=0)
        holder = pane(column(self._form, None, spacing=0), ground="surface")
        self._stack = QStackedWidget()
        self._form_area = scrolling(holder)
        self._stack.addWidget(self._form_area)
        self._views[FORM] = self._form_area
        middle = column(
            self._head(look),
            pane(column(self._fault, margins=(24, 0, 20, 0)), ground="surface"),
            self._stack,
            spacing=0,
        )
        middle.setStretch(2, 1)
        self.preview = PreviewPane(look, self.session)
        whole = row(self.side, pane(middle, ground="surface"), self.preview, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.setFocusProxy(self.side.steps)
        for keys, act in (("Ctrl+Z", self.session.undo), ("Ctrl+Y", self.session.redo), ("Ctrl+S", self.save)):
            QShortcut(QKeySequence(keys), self, act)

    def _head(self, look: Look) -> QWidget:
        """Return the bar with the views, undo, the trial run and the one filled button."""
        views = [(one, look.text(f"editor.view.{one}"), "") for one in (FORM, GRAPH, CASES)]
        self.views = SegmentedControl(look, look.text("editor.view"), views[: 1 if self.session.is_list else 3])
        self.views.chosen.connect(self._on_view)
        if self.session.is_list:
            self.views.hide()  # a choice of one
        self.undo = IconButton(look, "arrow-u-up-left", look.text("editor.undo"), small=True, clicked=self.session.undo)
        self.redo = IconButton(
            look, "arrow-u-up-right", look.text("editor.redo"), small=True, clicked=self.session.redo
        )
        self.trial = Button(look, look.text("editor.trial"), icon_name="play", small=True, clicked=self.open_trial)
        if self.session.is_list:
            self.trial.hide()
        self.publish = Button(look, look.text("editor.publish"), kind="primary", small=True, clicked=self._on_publish)
        return pane(
            row(self.views, self.undo, self.redo, None, self.trial, self.publish, spacing=8, margins=(24, 10, 20, 10)),
            ground="surface", edge="bottom",
        )  # fmt: skip

    def draw_form(self) -> None:
        """Show the form of what is picked, and keep the keyboard and the place on the page."""
        self._redraw.stop()
        look, session = self._context.look, self.session
        bar = self._form_area.verticalScrollBar()
        at, spot = bar.value(), spot_in(self._form_area)
        wish, session.wish = session.wish, ""
        clear(self._form)
        draft, name = session.draft, session.step
        if name == HEAD:
            form: QWidget = HeadForm(look, session)
        elif session.is_list:
            form = ItemForm(look, session, draft.items[name])
        else:
            form = StepForm(look, session, draft.steps[name])
        self._form.addWidget(form)
        show_all(self._form)
        self._letters.watch(form)
        focused = put_on(form, wish) if wish else put_at(form, spot) if spot is not None else None
        self._form.activate()  # what is lower than the page ends now has its place, and can be scrolled to
        bar.setValue(at)
        if focused is not None:
            self._form_area.ensureWidgetVisible(focused)

    def save(self) -> None:
        """Keep the draft if it is another one; one save at a time, so that each knows the one before."""
        self._keep.stop()
        draft = self.session.draft
        if self._is_saving or is_same(draft, self._saved):
            return
        self._is_saving = True
        saved = draft

        def done(file: WizardFile) -> None:
            self._is_saving, self._saved = False, saved
            self._take_file(file)
            self.save()

        self._context.do(use_cases.saving(draft, self._file.hash), owner=self, done=done, failed=self._on_save_failed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the form the room of the preview, and of words that are names, where all do not fit."""
        super().resizeEvent(event)
        theme = self._context.look.theme
        self.preview.setVisible(self.width() >= theme.px(_ROOM_FOR_PREVIEW))
        self.side.be_narrow(self.width() < theme.px(_NARROW))
        self.trial.set_text("" if self.width() < theme.px(_NARROW) else self._context.look.text("editor.trial"))
        self.trial.setAccessibleName(self._context.look.text("editor.trial"))

    def minimumSizeHint(self) -> QSize:
        """Ask for no room for the preview: it goes where there is none."""
        least = super().minimumSizeHint()
        return QSize(min(least.width(), self._context.look.theme.px(_LEAST)), least.height())

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was typed when another page comes or the window closes."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.save()

    @property
    def is_saved(self) -> bool:
        """Tell whether everything typed is kept."""
        return not self._is_saving and is_same(self.session.draft, self._saved)

    def _take_file(self, file: WizardFile) -> None:
        self._file = file
        self.side.show_file(file)
        self._update_buttons()
        self._fault.hide()

    def _on_save_failed(self, error: AppError) -> None:
        self._is_saving = False
        look = self._context.look
        said = look.texts.error(error)
        self._fault.set_text(said.what, said.do)
        self._fault.set_buttons(self._ways_out() if error.code == "own_wizard.changed" else [])
        self._fault.show()

    def _ways_out(self) -> list[Button]:
        """Return what can be done where somebody else changed the same draft meanwhile."""
        look = self._context.look
        return [
            Button(look, look.text("editor.keep_mine"), small=True, clicked=self._keep_mine),
            Button(look, look.text("editor.reload"), small=True, clicked=self._reload),
        ]

    def _keep_mine(self) -> None:
        """Look at what is kept now, and put this draft in its place on purpose."""

        def done(opened: Opened) -> None:
            self._take_file(opened.file)
            self.save()

        self._context.read(use_cases.opening(self.wizard_id), owner=self, done=done)

    def _reload(self) -> None:
        self._saved = self.session.draft  # what stands here is given up on purpose
        self.left.emit()
        self._context.bus.navigated.emit("wizard", self.wizard_id)

    def _on_changed(self) -> None:
        self._keep.start()
        self._update_buttons()

    def _on_picked(self, _step: str) -> None:
        self._form_area.verticalScrollBar().setValue(0)
        self.draw_form()

    def _on_judged(self) -> None:
        self._update_buttons()

    def _update_buttons(self) -> None:
        look, history = self._context.look, self.session.history
        for button, text, code, keys in (
            (self.undo, history.undo_text, "undo", "Ctrl+Z"), (self.redo, history.redo_text, "redo", "Ctrl+Y"),
        ):  # fmt: skip
            button.setEnabled(text is not None)
            said = (
                look.text(f"editor.{code}_of", change=look.texts.render(text)) if text else look.text(f"editor.{code}")
            )
            set_tooltip(button, look.text("editor.with_keys", words=said, keys=keys_text(keys)))
            button.setAccessibleName(said)
        is_good = not any(one.is_error for one in self.session.problems)
        self.publish.setEnabled(is_good and self._has_news)
        hint = "" if is_good and self._has_news else "editor.publish.no_news" if is_good else "editor.publish.not_yet"
        self.publish.setToolTip(look.text(hint) if hint else "")

    @property
    def _has_news(self) -> bool:
        """Tell whether there is anything that is not in force yet."""
        return self._file.draft is not None or not is_same(self.session.draft, self._saved)

    def _on_view(self, view: str) -> None:
        """Show the form, the picture or the scenarios; the latter two are made when they are first wanted."""
        if view not in self._views:
            self._views[view] = self._make_view(view)
            self._stack.addWidget(self._views[view])
        self._stack.setCurrentWidget(self._views[view])

    def _make_view(self, view: str) -> QWidget:
        from desktop.ui.desk.editor.views import make_cases, make_graph

        if view == CASES:
            return make_cases(self._context, self.session, self.open_trial)
        graph = make_graph(self._context, self.session)
        graph.opened.connect(self._on_opened)
        return graph

    def _on_opened(self, step: str) -> None:
        """Go from the picture to the form of a step."""
        self.session.pick(step)
        self.views.set_value(FORM)
        self._on_view(FORM)

    def _on_publish(self) -> None:
        self.save()
        dialog = PublishDialog(self._context.look, self.session, self)
        dialog.publish_wanted.connect(lambda: self._publish(dialog))
        dialog.open()

    def _publish(self, dialog: PublishDialog) -> None:
        if not self.is_saved:  # the last letters are still on their way; the lane takes one after the other
            QTimer.singleShot(50, dialog, lambda: self._publish(dialog))
            return

        def done(file: WizardFile) -> None:
            dialog.accept()
            self._take_file(file)
            announce(self, self._context.look.text("editor.publish.done"))
            self.published.emit(file.id)

        self._context.do(
            use_cases.publishing(self.wizard_id, dialog.note, self._file.hash),
            owner=dialog, done=done, failed=dialog.show_fault,
        )  # fmt: skip

    def _on_discard(self) -> None:
        self._keep.stop()
        self._saved = self.session.draft  # what was typed last goes with it
        if self._is_saving:  # it is this draft that goes, so its hash has to be known first
            QTimer.singleShot(50, self, self._on_discard)
            return
        self._context.do(
            use_cases.discarding(self.wizard_id, self._file.hash), owner=self, done=lambda _file: self._reload()
        )

    def _on_original(self, name: str) -> None:
        self._keep.stop()
        self._context.do(use_cases.doing(name, self.wizard_id), owner=self, done=lambda _file: self._reload())

    def open_trial(self) -> None:
        """Try the draft as it stands, whatever is wrong with it."""
        from desktop.ui.desk.editor.views import open_trial

        open_trial(self._context, self.session, self)

    def open_versions(self) -> None:
        """Show what was published when, and what differs."""
        from desktop.ui.desk.editor.views import open_versions

        open_versions(self._context, self.session, self._file, self, restored=self._reload)

    def _on_left(self) -> None:
        """Stay while what was typed cannot be kept: the banner says why and what to do."""
        if self._fault.isVisible() and not self.is_saved:
            announce(self._fault, self._context.look.text("editor.not_kept"))
            return
        self.save()
        self.left.emit()
