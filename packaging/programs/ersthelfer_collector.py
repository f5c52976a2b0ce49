"""Starts the packaged collector: facts of this machine as JSON on standard output."""

import sys

from desktop.entry.collector import main

sys.exit(main())
