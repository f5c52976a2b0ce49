"""Bin and sound of Windows (shellapi.h, endpointvolume.h), never run on one."""

from __future__ import annotations

import ctypes
import uuid
from collections.abc import Generator
from contextlib import contextmanager

from desktop.domain.wizard.doing import Deed, Prospect
from desktop.domain.wizard.events import Try
from desktop.system.actions import windows_calls as calls
from desktop.system.actions.programs import in_turn
from desktop.system.actions.values import Call, Way, impossible
from desktop.system.actions.windows_calls import BOOL, DWORD, HANDLE, HRESULT, POINTER, QWORD, TEXT

_SHELL, _OLE = "shell32.dll", "ole32.dll"
_QUIETLY = 7  # SHERB_NOCONFIRMATION | SHERB_NOPROGRESSUI | SHERB_NOSOUND: our page has asked already
_IS_32_BIT = ctypes.sizeof(ctypes.c_void_p) == 4
_ENUMERATOR = uuid.UUID("bcde0395-e52f-467c-8e3d-c4579291692e")
_ENUMERATOR_INTERFACE = uuid.UUID("a95664d2-9614-4f35-a746-de8db63617e6")
_VOLUME = uuid.UUID("5cdf2c82-841e-4546-9722-0cf74078229a")
_RELEASE, _ACTIVATE, _DEFAULT_ENDPOINT = 2, 3, 4
_SET_LEVEL, _GET_LEVEL, _SET_MUTE = 7, 9, 14
"""Places in the tables of IUnknown, IMMDevice, IMMDeviceEnumerator and IAudioEndpointVolume."""
_OUTPUT, _INPUT, _CONSOLE, _ALL_CONTEXTS = 0, 1, 0, 23
_SILENT, _AUDIBLE = 0.1, 0.4  # shares of the full loudness: what counts as turned down, and what startles nobody


class BinInfo(ctypes.Structure):
    """SHQUERYRBINFO, which is packed on 32-bit systems only."""

    _pack_ = 1 if _IS_32_BIT else 8
    _fields_ = (("own_size", DWORD), ("size", QWORD), ("count", QWORD))


def foresee_emptying(_: Call) -> Prospect:
    """Count what lies in this user's bin on all drives and how much room it takes."""
    count, size = _bin()
    return Prospect(facts={"count": count, "size": size}, agreed=f"{count}") if count else impossible("empty")


def empty(call: Call) -> Deed:
    """Empty the bin where it still holds no more than was agreed to."""
    count, _ = _bin()
    if count > int(call.agreed):
        return Deed(Try.FAILED, f"bin: {count} entries instead of {call.agreed}")
    clear = calls.function(_SHELL, "SHEmptyRecycleBinW", HRESULT, HANDLE, TEXT, DWORD)
    return calls.com_deed(f"SHEmptyRecycleBin, {count} entries", clear(None, None, _QUIETLY))


def unmute_speaker(_: Call) -> Deed:
    """Switch the standard output on, and turn it up where it is turned all the way down."""
    return _unmute(_OUTPUT)


def unmute_microphone(_: Call) -> Deed:
    """Switch the standard microphone on, and turn it up where it is turned all the way down."""
    return _unmute(_INPUT)


def _bin() -> tuple[int, int]:
    ask = calls.function(_SHELL, "SHQueryRecycleBinW", HRESULT, TEXT, POINTER)
    info = BinInfo(ctypes.sizeof(BinInfo), 0, 0)
    code = ask(None, ctypes.addressof(info))
    if code:
        raise OSError(f"SHQueryRecycleBin: error {code & 0xFFFFFFFF:#x}")
    return info.count, info.size


def _unmute(direction: int) -> Deed:
    with _apartment(), _volume(direction) as volume:
        steps = [calls.com_deed("SetMute", calls.method(volume, _SET_MUTE, BOOL, POINTER)(0, None))]
        level = ctypes.c_float(1.0)
        calls.method(volume, _GET_LEVEL, POINTER)(ctypes.addressof(level))
        if level.value < _SILENT:
            louder = calls.method(volume, _SET_LEVEL, ctypes.c_float, POINTER)
            steps.append(calls.com_deed("SetMasterVolumeLevelScalar", louder(_AUDIBLE, None)))
        return in_turn(steps)


@contextmanager
def _apartment() -> Generator[None]:
    """Let this thread use COM for a while."""
    code = calls.function(_OLE, "CoInitializeEx", HRESULT, POINTER, DWORD)(None, 0)
    try:
        yield
    finally:
        if code >= 0:
            calls.function(_OLE, "CoUninitialize", None)()


@contextmanager
def _volume(direction: int) -> Generator[int]:
    """Use the loudness of the standard device of a direction. Raises OSError where there is none."""
    make = calls.function(_OLE, "CoCreateInstance", HRESULT, POINTER, POINTER, DWORD, POINTER, POINTER)
    kind, interface, wanted = (_guid(one) for one in (_ENUMERATOR, _ENUMERATOR_INTERFACE, _VOLUME))
    found = POINTER()
    code = make(
        ctypes.addressof(kind), None, _ALL_CONTEXTS, ctypes.addressof(interface), ctypes.addressof(found)
    )  # fmt: skip
    with _held("CoCreateInstance", code, found) as enumerator:
        device = POINTER()
        ask = calls.method(enumerator, _DEFAULT_ENDPOINT, DWORD, DWORD, POINTER)
        code = ask(direction, _CONSOLE, ctypes.addressof(device))
        with _held("GetDefaultAudioEndpoint", code, device) as endpoint:
            volume = POINTER()
            activate = calls.method(endpoint, _ACTIVATE, POINTER, DWORD, POINTER, POINTER)
            code = activate(ctypes.addressof(wanted), _ALL_CONTEXTS, None, ctypes.addressof(volume))
            with _held("Activate", code, volume) as one:
                yield one


@contextmanager
def _held(name: str, code: int, found: ctypes.c_void_p) -> Generator[int]:
    """Use an object that a call gave, and let it go."""
    if code < 0 or not found.value:
        raise OSError(f"{name}: error {code & 0xFFFFFFFF:#x}")
    try:
        yield found.value
    finally:
        calls.method(found.value, _RELEASE)()


def _guid(one: uuid.UUID) -> ctypes.Array[ctypes.c_char]:
    return ctypes.create_string_buffer(one.bytes_le, 16)


WAYS = {
    "trash.empty": Way(empty, foresee_emptying),
    "sound.unmute": Way(unmute_speaker),
    "mic.unmute": Way(unmute_microphone),
}
