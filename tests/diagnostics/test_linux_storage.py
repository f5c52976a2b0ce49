"""Health of drives, backups, cloud folders and network drives of recorded Linux machines."""

from __future__ import annotations

import json
import os
import socket
import sys
import time
from pathlib import Path

import pytest

from desktop.diagnostics.linux import backups, disk_health, shares
from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probes.shares import read_shares
from desktop.diagnostics.probes.storage import read_backup, read_cloud_sync, read_disk_health
from tests.diagnostics.recordings import HOME, RecordedMachine
from tests.diagnostics.servers import closed_port, connections

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="links and tools of Linux")
DAY = 86400
UDISKS = "org.freedesktop.UDisks2"


@pytest.fixture
def pc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RecordedMachine:
    """An empty machine, whose user is not its administrator."""
    monkeypatch.setattr(disk_health.os, "geteuid", lambda: 1000)
    return RecordedMachine(tmp_path)


def drive(pc: RecordedMachine, disk: str, place: str, *, rotational: int = 0, model: str = "", **more: str) -> None:
    """Put a drive of 1000 sectors into /sys/block."""
    folder = f"/sys/devices/{place}/block/{disk}"
    pc.files(folder, size="1000\n")
    pc.file(f"{folder}/queue/rotational", f"{rotational}\n")
    pc.files(f"{folder}/device", model=f"{model}\n", serial="SECRET-S1\n", **more)
    pc.link(f"/sys/block/{disk}", f"../devices/{place}/block/{disk}")


def test_drives_by_the_kernel_alone(pc: RecordedMachine) -> None:
    """Kind, bus and size; mirrors, loops and card readers without a card are no drives."""
    drive(pc, "sda", "pci0/ata1/host0/target0", rotational=1, model="ST1000DM010", state="running\n")
    drive(pc, "sdb", "pci0/usb2/2-1/host1", model="Ultra", state="offline\n")
    drive(pc, "nvme0n1", "pci0/nvme/nvme0", model="SAMSUNG MZVL2512")
    drive(pc, "mmcblk0", "platform/mmc0", life_time="0x02 0x09\n", pre_eol_info="0x02\n", name="HAG4a2\n", model="")
    drive(pc, "loop0", "virtual")
    drive(pc, "sdc", "pci0/usb2/2-2")
    pc.file("/sys/devices/pci0/usb2/2-2/block/sdc/size", "0\n")
    rows = {one["name"]: one for one in pc.facts(read_disk_health)["disks"]}
    told = {name: (one["kind"], one["bus"], one["health"]) for name, one in rows.items()}
    assert told == {
        "mmcblk0": ("flash", "mmc", "warning"), "nvme0n1": ("ssd", "nvme", None), "sda": ("hdd", "ata", None),
        "sdb": ("ssd", "usb", "bad"),
    }  # fmt: skip
    assert (rows["sda"]["model"], rows["sda"]["size_bytes"]) == ("ST1000DM010", 512000)
    assert (rows["mmcblk0"]["model"], rows["mmcblk0"]["worn_percent"]) == ("HAG4a2", 90.0)
    assert "SECRET" not in str(rows)


def value(kind: str, data: object) -> dict[str, object]:
    """Write a D-Bus value as busctl does."""
    return {"type": kind, "data": data}


def block(name: str, path: str) -> dict[str, object]:
    """Describe a block device as UDisks2 does."""
    return {f"{UDISKS}.Block": {"Device": value("ay", [*f"/dev/{name}".encode(), 0]), "Drive": value("o", path)}}


ATA, NVME = f"/{UDISKS.replace('.', '/')}/drives/ST1000", f"/{UDISKS.replace('.', '/')}/drives/SAMSUNG"
OBJECTS = {
    "/b/sda": block("sda", ATA),
    "/b/sda1": {**block("sda1", ATA), f"{UDISKS}.Partition": {}},
    "/b/nvme0n1": block("nvme0n1", NVME),
    ATA: {
        f"{UDISKS}.Drive": {"Serial": value("s", "SECRET-S1")},
        f"{UDISKS}.Drive.Ata": {
            "SmartEnabled": value("b", True), "SmartUpdated": value("t", 1763900000), "SmartFailing": value("b", False),
            "SmartTemperature": value("d", 311.15), "SmartNumAttributesFailing": value("i", 0),
        },
    },
    NVME: {
        f"{UDISKS}.NVMe.Controller": {
            "SmartUpdated": value("t", 1763900000), "SmartCriticalWarning": value("as", ["spare"]),
            "SmartTemperature": value("q", 320),
        }
    },
}  # fmt: skip
ATTRIBUTES = [
    [5, "reallocated-sector-count", 51, 100, 100, 10, 8, 1, {}],
    [187, "reported-uncorrect", 50, 100, 100, 0, 0, 1, {}],
    [197, "current-pending-sector", 18, 100, 100, 0, 2, 1, {}],
    [198, "offline-uncorrectable", 16, 100, 100, 0, 3, 1, {}],
]


