"""Forms for typed answers: rows to choose from, ticks, a text, a number, a moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QDoubleValidator
from PySide6.QtWidgets import QDateEdit, QLineEdit, QPlainTextEdit, QWidget

from desktop.domain.wizard.definition import AnswerType
from desktop.domain.wizard.run import Answer
from desktop.ui.common.errors import announce
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.wizard.choice_card import ChoiceCard

_MULTILINE_FROM = 120  # characters: longer answers get several lines


@dataclass(frozen=True, slots=True)
class Ask:
    """What to ask: `choices` of id and text, `hints` by id, the `value` offered, `is_instant` answers by one click."""

    name: str
    type: AnswerType
    choices: tuple[tuple[str, str], ...] = ()
    hints: Mapping[str, str] = field(default_factory=dict[str, str])
    icons: Mapping[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    value: Answer = None
    maximum: int = 500
    is_instant: bool = False


class AnswerForm(QWidget):
    """Asks one thing; `answer()` is what stands there, `answered` says it was chosen by one click."""

    answered = Signal(object)
    edited = Signal()

    def __init__(self, look: Look, ask: Ask) -> None:
        super().__init__()
        self.ask = ask
        self._look = look
        self._cards: dict[str, ChoiceCard] = {}
        self._line: QLineEdit | None = None
        self._text: QPlainTextEdit | None = None
        self._date: QDateEdit | None = None
        self._rows = column(spacing=8)
        self.setLayout(self._rows)
        self._build()
        self._fault = self._fault_line()
        self._rows.addWidget(self._fault)
        self.edited.connect(self._fault.hide)

    @property
    def needs_button(self) -> bool:
        """Tell whether a button has to take the answer."""
        return not (self.ask.is_instant and bool(self.ask.choices) and self.ask.type is not AnswerType.MULTI)

    def answer(self) -> Answer:
        """Return what stands there; None where nothing does."""
        if self._cards:
            chosen = [one for one, card in self._cards.items() if card.isChecked()]
            if self.ask.type is AnswerType.MULTI:
                return chosen or None
            return chosen[0] if chosen else None
        if self._date is not None:
            return self._date.date().toString(Qt.DateFormat.ISODate)
        text = self._text.toPlainText() if self._text else self._line.text() if self._line else ""
        return self._typed(text.strip()[: self.ask.maximum])

    def first(self) -> QWidget | None:
        """Return the widget that takes the keyboard: the chosen row or the field."""
        chosen = (one for one in self._cards.values() if one.isChecked() or one.is_proposed)
        return next(chosen, None) or next(iter(self._cards.values()), None) or self._line or self._text or self._date

    def carried_to(self, ask: Ask) -> Ask:
        """Return `ask` with what stands here where it asks the same: a page may be drawn anew while somebody types."""
        given = self.answer()
        is_same = (ask.name, ask.type, ask.choices) == (self.ask.name, self.ask.type, self.ask.choices)
        return replace(ask, value=given) if is_same and given is not None else ask

    def say_missing(self) -> None:
        """Say below the form that it wants an answer, and put the keyboard where one is given."""
        self._fault.show()
        text = self._look.text("wizard.answer_missing")
        announce(self, text)
        first = self.first()
        if first is not None:
            first.setAccessibleDescription(text)
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def card(self, choice: str) -> ChoiceCard:
        """Return the row of a choice, for focus and tests."""
        return self._cards[choice]

    def _build(self) -> None:
        if self.ask.choices:
            self._add_cards()
        elif self.ask.type is AnswerType.DATE:
            self._add_date()
        elif self.ask.type is AnswerType.TEXT and self.ask.maximum >= _MULTILINE_FROM:
            self._add_text()
        else:
            self._add_line()

    def _add_cards(self) -> None:
        given = self.ask.value if isinstance(self.ask.value, list) else [self.ask.value]
        for one, label in self.ask.choices:
            icon_name, tone = self.ask.icons.get(one, ("", "acc"))
            card = ChoiceCard(
                self._look,
                one_line(label),
                self.ask.hints.get(one, ""),
                icon_name=icon_name,
                tone=tone,
                checkable=self.needs_button,
                several=self.ask.type is AnswerType.MULTI,
                proposed=not self.needs_button and one in given,
            )
            card.setChecked(self.needs_button and one in given)
            card.clicked.connect(lambda _on=False, chosen=one: self._on_chosen(chosen))
            self._cards[one] = card
            self._add(card)

    def _add_line(self) -> None:
        self._line = QLineEdit(_written(self._look, self.ask.value))
        self._line.setMaxLength(self.ask.maximum)
        if self.ask.type is AnswerType.NUMBER:
            validator = QDoubleValidator(self._line)
            validator.setLocale(_locale(self._look))
            self._line.setValidator(validator)
        self._line.textEdited.connect(self.edited)
        self._line.returnPressed.connect(lambda: self.answered.emit(self.answer()))
        self._add(self._line)

    def _add_text(self) -> None:
        self._text = QPlainTextEdit(_written(self._look, self.ask.value))
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(self._look.theme.px(84))
        self._text.textChanged.connect(self.edited)
        self._add(self._text)

    def _add_date(self) -> None:
        self._date = QDateEdit()
        self._date.setCalendarPopup(True)
        self._date.setLocale(_locale(self._look))
        today = self._look.formats.now()
        given = QDate.fromString(str(self.ask.value), Qt.DateFormat.ISODate)
        self._date.setDate(given if given.isValid() else QDate(today.year, today.month, today.day))
        self._date.dateChanged.connect(self.edited)
        self._date.setMaximumWidth(self._look.theme.px(240))
        self._add(self._date)

    def _add(self, widget: QWidget) -> None:
        if not isinstance(widget, ChoiceCard):
            widget.setAccessibleName(self.ask.name)
            self._look.theme.dress(widget, "reading")
        self._rows.addWidget(widget)

    def _fault_line(self) -> QWidget:
        look = self._look
        words = plain_label(look, look.text("wizard.answer_missing"), size="meta", tone="red", wrap=True)
        line = row(IconLabel(look.theme, "warning-circle", "red", size=14, filled=True), words, spacing=6)
        line.setStretch(1, 1)
        whole = QWidget()
        whole.setLayout(line)
        whole.hide()
        return whole

    def _on_chosen(self, choice: str) -> None:
        self.edited.emit()
        if not self.needs_button:
            self.answered.emit(choice)

    def _typed(self, text: str) -> Answer:
        if self.ask.type is not AnswerType.NUMBER:
            return text or None
        number, is_number = _locale(self._look).toDouble(text)
        return number if is_number else None


def as_answer(value: object) -> Answer:
    """Return what came through a signal as the answer it is."""
    return value if isinstance(value, str | int | float) else None


def _written(look: Look, value: Answer) -> str:
    """Return an answer as it is typed: numbers with the comma of the language, nothing for nothing."""
    if isinstance(value, float):
        locale = _locale(look)
        locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
        return locale.toString(value, "g", 15)
    return "" if value is None else str(value)


def _locale(look: Look) -> QLocale:
    return QLocale(QLocale.Language.German if look.texts.language == "de" else QLocale.Language.English)
