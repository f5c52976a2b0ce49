"""A MacBook Air (M2) with macOS 15.1.1 in German, in a company's Wi-Fi; written by hand, see `recording`."""

from __future__ import annotations

import json
import plistlib
import socket
from datetime import datetime

import psutil

from tests.diagnostics.macos.macbook_profiles import PROFILES
from tests.diagnostics.macos.recording import HOME, Address, Battery, Nic, Partition, Recording, Usage


def profile(*kinds: str) -> str:
    """Return what `system_profiler -json` prints of these kinds."""
    return json.dumps({kind: PROFILES[kind] for kind in kinds}, ensure_ascii=False, indent=2)


def plist(value: object) -> str:
    """Return a property list as Apple's tools print it."""
    return plistlib.dumps(value).decode()


_POLICY = plist({"failedLoginCount": 0, "passwordLastSetTime": 1732000000.5})

TOOLS = {
    **{("system_profiler", f"-json {kind}"): profile(kind) for kind in PROFILES},
    ("system_profiler", "-json SPAudioDataType SPCameraDataType"): profile("SPAudioDataType", "SPCameraDataType"),
    ("ioreg", "-r -c AppleSmartBattery -a"): plist(
        [
            {
                "AppleRawMaxCapacity": 4105, "MaxCapacity": 100, "DesignCapacity": 4563, "CycleCount": 211,
                "CurrentCapacity": 87, "TimeRemaining": 65535, "Serial": "CANARYBAT1", "ExternalConnected": True,
            }
        ]
    ),
    ("pmset", "-g therm"): (
        "Note: No thermal warning level has been recorded\n"
        "Note: No performance warning level has been recorded\n"
        "Note: No CPU power status has been recorded\n"
    ),
    ("ifconfig", "-a"): (
        "lo0: flags=8049<UP,LOOPBACK,RUNNING,MULTICAST> mtu 16384\n\tinet 127.0.0.1 netmask 0xff000000\n"
        "anpi0: flags=8863<UP,BROADCAST,SMART,RUNNING,SIMPLEX,MULTICAST> mtu 1500\n\tmedia: none\n\tstatus: inactive\n"
        "en0: flags=8863<UP,BROADCAST,SMART,RUNNING,SIMPLEX,MULTICAST> mtu 1500\n\tether f0:2f:4b:11:22:33\n"
        "\tinet 192.168.4.31 netmask 0xffffff00 broadcast 192.168.4.255\n\tmedia: autoselect\n\tstatus: active\n"
        "en1: flags=8963<UP,BROADCAST,SMART,RUNNING,PROMISC,SIMPLEX,MULTICAST> mtu 1500\n"
        "\tmedia: autoselect <full-duplex>\n\tstatus: inactive\n"
        "en5: flags=8863<UP,BROADCAST,SMART,RUNNING,SIMPLEX,MULTICAST> mtu 1500\n"
        "\tmedia: autoselect (none)\n\tstatus: inactive\n"
        "utun0: flags=8051<UP,POINTOPOINT,RUNNING,MULTICAST> mtu 1500\n"
    ),
    ("networksetup", "-getairportpower en0"): "Wi-Fi Power (en0): On\n",
    ("scutil", "--nwi"): (
        "Network information\n\nIPv4 network interface information\n     en0 : flags      : 0x5 (IPv4,DNS)\n"
        "           address    : 192.168.4.31\n           reach      : 0x00000002 (Reachable)\n\n"
        "   REACH : flags 0x00000002 (Reachable)\n\nIPv6 network interface information\n\n"
        "   REACH : flags 0x00000000 (Not Reachable)\n\nNetwork interfaces: en0\n"
    ),
    ("scutil", "--dns"): (
        "DNS configuration\n\nresolver #1\n  search domain[0] : moebelwerk.example\n  nameserver[0] : 192.168.4.1\n"
        "  nameserver[1] : fe80::1%en0\n  if_index : 14 (en0)\n"
        "  flags    : Request A records\n  reach    : 0x00020002 (Reachable,Directly Reachable Address)\n\n"
        "resolver #2\n  domain   : local\n  options  : mdns\n  timeout  : 5\n  order    : 300000\n\n"
        "resolver #3\n  domain   : vpn.moebelwerk.example\n  nameserver[0] : 10.9.0.53\n\n"
        "DNS configuration (for scoped queries)\n\nresolver #1\n  nameserver[0] : 9.9.9.9\n  if_index : 14 (en0)\n"
    ),
    ("scutil", "--proxy"): (
        "<dictionary> {\n  ExceptionsList : <array> {\n    0 : *.local\n    1 : 169.254/16\n  }\n  FTPPassive : 1\n"
        "  HTTPEnable : 0\n  HTTPSEnable : 1\n  HTTPSPort : 3128\n  HTTPSProxy : proxy.moebelwerk.example\n"
        "  ProxyAutoConfigEnable : 0\n  SOCKSEnable : 0\n}\n"
    ),
    ("scutil", "--nc list"): (
        "Available network connection services in the current set (*=enabled):\n"
        '* (Disconnected)   6C3A2B1E-0000-4444-8888-CANARYVPN001 IPSec              "CanaryVPN Werk"  [IPSec]\n'
        '  (Invalid)        7D3A2B1E-0000-4444-8888-CANARYVPN002 PPP --> L2TP       "Alt"  [PPP:L2TP]\n'
    ),
    ("route", "-n get default"): (
        "   route to: default\ndestination: default\n       mask: default\n    gateway: 192.168.4.1\n  interface: en0\n"
        "      flags: <UP,GATEWAY,DONE,STATIC,PRCLONING,GLOBAL>\n recvpipe  sendpipe  ssthresh  rtt,msec    rttvar\n"
    ),
    ("route", "-n get -inet6 default"): "",
    ("netstat", "-rn"): (
        "Routing tables\n\nInternet:\nDestination        Gateway            Flags               Netif Expire\n"
        "default            192.168.4.1        UGScg                 en0       \n"
        "127                127.0.0.1          UCS                   lo0       \n\nInternet6:\n"
        "Destination                             Gateway                                 Flags       Netif Expire\n"
        "default                                 fe80::%utun0                            UGcIg       utun0       \n"
    ),
    ("arp", "-n 192.168.4.1"): "? (192.168.4.1) at 44:4e:6d:1:2:3 on en0 ifscope [ethernet]\n",
    ("ps", "-A -o pid=,uid=,time=,rss=,state=,ucomm="): (
        "    1     0   2:11.52  22016 Ss   launchd\n  401    88  44:02.10 181232 Ss   WindowServer\n"
        "  812   501   9:31.01 912384 S    Microsoft Teams\n  913   501   0:00.11   2048 U    cp\n"
        "  990   502   0:02.00  10240 S    Notes\n"
    ),
    **{
        ("launchctl", f"print system/{label}"): (
            f"system/{label} = {{\n\tactive count = 1\n\tpath = /System/Library/LaunchDaemons/x.plist\n"
            f"\tstate = {state}\n\n\tprogram = /usr/libexec/x\n\targuments = {{\n\t\t/usr/libexec/x\n"
            "\t\t--token=canary-argument\n\t}\n\tenvironment = {\n\t\tSECRET => canary-environment\n"
            "\t\tstate = running\n\t}\n}\n"
        )
        for label, state in (
            ("org.cups.cupsd", "not running"), ("com.apple.mDNSResponder.reloaded", "running"),
            ("com.apple.timed", "running"), ("com.apple.airportd", "running"),
            ("com.apple.audio.coreaudiod", "running"), ("com.apple.configd", "running"),
        )
    },
    ("diskutil", "list -plist physical"): plist({"AllDisks": ["disk0", "disk0s1"], "WholeDisks": ["disk0"]}),
    ("diskutil", "info -plist disk0"): plist(
        {
            "DeviceIdentifier": "disk0", "MediaName": "APPLE SSD AP0512Z", "SolidState": True, "Internal": True,
            "BusProtocol": "Apple Fabric", "TotalSize": 500277792768, "SMARTStatus": "Verified",
            "SMARTDeviceSpecificKeysMayVaryNotGuaranteed": {
                "AVAILABLE_SPARE": 100, "AVAILABLE_SPARE_THRESHOLD": 99, "MEDIA_ERRORS_0": 0, "PERCENTAGE_USED": 3,
                "TEMPERATURE": 304,
            },
            "VolumeUUID": "CANARYVOL1",
        }
    ),
    ("diskutil", "info -plist /"): plist({"FileVault": True, "VolumeName": "CanaryHD", "Encryption": True}),
    ("tmutil", "destinationinfo -X"): plist({"Destinations": [{"Kind": "Network", "Name": "CanaryBackup"}]}),
    ("/usr/libexec/ApplicationFirewall/socketfilterfw", "--getglobalstate"): "Firewall is enabled. (State = 1) \n",
    ("csrutil", "status"): "System Integrity Protection status: enabled.\n",
    ("spctl", "--status"): "assessments enabled\n",
    ("fdesetup", "status"): "FileVault is On.\n",
    ("profiles", "status -type enrollment"): "Enrolled via DEP: No\nMDM enrollment: Yes (User Approved)\n",
    ("dsconfigad", "-show -xml"): "\n",
    ("osascript", "-e get volume settings"): (
        "output volume:44, input volume:75, alert volume:100, output muted:false\n"
    ),
}  # fmt: skip
# The account is whoever runs the tests; the tool is asked for the name of that one.
ACCOUNT_OUTPUT = plist({"dsAttrTypeNative:accountPolicyData": [_POLICY]})


