"""Whether a company keeps checklists of its own, for those who must not see the tables; imports no SQLAlchemy."""

from desktop.models.wizard_presence import has_own_wizards

__all__ = ["has_own_wizards"]