def test_drives_by_udisks(pc: RecordedMachine) -> None:
    """SMART of both kinds without the administrator's rights; partitions are not asked for themselves."""
    drive(pc, "sda", "pci0/ata1/host0", rotational=1, model="ST1000DM010")
    drive(pc, "nvme0n1", "pci0/nvme/nvme0", model="SAMSUNG MZVL2512")
    pc.tool("busctl", json.dumps({"type": "x", "data": [OBJECTS]}), when="GetManagedObjects")
    pc.tool("busctl", json.dumps({"type": "x", "data": [ATTRIBUTES]}), when="Drive.Ata SmartGetAttributes")
    used = {"percent_used": value("y", 7), "media_errors": value("s", 0)}
    pc.tool("busctl", json.dumps({"type": "x", "data": [used]}), when="NVMe.Controller SmartGetAttributes")
    rows = {one["name"]: one for one in pc.facts(read_disk_health)["disks"]}
    ata, nvme = rows["sda"], rows["nvme0n1"]
    assert (ata["health"], ata["reallocated"], ata["pending"], ata["uncorrectable"]) == ("healthy", 8, 2, 3)
    assert ata["temperature_celsius"] == 38.0
    assert (nvme["health"], nvme["worn_percent"], nvme["uncorrectable"]) == ("bad", 7, 0)
    assert "SECRET" not in str(rows)


@pytest.mark.parametrize("output", ["", "no json", '{"data": 7}', '{"type": "x"}', "[]"])
def test_a_udisks_that_answers_nonsense(pc: RecordedMachine, output: str) -> None:
    """The drives are listed, and their health is not known."""
    drive(pc, "sda", "pci0/ata1/host0", model="x")
    pc.tool("busctl", output)
    assert pc.facts(read_disk_health)["disks"][0]["health"] is None


@pytest.mark.parametrize(("warnings", "health"), [([], "healthy"), (["temperature"], "warning"), (["readonly"], "bad")])
def test_warnings_of_nvme(warnings: list[str], health: str) -> None:
    """Heat passes, the rest does not."""
    properties = {"SmartUpdated": value("t", 1), "SmartCriticalWarning": value("as", warnings)}
    assert disk_health._nvme(properties, [])["health"] == health


def test_what_smartctl_prints() -> None:
    """As the administrator; a drive that was not read has no health."""
    document = {
        "smart_status": {"passed": False}, "temperature": {"current": 41},
        "ata_smart_attributes": {"table": [{"id": 5, "raw": {"value": 12}}, {"id": 187, "raw": {"value": 4}}]},
    }  # fmt: skip
    found = disk_health.parse_smartctl(json.dumps(document))
    assert (found["health"], found["reallocated"], found["uncorrectable"]) == ("bad", 12, 4)
    assert disk_health.parse_smartctl("{}") == disk_health.parse_smartctl("") == {}


