"""Actions start exactly their program, by its absolute path, without a shell, and never wait longer than allowed."""

from __future__ import annotations

import getpass
import os
from pathlib import Path

import pytest

from desktop.base.texts import load_texts
from desktop.domain.wizard.doing import Deed
from desktop.domain.wizard.events import Try
from desktop.system.actions.listing import ACTIONS, EVERYWHERE, action_ids, admin_action_ids, platforms_of
from desktop.system.actions.performing import can_perform, foresee, looks_first, perform, ways_of
from tests.system.stand_ins import put

pytestmark = pytest.mark.skipif(os.name == "nt", reason="stands in for programs with shell scripts")


@pytest.mark.parametrize("name", ["-o raw", "a\nb", "", None, 7, "/etc/passwd", "x" * 300])
def test_printer_name_can_bring_no_option(tmp_path: Path, name: object) -> None:
    noted = put(tmp_path, "/usr/bin/lp", "exit 0")
    perform("printer.test_page", {"printer_name": name}, platform="linux", root=tmp_path)
    assert "-d" not in noted()[0].split("|")


def test_name_with_shell_signs_is_one_argument(tmp_path: Path) -> None:
    noted = put(tmp_path, "/usr/bin/lp", "cat > /dev/null")
    perform("printer.test_page", {"printer_name": "x; rm -rf $HOME"}, platform="linux", root=tmp_path)
    assert noted()[0].split("|")[:2] == ["-d", "x; rm -rf $HOME"]


def test_the_evidence_is_the_exit_code_and_what_was_said(tmp_path: Path) -> None:
    put(tmp_path, "/usr/bin/resolvectl", "echo no   service >&2; echo and more >&2; exit 3")
    deed = perform("dns.flush", {}, platform="linux", root=tmp_path)
    assert deed == Deed(Try.FAILED, "resolvectl: exit 3 · no service and more")
    put(tmp_path, "/usr/bin/resolvectl", "exit 0")
    assert perform("dns.flush", {}, platform="linux", root=tmp_path) == Deed(Try.DONE, "resolvectl: exit 0")


def test_long_words_are_cut(tmp_path: Path) -> None:
    put(tmp_path, "/usr/bin/resolvectl", "head -c 9000 /dev/zero | tr '\\0' x; exit 1")
    assert len(perform("dns.flush", {}, platform="linux", root=tmp_path).evidence) < 400


def test_program_that_hangs_is_ended_with_what_it_started(tmp_path: Path) -> None:
    """The child keeps the pipes open; a wait for their end would outlast the deadline."""
    put(tmp_path, "/usr/bin/resolvectl", "sleep 60 & sleep 60")
    deed = perform("dns.flush", {}, platform="linux", root=tmp_path, deadline=0.2)
    assert deed == Deed(Try.FAILED, "resolvectl: no end after 0.2 s")


def test_missing_program_or_platform_cannot(tmp_path: Path) -> None:
    assert perform("dns.flush", {}, platform="linux", root=tmp_path).result is Try.CANNOT
    assert perform("sound.restart", {}, platform="windows", root=tmp_path).result is Try.CANNOT
    assert perform("rm -rf /", {}, root=tmp_path).result is Try.CANNOT
    assert not can_perform("policy.update", platform="linux")
    assert not foresee("policy.update", {}, platform="linux").is_possible
    assert can_perform("dns.flush", platform="macos")


def test_what_destroys_is_done_only_as_it_was_agreed_to(tmp_path: Path) -> None:
    noted = put(tmp_path, "/usr/bin/cancel", "exit 0")
    for action in [one.id for one in ACTIONS.values() if one.breaks]:
        for platform in platforms_of(action):
            assert perform(action, {}, platform=platform, root=tmp_path).result is Try.FAILED
    assert noted() == []


@pytest.mark.parametrize("platform", sorted(EVERYWHERE))
def test_each_system_has_a_way_for_what_is_declared_and_looks_first_where_it_says_so(platform: str) -> None:
    ways = ways_of(platform)
    assert set(ways) == {name for name in action_ids() if platform in platforms_of(name)}
    assert {name for name, one in ways.items() if one.foresee is not None} == {n for n in ways if looks_first(n)}
    assert all(0 < one.deadline <= 300 for one in ways.values())


