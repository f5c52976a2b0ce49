"""Whether the network wants a sign-in first: asks for a page whose content is known, without TLS, as browsers do."""

from __future__ import annotations

import re
import socket

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import (
    EVERYWHERE,
    LINUX,
    MACOS,
    WINDOWS,
    Lane,
    boolean,
    integer,
    partial,
    probe,
    unsupported,
)
from desktop.diagnostics.targets import SYSTEM_PAGE

PATIENCE = 2.2
MAX_PAGE = 4096
SYSTEM_PAGES = {
    LINUX: ("http://detectportal.firefox.com/success.txt", "success"),
    MACOS: ("http://captive.apple.com/hotspot-detect.html", "<BODY>Success</BODY>"),
    WINDOWS: ("http://www.msftconnecttest.com/connecttest.txt", "Microsoft Connect Test"),
}
"""Page and text of each system; Linux has none of its own and takes the browser's."""
_URL = re.compile(r"http://([^/:]+)(?::(\d+))?(/\S*)")


@probe(
    "net_portal",
    lane=Lane.NETWORK,
    deadline=3.0,
    platforms=EVERYWHERE,
    fields=(boolean("is_captive"), integer("code", "number")),
)
def read_net_portal(machine: Machine) -> dict[str, object]:
    """Fetch the page; another content or a redirection is somebody in between."""
    page = known_page(machine)
    if page is None:
        raise unsupported("no_targets")
    machine.sources.note("HTTP")
    try:
        answer = fetch(page)
    except OSError:
        raise partial("no_answer", {}) from None
    found = re.match(rb"HTTP/1\.\d (\d{3})", answer)
    if found is None:
        raise partial("no_answer", {})
    code = int(found.group(1))
    is_ours = code == 200 and _is_expected(answer.partition(b"\r\n\r\n")[2], page.expected.encode())
    return {"is_captive": not is_ours, "code": code}


def _is_expected(page: bytes, expected: bytes) -> bool:
    """A text must be all there is; of a page in HTML the whole body is compared."""
    return expected in page if expected.startswith(b"<") else page.strip() == expected


class Page:
    """A page without TLS whose text is known."""

    __slots__ = ("expected", "host", "path", "port")

    def __init__(self, host: str, port: int, path: str, *, expected: str) -> None:
        self.host = host
        self.port = port
        self.path = path
        self.expected = expected


def known_page(machine: Machine) -> Page | None:
    """Return the page to be asked, None where that is switched off or the address is of another form."""
    page, expected = machine.targets.portal, machine.targets.portal_text
    if page == SYSTEM_PAGE:
        page, expected = SYSTEM_PAGES.get(machine.platform, SYSTEM_PAGES[LINUX])
    found = _URL.fullmatch(page)
    return Page(found.group(1), int(found.group(2) or 80), found.group(3), expected=expected) if found else None


def fetch(page: Page) -> bytes:
    """Return head and text of the answer. Raises OSError where there is none."""
    question = f"GET {page.path} HTTP/1.0\r\nHost: {page.host}\r\nConnection: close\r\n\r\n"
    answer = b""
    with socket.create_connection((page.host, page.port), timeout=PATIENCE) as channel:
        channel.sendall(question.encode("ascii", "replace"))
        while len(answer) < MAX_PAGE:
            part = channel.recv(MAX_PAGE)
            if not part:
                break
            answer += part
    return answer