def test_backups_by_their_traces(pc: RecordedMachine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each program's own note of its last success; where it backs up to is not read."""
    now = time.mktime((2026, 11, 28, 12, 0, 0, 0, 0, -1))
    monkeypatch.setattr(backups.time, "time", lambda: now)
    pc.file("/etc/timeshift/timeshift.json", "{}")
    pc.folder("/timeshift/snapshots/2026-11-20_10-00-01")
    pc.folder("/timeshift/snapshots/2026-11-25_10-00-01")
    repository = f"{HOME}/.config/borg/security/{'a' * 64}"
    pc.files(repository, **{"manifest-timestamp": "2026-11-27T09:00:00.123456"}, location="ssh://anna@nas/secret")
    snapshot = pc.file(f"{HOME}/.cache/restic/{'b' * 64}/snapshots/0a/0afe")
    os.utime(snapshot, (now - 3 * DAY, now - 3 * DAY))
    pc.file(f"{HOME}/.cache/duplicity/x/duplicity-full.20261101T100000Z.manifest")
    pc.file(f"{HOME}/.cache/duplicity/x/duplicity-inc.20261101T100000Z.to.20261118T100000Z.manifest")
    found = pc.facts(read_backup)
    assert {one["kind"]: one["days_since"] for one in found["backups"]} == {
        "timeshift": 3, "borg": 1, "restic": 3, "duplicity": 10,
    }  # fmt: skip
    assert found["newest_days"] == 1
    assert "secret" not in str(found)


@pytest.mark.parametrize(
    ("printed", "rows"),
    [("''\n", []), ("'2026-11-20T10:00:00.123456Z'\n", [1795168800]), ("@ms nothing", [None])],
)
def test_deja_dup_keeps_its_moment(pc: RecordedMachine, printed: str, rows: list[int | None]) -> None:
    """Installed and never set up is no backup; the moment is in UTC wherever we are."""
    pc.file("/usr/share/glib-2.0/schemas/org.gnome.DejaDup.gschema.xml")
    pc.tool("gsettings", printed, when="get org.gnome.DejaDup last-backup")
    assert [one["last_success_at"] for one in pc.facts(read_backup)["backups"]] == rows


def test_cloud_folders(pc: RecordedMachine) -> None:
    """Which are set up, which program runs, and room in the folder; no account, no path."""
    pc.file(
        f"{HOME}/.config/Nextcloud/nextcloud.cfg",
        "[Accounts]\n0\\dav_user=anna\n0\\Folders\\1\\localPath=/srv/Wolke/\n",
    )
    accounts = {"personal": {"path": "/mnt/far/Dropbox"}, "business": {"path": f"{HOME}/gone"}}
    pc.file(f"{HOME}/.dropbox/info.json", json.dumps(accounts))
    pc.file(f"{HOME}/.config/onedrive/config", 'sync_dir = "~/Firma"\n')
    pc.folder("/srv/Wolke")
    pc.file("/proc/77/comm", "nextcloud\n")
    pc.file("/proc/self/mounts", "/dev/sda1 / ext4 rw 0 0\nnas:/x /mnt/far nfs4 rw 0 0\n")
    rows = pc.facts(read_cloud_sync)["folders"]
    assert [(one["kind"], one["is_business"], one["is_running"]) for one in rows] == [
        ("nextcloud", None, True), ("dropbox", False, False), ("dropbox", True, False),
    ]  # fmt: skip
    assert [one["free_bytes"] is None for one in rows] == [False, True, True]
    pc.file(f"{HOME}/.config/onedrive/refresh_token", "SECRET")
    found = pc.facts(read_cloud_sync)
    assert found["folders"][-1]["kind"] == "onedrive"
    assert not {"anna", "SECRET", "Firma"} & set(str(found).replace("'", " ").split())


@pytest.mark.parametrize(
    ("device", "found"),
    [
        ("//nas/daten", ("nas", 0, "daten")),
        ("//nas/daten/unter", ("nas", 0, "daten/unter")),
        ("nas.firma.example:/export/home", ("nas.firma.example", 0, "/export/home")),
        ("[fd00::5]:/export", ("fd00::5", 0, "/export")),
        ("anna@nas:/srv", ("nas", 0, "/srv")),
        ("https://anna@cloud.example:8443/dav", ("cloud.example", 8443, "dav")),
        ("http://cloud.example/dav", ("cloud.example", 80, "dav")),
        ("none", None),
    ],
)
def test_servers_of_network_drives(device: str, found: tuple[str, int, str] | None) -> None:
    """The forms of cifs, nfs, sshfs and davfs; an account in it is dropped."""
    assert shares.server(device) == found


def test_drives_of_gnome() -> None:
    """Server and share of what was opened in the file manager."""
    one = shares.parse_gvfs("smb-share:server=nas,share=daten,user=anna")
    assert one is not None
    assert (one.protocol, one.host, one.share, one.port) == ("smb", "nas", "daten", 445)
    other = shares.parse_gvfs("sftp:host=backup.example,port=2222")
    assert other is not None
    assert (other.protocol, other.host, other.port) == ("sftp", "backup.example", 2222)
    assert shares.parse_gvfs("mtp:host=Phone") is shares.parse_gvfs("x") is None


@pytest.mark.parametrize(
    ("mounts", "table", "connections_to", "found"),
    [
        ("//127.0.0.1/Daten /d cifs rw,addr=127.0.0.1", "", "", None),
        ("//127.0.0.1/Daten /d cifs rw,addr=127.0.0.1", "", "127.0.0.1:other", None),
        ("//127.0.0.1/Daten /d cifs rw,addr=127.0.0.1", "", "127.0.0.1:usual", False),
        ("//nas.invalid/Daten /d cifs rw,addr=fd00::5", "", "fd00::5:usual", False),
        ("//127.0.0.1/Daten /d cifs rw", "//127.0.0.1/Daten /d cifs noauto", "", False),
        ("//127.0.0.1/Daten /d cifs rw", "//127.0.0.1/Daten /d cifs noauto,port=PORT", "", True),
        ("//127.0.0.1/Daten /d cifs rw,port=PORT", "", "", True),
        ("", "//127.0.0.1/Daten /d cifs noauto,port=PORT,password=port=1", "", True),
        ("", "//127.0.0.1/Daten /d cifs noauto", "", False),
        ("anna@127.0.0.1:/srv /d fuse.sshfs rw", "", "", None),
        ("anna@127.0.0.1:/srv /d fuse.sshfs rw", "", "127.0.0.1:usual", False),
        ("anna@werkbank.invalid:/srv /d fuse.sshfs rw", "", "", None),
        ("//werkbank.invalid/Daten /d cifs rw,addr=127.0.0.9", "", "", False),
        ("//werkbank.invalid/Daten /d cifs rw,addr=127.0.0.1", "", "127.0.0.1:other", None),
        ("anna@127.0.0.1:/srv /d fuse.sshfs rw", "anna@127.0.0.1:/srv /d fuse.sshfs port=PORT", "", True),
        ("127.0.0.1:/srv /d nfs4 rw,port=PORT,addr=127.0.0.1", "", "", True),
        ("127.0.0.1:/srv /d nfs4 rw,addr=127.0.0.1", "", "", False),
    ],
)
def test_a_drive_by_another_port_is_not_called_dead(
    pc: RecordedMachine,
    monkeypatch: pytest.MonkeyPatch,
    mounts: str,
    table: str,
    connections_to: str,
    found: bool | None,
) -> None:
    """Where the usual port is closed and nobody says that the drive uses it, nobody knows."""
    usual = closed_port()
    for one in ("smb", "sftp", "nfs"):
        monkeypatch.setitem(shares.PORTS, one, usual)
    with connections() as port:
        pc.file("/proc/self/mounts", f"{mounts.replace('PORT', str(port))} 0 0\n")
        pc.file("/etc/fstab", f"{table.replace('PORT', str(port))} 0 0\n")
        far, _, which = connections_to.rpartition(":")
        number = f"{usual if which == 'usual' else 2222:04X}"
        far = {"127.0.0.1": "0100007F", "fd00::5": "000000FD000000000000000005000000"}.get(far, "00000000")
        pc.file("/proc/net/tcp6" if len(far) > 8 else "/proc/net/tcp", f"  sl\n   0: {far}:C1F0 {far}:{number} 01\n")
        (one,) = pc.facts(read_shares)["shares"]
    assert one["is_reachable"] is found


def test_a_connection_of_ours_is_seen_in_the_kernels_table() -> None:
    """The real table: the address of a connection that we hold stands there, and of one that we do not hold not."""
    with connections() as port, socket.create_connection(("127.0.0.1", port)):
        assert port in shares.ports_in_use(Machine(), "127.0.0.1")
        assert port not in shares.ports_in_use(Machine(), "127.0.0.2")
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as far:
        port = far.getsockname()[1]
        with socket.create_connection(("::1", port)):
            assert port in shares.ports_in_use(Machine(), "::1")
    assert shares.ports_in_use(Machine(), "localhost") == set()


def test_network_drives_are_asked_by_their_servers(pc: RecordedMachine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Connected and remembered ones, reachable or not; the places where they hang are never touched."""
    touched: list[str] = []
    real = os.stat
    monkeypatch.setattr(os, "stat", lambda path, *rest, **more: touched.append(str(path)) or real(path, *rest, **more))
    with connections() as port:
        monkeypatch.setitem(shares.PORTS, "smb", port)
        monkeypatch.setitem(shares.PORTS, "nfs", closed_port())
        pc.file(
            "/proc/self/mounts",
            "/dev/sda1 / ext4 rw 0 0\n//127.0.0.1/Daten /home/anna/Daten cifs rw,username=anna 0 0\n",
        )
        pc.file(
            "/etc/fstab",
            "# //127.0.0.1/alt /alt cifs defaults 0 0\nUUID=1 / ext4 defaults 0 1\n"
            "//127.0.0.1/Daten /home/anna/Daten cifs noauto 0 0\n127.0.0.1:/export /mnt/export nfs noauto 0 0\n",
        )
        found = pc.facts(read_shares)
    rows = [(one["mount"], one["share"], one["protocol"], one["is_connected"], one["is_reachable"])
            for one in found["shares"]]  # fmt: skip
    assert rows == [
        ("/home/<user>/Daten", "Daten", "smb", True, True),
        ("/mnt/export", "/export", "nfs", False, False),
    ]
    assert found["unreachable"] == 1
    assert "anna" not in str(found)
    assert not [one for one in touched if "Daten" in one or "export" in one]
