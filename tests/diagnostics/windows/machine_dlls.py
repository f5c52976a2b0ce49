"""Drives, memory, windows on the screen, devices: kernel32, user32, shell32, setupapi and their like."""

from __future__ import annotations

import ctypes
from typing import Any

from desktop.diagnostics.windows import battery, displays
from tests.diagnostics.windows.dll import NO_MORE, PTR, Dll
from tests.diagnostics.windows.pc import HIGH_HANDLE, read_text, set_units, write_text
from tests.diagnostics.windows.recorded import Screen


class Kernel(Dll):
    """kernel32 and powrprof."""

    def GetLogicalDrives(self) -> int:
        return sum(1 << ord(letter[0]) - 65 for letter in self.pc.drives)

    def GetDriveTypeW(self, root: int) -> int:
        return self.pc.drives[read_text(root)[:2]][0]

    def GetDiskFreeSpaceExW(self, root: int, free: Any, total: Any, all_free: Any) -> int:
        found = self.pc.drives.get(read_text(root)[:2].upper())
        assert found, "a drive that is not there was touched"
        assert found[0] == 3, "only fixed drives may be touched"
        if not found[4]:
            return self.fails(21)
        free[0], total[0], all_free[0] = found[3], found[4], found[3]
        return 1

    def GetVolumeInformationW(self, root: int, *rest: Any) -> int:
        assert rest[0] is None, "the volume's name is nobody's business"
        found = self.pc.drives[read_text(root)[:2].upper()]
        rest[4][0] = found[2]
        write_text(rest[5], found[1])
        return 1

    def GlobalMemoryStatusEx(self, target: Any) -> int:
        assert target.contents.length == 64
        target.contents.commit_limit, target.contents.commit_left = self.pc.commit
        return 1

    def GetPhysicallyInstalledSystemMemory(self, kibibytes: Any) -> int:
        kibibytes[0] = 16 << 20
        return 1

    def GetSystemFirmwareTable(self, provider: int, table: int, target: int | None, room: int) -> int:
        assert (provider, table) == (0x52534D42, 0)
        content = bytes(8) + self.pc.firmware
        if room >= len(content):
            ctypes.memmove(target or 0, content, len(content))
        return len(content)

    def GetComputerNameW(self, name: int, _size: Any) -> int:
        write_text(name, self.pc.computer)
        return 1

    def CreateJobObjectW(self, _security: Any, name: Any) -> int:
        assert name is None
        return HIGH_HANDLE

    def SetInformationJobObject(self, job: int, kind: int, limits: int, size: int) -> int:
        assert (job, kind, size) == (HIGH_HANDLE, 9, 144)
        assert ctypes.c_uint32.from_address(limits + 16).value == 0x2000
        return 1

    def AssignProcessToJobObject(self, job: int, process: int) -> int:
        assert (job, process) == (HIGH_HANDLE, PTR(-1).value), "a handle was cut"
        return 1

    def GetCurrentProcess(self) -> int | None:
        return PTR(-1).value

    def CloseHandle(self, handle: int) -> int:
        assert handle == HIGH_HANDLE, "a handle was cut"
        return 1

    def PowerDeterminePlatformRoleEx(self, version: int) -> int:
        assert version == 2
        return self.pc.role


class Windows(Dll):
    """Windows of programs, and who the user is."""

    def EnumWindows(self, callback: int, _data: Any) -> int:
        call = ctypes.CFUNCTYPE(ctypes.c_int32, PTR, PTR)(callback)
        return int(all(call(window, None) for window, *_ in self.pc.windows))

    def IsWindowVisible(self, wanted: int) -> int:
        return next(int(visible) for window, visible, _, _ in self.pc.windows if window == wanted)

    def IsHungAppWindow(self, wanted: int) -> int:
        return next(int(hung) for window, _, hung, _ in self.pc.windows if window == wanted)

    def GetWindowThreadProcessId(self, wanted: int, pid: Any) -> int:
        pid[0] = next(pid for window, _, _, pid in self.pc.windows if window == wanted)
        return 4711

    def GetSystemMetrics(self, index: int) -> int:
        return int(index == 0x1000 and self.pc.is_remote)

    def IsUserAnAdmin(self) -> int:
        return int(self.pc.is_admin)

    def OpenProcessToken(self, _process: Any, access: int, target: Any) -> int:
        assert access == 8
        target[0] = HIGH_HANDLE
        return 1

    def GetTokenInformation(self, token: int, kind: int, target: Any, size: int, _needed: Any) -> int:
        assert (token, kind, size) == (HIGH_HANDLE, 18, 4)
        target[0] = self.pc.elevation
        return 1


