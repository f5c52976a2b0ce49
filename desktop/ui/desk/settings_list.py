"""The Desk's settings under the name by which the pages know them; declared in `domain.desk_settings`."""

from desktop.domain.desk_settings import DESK_SETTINGS

__all__ = ["DESK_SETTINGS"]
