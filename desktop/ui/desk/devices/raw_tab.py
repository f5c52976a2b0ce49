"""A snapshot exactly as it was sent: a tree to search and the document to copy."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import cast

from PySide6.QtCore import QRegularExpression, QSortFilterProxyModel, Qt
from PySide6.QtGui import QGuiApplication, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QLineEdit, QTreeView, QWidget

from desktop.domain.folding import folded
from desktop.domain.snapshot import Snapshot
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Card
from desktop.ui.common.errors import announce
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line, plain
from desktop.ui.desk.devices.fact_words import FactWords

RAW_LIMIT = 200_000  # characters that are copied
MOST = 5_000  # lines of the tree; a snapshot has some hundreds
_VALUE_LENGTH = 500
_NAME_WIDTH = 260
_WORDS = Qt.ItemDataRole.UserRole + 1


class RawTab(QWidget):
    """Every name and value of the document as plain text."""

    def __init__(self, look: Look, snapshot: Snapshot) -> None:
        super().__init__()
        self._look = look
        document = snapshot.to_document()
        self._text = plain(json.dumps(document, ensure_ascii=False, indent=2), RAW_LIMIT)
        self.search = QLineEdit()
        self.search.setPlaceholderText(look.text("device.raw.search"))
        self.search.setAccessibleName(look.text("device.raw.search"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(look.theme.px(280))
        look.theme.dress(self.search)
        self.search.textChanged.connect(self._on_search)
        self.tree = self._make_tree(look)
        self._searched: list[str] = []
        self._grow(document)
        self.found.setSourceModel(self._model)
        self.tree.setModel(self.found)
        self.tree.setColumnWidth(0, look.theme.px(_NAME_WIDTH))
        self._said = plain_label(look, "", size="meta", tone="t3")
        copy = Button(look, look.text("device.copy"), icon_name="copy", clicked=self._on_copy)
        head = row(self.search, copy, self._said, None, spacing=10)
        whole = column(head, Card(column(self.tree, margins=(4, 4, 4, 4))), spacing=10, margins=(24, 16, 24, 24))
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _make_tree(self, look: Look) -> QTreeView:
        self._model = QStandardItemModel(self)
        self._model.setHorizontalHeaderLabels([look.text("device.raw.field"), look.text("device.raw.value")])
        self.found = QSortFilterProxyModel(self)
        self.found.setFilterRole(_WORDS)
        self.found.setRecursiveFilteringEnabled(True)
        self.found.setAutoAcceptChildRows(True)
        tree = QTreeView()
        tree.setAccessibleName(look.text("device.raw.name"))
        tree.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        tree.setUniformRowHeights(True)
        look.theme.dress(tree)
        return tree

    def _grow(self, document: Mapping[str, object]) -> None:
        """Make the lines, breadth first, so that a document that is too large loses its deepest ones."""
        words = FactWords(self._look)
        waiting: list[tuple[QStandardItem, object, tuple[str, ...]]]
        waiting = [(self._model.invisibleRootItem(), document, ())]
        for parent, content, path in waiting:
            for name, value in _parts(content):
                if len(self._searched) == MOST:
                    return
                is_leaf = not isinstance(value, dict | list)
                shown = _value(value) if is_leaf else ""
                self._searched.append(folded(f"{name} {_spoken(words, (*path, name))} {shown}"))
                item = QStandardItem(one_line(name, 100))
                item.setData(self._searched[-1], _WORDS)
                parent.appendRow([item, QStandardItem(shown)])
                if not is_leaf:
                    waiting.append((item, cast("object", value), (*path, name)))

    def _on_search(self, query: str) -> None:
        """Show the lines with all words and what lies above and below them; unfold what was found."""
        words = folded(query).split()
        self.found.setFilterRegularExpression("".join(f"(?=.*{QRegularExpression.escape(one)})" for one in words))
        if not words:
            self.tree.collapseAll()
            self._said.setText("")
            return
        self.tree.expandAll()
        count = sum(all(word in one for word in words) for one in self._searched)
        self._said.setText(self._look.texts.plural("device.raw.found", count))
        announce(self.tree, self._said.text())

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self._said.setText(self._look.text("device.copied"))
        announce(self._said, self._said.text())


def _parts(content: object) -> Iterator[tuple[str, object]]:
    if isinstance(content, dict):
        yield from cast("dict[str, object]", content).items()
    elif isinstance(content, list):
        yield from ((str(place + 1), one) for place, one in enumerate(cast("list[object]", content)))


def _spoken(words: FactWords, path: tuple[str, ...]) -> str:
    """Return what people call the place, so that "Drucker" finds `printers`; nothing outside of the probes."""
    match path:
        case ("probes", probe):
            return words.title(probe)
        case ("probes", probe, "facts", *_, name):
            return words.label(probe, name)
        case _:
            return ""


def _value(value: object) -> str:
    return one_line(value if isinstance(value, str) else json.dumps(value), _VALUE_LENGTH)