def _at(moment: str) -> datetime:
    """Return a date as property lists have them: in UTC, and without saying so."""
    return datetime.fromisoformat(moment)


def _app(version: str, identifier: str) -> bytes:
    return plistlib.dumps(
        {"CFBundleIdentifier": identifier, "CFBundleShortVersionString": version}, fmt=plistlib.FMT_BINARY
    )


_CRASH = (
    '{"app_name":"Numbers","timestamp":"2026-11-25 09:12:44.00 +0100","app_version":"14.3",'
    '"bundleID":"com.apple.Numbers","bug_type":"309",'
    '"os_version":"macOS 15.1.1 (24B91)","name":"Numbers","incident_id":"CANARYINC1"}\n'
    '{\n  "procPath" : "/Applications/Numbers.app/Contents/MacOS/Numbers", "userID" : 501,\n'
    '  "openDocument": "/Users/sabine/Canary-Gehaelter.numbers" }\n'
)
_REPORTS = f"{HOME}/Library/Logs/DiagnosticReports"
FILES = {
    "/System/Library/CoreServices/SystemVersion.plist": plistlib.dumps(
        {"ProductBuildVersion": "24B91", "ProductName": "macOS", "ProductVersion": "15.1.1"}
    ),
    "/Library/Preferences/SystemConfiguration/NetworkInterfaces.plist": plistlib.dumps(
        {
            "Interfaces": [
                {"BSD Name": "en0", "SCNetworkInterfaceType": "IEEE80211", "IOBuiltin": True},
                {
                    "BSD Name": "en1", "SCNetworkInterfaceType": "Ethernet",
                    "IOPathMatch": "IOService:/AppleARMPE/arm-io/AppleThunderboltIPPort/en1",
                },
                {
                    "BSD Name": "en5", "SCNetworkInterfaceType": "Ethernet",
                    "SCNetworkInterfaceInfo": {"UserDefinedName": "USB 10/100/1000 LAN"},
                },
            ]
        },
        fmt=plistlib.FMT_BINARY,
    ),
    "/Library/Preferences/com.apple.TimeMachine.plist": plistlib.dumps(
        {
            "AutoBackup": True,
            "Destinations": [
                {
                    "DestinationID": "CANARYTM1", "NetworkURL": "smb://sabine@nas.moebelwerk.example/CanaryBackup",
                    "SnapshotDates": [_at("2026-11-19T08:00"), _at("2026-11-20T08:00")],
                }
            ],
        }
    ),
    f"{HOME}/Library/Preferences/MobileMeAccounts.plist": plistlib.dumps(
        {
            "Accounts": [
                {
                    "AccountID": "canary@icloud.example", "DisplayName": "Canary Oswald",
                    "Services": [{"Name": "MOBILE_DOCUMENTS", "Enabled": True}, {"Name": "MAIL", "Enabled": False}],
                }
            ]
        }
    ),
    "/Library/Receipts/InstallHistory.plist": plistlib.dumps(
        [
            {"date": _at("2026-10-02T07:00"), "displayName": "macOS", "displayVersion": "15.1",
             "processName": "softwareupdated"},
            {"date": _at("2026-11-12T07:00"), "displayName": "macOS", "displayVersion": "15.1.1",
             "processName": "softwareupdated"},
            {"date": _at("2026-11-24T07:00"), "displayName": "XProtectPlistConfigData", "displayVersion": "5281",
             "processName": "softwareupdated"},
            {"date": _at("2026-11-25T07:00"), "displayName": "CanaryTool", "displayVersion": "1.0",
             "processName": "installer"},
        ]
    ),
    "/Library/Preferences/com.apple.SoftwareUpdate.plist": plistlib.dumps(
        {"AutomaticCheckEnabled": True, "AutomaticallyInstallMacOSUpdates": True, "LastRecommendedUpdatesAvailable": 1,
         "RecommendedUpdates": [{"Display Name": "macOS Sequoia 15.2"}]}
    ),
    "/Applications/Safari.app/Contents/Info.plist": _app("18.1.1", "com.apple.Safari"),
    "/Applications/Google Chrome.app/Contents/Info.plist": _app("131.0.6778.86", "com.google.Chrome"),
    "/Applications/Microsoft Teams.app/Contents/Info.plist": _app("24295.605", "com.microsoft.teams2"),
    "/Applications/Numbers.app/Contents/Info.plist": _app("14.3", "com.apple.Numbers"),
    "/Applications/Numbers.app/Contents/_MASReceipt/receipt": b"x",
    "/Applications/Werkzeuge/Zeiterfassung.app/Contents/Info.plist": _app("3.2", "de.example.zeit"),
    "/System/Applications/Mail.app/Contents/Info.plist": _app("16.0", "com.apple.mail"),
    f"{HOME}/Applications/Spiel.app/Contents/Info.plist": b"spoilt",
    f"{HOME}/Library/Preferences/com.apple.LaunchServices/com.apple.launchservices.secure.plist": plistlib.dumps(
        {"LSHandlers": [{"LSHandlerURLScheme": "https", "LSHandlerRoleAll": "com.google.chrome"},
                        {"LSHandlerContentType": "public.html", "LSHandlerRoleAll": "com.google.chrome"}]},
        fmt=plistlib.FMT_BINARY,
    ),
    f"{HOME}/Library/LaunchAgents/de.example.zeit.plist": plistlib.dumps(
        {"Label": "de.example.zeit", "ProgramArguments": ["/usr/local/bin/zeit", "--password", "canary-argument"],
         "EnvironmentVariables": {"TOKEN": "canary-environment"}}
    ),
    "/Library/LaunchDaemons/com.example.old.plist": plistlib.dumps({"Label": "com.example.old", "Disabled": True}),
    "/Library/LaunchAgents/com.example.off.plist": plistlib.dumps({"Label": "com.example.off"}),
    "/var/db/com.apple.xpc.launchd/disabled.plist": plistlib.dumps({"com.example.off": True}),
    f"{_REPORTS}/Numbers-2026-11-25-091244.ips": _CRASH.encode(),
    f"{_REPORTS}/Numbers-2026-11-26-101010.ips": _CRASH.encode(),
    f"{_REPORTS}/Finder_2026-11-26-101010_Sabines-MacBook.hang": b"Date/Time: 2026\nCommand: Finder /Users/sabine/x\n",
    f"{_REPORTS}/Analytics-2026-11-26-101010.ips": b'{"bug_type":"211","os_version":"macOS 15.1.1"}\n',
    "/Library/Logs/DiagnosticReports/panic-full-2026-11-24-070000.0002.ips": (
        b'{"bug_type":"210","timestamp":"2026-11-24 07:00:00.00 +0100","os_version":"macOS 15.1.1 (24B91)"}\n{"x":1}\n'
    ),
}  # fmt: skip

