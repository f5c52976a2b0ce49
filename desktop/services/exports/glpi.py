"""A device in GLPI's inventory format (glpi-project/inventory_format, inventory.schema.json), for its file import.

Types, units and patterns are the schema's own: sizes are whole MB, a network's speed is a text, states are its words.
What a person withheld or the machine did not tell is left out, and so is everything that names somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any, cast

from desktop import __version__
from desktop.diagnostics.findings import ANSWERED
from desktop.domain.fleet import FleetRow
from desktop.domain.snapshot import Snapshot

MB = 1024 * 1024
_OFFSET = re.compile(r"[+-]\d{4}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ARCHITECTURES = {"amd64": "x86_64", "x64": "x86_64", "x86": "i386", "arm64": "aarch64"}
_CPU_ARCHITECTURE = re.compile(r"mips|mips64|alpha|sparc|sparc64|m68k|i386|x86_64|powerpc|powerpc64|arm.*|aarch64")
_INTERFACES = frozenset({"SCSI", "HDC", "IDE", "USB", "1394", "SATA", "SAS", "ATAPI"})
_MEDIA = {"cable": "ethernet", "wifi": "wifi", "bluetooth": "bluetooth", "loopback": "loopback"}
_KERNELS = {"win32": "win32", "windows": "win32", "darwin": "darwin", "linux": "linux"}
_FORMS = {"notebook": "Notebook", "desktop": "Desktop", "other": "Other"}

Section = dict[str, Any]


def glpi_document(row: FleetRow, snapshot: Snapshot) -> Section:
    """Return a device as one inventory."""
    facts = _Facts(snapshot)
    sections: Section = {
        "versionclient": f"Ersthelfer-{__version__}",
        "hardware": _hardware(row, facts),
        "operatingsystem": _system(facts),
        "bios": _bios(row, facts),
        "cpus": _cpus(facts),
        "drives": list(_drives(facts)),
        "storages": list(_storages(facts)),
        "networks": list(_networks(facts)),
        "printers": list(_printers(facts)),
        "softwares": list(_softwares(facts)),
        "antivirus": _antivirus(facts),
        "firewalls": _firewalls(facts),
        "batteries": _batteries(facts),
        "monitors": [
            one for row_ in facts.rows("displays", "displays") if (one := _known(caption=_text(row_.get("name"))))
        ],
        "videos": [one for row_ in facts.rows("displays", "adapters") if (one := _known(name=_text(row_.get("name"))))],
        "usbdevices": list(_usb(facts)),
    }
    content = {name: value for name, value in sections.items() if value}
    return {
        "action": "inventory",
        "itemtype": "Computer",
        "deviceid": f"ersthelfer-{row.device.id}",
        "content": content,
    }


class _Facts:
    """The facts of the probes that answered."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._facts = {name: one.facts for name, one in snapshot.probes.items() if one.status in ANSWERED}

    def of(self, probe: str) -> Mapping[str, Any]:
        return self._facts.get(probe, {})

    def rows(self, probe: str, table: str) -> list[Mapping[str, Any]]:
        found = self.of(probe).get(table)
        rows = cast("list[object]", found) if isinstance(found, list) else []
        return [cast("Mapping[str, Any]", one) for one in rows if isinstance(one, dict)]

    def texts(self, probe: str, name: str) -> list[str]:
        found = self.of(probe).get(name)
        return [text for one in cast("list[object]", found if isinstance(found, list) else []) if (text := _text(one))]


def _known(**values: object) -> Section:
    """Return the values that are known."""
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _text(value: object) -> str | None:
    text = " ".join(str(value).split()) if isinstance(value, str) else ""
    return text or None


