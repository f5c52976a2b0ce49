"""Small checklists of a company, and a shipped one with a change."""

from __future__ import annotations

from desktop.base.paths import resources

SHIPPED = "no-internet"
HOST = "vpn-or-drive"
"""Goes on in `no-internet` and `password-reset`."""

_QUESTION = """
[step.q_lift]
kind = "question"
type = "yesno"
field = "stuck"
text.de = "Steckt der Aufzug fest?"
text.en = "Is the lift stuck?"
go = { yes = "o_call", no = "end", unsure = "o_call" }

[step.o_call]
kind = "outcome"
result = "escalate"
text.de = "Wir rufen den Notdienst."
text.en = "We call the emergency service."
"""
_OUTCOME = """
[step.end]
kind = "outcome"
result = "resolved"
text.de = "Alles in Ordnung."
text.en = "All is well."
"""


def own(
    wizard: str = "lift-stuck", *, audience: str = "employee", jump: str = "", version: int = 1, end: str = "o_call"
) -> bytes:
    """Return a checklist that passes, with a scenario that ends at `end`; with `jump` it goes on in another one."""
    head = f"""# Haustechnik, 2. Stock
format = 1
id = "{wizard}"
version   = {version}   # count up
category = "other"
mode = "read-do"
audience = "{audience}"
start = "q_lift"
title.de = "Aufzug steckt fest"
title.en = "Lift is stuck"
"""
    last = (
        f'\n[step.end]\nkind = "jump"\nwizard = "{jump}"\ntext.de = "Weiter"\ntext.en = "Go on"\n' if jump else _OUTCOME
    )
    case = f'\n[[case]]\nname = "stuck"\nanswers = {{ stuck = "yes" }}\naudience = "{audience}"\nend = "{end}"\n'
    return (head + _QUESTION + last + case).encode()


def shipped(wizard: str = SHIPPED) -> bytes:
    """Return a shipped file."""
    return (resources() / "wizards" / f"{wizard}.toml").read_bytes()


def changed(title: str = "Kein Netz im Haus", wizard: str = SHIPPED) -> bytes:
    """Return a shipped file under another title."""
    lines = shipped(wizard).decode().splitlines(keepends=True)
    return "".join(f'title.de = "{title}"\n' if one.startswith("title.de") else one for one in lines).encode()


def leading_to(target: str) -> bytes:
    """Return the shipped `HOST` without its scenarios, going on in `target` in place of `no-internet`."""
    return shipped(HOST).split(b"\n[[case]]")[0].replace(b'wizard = "no-internet"', f'wizard = "{target}"'.encode())
