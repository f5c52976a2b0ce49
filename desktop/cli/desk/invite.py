"""`ersthelfer invite [--out FILE] [--devices N]`: an invitation for PCs, as a file and as a code."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from desktop.cli.common.arguments import Parser
from desktop.cli.common.program import DONE
from desktop.cli.context import Context
from desktop.cli.desk.opening import opened


def declare(parser: Parser) -> None:
    """Add the arguments of `invite`."""
    text = parser.texts.text
    parser.add_argument("--out", type=Path, metavar="FILE", help=text("cli.invite.out"))
    parser.add_argument("--devices", type=int, default=1, metavar="N", help=text("cli.invite.devices"))


def run(context: Context, arguments: Namespace) -> int:
    """Write the invitation and print where it lies and its code."""
    from desktop.exchange.invitation import read_invitation
    from desktop.services.company import make_invitation

    secrets = context.secrets()
    with opened(context) as work:
        out = (arguments.out or context.home.data).absolute()
        path = make_invitation(work, secrets, devices=max(0, arguments.devices), out=out).result
    made = read_invitation(path)
    document = {"invitation": str(path), "code": made.to_code(), "devices": made.devices}
    lines = [
        context.texts.text("cli.invite.done", path=str(path)),
        context.texts.text("cli.invite.code", words=made.to_code()),
    ]
    context.answer(document, lines)
    return DONE