def _whole(value: object) -> int | None:
    """Return a whole number that GLPI's database can hold; what no machine can have is not known."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not -(2**63) < value < 2**63:
        return None
    return int(value)


def _megabytes(value: object) -> int | None:
    size = _whole(value)
    return None if size is None else size // MB


def _moment(value: object) -> str | None:
    seconds = _whole(value)
    if seconds is None or not 0 < seconds < 2**33:
        return None
    return f"{datetime.fromtimestamp(seconds, UTC).astimezone():%Y-%m-%d %H:%M:%S}"


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _hardware(row: FleetRow, facts: _Facts) -> Section:
    memory = facts.of("memory")
    gateways, servers = facts.texts("net_route", "gateways"), facts.texts("net_dns", "servers")
    return _known(
        name=_text(row.device.name),
        chassis_type=_FORMS.get(str(facts.of("hardware").get("form"))),
        memory=_megabytes(memory.get("total_bytes")),
        swap=_megabytes(memory.get("swap_total_bytes")),
        defaultgateway=gateways[0] if gateways else None,
        dns="/".join(servers),
        workgroup=_text(facts.of("join").get("domain")),
    )


def _system(facts: _Facts) -> Section:
    system = facts.of("os")
    full_name = _text(system.get("name"))
    name = full_name.split()[0] if full_name else None
    return _known(
        name="OS X" if name in ("macOS", "Mac") else name,
        full_name=full_name,
        version=_text(system.get("version")),
        kernel_name=_KERNELS.get(str(system.get("family"))),
        kernel_version=_text(system.get("build")),
        arch=_architecture(facts),
        boot_time=_moment(facts.of("uptime").get("restarted_at")),
        install_date=_moment(system.get("installed_at")),
        timezone=_zone(facts),
    )


def _architecture(facts: _Facts) -> str | None:
    named = _text(facts.of("os").get("architecture"))
    return _ARCHITECTURES.get(named.lower(), named.lower()) if named else None


def _zone(facts: _Facts) -> Section | None:
    """Return how far the machine's clock is from UTC, all that it tells of its zone; GLPI wants a name beside it."""
    offset = _text(facts.of("time_drift").get("zone")) or ""
    return {"name": f"UTC{offset[:3]}:{offset[3:]}", "offset": offset} if _OFFSET.fullmatch(offset) else None


def _bios(row: FleetRow, facts: _Facts) -> Section:
    hardware = facts.of("hardware")
    bios_date = row.inventory.bios_date if row.inventory else ""
    return _known(
        assettag=_text(row.asset.inventory_number),
        smanufacturer=_text(hardware.get("manufacturer")),
        smodel=_text(hardware.get("model")),
        ssn=_text(row.serial),
        bversion=_text(hardware.get("bios_version")),
        bdate=bios_date if _DAY.fullmatch(bios_date) else None,
    )


def _cpus(facts: _Facts) -> list[Section]:
    load, arch = facts.of("cpu_load"), _architecture(facts)
    cores, threads = _whole(load.get("cores")), _whole(load.get("logical_cores"))
    found = _known(
        name=_text(load.get("model")) or _text(facts.of("hardware").get("processor")),
        core=cores,
        thread=threads // cores if cores and threads else None,
        speed=_whole(load.get("frequency_mhz")),
        arch=arch if arch and _CPU_ARCHITECTURE.fullmatch(arch) else None,
    )
    return [found] if found else []


def _drives(facts: _Facts) -> Iterator[Section]:
    ciphers = {str(one.get("mount")): one.get("is_encrypted") for one in facts.rows("encryption", "volumes")}
    for one in facts.rows("disks", "volumes"):
        mount = str(one.get("mount") or "")
        is_letter = re.fullmatch(r"[A-Za-z]:\\?", mount) is not None
        system = facts.of("encryption").get("is_system_encrypted") if one.get("is_system") else None
        cipher = _flag(ciphers.get(mount, system))
        yield _known(
            letter=mount[:2] if is_letter else None,
            systemdrive=_flag(one.get("is_system")) if is_letter else None,
            type=None if is_letter else _text(mount),
            filesystem=_text(one.get("filesystem")),
            total=_megabytes(one.get("total_bytes")),
            free=_megabytes(one.get("free_bytes")),
            encrypt_status=None if cipher is None else "Yes" if cipher else "No",
            encrypt_name=_text(facts.of("encryption").get("method")) if cipher else None,
        )


