"""A network mount whose server says nothing any more: `python -m tests.diagnostics.dead_mount SOURCE FOLDER`.

Mounts through FUSE as sshfs does, greets the kernel and falls silent: whoever touches the folder hangs.
"""

from __future__ import annotations

import ctypes
import os
import signal
import struct
import sys

INIT = 26
"""Number of the kernel's greeting (linux/fuse.h FUSE_INIT); its answer has 64 bytes behind a head of 16."""


def main(source: str, folder: str) -> None:
    """Mount, greet, and wait to be killed."""
    handle = os.open("/dev/fuse", os.O_RDWR)
    options = f"fd={handle},rootmode=40000,user_id=0,group_id=0".encode()
    library = ctypes.CDLL(None, use_errno=True)
    if library.mount(source.encode(), folder.encode(), b"fuse.sshfs", 6, options):  # nosuid, nodev
        raise OSError(ctypes.get_errno(), "mount")
    question = os.read(handle, 1 << 20)
    _, number, unique = struct.unpack("<IIQ", question[:16])
    if number != INIT:
        raise OSError("FUSE begins otherwise")
    greeting = struct.pack("<IIIIHHIIHHI", 7, 31, 65536, 0, 12, 9, 65536, 1, 0, 0, 0).ljust(64, b"\0")
    os.write(handle, struct.pack("<IiQ", 16 + len(greeting), 0, unique) + greeting)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    signal.pause()


if __name__ == "__main__":
    main(*sys.argv[1:3])
