"""An Intel iMac with macOS 12.7.6, which gets no updates any more, at a cable and hot; written by hand."""

from __future__ import annotations

import json
import plistlib
import socket
from datetime import datetime

import psutil

from tests.diagnostics.macos.macbook_air import plist
from tests.diagnostics.macos.recording import Address, Nic, Partition, Recording, Usage

TOOLS = {
    ("system_profiler", "-json SPHardwareDataType"): json.dumps(
        {
            "SPHardwareDataType": [
                {
                    "_name": "hardware_overview", "boot_rom_version": "429.120.4.0.0",
                    "cpu_type": "Quad-Core Intel Core i5",
                    "machine_model": "iMac17,1", "machine_name": "iMac", "serial_number": "CANARYSER2",
                }
            ]
        }
    ),
    ("system_profiler", "-json SPAirPortDataType"): json.dumps(
        {"SPAirPortDataType": [{"spairport_software_information": {}}]}
    ),
    ("pmset", "-g therm"): (
        "Note: No thermal warning level has been recorded\nNote: No performance warning level has been recorded\n"
        "2026-11-27 14:02:11 +0100 CPU Power notify\n\tCPU_Scheduler_Limit \t= 100\n\tCPU_Available_CPUs \t= 4\n"
        "\tCPU_Speed_Limit \t= 64\n"
    ),
    ("ifconfig", "-a"): (
        "en0: flags=8863<UP,BROADCAST,SMART,RUNNING,SIMPLEX,MULTICAST> mtu 1500\n"
        "\tmedia: autoselect (100baseTX <full-duplex>)\n\tstatus: active\n"
        "en1: flags=8823<UP,BROADCAST,SMART,SIMPLEX,MULTICAST> mtu 1500\n\tmedia: autoselect (<unknown type>)\n"
        "\tstatus: inactive\n"
    ),
    ("networksetup", "-getairportpower en1"): "Wi-Fi Power (en1): Off\n",
    ("route", "-n get default"): "",
    ("route", "-n get -inet6 default"): "",
    ("netstat", "-rn"): (
        "Routing tables\n\nInternet:\nDestination        Gateway            Flags        Netif Expire\n"
        "127                127.0.0.1          UCS            lo0       \n"
        "169.254            link#4             UCS            en0      !\n\nInternet6:\n"
        "Destination        Gateway            Flags        Netif Expire\n"
        "default            fe80::%utun0       UGcIg        utun0       \n"
    ),
    ("scutil", "--dns"): "No DNS configuration available\n",
    ("scutil", "--proxy"): "<dictionary> {\n  FTPPassive : 1\n  ProxyAutoConfigEnable : 1\n"
    "  ProxyAutoConfigURLString : http://sabine:canary-password@wpad.example/proxy.pac\n}\n",
    ("scutil", "--nc list"): "Available network connection services in the current set (*=enabled):\n",
    ("diskutil", "list -plist physical"): plist({"WholeDisks": ["disk0", "disk1"]}),
    ("diskutil", "info -plist disk0"): plist(
        {"MediaName": "APPLE SSD SM0032G", "SolidState": True, "BusProtocol": "PCI", "TotalSize": 28000000000,
         "SMARTStatus": "Failing"}
    ),
    ("diskutil", "info -plist disk1"): plist(
        {"MediaName": "APPLE HDD ST1000DM003", "SolidState": False, "BusProtocol": "SATA", "TotalSize": 1000204886016,
         "SMARTStatus": "Verified", "SMARTDeviceSpecificKeysMayVaryNotGuaranteed": {}}
    ),
    ("/usr/libexec/ApplicationFirewall/socketfilterfw", "--getglobalstate"): "Firewall is disabled. (State = 0)\n",
    ("csrutil", "status"): "System Integrity Protection status: unknown (Custom Configuration).\n\nConfiguration:\n",
    ("spctl", "--status"): "assessments disabled\n",
    ("fdesetup", "status"): "FileVault is Off.\n",
    ("profiles", "status -type enrollment"): "Enrolled via DEP: No\nMDM enrollment: No\n",
    ("dsconfigad", "-show -xml"): plist({"General Info": {"Active Directory Domain": "moebelwerk.example"}}),
    ("osascript", "-e get volume settings"): (
        "output volume:missing value, input volume:missing value, alert volume:100, output muted:missing value\n"
    ),
}  # fmt: skip

IMAC = Recording(
    tools=TOOLS,
    files={
        "/System/Library/CoreServices/SystemVersion.plist": plistlib.dumps(
            {"ProductBuildVersion": "21H1320", "ProductName": "macOS", "ProductVersion": "12.7.6"}
        ),
        "/Library/Preferences/SystemConfiguration/NetworkInterfaces.plist": plistlib.dumps(
            {
                "Interfaces": [
                    {"BSD Name": "en0", "SCNetworkInterfaceType": "Ethernet", "IOPathMatch": "IOService:/BCM57/en0"},
                    {"BSD Name": "en1", "SCNetworkInterfaceType": "IEEE80211"},
                ]
            }
        ),
        "/Library/Receipts/InstallHistory.plist": plistlib.dumps(
            [{"date": datetime.fromisoformat("2024-08-01T07:00"), "displayName": "macOS 12.7.6", "displayVersion": "",
              "processName": "softwareupdated"}]
        ),
        "/Library/Preferences/com.apple.SoftwareUpdate.plist": plistlib.dumps({"AutomaticCheckEnabled": 0}),
    },
    kernel={
        "hw.model": "iMac17,1", "hw.memsize": 8589934592,
        "machdep.cpu.brand_string": "Intel(R) Core(TM) i5-6500 CPU @ 3.20GHz", "kern.memorystatus_vm_pressure_level": 4,
    },
    partitions=(
        Partition("/dev/disk2s5s1", "/", "apfs", "ro,local,rootfs"),
        Partition("/dev/disk2s1", "/System/Volumes/Data", "apfs", "rw,nobrowse"),
        Partition("nas.moebelwerk.example:/export/daten", "/Volumes/daten", "nfs", "rw"),
    ),
    usage={"/System/Volumes/Data": Usage(1000000000000, 500000000000, 500000000000, 50.0)},
    nics={
        "en0": Nic(True, psutil.NIC_DUPLEX_FULL, 100, 1500, ""),
        "en1": Nic(False, psutil.NIC_DUPLEX_UNKNOWN, 0, 1500, ""),
    },
    addresses={"en0": (Address(socket.AF_INET, "169.254.17.4", None, None, None),)},
)  # fmt: skip
