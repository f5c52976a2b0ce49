"""Hilfe as a whole: icon or window, polling with patience, notices with restraint, and one instance."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from desktop.base.clock import to_text
from desktop.base.errors import AppError, ErrorKind
from desktop.base.ids import new_id
from desktop.base.paths import Home
from desktop.client.overview import Overview
from desktop.client.requests import SendRequest, prepare_request, send_request
from desktop.client.settings import open_settings
from desktop.client.sync import News, SyncOutcome
from desktop.domain.payloads import Ask, Reply
from desktop.system.autostart import DesktopEntry
from desktop.ui.common.instance import SingleInstance
from desktop.ui.tray.connection import badge_of, connection_words
from desktop.ui.tray.mark import Badge, mark_icon
from desktop.ui.tray.notifier import Notification, Notifier
from desktop.ui.tray.poller import IDLE, LONGEST, Poller
from desktop.ui.tray.program import TrayProgram, Wishes
from desktop.ui.tray.screenshot import RedactionCanvas, ScreenshotDialog, burnt, png_bytes
from tests.ui.tray.conftest import Bench, shown

pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged")  # Qt's own, on platforms without a tray
GONE = AppError("mailbox.gone", kind=ErrorKind.ENVIRONMENT)


@pytest.fixture
def program(bench: Bench, tmp_path: Path, qtbot):
    """Start Hilfe where there is no tray, until `has_tray` is filled."""
    settings = open_settings(Home.under(tmp_path / "home"))
    has_tray: list[bool] = []
    made = TrayProgram(
        lambda: bench.tools,
        bench.tools.texts,
        settings,
        lambda: DesktopEntry(tmp_path / "autostart"),
        Wishes(has_tray=lambda: bool(has_tray)),
    )
    made.places = has_tray
    yield made
    made.stop()


def test_without_a_tray_there_is_a_window(program: TrayProgram, qtbot) -> None:
    """The small window offers the same; when a tray turns up the icon takes over."""
    program.start()
    assert program.icon is None
    assert program.fallback.isVisible()
    qtbot.waitUntil(lambda: program.overview is not None and program.overview.company == "IT Möbelwerk")
    program.fallback.ask.click()
    assert program.help.isVisible()
    program.places.append(True)
    program._look_for_tray()
    assert program.icon is not None
    assert not program.fallback.isVisible()


def test_every_action_of_the_menu_leads_somewhere(program: TrayProgram, qtbot) -> None:
    """No dead entries: help, requests, check and settings open their windows."""
    program.places.append(True)
    program.start()
    qtbot.waitUntil(lambda: program.menu.phone.text() == "IT anrufen: Durchwahl 100")
    for action, name in (("ask", "help"), ("mine", "requests"), ("settings", "settings")):
        getattr(program.menu, action).trigger()
        assert getattr(program, name).isVisible(), name
    program.menu.check.trigger()
    assert program.diagnosing.check.isVisible()
    with qtbot.waitSignal(program.quit_wanted):
        program.menu.leave.trigger()


def test_an_answer_shows_in_menu_and_icon(program: TrayProgram, bench: Bench, qtbot) -> None:
    """Polling brings the answer; menu text and badge say so; opening it takes them away."""
    program.places.append(True)
    request = send_request(bench.client, prepare_request(bench.client, SendRequest(text="Drucker"))).result
    bench.post.inbox = {new_id(): Reply(request, new_id(), "Katrin Velden", "Läuft er?", bench.client.now())}
    program.start()
    qtbot.waitUntil(lambda: program.overview is not None and program.overview.news == 1)
    assert program.menu.mine.text() == "Meine Anfragen\t1 neu"
    assert badge_of(program.overview, None) is Badge.ANSWER
    program.open_requests(request)
    qtbot.waitUntil(lambda: program.overview.news == 0)


def test_settings_are_saved_and_switch_the_autostart(program: TrayProgram, tmp_path: Path, qtbot) -> None:
    """Each control acts at once."""
    program.open_settings()
    program.settings.starts.click()
    assert DesktopEntry(tmp_path / "autostart").is_on()
    program.settings._on_choice("scheme", "dark")
    assert program.tools.look.theme.is_dark
    program.settings._on_choice("scheme", "light")
    program.settings.shows.click()
    assert program.tools.counts_solved()
    program.settings.counts.click()
    stored = open_settings(Home.under(tmp_path / "home"))
    assert (stored.is_on("hilfe_shows_text"), stored.is_on("hilfe_counts_solved")) == (True, False)


def test_agreeing_at_the_start_starts_it_with_the_session(program: TrayProgram, tmp_path: Path) -> None:
    """Whoever leaves the tick at enrolment is told of answers after the next restart too."""
    program.open_help()
    program.help.enrol.autostart_wanted.emit()
    assert DesktopEntry(tmp_path / "autostart").is_on()


def test_the_poller_backs_off_and_comes_back(bench: Bench, qtbot) -> None:
    """A folder that is gone is asked for ever less often, up to a minute; a good round resets that."""
    send_request(bench.client, prepare_request(bench.client, SendRequest(text="x")))
    bench.post.problem = GONE
    poller = Poller(bench.tools)
    pauses = []
    for _ in range(4):
        with qtbot.waitSignal(poller.synced):
            poller.look()
        pauses.append(poller.pause)
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (2 * IDLE, LONGEST)
    assert poller.problem is GONE
    bench.post.problem = None
    with qtbot.waitSignal(poller.synced):
        poller.look(is_hurried=True)
    assert (poller.problem, bench.post.hurried) == (None, 1)
    assert poller.pause < IDLE
    poller.stop()


def test_a_folder_that_is_back_gets_what_waited_at_once(bench: Bench, qtbot) -> None:
    """Nobody waits half an hour for the next try of a message once the folder can be reached again."""
    send_request(bench.client, prepare_request(bench.client, SendRequest(text="x")))
    bench.post.problem = AppError("mailbox.unreachable")
    poller = Poller(bench.tools)
    with qtbot.waitSignal(poller.synced):
        poller.look()
    bench.post.problem = None
    poller.look()
    qtbot.waitUntil(lambda: bench.post.hurried == 1)
    poller.stop()


def test_nothing_to_do_opens_no_post(bench: Bench, tmp_path: Path, qtbot) -> None:
    """While nothing waits and nothing came, neither keychain nor sealing is touched."""
    poller = Poller(bench.tools)
    with qtbot.waitSignal(poller.synced) as caught:
        poller.look()
    assert isinstance(caught.args[0], SyncOutcome)
    assert bench.post.sealed == 0
    poller.stop()


def test_notices_are_rare_and_discreet(bench: Bench, qtbot) -> None:
    """One notice per request in ten minutes, without the message's text, and none about what is in view."""
    request = send_request(bench.client, prepare_request(bench.client, SendRequest(text="Drucker"))).result
    told: list[Notification] = []
    in_view: set[str] = set()
    shows: list[bool] = []
    notifier = Notifier(bench.tools, shows_text=lambda: bool(shows), is_seen=in_view.__contains__)
    notifier.wanted.connect(told.append)
    news = News("reply", request, "Katrin Velden", "Drucker", "Ihr Kennwort ist 1234")
    in_view.add(request)
    notifier.tell([news])
    in_view.clear()
    notifier.tell([news, news])
    qtbot.waitUntil(lambda: len(told) == 1)
    notifier.tell([News("admitted", title="IT Möbelwerk")])
    assert [one.request_id for one in told] == [request, ""]
    assert "1234" not in told[0].text
    assert told[0].title == "Katrin Velden hat geantwortet"


