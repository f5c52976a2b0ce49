"""Screens, sound, cameras, USB and devices without a driver of recorded Linux machines."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from desktop.diagnostics.linux import displays, sound
from desktop.diagnostics.linux.pci import PciNames
from desktop.diagnostics.probes.attached import read_audio_camera, read_devices_bad, read_displays, read_usb
from tests.diagnostics.recordings import RecordedMachine

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="links and tools of Linux")

PCI_IDS = """\
# a comment
1002  Advanced Micro Devices, Inc. [AMD/ATI]
\t1681  Rembrandt [Radeon 680M]
8086  Intel Corporation
\t9a49  TigerLake-LP GT2 [Iris Xe Graphics]
\t\t1028 0a38  Latitude 7420
\t2723  Wi-Fi 6 AX200
10de  NVIDIA Corporation
\t1681  Not this one
C 03  Display controller
"""
XRANDR = """\
Screen 0: minimum 320 x 200, current 3840 x 1080, maximum 16384 x 16384
eDP-1 connected primary 1920x1080+0+0 (normal left inverted right x axis y axis) 309mm x 174mm
   1920x1080     60.02*+  59.97
   1680x1050     59.95
HDMI-1 connected 1920x1080+1920+0 (normal left inverted right x axis y axis) 527mm x 296mm
   2560x1440     59.95 +
   1920x1080     50.00*   60.00
DP-1 connected (normal left inverted right x axis y axis)
   1024x768      60.00 +
DP-2 disconnected (normal left inverted right x axis y axis)
"""


@pytest.fixture
def pc(tmp_path: Path) -> RecordedMachine:
    """A machine with the table of PCI names."""
    recorded = RecordedMachine(tmp_path)
    recorded.file("/usr/share/misc/pci.ids", PCI_IDS)
    return recorded


def pci(pc: RecordedMachine, address: str, code: str, *, vendor: str, device: str, driver: str = "") -> None:
    """Put a device onto the PCI bus."""
    folder = f"/sys/bus/pci/devices/{address}"
    pc.files(folder, **{"class": f"0x{code}\n"}, vendor=f"0x{vendor}\n", device=f"0x{device}\n")
    if driver:
        pc.link(f"{folder}/driver", f"../../../../bus/pci/drivers/{driver}")


def usb(pc: RecordedMachine, port: str, code: str, *, interface: str = "", driver: str = "", **words: str) -> None:
    """Put a device with one interface onto the USB bus."""
    pc.files(f"/sys/bus/usb/devices/{port}", bDeviceClass=f"{code}\n", serial="SECRET-1234\n", **words)
    if interface:
        for folder in (f"/sys/bus/usb/devices/{port}/{port}:1.0", f"/sys/bus/usb/devices/{port}:1.0"):
            pc.file(f"{folder}/bInterfaceClass", f"{interface}\n")
            if driver:
                pc.link(f"{folder}/driver", f"../../../bus/usb/drivers/{driver}")


def test_names_of_pci_devices(pc: RecordedMachine) -> None:
    """A device's number counts for its vendor only; what the table does not know keeps its number."""
    names = PciNames(pc.machine)
    assert names.name("0x8086", "0x9a49") == "Intel Corporation TigerLake-LP GT2 [Iris Xe Graphics]"
    assert names.name("0x1002", "0x1681") == "Advanced Micro Devices, Inc. [AMD/ATI] Rembrandt [Radeon 680M]"
    assert names.name("0x8086", "0x1681") == "Intel Corporation 1681"
    assert names.name("0x1af4", "0x1050") == "1af4:1050"


def test_screens_by_the_x_server() -> None:
    """Size and rate are those that are set, not those that would be best; a screen that is off shows nothing."""
    first, second = displays.parse_xrandr(XRANDR)
    assert first == {
        "name": "eDP-1", "is_builtin": True, "width_px": 1920, "height_px": 1080, "refresh_hz": 60.02,
        "is_primary": True,
    }  # fmt: skip
    assert (second["name"], second["refresh_hz"], second["is_primary"]) == ("HDMI-1", 50.0, False)
    assert displays.parse_xrandr("Can't open display") == []


