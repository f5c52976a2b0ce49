"""Adapters, routes, Wi-Fi, dial-up and network drives: iphlpapi, wlanapi, rasapi32, mpr."""

from __future__ import annotations

import ctypes
import socket
from typing import Any

from desktop.diagnostics.windows import adapters, routes, shares, wireless
from tests.diagnostics.windows.dll import ACCESS_DENIED, NO_MORE, Dll
from tests.diagnostics.windows.pc import HIGH_HANDLE
from tests.diagnostics.windows.recorded import Nic


def sockaddr(address: str) -> bytes:
    """Return an address as SOCKADDR_IN or SOCKADDR_IN6."""
    if ":" in address:
        return b"\x17\0\0\0\0\0\0\0" + socket.inet_pton(socket.AF_INET6, address) + b"\0\0\0\0"
    return b"\x02\0\0\0" + socket.inet_aton(address) + bytes(8)


class Adapters(Dll):
    """iphlpapi."""

    def _chain(self, texts: tuple[str, ...]) -> int | None:
        following = None
        for text in reversed(texts):
            content = sockaddr(text)
            place = self.memory.put(ctypes.create_string_buffer(content))
            entry = adapters.AddressEntry(32, 0, following, adapters.SocketAddress(place, len(content)))
            following = self.memory.put(entry)
        return following

    def _fill(self, entry: Any, one: Nic) -> None:
        mac = bytes.fromhex(one.mac.replace(":", ""))
        entry.length, entry.index, entry.ipv6_index = 448, one.index, one.index
        entry.description, entry.friendly_name = self.memory.text(one.description), self.memory.text(one.name)
        entry.dns_suffix = self.memory.text(one.suffix)
        entry.hardware_length = len(mac)
        ctypes.memmove(entry.hardware, mac, len(mac))
        entry.mtu, entry.type, entry.status = 1500, one.type, 1 if one.is_up else 2
        entry.send_speed = entry.receive_speed = one.speed
        entry.unicast, entry.gateways, entry.dns_servers = map(self._chain, (one.addresses, one.gateways, one.dns))
        entry.ipv4_metric = one.metric

    def GetAdaptersAddresses(self, family: int, flags: int, _reserved: Any, target: int, size: Any) -> int:
        assert (family, flags) == (0, 0x86)
        nics = [Nic(name="Loopback Pseudo-Interface 1", description="Software Loopback", type=24), *self.pc.nics]
        needed = 448 * len(nics) + 40_000  # more than is given at first
        if size[0] < needed:
            size[0] = needed
            return 111
        for place, one in enumerate(nics):
            entry: Any = adapters.AdapterEntry.from_address(target + 448 * place)
            self._fill(entry, one)
            entry.next = target + 448 * (place + 1) if place + 1 < len(nics) else None
        return 0

    def _table(self, kind: Any, count: int) -> tuple[int, Any]:
        content = ctypes.create_string_buffer(8 + count * ctypes.sizeof(kind))
        ctypes.c_uint32.from_buffer(content).value = count
        return self.memory.put(content), (kind * count).from_buffer(content, 8)

    def GetIpForwardTable2(self, _family: int, target: Any) -> int:
        target[0], rows = self._table(routes.RouteRow, len(self.pc.routes))
        for row, (length, index, hop, metric) in zip(rows, self.pc.routes, strict=True):
            row.prefix_length, row.index, row.metric = length, index, metric
            ctypes.memmove(row.next_hop, sockaddr(hop), len(sockaddr(hop)))
        return 0

    def GetIpNetTable2(self, _family: int, target: Any) -> int:
        target[0], rows = self._table(routes.NeighbourRow, len(self.pc.neighbours))
        for row, (address, state) in zip(rows, self.pc.neighbours, strict=True):
            ctypes.memmove(row.address, sockaddr(address), len(sockaddr(address)))
            row.state = state
        return 0

    def FreeMibTable(self, table: int) -> None:
        assert table


