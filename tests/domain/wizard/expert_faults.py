"""Fourteen faults as they come in: what the person says, what is wrong, and where somebody with experience would end.

Each is walked from the person's own words, once with a diagnosis and once without. Print the table with
`python -m tests.domain.wizard.expert_faults`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.base.paths import resources
from desktop.domain.wizard.cases import CaseResult, case_snapshot, run_case
from desktop.domain.wizard.definition import Audience, Case, Outcome, Result, Wizard
from desktop.domain.wizard.library import load_library
from desktop.domain.wizard.suggest import suggest

NOISE = "backup.stale"
"""Every machine of the suite has it, and nobody complains of it: it must lead nobody astray."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One cause in the world: `fix` is what truly helps, `cannot` what does not work there."""

    cause: str
    said: str
    end: str
    findings: tuple[str, ...]
    fix: tuple[str, ...] = ()
    cannot: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def case(self) -> Case:
        """Return it as the scenario an employee walks through."""
        found = (*self.findings, NOISE)
        return Case(self.cause, self.end, found, self.fix, self.cannot, self.answers, audience=Audience.EMPLOYEE)


FAULTS = (
    Fault("print service stopped", "Der Drucker druckt nicht", "printer-no-print.o_ok",
          ("printer.spooler_stopped",), ("i_reboot",)),
    Fault("queue paused", "Mein Drucker macht nichts mehr", "printer-no-print.o_ok",
          ("printer.paused",), ("i_resume",), answers={"scope": "others_ok", "printer_display": "ready"}),
    Fault("no toner left", "Drucker blinkt, Toner", "printer-no-print.o_supplies",
          ("printer.toner",), cannot=("i_toner",), answers={"printer_display": "toner"}),
    Fault("Wi-Fi switched off", "Ich komme nicht ins Internet", "no-internet.o_ok",
          ("net.link_down", "net.wifi_off"), ("a_wifi_on",)),
    Fault("stale names", "Keine Webseite geht auf", "no-internet.o_ok",
          ("net.dns_failing",), ("a_dns",), answers={"scope": "me", "what_fails": "site"}),
    Fault("provider outage", "Das Internet geht nicht", "no-internet.o_outage",
          ("net.internet_unreachable",), answers={"scope": "others", "what_fails": "all"}),
    Fault("clock wrong", "Überall steht Zertifikat ungültig", "clock-certificate.o_ok",
          ("time.drift_large",), ("i_time",)),
    Fault("VPN not connected", "Zuhause fehlt das Laufwerk, VPN", "vpn-or-drive.o_ok",
          ("net.vpn_down", "share.unreachable"), ("a_vpn", "i_vpn")),
    Fault("disk full of rubbish", "Es heißt, die Festplatte ist voll", "disk-full.o_ok",
          ("disk.low",), ("a_bin",)),
    Fault("a program runs away", "Der Computer ist furchtbar langsam", "slow-computer.o_ok",
          ("cpu.busy",), ("i_tasks",), answers={"slow_what": "all"}),
    Fault("drive is failing", "Mein Rechner wird immer langsamer", "slow-computer.o_drive",
          ("disk.slow", "disk.health_bad"), answers={"slow_what": "all"}),
    Fault("microphone forbidden", "In Teams hört mich keiner, Mikrofon?", "audio-video.o_ok",
          ("mic.blocked",), ("i_allow",), answers={"call_trouble": "heard"}),
    Fault("protection switched off", "Der Virenschutz ist aus", "security-alert.o_ok",
          ("sec.av_off",), ("i_antivirus",)),
    Fault("hotel blocks the mail server", "Im Hotel kommen keine Mails", "mail-access.o_ok",
          ("mail.port_blocked",), ("i_other_net",), answers={"mail_trouble": "receive"}),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of a fault: the checklist chosen, and the walks with and without diagnosis."""

    fault: Fault
    wizard: str
    with_diagnosis: CaseResult
    without: CaseResult
    wizards: Mapping[str, Wizard]

    @property
    def end(self) -> str:
        """Return where the walk with diagnosis ended: checklist and outcome."""
        return f"{self.wizard}.{self.with_diagnosis.end}"

    def is_solved(self, result: CaseResult) -> bool:
        """Tell whether the employee needed nobody."""
        end = next((one.steps[result.end] for one in self.wizards.values() if result.end in one.steps), None)
        own = self.wizards[self.wizard].steps.get(result.end, end)
        return isinstance(own, Outcome) and own.result is Result.RESOLVED


def walk_all() -> tuple[Outcomes, ...]:
    """Walk every fault through the shipped checklists."""
    wizards = load_library(resources() / "wizards").wizards
    return tuple(_walk(wizards, one) for one in FAULTS)


def _walk(wizards: Mapping[str, Wizard], fault: Fault) -> Outcomes:
    seen = case_snapshot(wizards, wizards["something-else"], fault.case)
    best = suggest(wizards, seen, words=fault.said, audience=Audience.EMPLOYEE)[0].wizard
    by_words = suggest(wizards, None, words=fault.said, audience=Audience.EMPLOYEE)
    alone = by_words[0].wizard if by_words else "something-else"
    return Outcomes(
        fault,
        best,
        run_case(wizards, wizards[best], fault.case),
        run_case(wizards, wizards[alone], fault.case, is_diagnosed=False),
        wizards,
    )


def table(rows: tuple[Outcomes, ...]) -> str:
    """Return the table in Markdown, with the sums below."""
    lines = [
        "| cause | the person says | ends in | steps with diagnosis | without | solved alone with | without |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for one in rows:
        alone = ["yes" if one.is_solved(result) else "no" for result in (one.with_diagnosis, one.without)]
        steps = f"{one.with_diagnosis.human} | {one.without.human}"
        lines.append(f"| {one.fault.cause} | {one.fault.said} | `{one.end}` | {steps} | {alone[0]} | {alone[1]} |")
    solved = [sum(one.is_solved(result) for one, result in pairs) for pairs in _pairs(rows)]
    means = [f"{sum(result.human for _, result in pairs) / len(rows):.2f}" for pairs in _pairs(rows)]
    lines.append(f"| all {len(rows)} | | | {means[0]} on average | {means[1]} | {solved[0]} | {solved[1]} |")
    return "\n".join(lines)


def _pairs(rows: tuple[Outcomes, ...]) -> tuple[list[tuple[Outcomes, CaseResult]], list[tuple[Outcomes, CaseResult]]]:
    return [(one, one.with_diagnosis) for one in rows], [(one, one.without) for one in rows]


if __name__ == "__main__":
    print(table(walk_all()))  # noqa: T201 - this is what the module is run for