def test_what_destroys_looks_first() -> None:
    assert [one.id for one in ACTIONS.values() if one.breaks and not one.looks_first] == []
    assert admin_action_ids() == {"printer.resume", "spooler.restart", "clock.sync"}


@pytest.mark.parametrize("language", ["de", "en"])
def test_each_action_says_what_it_is_what_it_will_do_and_how_it_goes_by_hand(language: str) -> None:
    texts = load_texts(language)
    wanted = [f"action.{name}.{part}" for name in action_ids() for part in ("title", "will")]
    wanted += [f"action.{name}.hand.{platform}" for name in action_ids() for platform in EVERYWHERE]
    assert [one for one in wanted if not texts.has(one)] == []


def test_own_jobs_on_the_chosen_printer_are_counted_and_only_they_are_cancelled(tmp_path: Path) -> None:
    user = getpass.getuser()
    rows = f"Büro-2-12 {user} 1024 Mon\\nBüro-2-13 somebody 1024 Mon\\nBüro-2-14 {user} 99 Tue\\n-x {user} 1 a"
    asked = put(tmp_path, "/usr/bin/lpstat", f"printf '{rows}\\n'")
    noted = put(tmp_path, "/usr/bin/cancel", "exit 0")
    answers = {"printer_name": "Büro-2"}
    prospect = foresee("printer.cancel_own_jobs", answers, platform="linux", root=tmp_path)
    assert (prospect.is_possible, dict(prospect.facts)) == (True, {"count": 2})
    assert asked() == ["-o|Büro-2"]
    perform("printer.cancel_own_jobs", answers, agreed=prospect.agreed, platform="linux", root=tmp_path)
    assert noted() == ["Büro-2-12|Büro-2-14"]


def test_without_own_jobs_nothing_is_offered(tmp_path: Path) -> None:
    put(tmp_path, "/usr/bin/lpstat", "printf 'Flur-3 somebody 1024 Mon\\n'")
    put(tmp_path, "/usr/bin/cancel", "exit 0")
    assert not foresee("printer.cancel_own_jobs", {}, platform="macos", root=tmp_path).is_possible


def test_the_wanted_printer_becomes_the_standard_one(tmp_path: Path) -> None:
    noted = put(tmp_path, "/usr/bin/lpoptions", "exit 0")
    answers = {"printer_name": "Büro"}
    put(tmp_path, "/usr/bin/lpstat", "echo 'system default destination: Großes Büro'")
    prospect = foresee("printer.set_default", answers, platform="linux", root=tmp_path)
    assert dict(prospect.facts) == {"printer": "Büro"}
    perform("printer.set_default", answers, agreed=prospect.agreed, platform="linux", root=tmp_path)
    assert noted() == ["-d|Büro"]
    put(tmp_path, "/usr/bin/lpstat", "echo 'system default destination: Büro'")
    assert not foresee("printer.set_default", answers, platform="linux", root=tmp_path).is_possible
    assert not foresee("printer.set_default", {}, platform="linux", root=tmp_path).is_possible


RADIO = 'case "$*" in *WIFI-HW*) echo {state};; *) exit 0;; esac'


@pytest.mark.parametrize(
    ("state", "on", "again"),
    [("enabled:disabled", True, False), ("disabled:disabled", False, False), ("enabled:enabled", False, True)],
)
def test_wifi_comes_on_only_where_software_has_switched_it_off(
    tmp_path: Path, state: str, on: bool, again: bool
) -> None:
    put(tmp_path, "/usr/bin/nmcli", RADIO.format(state=state))
    assert foresee("wifi.on", {}, platform="linux", root=tmp_path).is_possible is on
    assert foresee("wifi.restart", {}, platform="linux", root=tmp_path).is_possible is again


def test_wifi_is_switched_on_again_even_where_off_failed(tmp_path: Path) -> None:
    noted = put(tmp_path, "/usr/bin/nmcli", 'test "$3" = on')
    deed = perform("wifi.restart", {}, platform="linux", root=tmp_path)
    assert noted() == ["radio|wifi|off", "radio|wifi|on"]
    assert deed.result is Try.FAILED


