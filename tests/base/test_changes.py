"""Changes are values: they add up and answer what they touch."""

from __future__ import annotations

from desktop.base.changes import Changes, Subject, merged


def test_changes_add_up_and_tell_what_they_touch() -> None:
    both = Changes.of(Subject.TICKET, "1", "2") | Changes.of(Subject.DEVICE, "d")
    assert both.ids(Subject.TICKET) == {"1", "2"}
    assert both.touches(Subject.DEVICE, Subject.PERSON)
    assert not both.touches(Subject.PARTNER)
    assert merged([both, Changes.of(Subject.TICKET, "3")]).ids(Subject.TICKET) == {"1", "2", "3"}