MACBOOK_AIR = Recording(
    tools=TOOLS,
    files=FILES,
    kernel={
        "hw.model": "Mac14,2", "hw.optional.arm64": 1, "hw.memsize": 17179869184, "hw.physicalcpu": 8,
        "machdep.cpu.brand_string": "Apple M2", "kern.memorystatus_vm_pressure_level": 1,
    },
    partitions=(
        Partition("/dev/disk3s1s1", "/", "apfs", "ro,local,rootfs,dovolfs,journaled,multilabel"),
        Partition("devfs", "/dev", "devfs", "rw,nobrowse"),
        Partition("/dev/disk3s6", "/System/Volumes/VM", "apfs", "rw,nobrowse"),
        Partition("/dev/disk3s5", "/System/Volumes/Data", "apfs", "rw,nobrowse,local"),
        Partition("/dev/disk4s1", "/Volumes/Sabines Stick", "exfat", "rw,nosuid"),
        Partition("//sabine@127.0.0.1/Canary%20Vertrieb", "/Volumes/Canary Vertrieb", "smbfs", "rw,nodev,nosuid"),
    ),
    usage={
        "/System/Volumes/Data": Usage(494384795648, 480000000000, 14000000000, 97.0),
        "/Volumes/Sabines Stick": Usage(64000000000, 1000000000, 63000000000, 2.0),
        HOME: Usage(494384795648, 480000000000, 14000000000, 97.0),
    },
    nics={
        "lo0": Nic(True, psutil.NIC_DUPLEX_UNKNOWN, 0, 16384, ""),
        "anpi0": Nic(True, psutil.NIC_DUPLEX_UNKNOWN, 0, 1500, ""),
        "ap1": Nic(False, psutil.NIC_DUPLEX_UNKNOWN, 0, 1500, ""),
        "en0": Nic(True, psutil.NIC_DUPLEX_UNKNOWN, 0, 1500, ""),
        "en1": Nic(True, psutil.NIC_DUPLEX_FULL, 0, 1500, ""),
        "en5": Nic(True, psutil.NIC_DUPLEX_UNKNOWN, 0, 1500, ""),
        "utun0": Nic(True, psutil.NIC_DUPLEX_UNKNOWN, 0, 1500, ""),
    },
    addresses={
        "en0": (
            Address(socket.AF_INET, "192.168.4.31", None, None, None),
            Address(psutil.AF_LINK, "f0:2f:4b:11:22:33", None, None, None),
        ),
        "utun0": (Address(socket.AF_INET6, "fe80::1%utun0", None, None, None),),
    },
    battery=Battery(87.0, 14000, False),
    paths=(
        "/Library/Apple/System/Library/CoreServices/XProtect.bundle",
        f"{HOME}/Library/CloudStorage/OneDrive-CanaryWerkGmbH",
        f"{HOME}/Library/CloudStorage/GoogleDrive-canary@gmail.example",
    ),
)  # fmt: skip
