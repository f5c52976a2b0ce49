"""Windows' libraries, stood in for by functions that write what the real ones would: layouts, sequences, refusals."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from desktop.domain.wizard.events import Try
from desktop.system.actions import windows_calls as calls
from desktop.system.actions.performing import foresee, perform
from desktop.system.actions.windows_desktop import BinInfo
from desktop.system.actions.windows_network import Card, Connection, Entry, NetworkResource, Radio, Radios
from desktop.system.actions.windows_printers import JobInfo1, PrinterDefaults, PrinterInfo4

Functions = Mapping[str, Callable[..., Any]]
IS_64_BIT = ctypes.sizeof(ctypes.c_void_p) == 8


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Callable[[Functions], list[tuple[Any, ...]]]:
    """Return what puts functions in the place of Windows' own; every call of one is written down."""

    def put(functions: Functions) -> list[tuple[Any, ...]]:
        called: list[tuple[Any, ...]] = []

        def function(_library: str, name: str, _result: Any, *_arguments: Any) -> Callable[..., Any]:
            if name not in functions:
                raise OSError(f"no {name}")

            def call(*values: Any) -> Any:
                called.append((name, *values))
                return functions[name](*values)

            return call

        monkeypatch.setattr(calls, "function", function)
        return called

    return put


def write(address: int, kind: Any, value: Any) -> None:
    kind.from_address(address).value = value


def said(address: int) -> str:
    return calls.text_at(address)


HELD: list[Any] = []


def kept(text: str) -> int:
    """Return the address of a text that stays."""
    HELD.append(calls.units(text))
    return ctypes.addressof(HELD[-1])


@pytest.mark.skipif(not IS_64_BIT, reason="the widths of a 64-bit Windows")
@pytest.mark.parametrize(
    ("kind", "size"),
    [
        (BinInfo, 24),
        (Card, 532),
        (Radios, 772),
        (Entry, 1048),
        (NetworkResource, 48),
        (JobInfo1, 96),
        (PrinterDefaults, 24),
    ],
)
def test_layouts_are_those_of_the_headers(kind: Any, size: int) -> None:
    """Sizes as a C compiler for 64-bit Windows gives them; RASENTRYNAMEW is known to have 1048 bytes."""
    assert ctypes.sizeof(kind) == size


def test_the_bin_is_counted_and_emptied_only_as_it_was_agreed_to(windows: Any) -> None:
    holds = [3]

    def query(_root: None, address: int) -> int:
        info = BinInfo.from_address(address)
        assert info.own_size == ctypes.sizeof(BinInfo)
        info.count, info.size = holds[0], 5_000_000_000
        return 0

    called = windows({"SHQueryRecycleBinW": query, "SHEmptyRecycleBinW": lambda *_: 0})
    prospect = foresee("trash.empty", {}, platform="windows")
    assert dict(prospect.facts) == {"count": 3, "size": 5_000_000_000}
    holds[0] = 4
    assert perform("trash.empty", {}, agreed=prospect.agreed, platform="windows").result is Try.FAILED
    assert [one[0] for one in called if "Empty" in one[0]] == []
    holds[0] = 3
    assert perform("trash.empty", {}, agreed=prospect.agreed, platform="windows").result is Try.DONE
    assert called[-1] == ("SHEmptyRecycleBinW", None, None, 7)


def test_where_windows_refuses_nothing_is_offered(windows: Any) -> None:
    windows({"SHQueryRecycleBinW": lambda *_: -2147024891})
    prospect = foresee("trash.empty", {}, platform="windows")
    assert (prospect.is_possible, prospect.reason) == (False, "SHQueryRecycleBin: error 0x80070005")
    windows({})
    assert not foresee("wifi.on", {}, platform="windows").is_possible
    assert perform("sound.unmute", {}, platform="windows").result is Try.FAILED


