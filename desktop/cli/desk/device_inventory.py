"""`ersthelfer device set|export` and the filters of `device list`: the inventory."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base.clock import to_text
from desktop.base.errors import AppError, ErrorKind
from desktop.cli.common.arguments import Parser
from desktop.cli.common.program import DONE, NOTHING_TO_DO
from desktop.cli.context import Context
from desktop.cli.desk.opening import opened
from desktop.domain.fleet import EditAsset, FleetFilter, FleetRow

if TYPE_CHECKING:
    from collections.abc import Iterator

FILTERS = tuple(one.value for one in FleetFilter)
FIELDS = ("inventory_number", "serial", "purchased_on", "warranty_until", "supplier", "location", "note")
FORMATS = ("csv", "xlsx", "glpi")


def declare_filters(parser: Parser) -> None:
    """Add what `device list` takes."""
    text = parser.texts.text
    parser.add_argument("--filter", choices=FILTERS, default="", help=text("cli.device.filter"))
    parser.add_argument("--query", metavar="TEXT", default="", help=text("cli.device.query"))


def declare_set(parser: Parser) -> None:
    """Add what `device set` takes."""
    for name in FIELDS:
        option = f"--{name.replace('_', '-')}"
        parser.add_argument(option, metavar="TEXT", default=None, help=parser.texts.text(f"inventory.column.{name}"))


def declare_export(parser: Parser) -> None:
    """Add what `device export` takes."""
    text = parser.texts.text
    parser.add_argument("device", metavar="DEVICE", nargs="?", default="", help=text("cli.device.which"))
    parser.add_argument("--format", choices=FORMATS, default="csv", help=text("cli.device.format"))
    parser.add_argument("--out", metavar="FILE", required=True, help=text("cli.device.out"))
    declare_filters(parser)


def set_asset(context: Context, arguments: Namespace) -> int:
    """Write down what is known of a device; exit code 1 where it was so already."""
    from desktop.services.fleet import edit_asset

    values = {name: getattr(arguments, name) for name in FIELDS}
    if all(one is None for one in values.values()):
        raise AppError("cli.device.nothing_to_set", kind=ErrorKind.USAGE)
    with opened(context) as work:
        done = edit_asset(work, EditAsset(arguments.device, **values))
    context.answer({"device": fleet_document(done.result)}, asset_lines(context, done.result))
    return DONE if done.changes.items else NOTHING_TO_DO


def export(context: Context, arguments: Namespace) -> int:
    """Write the inventory to a file."""
    from desktop.services.exports.exporting import ExportFormat, export_inventory
    from desktop.services.fleet import list_fleet, show_asset

    with opened(context) as work:
        if arguments.device:
            rows: tuple[FleetRow, ...] = (show_asset(work, arguments.device),)
        else:
            rows = list_fleet(work, chosen_filter(arguments), query=arguments.query).rows
        kind, target = ExportFormat(arguments.format), Path(arguments.out)
        done = export_inventory(work, rows, context.texts, kind=kind, target=target)
    document = {"path": str(done.path), "devices": done.devices, "left_out": list(done.left_out)}
    lines = [context.texts.plural("cli.device.exported", done.devices, path=str(done.path))]
    if done.left_out:
        lines.append(context.texts.text("cli.device.left_out", names=", ".join(done.left_out)))
    context.answer(document, lines)
    return DONE


def chosen_filter(arguments: Namespace) -> FleetFilter | None:
    """Return the filter that was named, None for all devices."""
    return FleetFilter(arguments.filter) if arguments.filter else None


def fleet_document(row: FleetRow) -> dict[str, object]:
    """Return a device of the inventory as `--json` prints it."""
    asset, facts = row.asset, row.inventory
    return {
        "id": row.device.id,
        "name": row.device.name,
        "status": row.device.status,
        "seen_at": to_text(row.seen_at) if row.seen_at else None,
        "flags": sorted(one.value for one in row.flags),
        "support_ends": row.support_ends.isoformat() if row.support_ends else None,
        "is_pinned": row.is_pinned,
        "asset": {
            "inventory_number": asset.inventory_number,
            "serial": row.serial,
            "purchased_on": asset.purchased_on.isoformat() if asset.purchased_on else None,
            "warranty_until": asset.warranty_until.isoformat() if asset.warranty_until else None,
            "supplier": asset.supplier,
            "location": asset.location,
            "note": asset.note,
        },
        "inventory": {
            "os": facts.os_name,
            "version": facts.os_version,
            "build": facts.os_build,
            "manufacturer": facts.manufacturer,
            "model": facts.model,
            "form": facts.form,
            "cpu": facts.cpu,
            "memory_bytes": facts.memory_bytes,
            "disk_total_bytes": facts.disk_total_bytes,
            "disk_free_bytes": facts.disk_free_bytes,
            "is_encrypted": facts.is_encrypted,
            "antivirus": facts.antivirus,
            "restarted_at": to_text(facts.restarted_at) if facts.restarted_at else None,
            "withheld": facts.withheld,
        }
        if facts
        else None,
    }


def asset_lines(context: Context, row: FleetRow) -> Iterator[str]:
    """Say what is known of a device, and which questions it answers with yes."""
    from desktop.cli.common.terminal import one_line
    from desktop.domain.inventory_table import COLUMNS, cells

    for column, value in zip(COLUMNS, cells(row), strict=True):
        if value not in (None, ""):
            title = context.texts.text(f"inventory.column.{column.id}")
            if isinstance(value, bool):
                value = context.texts.text("diagnostics.yes" if value else "diagnostics.no")
            yield f"  {title}: {one_line(str(value), width=80)}"
    for one in FleetFilter:
        if one in row.flags:
            yield f"  ! {context.texts.text(f'fleet.filter.{one.value}')}"
