"""A machine inside this one: its own network with a router behind a cable, its own mounts, and the real collector.

The near side is where the collector runs; the far side is the router and all servers. Both live in namespaces of the
kernel and are gone when their two processes end; nothing of the machine's own network and mounts is touched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from desktop.diagnostics.collect import Collection
from desktop.diagnostics.targets import Targets
from desktop.domain.snapshot import Snapshot
from desktop.system.programs import collector_command

NEAR, ROUTER, SERVER, OTHER, NOBODY = (f"10.77.0.{number}" for number in (2, 1, 3, 4, 9))
PROXY_PORT, SMB_PORT = 3128, 445
TARGETS = Targets(
    internet=((SERVER, 443), (OTHER, 443)),
    names=("www.firma.example",),
    time_servers=((SERVER, 123),),
)
TOOLS = ("ip", "nsenter", "unshare", "mount", "mkfs.ext4")
FOLDERS = "/usr/sbin:/usr/bin:/sbin:/bin"
PROXIES = ("HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY")


def why_not() -> str:
    """Return why no private machine can be made here, nothing where it can."""
    if not sys.platform.startswith("linux"):
        return "uses namespaces of the Linux kernel"
    if os.geteuid() != 0:
        return "makes networks and mounts, as root only"
    missing = [one for one in TOOLS if shutil.which(one, path=FOLDERS) is None]
    if missing:
        return f"not installed: {', '.join(missing)}"
    alone = subprocess.run(["unshare", "--net", "--mount", "true"], capture_output=True, check=False)
    return "" if alone.returncode == 0 else "the kernel gives no namespaces here"


class PrivateMachine:
    """A healthy machine with its servers; a test breaks one thing at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.variables: dict[str, str] = {"https_proxy": f"http://{SERVER}:{PROXY_PORT}"}
        self._children: dict[str, subprocess.Popen[str]] = {}

    def start(self) -> None:
        """Lay the cable, start the servers and mount a small drive."""
        for side, more in (("near", ["--mount", "--propagation", "private"]), ("far", [])):
            self._children[side] = subprocess.Popen(["unshare", "--net", *more, "sleep", "600"], text=True)
        _until(lambda: all(self._is_apart(side) for side in ("near", "far")))
        self._lay_cable()
        self.serve("internet", "connections", f"{SERVER}:443", f"{OTHER}:443")
        self.serve("proxy", "connections", f"{SERVER}:{PROXY_PORT}")
        self.serve("smb", "connections", f"{SERVER}:{SMB_PORT}")
        self.serve("names", "names", SERVER, SERVER)
        self.serve("time", "time", SERVER, "0")
        self.write_over("/etc/resolv.conf", f"nameserver {SERVER}\n")
        self.write_over("/etc/fstab", f"//{SERVER}/daten /mnt/daten cifs noauto 0 0\n")
        self._mount_drive()

    def stop(self) -> None:
        """End everything; the kernel takes networks and mounts away with the last process in them."""
        for child in reversed(self._children.values()):
            child.kill()
        for child in self._children.values():
            child.wait(timeout=30)
            if child.stdout is not None:
                child.stdout.close()

    def near(self, *command: str, accepted: Sequence[int] = (0,)) -> str:
        """Run a command where the collector runs."""
        return _run([*self._into("near", "--mount"), *command], accepted)

    def far(self, *command: str) -> str:
        """Run a command on the router."""
        return _run([*self._into("far"), *command], (0,))

    def serve(self, name: str, role: str, *arguments: str) -> None:
        """Start a server on the far side under a name by which it can be ended."""
        self._begin(name, self._into("far"), "tests.diagnostics.far_services", role, *arguments)

    def hang_mount(self, name: str, source: str, folder: Path) -> None:
        """Mount something that never answers; whoever touches the folder hangs."""
        self._begin(name, self._into("near", "--mount"), "tests.diagnostics.dead_mount", source, str(folder))

    def end(self, name: str) -> None:
        """Kill a server or mount."""
        child = self._children.pop(name)
        child.kill()
        child.wait(timeout=30)
        if child.stdout is not None:
            child.stdout.close()

    def write_over(self, path: str, content: str) -> None:
        """Let the near side see another content of a file; written again, the same file changes."""
        own = self.folder / path.replace("/", "_")
        is_new = not own.exists()
        own.write_text(content)
        if is_new:
            self.near("mount", "--bind", str(own), path)

    def collect(self) -> Snapshot:
        """Run the real collector on the near side, and judge what it says."""
        settings = [f"{name}={value}" for name, value in self.variables.items()]
        clean = [word for name in PROXIES for word in ("-u", name)]
        command = [*self._into("near", "--mount"), "env", *clean, *settings, *collector_command()]
        return Collection(command, "basic", targets=TARGETS, start_up=30).run()

    def _into(self, side: str, *more: str) -> list[str]:
        return ["nsenter", "--target", str(self._children[side].pid), "--net", *more, "--"]

    def _begin(self, name: str, prefix: list[str], module: str, *arguments: str) -> None:
        command = [*prefix, sys.executable, "-m", module, *arguments]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self._children[name] = child
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n", f"{name} does not start"

    def _is_apart(self, side: str) -> bool:
        try:
            return Path(f"/proc/{self._children[side].pid}/ns/net").readlink() != Path("/proc/self/ns/net").readlink()
        except OSError:
            return False

    def _lay_cable(self) -> None:
        near, far = (str(self._children[side].pid) for side in ("near", "far"))
        _run(["ip", "link", "add", "eth0", "netns", near, "type", "veth", "peer", "name", "eth0", "netns", far], (0,))
        for run, addresses in ((self.near, (NEAR,)), (self.far, (SERVER, OTHER, ROUTER))):
            run("ip", "link", "set", "lo", "up")
            for one in addresses:  # the first is the primary one: with it the others would go
                run("ip", "address", "add", f"{one}/24", "dev", "eth0")
            run("ip", "link", "set", "eth0", "up")
        self.near("ip", "route", "add", "default", "via", ROUTER)

    def _mount_drive(self) -> None:
        image, point = self.folder / "drive.img", self.folder / "drive"
        point.mkdir()
        with image.open("wb") as stream:
            stream.truncate(8 << 20)
        _run(["mkfs.ext4", "-q", str(image)], (0,))
        self.near("mount", "-o", "loop", str(image), str(point))


@contextmanager
def private_machine(folder: Path) -> Iterator[PrivateMachine]:
    """Make a machine and take it away again."""
    machine = PrivateMachine(folder)
    try:
        machine.start()
        yield machine
    finally:
        machine.stop()


def _run(command: Sequence[str], accepted: Sequence[int]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode in accepted, f"{command}: {done.returncode} {done.stderr}"
    return done.stdout


def _until(holds: Callable[[], bool]) -> None:
    latest = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < latest, "the namespaces do not begin"
        os.sched_yield()
