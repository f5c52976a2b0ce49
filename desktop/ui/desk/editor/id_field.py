"""The name by which a file knows a step, an item or a field; it changes when the field is left, everywhere at once."""

from __future__ import annotations

from collections.abc import Callable, Collection

from desktop.domain.wizard.editing_names import LONGEST_ID, is_id
from desktop.ui.common.look import Look
from desktop.ui.desk.fields import TextField


class IdField(TextField):
    """`renamed` gets another name that is one and that nobody has; anything else is said and changes nothing."""

    def __init__(
        self, look: Look, label: str, name: str, taken: Collection[str], renamed: Callable[[str], object], *, hint: str
    ) -> None:
        super().__init__(look, label, text=name, hint=hint, limit=LONGEST_ID)
        self._look, self._name, self._taken, self._renamed = look, name, taken, renamed
        self.edit.editingFinished.connect(self._take)

    def _take(self) -> None:
        if self.text == self._name:
            self.set_error("")
        elif not is_id(self.text):
            self.set_error(self._look.text("editor.id.none"))
        elif self.text in self._taken:
            self.set_error(self._look.text("editor.id.taken"))
        else:
            self._name = self.text
            self._renamed(self._name)