def spooler(jobs: list[tuple[int, str]]) -> dict[str, Callable[..., Any]]:
    """Return a print service with one printer and these jobs, by number and owner."""
    size = ctypes.sizeof(JobInfo1) * len(jobs)

    def user(room: int, _size: int) -> int:
        ctypes.memmove(room, calls.units("Anna"), 10)
        return 1

    def opened(name: int, handle: int, _defaults: Any) -> int:
        assert said(name) in ("Büro 2", "X")
        write(handle, ctypes.c_void_p, 77)
        return 1

    def listed(_handle: int, _first: int, _most: int, _level: int, *room: Any) -> int:
        buffer, given, needed, count = room
        write(needed, ctypes.c_uint32, size)
        if given < size or not buffer:
            return 0
        for place, (number, owner) in enumerate(jobs):
            row = JobInfo1.from_address(buffer + place * ctypes.sizeof(JobInfo1))
            row.id, row.user = number, kept(owner)
        write(count, ctypes.c_uint32, len(jobs))
        return 1

    return {
        "GetUserNameW": user, "OpenPrinterW": opened, "EnumJobsW": listed, "ClosePrinter": lambda _handle: 1,
        "SetJobW": lambda *_: 1, "SetPrinterW": lambda *_: 1,
    }  # fmt: skip


def test_only_own_jobs_are_counted_and_deleted(windows: Any) -> None:
    called = windows(spooler([(4, "ANNA"), (5, "Bernd"), (6, "anna")]))
    answers = {"printer_name": "Büro 2"}
    prospect = foresee("printer.cancel_own_jobs", answers, platform="windows")
    assert dict(prospect.facts) == {"count": 2}
    done = perform("printer.cancel_own_jobs", answers, agreed=prospect.agreed, platform="windows")
    assert done.result is Try.DONE
    assert [one[1:] for one in called if one[0] == "SetJobW"] == [(77, 4, 0, None, 5), (77, 6, 0, None, 5)]
    opened, closed = (sum(one[0] == name for one in called) for name in ("OpenPrinterW", "ClosePrinter"))
    assert opened == closed == 3


def test_a_queue_without_own_jobs_is_left_alone(windows: Any) -> None:
    windows(spooler([(5, "Bernd")]))
    assert not foresee("printer.cancel_own_jobs", {"printer_name": "X"}, platform="windows").is_possible
    windows(spooler([]))
    assert not foresee("printer.cancel_own_jobs", {"printer_name": "X"}, platform="windows").is_possible


def printers(*names: str) -> Callable[..., int]:
    """Return what lists the printers of this PC."""
    size = ctypes.sizeof(PrinterInfo4) * len(names)

    def listed(_flags: int, _server: None, _level: int, room: int, given: int, needed: int, count: int) -> int:
        write(needed, ctypes.c_uint32, size)
        if given < size:
            return 0
        for place, name in enumerate(names):
            PrinterInfo4.from_address(room + place * ctypes.sizeof(PrinterInfo4)).name = kept(name)
        write(count, ctypes.c_uint32, len(names))
        return 1

    return listed


@pytest.mark.parametrize("action", ["cancel_own_jobs", "set_default", "resume", "test_page"])
def test_no_server_is_asked_that_this_pc_prints_on_none_of(windows: Any, action: str) -> None:
    """Windows signs in to whatever server a printer's name gives, and the name may come from a text."""
    called = windows({**spooler([(4, "Anna")]), "EnumPrintersW": printers(r"\\srv\Büro")})
    answers = {"printer_name": r"\\203.0.113.9\x"}
    if action != "test_page":
        assert not foresee(f"printer.{action}", answers, platform="windows").is_possible
    assert perform(f"printer.{action}", answers, platform="windows").result is not Try.DONE
    assert {one[0] for one in called} <= {"EnumPrintersW", "GetUserNameW"}


