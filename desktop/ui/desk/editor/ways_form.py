"""Where a step leads on to: one line per answer or exit, its words in both languages and the next step."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from desktop.domain.wizard import editing, editing_answers
from desktop.domain.wizard.definition import Answer, Question, Step, Wording
from desktop.domain.wizard.editing_names import free_answer_id
from desktop.domain.wizard.editing_texts import LANGUAGES, Owner, Part, TextPlace, with_text
from desktop.domain.wizard.editing_ways import Way, safe_targets, ways
from desktop.domain.wizard.exits import answer_ids
from desktop.ui.common.buttons import Button, ChoiceButton, IconButton
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label, set_tone
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look
from desktop.ui.desk.editor.names import is_fix, numbered, short, way_name
from desktop.ui.desk.editor.session import EditorSession

_WIDEST = 300  # logical pixels of a step's heading in the choice of the next one


def answer_field(answer: str) -> str:
    """Return the object name of the field with the words of an answer."""
    return f"answer {answer}"


class WaysForm(QWidget):
    """Lists the exits of one step; a target that would lead back is not offered."""

    def __init__(self, look: Look, session: EditorSession, step: Step) -> None:
        super().__init__()
        self._look, self._session, self._step = look, session, step
        self._own = answer_ids(step) if isinstance(step, Question) and step.answers else ()
        lines = column(plain_label(look, look.text("editor.ways"), size="meta", weight=BOLD), spacing=6)
        for way in ways(session.draft, step):
            lines.addWidget(self._line(way))
        if isinstance(step, Question) and step.type.has_fixed_answers and (step.answers or step.type.value != "yesno"):
            add = Button(look, look.text("editor.answer.add"), icon_name="plus", kind="flat", clicked=self._on_add)
            lines.addLayout(row(add, None))
        self.setLayout(lines)

    def _line(self, way: Way) -> QWidget:
        look = self._look
        name = way_name(look, self._step, way.exit)
        words = self._words(way, name)
        arrow = IconLabel(look.theme, "arrow-right", "t3", size=16)
        parts: list[QWidget] = [arrow, self._target(way, name)]
        if way.exit in self._own:
            parts.append(
                IconButton(
                    look, "trash", look.text("editor.answer.remove", answer=name), small=True,
                    clicked=partial(self._on_remove, way.exit),
                )
            )  # fmt: skip
        box, is_wide = QWidget(), isinstance(words, QLabel)
        line = row(*parts, None, spacing=8)
        if is_wide:
            line = row(words, *parts, spacing=8)
            line.setStretch(0, 1)
        box.setLayout(line if is_wide else column(words, line, 4, spacing=4))
        return box

    def _words(self, way: Way, name: str) -> QWidget:
        """Return fields for what the author may word, else the usual name."""
        own = next((one.text for one in self._answers() if one.id == way.exit), None)
        if own is not None:
            return self._edits(name, own, TextPlace(Owner.STEP, self._step.id, Part.ANSWER, way.exit))
        if is_fix(self._step):
            said = self._step.say.get(way.exit, Wording())
            return self._edits(name, said, TextPlace(Owner.STEP, self._step.id, Part.EXIT, way.exit), usual=name)
        return plain_label(self._look, name, wrap=True)

    def _answers(self) -> tuple[Answer, ...]:
        return self._step.answers if isinstance(self._step, Question) else ()

    def _edits(self, name: str, wording: Wording, place: TextPlace, *, usual: str = "") -> QWidget:
        box, line = QWidget(), row(spacing=6)
        for language in LANGUAGES:
            edit = QLineEdit(wording.say(language))
            edit.setMaxLength(400)
            edit.setCursorPosition(0)
            is_first = language == self._look.texts.language
            edit.setObjectName(answer_field(place.key) if language == LANGUAGES[0] else "")
            edit.setPlaceholderText(usual if is_first else self._look.text(f"editor.in.{language}"))
            said = self._look.text("editor.text_in", label=name, language=self._look.text(f"editor.in.{language}"))
            edit.setAccessibleName(said)
            self._look.theme.dress(edit)
            set_tone(edit, "true" if not usual and not edit.text().strip() else "false", property_name="faulty")
            edit.textEdited.connect(partial(self._on_words, place, language))
            line.addWidget(edit, 1)
        box.setLayout(line)
        return box

    def _target(self, way: Way, name: str) -> ChoiceButton:
        look, draft = self._look, self._session.draft
        offered = [*safe_targets(draft, self._step.id)]
        if way.target and way.target not in offered:
            offered.append(way.target)
        choices = [(one, short(look, numbered(look, draft, one), _WIDEST)) for one in offered]
        if not way.target or not way.is_needed:
            choices.insert(0, ("", look.text("editor.way.open" if way.is_needed else "editor.way.none")))
        said = look.text("editor.way.leads", way=name)
        button = ChoiceButton(look, said, choices, value=way.target, small=True)
        set_tone(button, "true" if way.is_needed and not way.target else "false", property_name="faulty")
        button.chosen.connect(partial(self._on_target, way.exit))
        return button

    def _on_words(self, place: TextPlace, language: str, text: str) -> None:
        self._session.change(lambda draft: with_text(draft, place, language, text), "text", merge=f"{place}{language}")

    def _on_target(self, way: str, target: str) -> None:
        step = self._step.id
        self._session.change(lambda draft: editing.set_target(draft, step, way, target), "target", rebuilds=True)

    def _on_add(self) -> None:
        step = self._step
        if isinstance(step, Question):
            new = free_answer_id(step.answers)
            self._session.change(
                lambda draft: editing_answers.add_answer(draft, step.id, new),
                "answer_added",
                rebuilds=True,
                wish=answer_field(new),
            )

    def _on_remove(self, answer: str) -> None:
        step = self._step.id
        self._session.change(
            lambda draft: editing_answers.remove_answer(draft, step, answer), "answer_removed", rebuilds=True
        )
