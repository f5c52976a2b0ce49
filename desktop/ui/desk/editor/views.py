"""The other views of a checklist that is edited, each loaded when it is first wanted."""

from __future__ import annotations

from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.editor.session import HEAD, EditorSession
from desktop.ui.desk.wizards.graph_view import GraphView


def make_graph(context: DeskContext, session: EditorSession) -> GraphView:
    """Return the steps as a picture that follows the draft; what is picked in either place is picked in both."""
    view = GraphView(context.look, session.draft, session.problems)
    view.chosen.connect(session.pick)
    session.judged.connect(_Following(view, session).show)
    if session.step != HEAD:
        view.choose(session.step)
    return view


class _Following:
    """Keeps a picture true for as long as it is there."""

    def __init__(self, view: GraphView, session: EditorSession) -> None:
        self._view, self._session = view, session

    def show(self) -> None:
        """Draw the present draft."""
        self._view.show_wizard(self._session.draft, self._session.problems)
