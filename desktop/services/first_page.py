"""The Desk's first picture for those who must not see the tables; imports no SQLAlchemy."""

from desktop.models.first_page import FirstPage, first_page

__all__ = ["FirstPage", "first_page"]