class Wlan(Dll):
    """wlanapi; the network that it is connected to has a name that is personal."""

    def WlanOpenHandle(self, version: int, _reserved: Any, negotiated: Any, client: Any) -> int:
        negotiated[0], client[0] = version, HIGH_HANDLE
        return self.pc.wifi if isinstance(self.pc.wifi, int) else 0

    def WlanCloseHandle(self, client: int, _reserved: Any) -> int:
        assert client == HIGH_HANDLE, "a handle was cut"
        return 0

    def WlanEnumInterfaces(self, client: int, _reserved: Any, target: Any) -> int:
        assert client == HIGH_HANDLE, "a handle was cut"
        assert isinstance(self.pc.wifi, dict)
        content = ctypes.create_string_buffer(8 + 532)
        ctypes.c_uint32.from_buffer(content).value = 1
        wireless.WlanInterface.from_buffer(content, 8).state = self.pc.wifi.get("state", 1)
        target[0] = self.memory.put(content)
        return 0

    def WlanQueryInterface(
        self, _client: int, _guid: Any, code: int, _reserved: Any, size: Any, target: Any, _type: Any
    ) -> int:
        wifi = self.pc.wifi
        assert isinstance(wifi, dict)
        if code == 7 and wifi.get("location") == "denied":
            return ACCESS_DENIED
        if code == 0x10000102 and "rssi" not in wifi:
            return 50
        answer: Any = {
            4: wireless.RadioState(1, ((ctypes.c_uint32 * 3)(0, *wifi.get("radio", (1, 1))),)),
            7: wireless.WlanConnection(
                1,
                0,
                quality=wifi.get("quality", 0),
                phy_type=wifi.get("phy", 8),
                receive_kbit=wifi.get("rate", 0),
                bssid=(ctypes.c_uint8 * 6)(0x3C, 0x52, 0x82, 9, 8, 7),
            ),
            8: ctypes.c_uint32(wifi.get("channel", 0)),
            0x10000102: ctypes.c_int32(wifi.get("rssi", 0)),
        }[code]
        if code == 7:
            answer.ssid_length = 11
            ctypes.memmove(answer.ssid, b"Villa Kunze", 11)
        size[0], target[0] = ctypes.sizeof(answer), self.memory.put(answer)
        return 0

    def WlanFreeMemory(self, memory: int) -> None:
        assert memory


class Ras(Dll):
    """rasapi32."""

    def _counted(self, count: int, rows: Any, size: Any, found: Any) -> int:
        assert rows.contents.size == ctypes.sizeof(rows.contents)
        found[0] = count
        needed = count * ctypes.sizeof(rows.contents)
        if needed > size[0]:
            size[0] = needed
            return 603
        return 0

    def RasEnumConnectionsW(self, rows: Any, size: Any, found: Any) -> int:
        return self._counted(self.pc.ras[0], rows, size, found)

    def RasEnumEntriesW(self, _reserved: Any, _book: Any, rows: Any, size: Any, found: Any) -> int:
        return self._counted(self.pc.ras[1], rows, size, found)


class Mpr(Dll):
    """mpr: the drives that are connected, one at a time, as a slow provider gives them."""

    waiting: tuple[tuple[str, str], ...] = ()

    def WNetOpenEnumW(self, scope: int, kind: int, _usage: int, _from: Any, handle: Any) -> int:
        assert (scope, kind) == (1, 1)
        if isinstance(self.pc.shares, int):
            return self.pc.shares
        self.waiting = tuple(self.pc.shares)
        handle[0] = HIGH_HANDLE
        return 0

    def WNetEnumResourceW(self, handle: int, count: Any, target: int, _size: Any) -> int:
        assert handle == HIGH_HANDLE, "a handle was cut"
        if not self.waiting:
            return NO_MORE
        (local, remote), *rest = self.waiting
        self.waiting = tuple(rest)
        row = shares.NetworkResource(local=self.memory.text(local), remote=self.memory.text(remote))
        ctypes.memmove(target, ctypes.addressof(row), 48)
        count[0] = 1
        return 0

    def WNetCloseEnum(self, handle: int) -> int:
        assert handle == HIGH_HANDLE, "a handle was cut"
        return 0
