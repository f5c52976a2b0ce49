"""A hand-over on paper: what the other side reads first, in German or English."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from desktop.base.clock import Clock
from desktop.base.messages import Message
from desktop.base.texts import Texts
from desktop.diagnostics.evidence import readable
from desktop.domain.handover import Handover, HandoverField, TriedStep, missing, unanswered
from desktop.domain.rows import MessageRow, PersonRow
from desktop.domain.snapshot import Finding, FindingState
from desktop.domain.ticket import Priority
from desktop.domain.wizard.ticks import progress
from desktop.ui.common.formats import Formats
from desktop.ui.common.pdf import Sheet, application
from desktop.ui.desk.handover_lists import list_lines

Line = tuple[str, str]
"""A line and the token of its colour."""


def make_sheet(handover: Handover, texts: Texts) -> Sheet:
    """Lay out the pages; times are written out in full, because paper is read on another day."""
    formats = Formats(texts, _standing(handover.made_at))
    page = handover.page
    sheet = Sheet(_footer(handover, texts))
    subtitle = texts.text(
        "handover.subtitle", company=handover.company, at=formats.date_time(handover.made_at), sender=handover.sender
    )
    sheet.heading(texts.text("handover.title", number=page.row.number), subtitle, _aside(handover, texts, formats))
    for code, lines in _sections(handover, texts, formats):
        if lines:
            sheet.section(texts.text(code), lines)
    for one in handover.lists:
        at = progress(one)
        title = texts.text("handover.list", title=one.title.say(texts.language), done=at.done, total=at.total)
        sheet.section(title, list(list_lines(one, texts, formats)))
    if handover.conversation:
        sheet.section(texts.text("handover.section.conversation"), [])
        for message in handover.conversation:
            title = texts.text("handover.said", author=message.author, at=formats.date_time(message.at))
            sheet.entry(title, _spoken(message, texts), "t2" if message.kind == "note" else "t1")
    return sheet.finish()


def render_headless(handover: Handover, texts: Texts) -> bytes:
    """Return the PDF where no window program runs."""
    with application():
        return make_sheet(handover, texts).to_pdf(texts.text("handover.title", number=handover.page.row.number))


def rendered(message: Message, texts: Texts, say_moment: Callable[[datetime], str]) -> str:
    """Render a line of the completeness check, whose moments are still moments."""
    parameters = {
        name: say_moment(value) if isinstance(value, datetime) else value for name, value in message.parameters.items()
    }
    return texts.render(Message(message.code, parameters, message.count))


def _sections(handover: Handover, texts: Texts, formats: Formats) -> Iterator[tuple[str, list[Line]]]:
    yield "handover.section.task", _task(handover, texts)
    yield "handover.section.fault", _fault(handover, texts, formats)
    yield "handover.section.device", _device(handover, texts, formats)
    yield (
        "handover.section.steps",
        [(f"{place}. {_step(one, texts, formats)}", "t1") for place, one in enumerate(handover.steps, 1)],
    )
    yield "handover.section.answers", _answers(handover, texts, formats)
    yield "handover.section.contact", _contact(handover, texts)
    yield "handover.section.answer", [(_answer_to(handover, texts), "t1")]
    yield "handover.section.missing", _missing(handover, texts)
    files = [file for message in handover.conversation for file in message.attachments]
    yield "handover.section.attachments", [(f"{one.name} · {formats.size(one.size)}", "t1") for one in files]


def _aside(handover: Handover, texts: Texts, formats: Formats) -> list[str]:
    row = handover.page.row
    lines = [texts.text(f"handover.priority.{row.priority.code}")] if row.priority <= Priority.HIGH else []
    if entered := handover.order.entry(HandoverField.DUE):
        return [*lines, texts.text("handover.due", at=entered)]
    return [*lines, texts.text("handover.due", at=formats.date_time(row.due_at))] if row.due_at else lines


def _task(handover: Handover, texts: Texts) -> list[Line]:
    task = handover.order.task.strip()
    return [(task, "t1")] if task else [(texts.text("handover.missing.task"), "red")]


def _fault(handover: Handover, texts: Texts, formats: Formats) -> list[Line]:
    page = handover.page
    affected = handover.order.entry(HandoverField.AFFECTED)
    return [
        (page.row.title, "t1"),
        (handover.fault, "t1"),
        (texts.text("handover.reported", at=formats.date_time(page.row.created_at)), "t3"),
        (affected or texts.text(f"handover.affected.{page.impact.value}.{page.urgency.value}"), "t1"),
    ]


def _device(handover: Handover, texts: Texts, formats: Formats) -> list[Line]:
    page, lines = handover.page, list[Line]()
    if page.device:
        lines.append((" · ".join(filter(None, (page.device.name, page.device.platform))), "t1"))
    if entered := handover.order.entry(HandoverField.DEVICE):
        lines.append((entered, "t1"))
    if page.snapshot:
        lines.append((texts.text("handover.diagnosed", at=formats.date_time(page.snapshot.taken_at)), "t3"))
        present = [one for one in page.snapshot.findings if one.state is FindingState.PRESENT]
        lines.extend((f"• {_finding(one, texts)}", "t1") for one in present)
    if handover.serial:
        lines.append((texts.text("handover.serial", number=handover.serial), "t1"))
    elif handover.is_outside:
        lines.append((texts.text("handover.missing.serial"), "red"))
    return lines


def _finding(one: Finding, texts: Texts) -> str:
    """Name a finding with its evidence; the evidence is foreign and may lack what the text asks for."""
    for code in (f"finding.{one.id}.technician", f"finding.{one.id}.title"):
        try:
            if texts.has(code):
                return texts.text(code, **readable(one.evidence, texts))
        except (KeyError, IndexError, ValueError, TypeError, AttributeError):
            continue
    return one.id


def _step(one: TriedStep, texts: Texts, formats: Formats) -> str:
    result = formats.given(one.value.say(texts.language)) or texts.text(f"handover.result.{one.result}")
    return f"{one.title.say(texts.language)} – {result}"


def _answers(handover: Handover, texts: Texts, formats: Formats) -> list[Line]:
    """Say what the checklists wanted to know; what nobody answered stands here in red."""
    language, lines = texts.language, list[Line]()
    for one in handover.fields:
        unknown = texts.text("handover.result.unsure" if one.is_answered else "handover.unanswered")
        said = formats.given(one.said.say(language)) or unknown
        lines.append((f"{one.field.text.say(language)} – {said}", "t1" if one.is_answered else "red"))
    return lines


def _contact(handover: Handover, texts: Texts) -> list[Line]:
    entered = handover.order.entry(HandoverField.CONTACT)
    person = handover.page.person
    lines = [(_person(person, texts), "t1")] if person else []
    return [*lines, (entered, "t1")] if entered else lines


def _person(person: PersonRow, texts: Texts) -> str:
    phone = texts.text("handover.phone", number=person.phone) if person.phone else ""
    return ", ".join(filter(None, (person.name, person.department, person.room, phone, person.email)))


def _answer_to(handover: Handover, texts: Texts) -> str:
    row = handover.page.row
    return texts.text("handover.answer_to", sender=handover.sender, company=handover.company, number=row.number)


def _missing(handover: Handover, texts: Texts) -> list[Line]:
    lines = [(texts.text(f"handover.field.{one.value}"), "red") for one in missing(handover)]
    lines += [(one.field.text.say(texts.language), "red") for one in unanswered(handover)]
    reason = handover.order.reason.strip()
    return [*lines, (texts.text("handover.reason", reason=reason), "t1")] if lines and reason else lines


def _spoken(message: MessageRow, texts: Texts) -> str:
    names = ", ".join(one.name for one in message.attachments)
    extra = f"\n{texts.text('handover.with_files', names=names)}" if names else ""
    return message.text + extra


def _footer(handover: Handover, texts: Texts) -> Callable[[int, int], str]:
    def footer(page: int, pages: int) -> str:
        return texts.text("handover.footer", number=handover.page.row.number, page=page, pages=pages)

    return footer


def _standing(moment: datetime) -> Clock:
    return lambda: moment