def test_a_printer_of_a_server_that_is_set_up_here_can_be_chosen(windows: Any) -> None:
    windows({"EnumPrintersW": printers("PDF", r"\\srv\Büro"), "GetDefaultPrinterW": lambda *_: 0})
    prospect = foresee("printer.set_default", {"printer_name": r"\\SRV\büro"}, platform="windows")
    assert prospect.agreed == r"\\SRV\büro"


def test_a_paused_queue_is_opened_as_its_administrator(windows: Any) -> None:
    rights: list[int] = []
    functions = spooler([])

    def opened(_name: int, handle: int, defaults: int) -> int:
        rights.append(PrinterDefaults.from_address(defaults).access)
        write(handle, ctypes.c_void_p, 77)
        return 1

    called = windows({**functions, "OpenPrinterW": opened})
    done = perform("printer.resume", {}, agreed="Büro", platform="windows")
    assert (done.result, rights) == (Try.DONE, [4])
    assert ("SetPrinterW", 77, 0, None, 2) in called


def test_remembered_drives_that_are_gone_are_connected(windows: Any) -> None:
    drives = {1: [("Z:", r"\\srv\team")], 3: [("z:", r"\\srv\team"), ("Y:", r"\\srv\süd"), (None, r"\\srv\ipc")]}
    left: list[list[Any]] = [[]]

    def opened(scope: int, _kind: int, _usage: int, _of: None, handle: int) -> int:
        left[0] = list(drives[scope])
        write(handle, ctypes.c_void_p, 9)
        return 0

    def listed(_handle: int, count: int, room: int, _size: int) -> int:
        rows, left[0] = left[0], []
        for place, (letter, remote) in enumerate(rows):
            row = NetworkResource.from_address(room + place * ctypes.sizeof(NetworkResource))
            row.local, row.remote = kept(letter) if letter else None, kept(remote)
        write(count, ctypes.c_uint32, len(rows))
        return 0 if rows else 259

    added: list[tuple[str, str]] = []

    def add(address: int, *_more: Any) -> int:
        drive = NetworkResource.from_address(address)
        added.append((said(drive.local), said(drive.remote)))
        return 53

    windows(
        {
            "WNetOpenEnumW": opened,
            "WNetEnumResourceW": listed,
            "WNetCloseEnum": lambda _h: 0,
            "WNetAddConnection2W": add,
        }
    )
    prospect = foresee("drive.reconnect", {}, platform="windows")
    assert dict(prospect.facts) == {"count": 1}
    done = perform("drive.reconnect", {}, agreed=prospect.agreed, platform="windows")
    assert (done.result, done.evidence) == (Try.FAILED, "WNetAddConnection2 Y:: error 0x35")
    assert added == [("Y:", r"\\srv\süd")]


def ras(kind: Any, names: list[str]) -> Callable[..., int]:
    """Return an enumeration that wants more room first, as the real one does."""

    def listed(*values: int) -> int:
        rows, size, count = values[-3:]
        assert kind.from_address(rows).size == ctypes.sizeof(kind)
        given = ctypes.c_uint32.from_address(size).value
        write(size, ctypes.c_uint32, ctypes.sizeof(kind) * len(names))
        if given < ctypes.sizeof(kind) * len(names):
            return 603
        for place, name in enumerate(names):
            row = kind.from_address(rows + place * ctypes.sizeof(kind))
            ctypes.memmove(row.name, calls.units(name), 2 * len(name) + 2)
        write(count, ctypes.c_uint32, len(names))
        return 0

    return listed


@pytest.mark.parametrize(
    ("names", "connected", "vpn"),
    [(["Firma Süd"], [], "Firma Süd"), (["Firma"], ["Firma"], None), (["A", "B"], [], None), ([], [], None)],
)
def test_the_one_vpn_that_is_not_connected_is_named(
    windows: Any, names: list[str], connected: list[str], vpn: str | None
) -> None:
    windows({"RasEnumEntriesW": ras(Entry, names), "RasEnumConnectionsW": ras(Connection, connected)})
    prospect = foresee("vpn.connect", {}, platform="windows")
    assert (prospect.is_possible, prospect.facts.get("vpn")) == (vpn is not None, vpn)