@pytest.mark.parametrize(
    ("overview", "problem", "words", "badge"),
    [
        (Overview("", "", "", 0, 0, 0), None, "Noch nicht mit einer IT verbunden", Badge.NONE),
        (Overview("waiting", "M", "", 1, 0, 0), None, "Wartet auf die Freigabe durch M", Badge.NONE),
        (Overview("refused", "M", "", 0, 0, 0), None, "Von M nicht freigegeben", Badge.ATTENTION),
        (Overview("approved", "M", "", 2, 0, 0), GONE, "Nicht verbunden, 2 Nachrichten warten", Badge.ATTENTION),
        (Overview("approved", "M", "", 0, 0, 0), GONE, "Der Firmenordner ist gerade nicht erreichbar", Badge.NONE),
        (Overview("approved", "M", "", 0, 1, 0), None, "Verbunden mit M", Badge.ANSWER),
    ],
)
def test_the_line_of_the_menu(bench: Bench, overview: Overview, problem, words: str, badge: Badge) -> None:
    """Each standing has its sentence and its dot."""
    assert connection_words(bench.tools.texts, overview, problem) == words
    assert badge_of(overview, problem) is badge


def test_the_badge_is_drawn_into_the_icon(qapp: object) -> None:
    """The dot changes the picture; a template is black and leaves the colour to the system."""
    plain, dotted = (mark_icon(one, is_template=False).pixmap(32, 32).toImage() for one in (Badge.NONE, Badge.ANSWER))
    assert plain != dotted
    template = mark_icon(is_template=True)
    assert template.isMask()
    image = template.pixmap(32, 32).toImage()
    colors = {QColor(image.pixelColor(x, 10)).name() for x in range(32) if image.pixelColor(x, 10).alpha() > 0}
    assert colors == {"#000000"}
    assert image.pixelColor(16, 16).alpha() == 0


