"""A PC under another account: `place_script.py UID ROOT [no-rename]` sends one message and syncs; prints the report."""

from __future__ import annotations

import errno
import json
import os
import sys
import tempfile
from pathlib import Path

from desktop.base.ids import new_id
from desktop.domain.payloads import FollowUp
from desktop.exchange.device_post import DevicePost
from desktop.exchange.keys import DeviceKeys, OrgKeys, RecoveryKey
from desktop.exchange.mailbox import MailboxFolder

# Loaded while we are still root: the other account may not be able to read this Python's library.
LOADED = (tempfile,)
KEYS = OrgKeys.from_seeds({"org.box": b"\x01" * 32, "org.sign": b"\x02" * 32})
RECOVERY = RecoveryKey.from_seeds({"recovery.box": b"\x03" * 32})
ORG = KEYS.public("0195a000-0000-7000-8000-000000000001", RECOVERY.box.public)
DEVICE = DeviceKeys.from_seeds({"device.sign": b"\x04" * 32, "device.box": b"\x05" * 32})


def without_rename(root: Path) -> None:
    """Deny renaming in the mailbox, as a Samba drop box does; the PC's own folder keeps it."""
    rename = Path.rename

    def denied(self: Path, target: Path) -> Path:
        if root / "mailbox" in self.parents:
            raise PermissionError(errno.EACCES, "denied", str(self))
        return rename(self, target)

    Path.rename = denied


def main() -> None:
    uid, root = int(sys.argv[1]), Path(sys.argv[2])
    if "no-rename" in sys.argv:
        without_rename(root)
    os.setgroups([])
    os.setgid(uid)
    os.setuid(uid)
    post = DevicePost(MailboxFolder(root / "mailbox"), DEVICE, ORG, folder=root / "home")
    if "only-sync" not in sys.argv:
        message_id = new_id()
        post.send(FollowUp(message_id, message_id, "Hallo", "2026-03-02T09:00:00.000000Z"), message_id=message_id)
    post.retry_now()
    report = post.sync()
    can_list = os.access(root / "mailbox" / "in", os.R_OK)
    problem = report.problem.code if report.problem else ""
    fields = {"delivered": report.delivered, "acknowledged": report.acknowledged, "waiting": report.waiting}
    received = [one for one, _ in report.received]
    post.confirm([*report.acknowledged, *received])
    sys.stdout.write(json.dumps({**fields, "received": received, "problem": problem, "can_list": can_list}))


if __name__ == "__main__":
    main()
