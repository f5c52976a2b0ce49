"""Starts the packaged tray tool and its command line."""

import sys

from desktop.entry.tray import main

sys.exit(main())