@pytest.mark.parametrize(
    ("rows", "vpn"),
    [
        ("u-1:vpn:no:Firma: Süd\\nu-2:802-11-wireless:yes:Büro", "Firma: Süd"),
        ("u-1:wireguard:yes:Firma", None),
        ("u-1:vpn:no:A\\nu-2:vpn:no:B", None),
        ("u-2:802-11-wireless:yes:Büro", None),
    ],
)
def test_the_one_vpn_that_is_not_connected_is_named(tmp_path: Path, rows: str, vpn: str | None) -> None:
    noted = put(tmp_path, "/usr/bin/nmcli", f"printf '{rows}\\n'")
    prospect = foresee("vpn.connect", {}, platform="linux", root=tmp_path)
    assert prospect.facts.get("vpn") == vpn
    assert prospect.is_possible is (vpn is not None)
    if vpn:
        perform("vpn.connect", {}, agreed=prospect.agreed, platform="linux", root=tmp_path)
        assert noted()[-1] == "--wait|45|connection|up|uuid|u-1"


def test_the_connected_card_is_activated_anew(tmp_path: Path) -> None:
    noted = put(tmp_path, "/usr/bin/nmcli", "exit 0")
    for name, state in (("eth0", "down"), ("lo", ""), ("wlan0", "up")):
        (tmp_path / "sys/class/net" / name).mkdir(parents=True)
        (tmp_path / "sys/class/net" / name / "operstate").write_text(state)
        if name != "lo":
            (tmp_path / "sys/class/net" / name / "device").mkdir()
    perform("net.reconnect", {}, platform="linux", root=tmp_path)
    assert noted() == ["--wait|20|device|connect|wlan0"]


def test_only_sound_services_that_run_are_restarted(tmp_path: Path) -> None:
    script = 'case "$*" in *list-units*) echo "wireplumber.service loaded"; echo "evil.service x";; esac'
    noted = put(tmp_path, "/usr/bin/systemctl", script)
    prospect = foresee("sound.restart", {}, platform="linux", root=tmp_path)
    perform("sound.restart", {}, agreed=f"{prospect.agreed} sshd.service", platform="linux", root=tmp_path)
    assert noted()[-1] == "--user|restart|wireplumber.service"


@pytest.mark.parametrize(("percent", "louder"), [(0, True), (9, True), (55, False)])
def test_what_was_turned_down_is_turned_up(tmp_path: Path, percent: int, louder: bool) -> None:
    noted = put(tmp_path, "/usr/bin/pactl", f"echo 'Volume: front-left: 0 / {percent}% / 0 dB'")
    assert perform("sound.unmute", {}, platform="linux", root=tmp_path).result is Try.DONE
    assert ("set-sink-volume|@DEFAULT_SINK@|40%" in noted()) is louder
    assert noted()[0] == "set-sink-mute|@DEFAULT_SINK@|0"


def test_wireplumber_does_it_where_pulseaudio_s_program_is_missing(tmp_path: Path) -> None:
    noted = put(tmp_path, "/usr/bin/wpctl", "echo 'Volume: 0.00 [MUTED]'")
    assert perform("mic.unmute", {}, platform="linux", root=tmp_path).result is Try.DONE
    assert noted()[0] == "set-mute|@DEFAULT_AUDIO_SOURCE@|0"
    assert noted()[-1] == "set-volume|@DEFAULT_AUDIO_SOURCE@|40%"


def test_the_clock_is_not_asked_where_setting_it_was_refused(tmp_path: Path) -> None:
    put(tmp_path, "/usr/bin/timedatectl", "echo Access denied >&2; exit 1")
    noted = put(tmp_path, "/usr/bin/systemctl", "exit 0")
    unit = tmp_path / "usr/lib/systemd/system/systemd-timesyncd.service"
    unit.parent.mkdir(parents=True)
    unit.touch()
    deed = perform("clock.sync", {}, platform="linux", root=tmp_path)
    assert deed == Deed(Try.FAILED, "timedatectl: exit 1 · Access denied")
    assert noted() == []


def test_bluetooth_is_unlocked_and_switched_on(tmp_path: Path) -> None:
    unlocked, switched = (put(tmp_path, one, "exit 0") for one in ("/usr/sbin/rfkill", "/usr/bin/bluetoothctl"))
    assert perform("bluetooth.on", {}, platform="linux", root=tmp_path).result is Try.DONE
    assert (unlocked(), switched()) == (["unblock|bluetooth"], ["power|on"])