def test_screens_by_the_kernel_alone(pc: RecordedMachine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an X server: which connectors have a screen, and the adapter with its driver."""
    monkeypatch.delenv("DISPLAY", raising=False)
    pc.files("/sys/class/drm/card1/device", vendor="0x8086\n", device="0x9a49\n")
    pc.link("/sys/class/drm/card1/device/driver", "../../../bus/pci/drivers/i915")
    pc.file("/sys/class/drm/card1-eDP-1/status", "connected\n")
    pc.file("/sys/class/drm/card1-DP-1/status", "disconnected\n")
    found = pc.facts(read_displays)
    assert found["displays"] == [{"name": "eDP-1", "is_builtin": True}]
    assert found["count"] == 1
    assert [(one["name"], one["driver"]) for one in found["adapters"]] == [
        ("Intel Corporation TigerLake-LP GT2 [Iris Xe Graphics]", "i915")
    ]


SINKS = """\
Sink #1
\tState: RUNNING
\tName: alsa_output.pci-0000_00_1f.3.analog-stereo
\tDescription: Built-in Audio Analog Stereo
\tMute: yes
\tVolume: front-left: 32768 /  50% / -18.06 dB,   front-right: 39322 /  60% / -13.31 dB
\t        balance 0.00
\tBase Volume: 65536 / 100% / 0.00 dB
Sink #7
\tName: bluez_output.AA_BB_CC_DD_EE_FF.1
\tDescription: Annas Kopfhörer
\tMute: no
\tVolume: mono: 65536 / 100% / 0.00 dB
"""
SOURCES = """\
Source #2
\tName: alsa_output.pci-0000_00_1f.3.analog-stereo.monitor
\tDescription: Monitor of Built-in Audio
\tMute: no
Source #3
\tName: alsa_input.pci-0000_00_1f.3.analog-stereo
\tDescription: Built-in Microphone
\tMute: yes
\tVolume: front-left: 0 /   0% / -inf dB
"""
INFO = "Server Name: PulseAudio (on PipeWire 0.3.65)\nDefault Sink: {sink}\nDefault Source: {source}\n"


def test_sound_by_the_sound_server(pc: RecordedMachine) -> None:
    """The standard devices, muted or not, how loud; monitors are no microphones."""
    pc.tool("pactl", SINKS, when="list sinks")
    pc.tool("pactl", SOURCES, when="list sources")
    source = "alsa_input.pci-0000_00_1f.3.analog-stereo"
    pc.tool("pactl", INFO.format(sink="alsa_output.pci-0000_00_1f.3.analog-stereo", source=source), when="info")
    found = pc.facts(read_audio_camera)
    assert (found["output"], found["input"]) == ("Built-in Audio Analog Stereo", "Built-in Microphone")
    assert (found["is_muted"], found["volume_percent"], found["is_microphone_muted"]) == (True, 60.0, True)
    assert [(one["name"], one["direction"]) for one in found["devices"]] == [
        ("Built-in Audio Analog Stereo", "output"), ("Bluetooth", "output"), ("Built-in Microphone", "input"),
    ]  # fmt: skip
    assert "Annas" not in str(found)


def test_sound_by_the_kernel_alone(pc: RecordedMachine) -> None:
    """Cards by name and by what they can do; each camera is counted once."""
    pc.file(
        "/proc/asound/cards",
        " 0 [PCH            ]: HDA-Intel - HDA Intel PCH\n                      HDA Intel PCH at 0x6001120000 irq 180\n"
        " 1 [Dock           ]: USB-Audio - ThinkPad USB-C Dock\n                      Lenovo at usb-0000\n",
    )
    pc.file(
        "/proc/asound/pcm",
        "00-00: ALC257 Analog : ALC257 Analog : playback 1 : capture 1\n00-03: HDMI 0 : HDMI 0 : playback 1\n"
        "01-00: USB Audio : USB Audio : playback 1\n",
    )
    for number, index in enumerate((0, 1, 0, 1)):
        pc.file(f"/sys/class/video4linux/video{number}/index", f"{index}\n")
    found = pc.facts(read_audio_camera)
    assert [(one["name"], one["direction"]) for one in found["devices"]] == [
        ("HDA Intel PCH", "output"), ("HDA Intel PCH", "input"), ("ThinkPad USB-C Dock", "output"),
    ]  # fmt: skip
    assert found["cameras"] == 2
    assert sound.parse_cards("--- no soundcards ---\n", "") == []


def test_what_hangs_on_usb(pc: RecordedMachine) -> None:
    """Names and numbers of devices, a class by the first interface where the device has none; no serial numbers."""
    usb(pc, "usb1", "09", idVendor="1d6b", product="xHCI Host Controller")
    usb(pc, "1-1", "09", idVendor="05e3", idProduct="0610", product="USB2.1 Hub")
    usb(pc, "1-1.2", "00", interface="08", driver="usb-storage", idVendor="0781", idProduct="5581",
        manufacturer="SanDisk", product="Ultra")  # fmt: skip
    found = pc.facts(read_usb)["devices"]
    assert found == [
        {"vendor_id": "05e3", "product_id": "0610", "name": "USB2.1 Hub", "class_name": "hub", "is_hub": True},
        {"vendor_id": "0781", "product_id": "5581", "name": "SanDisk Ultra", "class_name": "storage", "is_hub": False},
    ]
    assert "SECRET" not in str(found)


def test_devices_that_no_driver_has_taken(pc: RecordedMachine) -> None:
    """A network card and a camera are missed; a bridge, a printer and a fingerprint reader need none."""
    pci(pc, "0000:00:00.0", "060000", vendor="8086", device="9a14")
    pci(pc, "0000:00:02.0", "030000", vendor="8086", device="9a49", driver="i915")
    pci(pc, "0000:01:00.0", "028000", vendor="8086", device="2723")
    pci(pc, "0000:02:00.0", "0c0330", vendor="8086", device="9a13")
    usb(pc, "1-2", "00", interface="07", idVendor="04b8", product="Printer")
    usb(pc, "1-3", "ff", interface="ff", idVendor="06cb", product="Fingerprint")
    usb(pc, "1-4", "ef", interface="0e", idVendor="5986", idProduct="2115", product="Integrated Camera")
    usb(pc, "1-5", "00", interface="03", driver="usbhid", idVendor="046d", product="Mouse")
    found = pc.facts(read_devices_bad)
    assert [(one["name"], one["class_name"], one["problem"]) for one in found["devices"]] == [
        ("Intel Corporation Wi-Fi 6 AX200", "network", "no_driver"),
        ("Intel Corporation 9a13", "usb", "no_driver"),
        ("Integrated Camera", "video", "no_driver"),
    ]
    assert found["count"] == 3


def test_a_machine_without_buses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the kind is an answer of its own."""
    monkeypatch.delenv("DISPLAY", raising=False)
    bare = RecordedMachine(tmp_path)
    assert {bare.answer(one)["status"] for one in (read_displays, read_usb, read_devices_bad)} == {"unsupported"}
    assert bare.facts(read_audio_camera) == {"devices": [], "cameras": 0}
