"""Errors that people can act on, apart from faults of the program itself."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType


class ErrorKind(IntEnum):
    """Whose fault an error is; the value is the exit code of the command line (DESIGN: 1 check, 2 usage, 3, 4)."""

    CHECK_FAILED = 1
    USAGE = 2
    ENVIRONMENT = 3
    REFUSED = 4


class AppError(Exception):
    """An expected fault with a text for people: what happened, what it means for the data, what to do now.

    `code` names the texts `error.<code>.what`, `error.<code>.data` and `error.<code>.do`; `parameters` fill them.
    """

    def __init__(
        self,
        code: str,
        *,
        kind: ErrorKind = ErrorKind.REFUSED,
        parameters: Mapping[str, object] | None = None,
        detail: str = "",
    ) -> None:
        super().__init__(code, dict(parameters or {}), detail)
        self.code = code
        self.kind = kind
        self.parameters: Mapping[str, object] = MappingProxyType(dict(parameters or {}))
        self.detail = detail
