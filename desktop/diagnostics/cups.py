"""Reads what `lpstat` prints with LC_ALL=C. What it prints of documents' names is never asked for."""

from __future__ import annotations

import re
import time

VIRTUAL = re.compile(r"(pdf|xps|onenote|fax|virtual|file:|cups-pdf|print[_ -]?to[_ -]?file|/dev/null)", re.IGNORECASE)
_DEVICE = re.compile(r"^device for ([^:]+): (\S*)")
_QUEUE = re.compile(r"^printer (\S+) (.*)")
_JOB = re.compile(r"^(\S+)-(\d+)\s+(\S+)\s+(\d+)\s+(.+)$")
_NETWORK_PORTS = {"socket": 9100, "ipp": 631, "ipps": 631, "http": 631, "https": 443, "lpd": 515}


class Queue:
    """A print queue; `host` is (name, port) of a network printer, `alerts` are IPP's printer-state-reasons."""

    __slots__ = ("alerts", "device", "is_offline", "is_paused", "name", "state")

    def __init__(self, name: str) -> None:
        self.name = name
        self.device = ""
        self.state = "unknown"
        self.is_paused = False
        self.is_offline = False
        self.alerts: tuple[str, ...] = ()

    @property
    def is_virtual(self) -> bool:
        """Tell whether it makes a file or a fax instead of paper; lpstat prints a file's path without "file:"."""
        is_file = self.device.startswith("/") and not self.device.lstrip("/").startswith("dev/")
        return is_file or VIRTUAL.search(self.device) is not None or VIRTUAL.search(self.name) is not None

    @property
    def host(self) -> tuple[str, int] | None:
        """Return name and port of the printer in the network, None for a local one."""
        found = re.match(r"([a-z]+)://(?:[^/@]*@)?(\[[^\]]+\]|[^/:?]+)(?::(\d+))?", self.device)
        if not found or found.group(1) not in _NETWORK_PORTS:
            return None
        return found.group(2).strip("[]"), int(found.group(3) or _NETWORK_PORTS[found.group(1)])

    @property
    def printer_door(self) -> tuple[str, int, str]:
        """Return host, port and path where a network printer itself is asked by IPP; most listen at the usual one."""
        found = re.match(r"ipp://(?:[^/@]*@)?(?:\[[^\]]+\]|[^/:?]+)(?::\d+)?(/[^?]*)", self.device)
        host, port = self.host or ("", 0)
        return (host, port, found.group(1)) if found else (host, 631, "/ipp/print")

    @property
    def connection(self) -> str | None:
        """Say how the printer hangs on this machine: network, usb, file, serial, parallel, or None."""
        if self.host or self.device.startswith("dnssd:"):
            return "network"
        if self.is_virtual:
            return "file"
        scheme = self.device.partition(":")[0]
        kinds = {"usb": "usb", "hp": "usb", "serial": "serial", "parallel": "parallel", "smb": "network"}
        return kinds.get(scheme)


class Job:
    """A waiting job: its queue, age in seconds, size in bytes and whether it is ours."""

    __slots__ = ("age", "is_own", "printer", "size")

    def __init__(self, printer: str, *, age: int | None, size: int, is_own: bool) -> None:
        self.printer = printer
        self.age = age
        self.size = size
        self.is_own = is_own


def parse_server(settings: str) -> str | None:
    """Read the print server's address from a client.conf: a socket's path or "host[:port]"."""
    found = re.search(r"^\s*ServerName\s+(\S+)", settings, re.MULTILINE | re.IGNORECASE)
    return found.group(1) if found else None


def is_running(output: str) -> bool:
    """Read `lpstat -r`; without a queue lpstat fails although all is well, so its exit code does not tell."""
    return output.startswith("scheduler is running")


def parse_queues(output: str) -> list[Queue]:
    """Read `lpstat -v -l -p`: a line per device, a line per queue with indented lines below it."""
    queues: dict[str, Queue] = {}
    current = Queue("")
    for line in output.splitlines():
        device, head = _DEVICE.match(line), _QUEUE.match(line)
        if device:
            queues.setdefault(device.group(1), Queue(device.group(1))).device = device.group(2)
        elif head:
            current = queues.setdefault(head.group(1), Queue(head.group(1)))
            _read_state(current, head.group(2))
        elif line.startswith(("\t", " ")):
            _read_detail(current, line.strip())
    return sorted(queues.values(), key=lambda one: one.name)


def _read_state(queue: Queue, words: str) -> None:
    if words.startswith("disabled"):
        queue.state, queue.is_paused = "stopped", True
    elif words.startswith("now printing"):
        queue.state = "printing"
    elif words.startswith("is idle"):
        queue.state = "idle"


def _read_detail(queue: Queue, words: str) -> None:
    name, colon, value = words.partition(":")
    if colon and name == "Alerts":
        queue.alerts = tuple(one for one in value.split() if one != "none")
        queue.is_offline = any(one.startswith(("offline", "connecting-to-device")) for one in queue.alerts)
        queue.is_paused = queue.is_paused or any(one.startswith("paused") for one in queue.alerts)


def parse_default(output: str) -> str | None:
    """Read `lpstat -d`."""
    found = re.search(r"^system default destination: (\S+)", output, re.MULTILINE)
    return found.group(1) if found else None


def parse_jobs(output: str, *, own: str, now: float) -> list[Job]:
    """Read `lpstat -o`: "queue-12  user  1024  Mon Nov 23 10:00:00 2026"."""
    found = (_JOB.match(line) for line in output.splitlines())
    return [
        Job(one.group(1), age=_age(one.group(5), now), size=int(one.group(4)), is_own=one.group(3) == own)
        for one in found
        if one
    ]


def _age(words: str, now: float) -> int | None:
    for form in ("%a %b %d %H:%M:%S %Y", "%a %d %b %Y %I:%M:%S %p %Z", "%a %d %b %Y %H:%M:%S %Z", "%c"):
        try:
            return max(0, int(now - time.mktime(time.strptime(words.strip(), form))))
        except ValueError:
            continue
    return None


def doors(port: int) -> tuple[int, ...]:
    """Return the ports to try: the queue's own, then those that nearly every network printer has."""
    return tuple(dict.fromkeys((port, 9100, 631, 515)))
