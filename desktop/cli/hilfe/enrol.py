"""`ersthelfer-hilfe enrol INVITATION`: let this PC into a company."""

from __future__ import annotations

from argparse import Namespace

from desktop.cli.common.arguments import Parser
from desktop.cli.common.program import DONE
from desktop.cli.context import Context
from desktop.cli.hilfe.opened import opened_client, post_of, try_sync


def declare(parser: Parser) -> None:
    """Add the arguments of `enrol`."""
    text = parser.texts.text
    parser.add_argument("invitation", metavar="INVITATION", help=text("hilfe.enrol.invitation"))
    parser.add_argument("--name", default="", help=text("hilfe.enrol.name"))
    parser.add_argument("--phone", default="", help=text("hilfe.enrol.phone"))
    parser.add_argument("--department", default="", help=text("hilfe.enrol.department"))
    parser.add_argument("--mailbox", default="", metavar="DIR", help=text("hilfe.enrol.mailbox"))


def run(context: Context, arguments: Namespace) -> int:
    """Read the invitation, keep it, and send the enrolment."""
    from pathlib import Path

    from desktop import __version__
    from desktop.client.enrolment import EnrolPc, Machine, enrol, move_mailbox, view_invitation
    from desktop.client.identity import Person, load_identity
    from desktop.system.this_pc import describe_pc

    with opened_client(context) as client:
        view = view_invitation(client, arguments.invitation, language=context.texts.language)
        pc = describe_pc()
        person = Person(arguments.name or pc.full_name or pc.host, arguments.phone, arguments.department)
        machine = Machine(pc.host, pc.user, pc.platform, __version__)
        enrol(client, EnrolPc(view.code, person, machine), context.secrets())
        if arguments.mailbox:
            move_mailbox(client, Path(arguments.mailbox).absolute())
        try_sync(context, client, post_of(context, client))
        state = load_identity(client).state.value
    document = {"company": view.company, "words": list(view.words), "state": state}
    words = " · ".join(view.words)
    line = context.texts.text("hilfe.enrol.done", company=view.company, words=words)
    context.answer(document, [line, context.texts.text(f"hilfe.admission.{state}")])
    return DONE