def wlan(software: int, hardware: int = 1) -> tuple[dict[str, Callable[..., Any]], list[int]]:
    """Return a Wi-Fi service with one card of one radio, and what it was switched to."""
    cards = ctypes.create_string_buffer(8 + ctypes.sizeof(Card))
    ctypes.c_uint32.from_buffer(cards).value = 1
    state, switched = Radios(1), list[int]()
    state.radios[0] = Radio(0, software, hardware)

    def opened(_version: int, _reserved: None, _negotiated: int, handle: int) -> int:
        write(handle, ctypes.c_void_p, 5)
        return 0

    def listed(_handle: int, _reserved: None, found: int) -> int:
        write(found, ctypes.c_void_p, ctypes.addressof(cards))
        return 0

    def asked(*values: Any) -> int:
        write(values[5], ctypes.c_void_p, ctypes.addressof(state))
        return 0

    def set_(_handle: int, _card: int, code: int, size: int, radio: int, _reserved: None) -> int:
        assert (code, size) == (4, 12)
        switched.append(Radio.from_address(radio).software)
        return 0

    return {
        "WlanOpenHandle": opened, "WlanEnumInterfaces": listed, "WlanQueryInterface": asked, "WlanSetInterface": set_,
        "WlanFreeMemory": lambda _memory: None, "WlanCloseHandle": lambda *_: 0,
    }, switched  # fmt: skip


def test_wifi_comes_on_where_only_software_has_switched_it_off(windows: Any) -> None:
    functions, switched = wlan(software=2)
    windows(functions)
    assert foresee("wifi.on", {}, platform="windows").is_possible
    assert not foresee("wifi.restart", {}, platform="windows").is_possible
    assert perform("wifi.on", {}, platform="windows").result is Try.DONE
    assert switched == [1]
    functions, _ = wlan(software=2, hardware=2)
    windows(functions)
    assert not foresee("wifi.on", {}, platform="windows").is_possible


def test_wifi_goes_off_and_on(windows: Any) -> None:
    functions, switched = wlan(software=1)
    windows(functions)
    assert foresee("wifi.restart", {}, platform="windows").is_possible
    assert perform("wifi.restart", {}, platform="windows").result is Try.DONE
    assert switched == [2, 1]


def test_the_standard_printer_is_set_by_its_name(windows: Any) -> None:
    names: list[str] = []

    def default(room: int, _size: int) -> int:
        ctypes.memmove(room, calls.units("PDF"), 8)
        return 1

    windows({"GetDefaultPrinterW": default, "SetDefaultPrinterW": lambda name: names.append(said(name)) or 1})
    assert not foresee("printer.set_default", {"printer_name": "PDF"}, platform="windows").is_possible
    prospect = foresee("printer.set_default", {"printer_name": "Großes Büro"}, platform="windows")
    done = perform("printer.set_default", {}, agreed=prospect.agreed, platform="windows")
    assert (done.result, names) == (Try.DONE, ["Großes Büro"])


def test_a_test_page_goes_through_the_driver_and_the_device_is_let_go(windows: Any) -> None:
    written: list[str] = []

    def text(_device: int, _left: int, _top: int, address: int, length: int) -> int:
        written.append(ctypes.string_at(address, 2 * length).decode("utf-16-le"))
        return 1

    called = windows(
        {
            "CreateDCW": lambda *_: 3, "DeleteDC": lambda _d: 1, "StartDocW": lambda *_: 1, "StartPage": lambda _d: 1,
            "TextOutW": text, "EndPage": lambda _d: 1, "EndDoc": lambda _d: 1,
        }
    )  # fmt: skip
    assert perform("printer.test_page", {"printer_name": "Büro"}, platform="windows").result is Try.DONE
    assert written == ["Ersthelfer", "Testseite / Test page"]
    assert called[-1] == ("DeleteDC", 3)
