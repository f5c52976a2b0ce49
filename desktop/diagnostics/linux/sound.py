"""Sound devices and cameras of Linux: PulseAudio or PipeWire by `pactl`, else the kernel's own list of cards."""

from __future__ import annotations

import re

from desktop.diagnostics.machine import Machine

PATIENCE = 1.0
VIDEO = "/sys/class/video4linux"
CARDS, STREAMS = "/proc/asound/cards", "/proc/asound/pcm"
_CARD = re.compile(r"^ *(\d+) \[[^\]]*\]: \S+ - (.+)$", re.MULTILINE)
_DEFAULT = re.compile(r"^Default (Sink|Source): (\S+)", re.MULTILINE)


class Device:
    """A sink or source of the sound server."""

    __slots__ = ("is_muted", "label", "name", "volume")

    def __init__(self, name: str, label: str, *, is_muted: bool, volume: float | None) -> None:
        self.name = name
        # Whoever pairs headphones gives them their own name, and it is often that of a person.
        self.label = "Bluetooth" if name.startswith("bluez") else label
        self.is_muted = is_muted
        self.volume = volume


def read_audio_camera(machine: Machine) -> dict[str, object]:
    """Read sound devices and whether the sound is off; which program may use them Linux does not keep in one place."""
    facts = _from_server(machine)
    if not facts:
        facts["devices"] = parse_cards(machine.read(CARDS) or "", machine.read(STREAMS) or "")
    return facts | {"cameras": _cameras(machine)}


def _from_server(machine: Machine) -> dict[str, object]:
    pactl = machine.tool("pactl")
    if pactl is None:
        return {}
    info, sinks, sources = (
        machine.run(pactl, *words, deadline=PATIENCE) for words in (("info",), ("list", "sinks"), ("list", "sources"))
    )
    if info is None or sinks is None or sources is None:
        return {}
    chosen = dict(_DEFAULT.findall(info))
    outputs = {one.name: one for one in parse_devices(sinks)}
    inputs = {one.name: one for one in parse_devices(sources) if not one.name.endswith(".monitor")}
    output, microphone = outputs.get(chosen.get("Sink", "")), inputs.get(chosen.get("Source", ""))
    return {
        "output": output.label if output else None,
        "input": microphone.label if microphone else None,
        "is_muted": output.is_muted if output else None,
        "volume_percent": output.volume if output else None,
        "is_microphone_muted": microphone.is_muted if microphone else None,
        "devices": [_row(one.label, "output") for one in outputs.values()]
        + [_row(one.label, "input") for one in inputs.values()],
    }


def parse_devices(output: str) -> list[Device]:
    """Read `pactl list sinks` or `pactl list sources`: a block per device, a tab before each of its lines."""
    found: list[Device] = []
    for block in re.split(r"^(?:Sink|Source) #\d+$", output, flags=re.MULTILINE)[1:]:
        values = dict(re.findall(r"^\t(Name|Description|Mute|Volume): (.*)$", block, re.MULTILINE))
        levels = [float(one) for one in re.findall(r"(\d+)%", values.get("Volume", ""))]
        found.append(
            Device(
                values.get("Name", ""),
                values.get("Description", ""),
                is_muted=values.get("Mute") == "yes",
                volume=max(levels) if levels else None,
            )
        )
    return found


def parse_cards(cards: str, streams: str) -> list[dict[str, object]]:
    """Read /proc/asound/cards and what each card can do from /proc/asound/pcm ("00-00: … : playback 1 : capture 1")."""
    rows: list[dict[str, object]] = []
    for number, name in _CARD.findall(cards):
        own = "\n".join(line for line in streams.splitlines() if line.startswith(f"{int(number):02}-"))
        for word, direction in (("playback", "output"), ("capture", "input")):
            if f": {word} " in own:
                rows.append(_row(name, direction))
    return rows


def _row(name: str, direction: str) -> dict[str, object]:
    return {"name": name, "direction": direction, "driver_version": None}


def _cameras(machine: Machine) -> int:
    """Count cameras: each has several files for one picture, the first of which has the index 0."""
    return sum(machine.word(f"{VIDEO}/{one}/index") == "0" for one in machine.entries(VIDEO))
