"""Qt's own few words (names of keys, file dialogs) in the program's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator


def speak_qt(application: QCoreApplication, language: str) -> None:
    """Load Qt's catalogue for `language`, so that menus say Strg and not Ctrl; nothing happens where there is none."""
    QLocale.setDefault(QLocale(QLocale.Language.German if language == "de" else QLocale.Language.English))
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{language}", folder):
        application.installTranslator(translator)