def _storages(facts: _Facts) -> Iterator[Section]:
    for one in facts.rows("disk_health", "disks"):
        bus = str(one.get("bus") or "").upper()
        yield _known(
            name=_text(one.get("name")),
            model=_text(one.get("model")),
            description=_text(bus),
            interface=bus if bus in _INTERFACES else None,
            disksize=_megabytes(one.get("size_bytes")),
            type="disk",
        )


def _networks(facts: _Facts) -> Iterator[Section]:
    """Give one entry per address, as GLPI's own agent does; hardware addresses never left the machine."""
    addresses: dict[str, list[str]] = {}
    for one in facts.rows("net_ip", "addresses"):
        addresses.setdefault(str(one.get("interface")), []).append(str(one.get("address") or "").partition("%")[0])
    for one in facts.rows("net_link", "interfaces"):
        name, is_up = _text(one.get("name")), _flag(one.get("is_up"))
        if name is None or is_up is None:
            continue  # GLPI takes no adapter without its state
        speed = _whole(one.get("speed_mbit"))
        link = _known(
            description=name,
            status="up" if is_up else "down",
            type=_MEDIA.get(str(one.get("medium"))),
            speed=str(speed) if speed else None,
            mtu=_whole(one.get("mtu")),
            virtualdev=_flag(one.get("is_virtual")),
        )
        named = [kind for address in addresses.get(name, []) if (kind := _address(address))]
        yield from ({**link, **kind} for kind in named) if named else (link,)


def _address(text: str) -> Section | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return {"ipaddress" if address.version == 4 else "ipaddress6": str(address)}


def _printers(facts: _Facts) -> Iterator[Section]:
    for one in facts.rows("printers", "printers"):
        if (name := _text(one.get("name"))) is not None:
            network = {"network": True, "usb": False}.get(str(one.get("connection")))
            status = _text(one.get("state"))
            yield _known(name=name, driver=_text(one.get("driver")), status=status, network=network)


def _softwares(facts: _Facts) -> Iterator[Section]:
    for one in facts.rows("software", "programs"):
        if (name := _text(one.get("name"))) is not None:
            installed = str(one.get("installed_on") or "")[:10]
            yield _known(
                name=name,
                version=_text(one.get("version")),
                publisher=_text(one.get("publisher")),
                **{"from": _text(one.get("source"))},
                install_date=installed if _DAY.fullmatch(installed) else None,
            )


def _antivirus(facts: _Facts) -> list[Section]:
    security = facts.of("security")
    names = facts.texts("security", "antivirus")
    is_on, is_current = _flag(security.get("is_antivirus_on")), _flag(security.get("is_antivirus_current"))
    return [_known(name=name, enabled=is_on, uptodate=is_current) for name in names]


def _firewalls(facts: _Facts) -> list[Section]:
    is_on = _flag(facts.of("security").get("is_firewall_on"))
    return [] if is_on is None else [{"status": "on" if is_on else "off"}]


def _batteries(facts: _Facts) -> list[Section]:
    battery = facts.of("battery")
    found = _known(
        capacity=_milliwatt_hours(battery.get("design_capacity_wh")),
        real_capacity=_milliwatt_hours(battery.get("full_capacity_wh")),
    )
    return [found] if found else []


def _milliwatt_hours(value: object) -> int | None:
    return None if isinstance(value, bool) or not isinstance(value, int | float) else _whole(1000 * value)


def _usb(facts: _Facts) -> Iterator[Section]:
    for one in facts.rows("usb", "devices"):
        found = _known(
            name=_text(one.get("name")),
            caption=_text(one.get("name")),
            vendorid=_text(one.get("vendor_id")),
            productid=_text(one.get("product_id")),
        )
        if found:
            yield found
