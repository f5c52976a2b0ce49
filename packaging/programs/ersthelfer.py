"""Starts the packaged Desk and its command line."""

import sys

from desktop.entry.desk import main

sys.exit(main())
