"""Everything that paints: `common` below, then `wizard`, then `tray` and `desk`, which never see each other."""
