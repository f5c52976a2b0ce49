"""The one style sheet of the application, made from the tokens; single widgets never get sheets of their own.

Widgets choose a rule by a dynamic property (`kind`, `tone`, `ground`, `chip`, `message`, `tall`). A height has to be
one of the sheet's: what a widget sets itself, the sheet takes back. Fonts are not set here: the
bundled font has its weights on a variable axis that style sheets cannot reach.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from string import Template

_SURFACES = """
QMainWindow, QDialog, QMenuBar, QStatusBar { background: $win; }
QWidget[ground="win"] { background: $win; } QWidget[ground="side"] { background: $side; }
QWidget[ground="surface"] { background: $surface; } QWidget[ground="surface2"] { background: $surface2; }
QWidget[edge="bottom"] { border: 0; border-bottom: 1px solid $line; }
QWidget[edge="top"] { border: 0; border-top: 1px solid $line; }
QWidget[edge="right"] { border: 0; border-right: 1px solid $line; }
QWidget[edge="left"] { border: 0; border-left: 1px solid $line; }
QMenuBar { padding: 0 6px; }
QMenuBar::item { padding: 5px 9px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QStatusBar { border-top: 1px solid $line; color: $t3; } QStatusBar::item { border: 0; }
QScrollArea, QAbstractScrollArea[plain="true"] { background: transparent; border: 0; }
QListView, QTreeView, QTableView { background: transparent; border: 0; outline: 0; }
QListView[popup="true"] { background: $surface; color: $t1; border: 1px solid $line2; }
QListView[popup="true"]::item { padding: 4px 8px; } QListView[popup="true"]::item:selected { background: $sel; }
QListWidget::item { border-radius: 6px; padding-left: 6px; color: $t2; } QListWidget::item:hover { background: $hover; }
QListWidget::item:selected { background: $sel; color: $t1; }
QTableView { gridline-color: $line; alternate-background-color: $surface2; }
QTableView::item { padding: 0 8px; border: 0; border-bottom: 1px solid $line; }
QTableView::item:hover { background: $hover; } QTableView::item:selected { background: $sel; color: $t1; }
QHeaderView { background: transparent; } QAbstractScrollArea::corner { background: transparent; border: 0; }
QHeaderView::section { background: $surface; color: $t3; border: 0; border-bottom: 1px solid $line; padding: 6px 8px; }
QSplitter::handle { background: $line; }
QFrame[card="true"] { background: $surface; border: 1px solid $line; border-radius: ${radius}px; }
QFrame[card="quiet"] { background: $surface2; border: 1px solid $line; border-radius: ${radius}px; }
QFrame[message="in"] { background: $surface; border: 1px solid $line; border-radius: ${radius}px; }
QFrame[message="out"] { background: $accbg; border: 1px solid $accbg; border-radius: ${radius}px; }
QFrame[message="note"] { background: $note; border: 1px solid $noteln; border-radius: ${radius}px; }
"""

_TEXT = """
QLabel { background: transparent; }
QLabel[tone="t2"] { color: $t2; } QLabel[tone="t3"] { color: $t3; } QLabel[tone="acc"] { color: $acc; }
QLabel[tone="red"] { color: $red; } QLabel[tone="amb"] { color: $amb; } QLabel[tone="grn"] { color: $grn; }
QLabel[tone="vio"] { color: $vio; } QLabel[tone="onacc"] { color: $onacc; }
QFrame[chip="acc"] { background: $accbg; color: $acc; } QFrame[chip="grn"] { background: $grnbg; color: $grn; }
QFrame[chip="amb"] { background: $ambbg; color: $amb; } QFrame[chip="red"] { background: $redbg; color: $red; }
QFrame[chip="vio"] { background: $viobg; color: $vio; } QFrame[chip="plain"] { background: $hover; color: $t2; }
QFrame[chip="outline"] { background: transparent; color: $t2; border: 1px solid $line2; }
QFrame[chip] { border-radius: 5px; padding: 2px 7px; }
QLabel[key="true"] { background: $surface; color: $t2; border: 1px solid $line2; border-radius: 4px; padding: 1px 5px; }
QToolTip { background: $surface; color: $t1; border: 1px solid $line2; padding: 4px 6px; }
"""

_BUTTONS = """
QPushButton { background: $surface; border: 1px solid $line2; border-radius: 6px; padding: 0 ${pad}px;
  min-height: ${tall}px; color: $t1; }
QPushButton:hover { background: $hover; } QPushButton:pressed { background: $line; }
QPushButton:focus { border: 2px solid $acc; padding: 0 ${pad_f}px; min-height: ${tall_f}px; }
QPushButton:disabled { color: $t3; background: $surface2; border-color: $line; }
QPushButton[small="true"] { min-height: ${low}px; padding: 0 ${pad_s}px; }
QPushButton[small="true"]:focus { min-height: ${low_f}px; padding: 0 ${pad_sf}px; }
QPushButton[kind="primary"] { background: $acc; border-color: $acc; color: $onacc; }
QPushButton[kind="primary"]:hover { background: $acch; border-color: $acch; }
QPushButton[kind="primary"]:focus { border: 2px solid $t1; }
QPushButton[kind="primary"]:disabled { background: $hover; border-color: $line2; color: $t3; }
QPushButton[kind="danger"] { color: $red; border-color: $redln; }
QPushButton[kind="flat"] { background: transparent; border-color: transparent; color: $t2; }
QPushButton[kind="flat"]:hover { background: $hover; } QPushButton[kind="flat"]:focus { border-color: $acc; }
QPushButton[kind="flat"]:checked { background: $sel; color: $t1; }
QPushButton[kind="link"] { background: transparent; border: 2px solid transparent; color: $acc; padding: 0 3px;
  min-height: 22px; border-radius: 5px; text-align: left; margin-left: -5px; }
QPushButton[kind="link"]:hover { color: $acch; background: $hover; }
QPushButton[kind="link"]:focus { border: 2px solid $acc; padding: 0 3px; min-height: 22px; }
QPushButton[kind="property"] { background: transparent; border: 2px solid transparent; padding: 0 3px;
  min-height: 22px; border-radius: 5px; text-align: left; margin-left: -5px; }
QPushButton[kind="property"]:hover { background: $hover; }
QPushButton[kind="property"]:focus { border: 2px solid $acc; padding: 0 3px; min-height: 22px; }
QPushButton[kind="field"] { border-color: $ctl; text-align: left; padding: 0 6px 0 10px; }
QPushButton[kind="field"]:focus { border: 2px solid $acc; padding: 0 5px 0 9px; }
QPushButton[square="true"], QPushButton[square="true"]:focus { padding: 0; }
QPushButton[kind="chip"] { background: $hover; color: $t2; border: 2px solid transparent; border-radius: 5px;
  padding: 0 5px; min-height: ${chip}px; }
QPushButton[kind="chip"][tone="red"] { background: $redbg; color: $red; }
QPushButton[kind="chip"][tone="amb"] { background: $ambbg; color: $amb; }
QPushButton[kind="chip"][tone="acc"] { background: $accbg; color: $acc; }
QPushButton[kind="chip"]:hover { border-color: $line2; } QPushButton[kind="chip"]:checked { border-color: $line2; }
QPushButton[kind="chip"][tone="red"]:checked { border-color: $redln; }
QPushButton[kind="chip"][tone="amb"]:checked { border-color: $ambln; }
QPushButton[kind="chip"][tone="acc"]:checked { border-color: $accln; }
QPushButton[kind="chip"]:focus { border-color: $acc; }
QPushButton[tall="true"] { min-height: ${act}px; } QPushButton[tall="true"]:focus { min-height: ${act_f}px; }
QPushButton::menu-indicator { image: none; width: 0; }
QFrame[segments="true"] { border: 1px solid $line2; border-radius: 6px; background: $surface2; }
QFrame[segments="true"] QPushButton { border: 1px solid transparent; border-radius: 5px; background: transparent;
  color: $t2; min-height: ${seg}px; padding: 0 11px; }
QFrame[segments="true"] QPushButton:hover { background: $hover; }
QFrame[segments="true"] QPushButton:checked { background: $surface; color: $t1; border: 1px solid $line2; }
QFrame[segments="true"] QPushButton:focus { border: 2px solid $acc; padding: 0 10px; min-height: ${seg_f}px; }
"""

_FIELDS = """
QLineEdit, QPlainTextEdit, QTextEdit { background: $surface; color: $t1; border: 1px solid $ctl; border-radius: 6px;
  padding: 0 8px; selection-background-color: $acc; selection-color: $onacc; }
QLineEdit { min-height: ${tall}px; } QPlainTextEdit, QTextEdit { padding: 4px 6px; }
QLineEdit:focus { border: 2px solid $acc; padding: 0 7px; min-height: ${tall_f}px; }
QLineEdit[tall="true"] { min-height: ${act}px; } QLineEdit[tall="true"]:focus { min-height: ${act_f}px; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $acc; padding: 3px 5px; }
QLineEdit:disabled, QPlainTextEdit:disabled { background: $surface2; color: $t3; border-color: $line2; }
QLineEdit:read-only { background: $surface2; }
QLineEdit[faulty="true"], QPlainTextEdit[faulty="true"] { border: 2px solid $red; padding-left: 7px; }
QPlainTextEdit[raw="true"] { background: $side; border-color: $line; }
QDateEdit, QTimeEdit, QDateTimeEdit, QSpinBox { background: $surface; color: $t1; selection-background-color: $acc;
  selection-color: $onacc; min-height: ${tall}px; }
QProgressBar { border: 0; background: $line; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $acc; border-radius: 3px; }
QTabWidget::pane { border: 0; border-top: 1px solid $line; } QTabBar { qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $t2; padding: 8px 3px; margin-right: 18px; border: 0;
  border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $t1; border-bottom: 2px solid $acc; } QTabBar::tab:focus { color: $acc; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $line2; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; } QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $ctl; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QMenu { background: $surface; border: 1px solid $line2; padding: 5px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 5px; color: $t1; }
QMenu::item:selected { background: $sel; } QMenu::item:disabled { color: $t3; }
QMenu::icon { padding-left: 10px; } QMenu::separator { height: 1px; background: $line; margin: 4px 0; }
"""

_BANNERS = "".join(
    f'QFrame[banner="{tone}"] {{ background: ${tone}bg; border: 1px solid ${tone}ln; border-radius: ${{radius}}px; }}\n'
    for tone in ("acc", "amb", "red", "grn", "vio")
)


def make_sheet(tokens: Mapping[str, str], px: Callable[[int], int]) -> str:
    """Return the sheet; `px` scales control heights (logical pixels) with the chosen text size."""
    tall, low, seg, act, pad, pad_small = px(30), px(26), px(25), px(38), 12, 10
    sizes = {
        "radius": "8",
        "tall": str(tall),
        "tall_f": str(tall - 2),
        "low": str(low),
        "low_f": str(low - 2),
        "chip": str(px(18)),
        "act": str(act),
        "act_f": str(act - 2),
        "seg": str(seg),
        "seg_f": str(seg - 2),
        "pad": str(pad),
        "pad_f": str(pad - 1),
        "pad_s": str(pad_small),
        "pad_sf": str(pad_small - 1),
    }
    return Template(_SURFACES + _TEXT + _BUTTONS + _FIELDS + _BANNERS).substitute(**tokens, **sizes)