def test_black_is_burnt_in() -> None:
    """Below a box nothing is left, and no text of the picture's file survives."""
    image = QImage(100, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("yellow"))
    image.setText("Author", "Anna Oswald")
    content = png_bytes(burnt(image, [QRect(10, 10, 20, 20)]))
    again = QImage.fromData(content)
    assert again.pixelColor(15, 15) == QColor("black")
    assert again.pixelColor(5, 5) == QColor("yellow")
    assert b"Anna" not in content


def test_boxes_by_keyboard(bench: Bench, qtbot) -> None:
    """N makes a box, arrows move it, Shift sizes it, Del removes it; taking it burns it in."""
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    dialog = ScreenshotDialog(bench.tools.look, image)
    shown(qtbot, dialog)
    canvas: RedactionCanvas = dialog.canvas
    QTest.keyClick(canvas, Qt.Key.Key_N)
    before = QRect(canvas.boxes[0])
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.boxes[0].left() == before.left() + 8
    assert canvas.boxes[0].height() == before.height() + 8
    QTest.keyClick(canvas, Qt.Key.Key_N)
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert len(canvas.boxes) == 1
    middle = canvas.boxes[0].center()
    with qtbot.waitSignal(dialog.taken) as caught:
        dialog.use.click()
    file = caught.args[0]
    assert file.is_screenshot
    assert QImage.fromData(file.content).pixelColor(middle) == QColor("black")


def test_the_picture_can_be_cut(bench: Bench, qtbot) -> None:
    """Only what lies below the chosen box is left, other boxes keep their place, and all of it can be taken back."""
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    image.setPixelColor(100, 100, QColor("red"))
    dialog = ScreenshotDialog(bench.tools.look, image)
    shown(qtbot, dialog)
    canvas: RedactionCanvas = dialog.canvas
    assert not dialog.crop.isEnabled()
    canvas.add_box(QRect(100, 100, 200, 120))
    canvas.add_box(QRect(90, 150, 40, 20))
    QTest.keyClick(canvas, Qt.Key.Key_Space)
    QTest.keyClick(canvas, Qt.Key.Key_C)
    assert (canvas.image.width(), canvas.image.height()) == (200, 120)
    assert canvas.boxes == [QRect(0, 50, 30, 20)]
    with qtbot.waitSignal(dialog.taken) as caught:
        dialog._on_use()
    picture = QImage.fromData(caught.args[0].content)
    assert (picture.width(), picture.height()) == (200, 120)
    assert picture.pixelColor(0, 0) == QColor("red")
    assert picture.pixelColor(10, 60) == QColor("black")
    canvas.undo()
    assert (canvas.image.width(), len(canvas.boxes)) == (400, 2)


