"""Printers, accounts and the Security Center: winspool, netapi32, secur32, wscapi."""

from __future__ import annotations

import ctypes
from typing import Any

from desktop.diagnostics.windows import membership, printing
from tests.diagnostics.windows.dll import NO_FILE, TOO_SMALL, Dll
from tests.diagnostics.windows.pc import HIGH_HANDLE, read_text, write_text

DOCUMENT = "Kündigung Kunze.docx"


class Spooler(Dll):
    """winspool.drv."""

    opened: tuple[str, ...] = ()

    def _write(self, rows: list[Any], target: int, room: int, needed: Any, count: Any) -> int:
        size = sum(ctypes.sizeof(one) for one in rows) + 20_000  # more than is given at first
        needed[0] = size
        if size > room:
            return self.fails(TOO_SMALL)
        place = target
        for one in rows:
            ctypes.memmove(place, ctypes.addressof(one), ctypes.sizeof(one))
            place += ctypes.sizeof(one)
        count[0] = len(rows)
        return 1

    def EnumPrintersW(self, flags: int, _name: Any, level: int, *target: Any) -> int:
        assert (flags, level) in ((2, 2), (4, 4)), "a print server must not be asked for details"
        if isinstance(self.pc.printers, int):
            return self.fails(self.pc.printers)
        text = self.memory.text
        if flags == 4:
            rows: list[Any] = [
                printing.PrinterInfo4(text(one), text("\\\\druck01"), 0x10) for one in self.pc.connections
            ]
            return self._write(rows, *target)
        rows = [
            printing.PrinterInfo2(
                name=text(one.name),
                port=text(one.port),
                driver=text(one.driver),
                status=one.status,
                attributes=one.attributes,
            )
            for one in self.pc.printers
        ]
        return self._write(rows, *target)

    def OpenPrinterW(self, name: int, handle: Any, _defaults: Any) -> int:
        handle[0] = HIGH_HANDLE + len(self.opened)
        self.opened = (*self.opened, read_text(name))
        return 1

    def EnumJobsW(self, printer: int, _first: int, _most: int, level: int, *target: Any) -> int:
        assert level == 1
        rows: list[Any] = [
            printing.JobInfo1(
                id=7,
                user=self.memory.text(user),
                document=self.memory.text(DOCUMENT),
                submitted=(ctypes.c_uint16 * 8)(*moment),
            )
            for user, moment in self.pc.jobs.get(self.opened[printer - HIGH_HANDLE], [])
        ]
        return self._write(rows, *target)

    def ClosePrinter(self, printer: int) -> int:
        assert 0 <= printer - HIGH_HANDLE < len(self.opened), "a handle was cut"
        return 1

    def GetDefaultPrinterW(self, name: int, _size: Any) -> int:
        if not self.pc.default_printer:
            return self.fails(NO_FILE)
        write_text(name, self.pc.default_printer)
        return 1


class Accounts(Dll):
    """secur32, advapi32 and netapi32; a domain's server is never asked."""

    def GetUserNameExW(self, kind: int, name: int, _size: Any) -> int:
        assert kind == 2
        write_text(name, self.pc.user)
        return 1

    def GetUserNameW(self, name: int, _size: Any) -> int:
        write_text(name, self.pc.user.rpartition("\\")[2])
        return 1

    def NetUserGetInfo(self, server: Any, name: int, level: int, target: Any) -> int:
        assert (server, level) == (None, 4), "only this PC is asked"
        assert read_text(name) == self.pc.user.rpartition("\\")[2]
        if isinstance(self.pc.account, int):
            return self.pc.account
        age, flags, is_expired = self.pc.account
        target[0] = self.memory.put(membership.UserInfo4(password_age_s=age, flags=flags, is_expired=is_expired))
        return 0

    def NetUserModalsGet(self, server: Any, level: int, target: Any) -> int:
        assert (server, level) == (None, 0)
        target[0] = self.memory.put(membership.Modals0(longest_age_s=self.pc.longest_age))
        return 0

    def NetGetJoinInformation(self, _server: Any, name: Any, status: Any) -> int:
        status[0], name[0] = self.pc.domain[0], self.memory.text(self.pc.domain[1])
        return 0

    def NetApiBufferFree(self, buffer: int) -> int:
        assert buffer
        return 0

    def WscGetSecurityProviderHealth(self, provider: int, target: Any) -> int:
        code, value = self.pc.health.get(provider, (1, 0))  # S_FALSE: the service does not run
        target[0] = value
        return code
