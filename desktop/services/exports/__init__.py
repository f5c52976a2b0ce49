"""Takes the inventory out: as a table for Excel, as text, and in GLPI's own format. Start in `exporting`."""
