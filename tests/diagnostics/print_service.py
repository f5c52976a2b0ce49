"""A real CUPS of its own in a temporary folder: its own socket, queues and spool, nothing of the system's."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CUPSD = Path("/usr/sbin/cupsd")
_SETTINGS = """\
Listen {folder}/cups.sock
Browsing No
WebInterface No
ErrorPolicy retry-job
<Location />
  Allow all
</Location>
<Location /admin>
  Allow all
</Location>
<Policy default>
  <Limit All>
    Allow all
  </Limit>
</Policy>
"""
_FILES = """\
SystemGroup root
User lp
Group lp
ServerRoot {folder}/etc
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/state
TempDir {folder}/spool/tmp
ErrorLog {folder}/error_log
AccessLog {folder}/access_log
PageLog {folder}/page_log
FileDevice Yes
"""


def why_not() -> str:
    """Return why no print service can be started here, nothing where it can."""
    if not sys.platform.startswith("linux"):
        return "starts CUPS as Debian packages it"
    if not CUPSD.exists() or shutil.which("lpadmin", path="/usr/sbin") is None or shutil.which("lp") is None:
        return "no cupsd here: install cups-daemon and cups-client"
    return "" if os.geteuid() == 0 else "cupsd starts as root only"


class PrintService:
    """A running cupsd; `server` is the value of CUPS_SERVER that makes CUPS' tools ask it."""

    def __init__(self, folder: Path) -> None:
        self.server = str(folder / "cups.sock")
        self._folder = folder
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it takes connections."""
        for name, content in (("cupsd.conf", _SETTINGS), ("cups-files.conf", _FILES)):
            (self._folder / name).write_text(content.format(folder=self._folder))
        for name in ("etc", "spool", "spool/tmp", "cache", "state"):
            (self._folder / name).mkdir(exist_ok=True)
        settings = ("-c", str(self._folder / "cupsd.conf"), "-s", str(self._folder / "cups-files.conf"))
        self._child = subprocess.Popen([str(CUPSD), "-f", *settings])
        latest = time.monotonic() + 30
        while not self._takes_connections():
            assert self._child.poll() is None, "cupsd ended at once"
            assert time.monotonic() < latest, "cupsd does not listen"
            os.sched_yield()

    def stop(self) -> None:
        """Kill it and what it started; the socket's file stays behind, as after a crash."""
        if self._child is not None:
            self._child.kill()
            self._child.wait(timeout=30)
            self._child = None

    def hang(self) -> None:
        """Stop it as it stands: it takes connections and never answers, until it is told to `go_on`."""
        if self._child is not None:
            self._child.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it answer again."""
        if self._child is not None:
            self._child.send_signal(signal.SIGCONT)

    def ask(self, tool: str, *arguments: str) -> str:
        """Run one of CUPS' tools against it and return what it prints, in English and UTC."""
        done = subprocess.run(
            [shutil.which(tool, path="/usr/sbin:/usr/bin") or tool, *arguments],
            input="Testseite\n", capture_output=True, text=True, timeout=30, check=False,
            env={"CUPS_SERVER": self.server, "LC_ALL": "C", "TZ": "UTC"},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def add(self, name: str, address: str, description: str = "") -> None:
        """Add a queue that takes jobs as they are."""
        self.ask("lpadmin", "-p", name, "-v", address, "-m", "raw", "-E", "-D", description)

    def _takes_connections(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as channel:
                channel.connect(self.server)
        except OSError:
            return False
        return True


@contextmanager
def print_service() -> Iterator[PrintService]:
    """Run a print service without queues; its folder has a short name, as paths of sockets are limited."""
    with tempfile.TemporaryDirectory(prefix="cups-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)  # its filters run as another user
        service = PrintService(folder)
        service.start()
        try:
            yield service
        finally:
            service.stop()