FSTAB = """\
# //srv/off /off cifs user 0 0
//srv/one /mnt/one cifs noauto,user,credentials=/x 0 0
//srv/two /mnt/my\\040two cifs users 0 0
//srv/three /mnt/three cifs noauto 0 0
/dev/sda1 /data ext4 user 0 0
srv:/four /mnt/four nfs user 0 0
"""


def test_drives_that_users_may_mount_and_bookmarks_are_connected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounted = put(tmp_path, "/usr/bin/mount", "exit 0")
    asked = put(tmp_path, "/usr/bin/gio", 'test "$1" = mount')
    for name, content in (("etc/fstab", FSTAB), ("proc/self/mounts", "srv:/four /mnt/four nfs rw 0 0\n")):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    bookmarks = tmp_path / "settings/gtk-3.0/bookmarks"
    bookmarks.parent.mkdir(parents=True)
    bookmarks.write_text("smb://srv/team Team\nfile:///home/a\nsmb://anna:geheim@srv/x\n")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    prospect = foresee("drive.reconnect", {}, platform="linux", root=tmp_path)
    assert dict(prospect.facts) == {"count": 3}
    perform("drive.reconnect", {}, agreed=prospect.agreed, platform="linux", root=tmp_path)
    assert mounted() == ["/mnt/one", "/mnt/my two"]
    assert asked()[-1] == "mount|smb://srv/team"
    assert "geheim" not in prospect.agreed


def test_a_mac_switches_the_wifi_card_it_has(tmp_path: Path) -> None:
    ports = "Hardware Port: Ethernet\\nDevice: en5\\n\\nHardware Port: Wi-Fi\\nDevice: en0\\nEthernet Address: x\\n"
    script = f'case "$1" in -list*) printf "{ports}";; -get*) echo "Wi-Fi Power (en0): Off";; esac'
    noted = put(tmp_path, "/usr/sbin/networksetup", script)
    assert foresee("wifi.on", {}, platform="macos", root=tmp_path).is_possible
    assert not foresee("wifi.restart", {}, platform="macos", root=tmp_path).is_possible
    assert perform("wifi.on", {}, platform="macos", root=tmp_path).result is Try.DONE
    assert noted()[-1] == "-setairportpower|en0|on"


def test_a_mac_names_its_vpn(tmp_path: Path) -> None:
    row = '* (Disconnected)   0F1E2D3C-0000-4000-8000-0123456789AB PPP --> L2TP "Firma Süd" [PPP:L2TP]'
    noted = put(tmp_path, "/usr/sbin/scutil", f"echo '{row}'")
    prospect = foresee("vpn.connect", {}, platform="macos", root=tmp_path)
    assert dict(prospect.facts) == {"vpn": "Firma Süd"}
    perform("vpn.connect", {}, agreed=prospect.agreed, platform="macos", root=tmp_path)
    assert noted()[-1] == "--nc|start|0F1E2D3C-0000-4000-8000-0123456789AB"


@pytest.mark.parametrize(
    ("action", "program", "said"),
    [
        ("net.reconnect", "ipconfig.exe", "/renew"),
        ("dns.flush", "ipconfig.exe", "/flushdns"),
        ("policy.update", "gpupdate.exe", "/target:user|/wait:45"),
        ("clock.sync", "w32tm.exe", "/resync"),
    ],
)
def test_windows_starts_its_own_programs_only(tmp_path: Path, action: str, program: str, said: str) -> None:
    noted = put(tmp_path, f"/Windows/System32/{program}", "exit 0")
    assert perform(action, {}, platform="windows", root=tmp_path).result is Try.DONE
    assert noted() == [said]


def test_the_print_service_of_windows_is_started_even_where_it_did_not_stop(tmp_path: Path) -> None:
    noted = put(tmp_path, "/Windows/System32/net.exe", 'test "$1" = start')
    deed = perform("spooler.restart", {}, platform="windows", root=tmp_path)
    assert noted() == ["stop|spooler|/y", "start|spooler"]
    assert deed.result is Try.FAILED