def test_boxes_by_mouse(bench: Bench, qtbot) -> None:
    """Dragging draws a box, a mere click chooses the one below it and draws none."""
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    dialog = ScreenshotDialog(bench.tools.look, image)
    shown(qtbot, dialog)
    canvas: RedactionCanvas = dialog.canvas
    middle = canvas.rect().center()
    for corner in (middle - QPoint(80, 80), middle + QPoint(20, 20)):
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=corner)
        QTest.mouseMove(canvas, corner + QPoint(40, 40))
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=corner + QPoint(40, 40))
    assert len(canvas.boxes) == 2
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=middle - QPoint(60, 60))
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert len(canvas.boxes) == 1
    assert canvas.boxes[0].center().x() > canvas.image.width() / 2


def test_a_second_start_raises_the_first(tmp_path: Path, qtbot) -> None:
    """Another process with the same folder finds the place taken and makes the first show itself."""
    first = SingleInstance(tmp_path, "hilfe")
    assert first.claim()
    first.listen()
    code = (
        "import sys\nfrom pathlib import Path\nfrom PySide6.QtCore import QCoreApplication\n"
        "from desktop.ui.common.instance import SingleInstance\napp = QCoreApplication([])\n"
        "other = SingleInstance(Path(sys.argv[1]), 'hilfe')\n"
        "sys.exit(7 if not other.claim() and other.raise_other() else 1)"
    )
    with qtbot.waitSignal(first.raised, timeout=20_000):
        child = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)])
    assert child.wait(20) == 7
    first.release()
    second = SingleInstance(tmp_path, "hilfe")
    assert second.claim()
    second.release()


def test_an_ask_is_told_once_and_shows_in_menu_and_window(program: TrayProgram, bench: Bench, qtbot) -> None:
    """One quiet message per ask without its reason, an entry in the menu, a card in the small window."""
    told: list[Notification] = []
    program.notifier.wanted.connect(told.append)
    send_request(bench.client, prepare_request(bench.client, SendRequest(text="Drucker")))
    now = bench.client.clock()
    wanted = Ask(new_id(), "Katrin Velden", to_text(now), to_text(now + timedelta(days=14)), reason="Speicher?")
    program.start()
    assert program.menu.diagnosis.isVisible() is False
    for _ in range(2):
        bench.post.inbox = {new_id(): wanted}
        with qtbot.waitSignal(program.poller.synced):
            program.poller.look()
    qtbot.waitUntil(lambda: program.menu.diagnosis.isVisible() and len(told) == 1)
    assert program.fallback.diagnosis.isVisible()
    assert badge_of(program.overview, None) is Badge.ANSWER
    assert (told[0].is_ask, "Speicher" in told[0].text) == (True, False)
    program.menu.diagnosis.trigger()
    qtbot.waitUntil(lambda: program.diagnosing.diagnosis.flow.ask is not None)
    assert program.diagnosing.diagnosis.isVisible()


def test_a_check_leads_to_help_and_to_sending(program: TrayProgram, qtbot) -> None:
    """What was found becomes the beginning of a request, a checklist, or a diagnosis to be looked at."""
    program.start()
    program.diagnosing.help_wanted.emit("Druckdienst läuft nicht")
    qtbot.waitUntil(lambda: program.help.pages.current == "describe")
    assert program.help.describe.text.toPlainText() == "Druckdienst läuft nicht"
    program.diagnosing.open_check()
    qtbot.waitUntil(program.diagnosing.check.send.isEnabled)
    program.diagnosing.check.send.click()
    qtbot.waitUntil(program.diagnosing.diagnosis.consent.send.isEnabled)
    program.diagnosing.diagnosis.close()