class Screens(Dll):
    """Monitors and what hangs on each output."""

    def _by_handle(self) -> dict[int, tuple[str, Screen]]:
        return {
            0x7FF7_0000_0000 + place: (f"\\\\.\\DISPLAY{place + 1}", one) for place, one in enumerate(self.pc.screens)
        }

    def SetThreadDpiAwarenessContext(self, context: int) -> int:
        assert context == PTR(-4).value
        return 1

    def EnumDisplayMonitors(self, _context: Any, _clip: Any, callback: int, _data: Any) -> int:
        call = ctypes.CFUNCTYPE(ctypes.c_int32, PTR, PTR, PTR, PTR)(callback)
        return int(all(call(handle, None, None, None) for handle in self._by_handle()))

    def GetMonitorInfoW(self, handle: int, target: Any) -> int:
        device, one = self._by_handle()[handle]
        info = target.contents
        assert info.size == 104
        info.whole = displays.Rectangle(0, 0, one.width * 96 // one.dpi, one.height * 96 // one.dpi)
        info.flags = int(one.is_primary)
        set_units(info.device, device)
        return 1

    def EnumDisplaySettingsW(self, device: int, which: int, target: Any) -> int:
        assert which == 0xFFFFFFFF
        mode = target.contents
        assert mode.size == 220
        one = dict(self._by_handle().values())[read_text(device)]
        mode.width, mode.height, mode.frequency = one.width, one.height, one.rate
        return 1

    def GetDpiForMonitor(self, handle: int, kind: int, across: Any, down: Any) -> int:
        across[0] = down[0] = self._by_handle()[handle][1].dpi
        return kind

    def GetDisplayConfigBufferSizes(self, flags: int, paths: Any, modes: Any) -> int:
        assert flags == 2
        paths[0], modes[0] = len(self.pc.screens), 2 * len(self.pc.screens)
        return 0

    def QueryDisplayConfig(self, _flags: int, paths: Any, target: int, *_rest: Any) -> int:
        rows = (displays.PathInfo * len(self.pc.screens)).from_address(target)
        for place, one in enumerate(self.pc.screens):
            rows[place].source = rows[place].target = place
            rows[place].technology = one.technology
        paths[0] = len(self.pc.screens)
        return 0

    def DisplayConfigGetDeviceInfo(self, question: int) -> int:
        kind, size = ctypes.cast(question, ctypes.POINTER(ctypes.c_uint32))[:2]
        target: Any = {1: displays.SourceName, 2: displays.TargetName}[kind].from_address(question)
        assert size == ctypes.sizeof(target)
        device, one = list(self._by_handle().values())[target.id]
        set_units(target.name, device if kind == 1 else one.name)
        if kind == 2:
            target.technology = one.technology
        return 0


class Devices(Dll):
    """The device manager's lists, and the batteries' drivers."""

    opened = -1

    def SetupDiGetClassDevsW(self, _kind: Any, _name: Any, _window: Any, flags: int) -> int:
        assert flags in (2 | 4, 2 | 16)
        return HIGH_HANDLE

    def SetupDiDestroyDeviceInfoList(self, handle: int) -> int:
        assert handle == HIGH_HANDLE, "a handle was cut"
        return 1

    def SetupDiEnumDeviceInfo(self, _list: int, place: int, target: Any) -> int:
        assert target.contents.size == 32
        if place >= len(self.pc.things):
            return self.fails(NO_MORE)
        target.contents.node = place + 1
        return 1

    def SetupDiGetDeviceRegistryPropertyW(
        self, _list: int, info: Any, wanted: int, _kind: Any, target: int, room: int, size: Any
    ) -> int:
        one = self.pc.things[info.contents.node - 1]
        texts = {
            0: (one.description or one.name,), 1: one.ids, 4: (one.service,), 7: (one.class_name,),
            12: (one.name,) if one.description else (),
        }[wanted]  # fmt: skip
        if not any(texts):
            return self.fails(13)
        content = "".join(f"{text}\0" for text in texts).encode("utf-16-le") + b"\0\0"
        assert len(content) <= room
        ctypes.memmove(target, content, len(content))
        size[0] = len(content)
        return 1

    def CM_Get_DevNode_Status(self, state: Any, problem: Any, node: int, _flags: int) -> int:
        one = self.pc.things[node - 1]
        state[0] = 0x400 if one.problem else 0x8
        problem[0] = one.problem
        return 0

    def SetupDiEnumDeviceInterfaces(self, _list: int, _device: Any, _kind: Any, place: int, target: Any) -> int:
        if place >= len(self.pc.batteries):
            return self.fails(NO_MORE)
        target.contents.reserved = place + 1
        return 1

    def SetupDiGetDeviceInterfaceDetailW(self, _list: int, info: Any, target: int, *_rest: Any) -> int:
        assert ctypes.c_uint32.from_address(target).value == 8, "the size of the fixed part"
        write_text(target + 4, f"\\\\?\\acpi#pnp0c0a#{info.contents.reserved}")
        return 1

    def CreateFileW(
        self, name: int, access: int, share: int, _security: Any, how: int, _flags: int, _template: Any
    ) -> int:
        assert (access, share, how) == (0xC0000000, 3, 3)
        self.opened = int(read_text(name).rpartition("#")[2]) - 1
        return HIGH_HANDLE

    def DeviceIoControl(self, _device: int, code: int, question: int, _size: int, target: int, *rest: Any) -> int:
        capabilities, designed, full, cycles = self.pc.batteries[self.opened]
        if code == 0x294040:
            ctypes.c_uint32.from_address(target).value = 77
            return 1
        assert (code, rest[0]) == (0x294044, 36)
        assert battery.BatteryQuery.from_address(question).tag == 77
        answer = battery.BatteryInformation.from_address(target)
        answer.capabilities, answer.designed, answer.full, answer.cycles = capabilities, designed, full, cycles
        return 1
