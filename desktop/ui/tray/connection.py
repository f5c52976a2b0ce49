"""How this PC stands with its company, in one line for menu and window."""

from __future__ import annotations

from desktop.base.errors import AppError
from desktop.base.texts import Texts
from desktop.client.overview import Overview
from desktop.ui.tray.mark import Badge


def connection_words(texts: Texts, overview: Overview, problem: AppError | None) -> str:
    """Return the line: not set up, waiting, refused, n messages waiting, not connected, or connected."""
    if not overview.admission:
        return texts.text("tray.connection.none")
    if overview.admission in ("waiting", "refused"):
        return texts.text(f"tray.connection.{overview.admission}", company=overview.company)
    if problem is not None and overview.waiting:
        return texts.plural("tray.connection.queued", overview.waiting)
    if problem is not None:
        return texts.text("tray.connection.lost" if is_about_folder(problem) else "tray.connection.stuck")
    return texts.text("tray.connection.good", company=overview.company)


def is_about_folder(problem: AppError) -> bool:
    """Tell whether the folder is what cannot be used; else it is this PC, as with a locked keychain or a full disk."""
    return problem.code.startswith("mailbox.")


def badge_of(overview: Overview, problem: AppError | None) -> Badge:
    """Return the dot: an answer or something the IT asks for counts more than a folder that cannot be reached."""
    if overview.news or overview.asks:
        return Badge.ANSWER
    is_in_need = overview.admission == "refused" or (problem is not None and overview.waiting > 0)
    return Badge.ATTENTION if is_in_need else Badge.NONE
