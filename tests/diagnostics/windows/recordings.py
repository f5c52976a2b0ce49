"""Four Windows PCs, written by hand from the documented formats; no running Windows was recorded for them.

A German notebook with Windows 11 Pro that is well, a Windows 10 PC that gets no more updates, a PC of a domain with
a VPN, and a PC with faults. Names of people, companies and networks are made up.
"""

from __future__ import annotations

import base64
import json
from typing import Any

from tests.diagnostics.windows.recorded import Logged, Nic, Printer, Recorded, Screen, Thing

NT = r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion"
BIOS = r"HKLM\HARDWARE\DESCRIPTION\System\BIOS"
CPU = r"HKLM\HARDWARE\DESCRIPTION\System\CentralProcessor\0"
SESSION = r"HKLM\SYSTEM\CurrentControlSet\Control\Session Manager"
VERSION = r"SOFTWARE\Microsoft\Windows\CurrentVersion"
UNINSTALL, UNINSTALL_32 = rf"HKLM\{VERSION}\Uninstall", r"HKLM\SOFTWARE\WOW6432Node" + VERSION[8:] + r"\Uninstall"
APPROVED = rf"HKCU\{VERSION}\Explorer\StartupApproved"
CENTER = r"HKLM\SOFTWARE\Microsoft\Security Center\Provider"
FIREWALL = r"HKLM\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy"
CONSENT = rf"{VERSION}\CapabilityAccessManager\ConsentStore"
TCP_PORTS = r"HKLM\SYSTEM\CurrentControlSet\Control\Print\Monitors\Standard TCP/IP Port\Ports"
DISPLAY_CLASS = r"HKLM\SYSTEM\CurrentControlSet\Control\Class\{4d36e968-e325-11ce-bfc1-08002be10318}"
SOUND_CLASS = r"HKLM\SYSTEM\CurrentControlSet\Control\Class\{4d36e96c-e325-11ce-bfc1-08002be10318}"
PACKAGES = (
    r"HKCU\Software\Classes\Local Settings\Software\Microsoft\Windows\CurrentVersion\AppModel\Repository\Packages"
)
SOUND = rf"HKLM\{VERSION}\MMDevices\Audio"
SPEAKER, MICROPHONE = "{11111111-aaaa-4444-8888-000000000001}", "{22222222-bbbb-4444-8888-000000000002}"
LABEL, MAKER = "{a45c254e-df1c-4efd-8020-67d146a850e0},2", "{b3f8fa53-0004-438e-9003-51a46e139bfc},6"
HIGH = 0x7FF0_0000_0000
"""Windows are numbered above this, so that a number cut to 32 bits is another window."""
NOW = 1_790_000_000
DAY = 86400
DEFENDER_ON, DEFENDER_OLD, DEFENDER_OFF = 0x61100, 0x61110, 0x60100


def notebook() -> Recorded:
    """A well notebook with Windows 11 Pro in German, in the Wi-Fi of a small company."""
    return Recorded(
        registry={
            NT: {
                "ProductName": "Windows 10 Pro", "DisplayVersion": "25H2", "ReleaseId": "2009", "CurrentBuild": "26200",
                "UBR": 4652, "EditionID": "Professional", "InstallDate": 1_735_000_000, "RegisteredOwner": "Anna Kunze",
                "ProductId": "00330-80000-00000-AA123",
            },
            rf"{SESSION}\Environment": {"PROCESSOR_ARCHITECTURE": "AMD64"},
            rf"{SESSION}\Power": {"HiberbootEnabled": 1},
            BIOS: {
                "SystemManufacturer": "LENOVO", "SystemProductName": "21HDCTO1WW", "SystemFamily": "ThinkPad T14 Gen 4",
                "SystemVersion": "ThinkPad T14 Gen 4", "BIOSVersion": "N3QET44W (1.44 )",
                "BIOSReleaseDate": "05/20/2025", "BaseBoardManufacturer": "LENOVO",
            },
            CPU: {"ProcessorNameString": "13th Gen Intel(R) Core(TM) i5-1335U  "},
            rf"{UNINSTALL}\{{90160000-008C-0000-1000-0000000FF1CE}}": {
                "DisplayName": "Office 16 Click-to-Run Extensibility Component", "SystemComponent": 1,
            },
            rf"{UNINSTALL}\O365BusinessRetail - de-de": {
                "DisplayName": "Microsoft 365 Apps for Business - de-de", "DisplayVersion": "16.0.18827.20164",
                "Publisher": "Microsoft Corporation",
            },
            rf"{UNINSTALL}\Mozilla Firefox 140.0 (x64 de)": {
                "DisplayName": "Mozilla Firefox (x64 de)", "DisplayVersion": "140.0", "Publisher": "Mozilla",
                "InstallDate": "20260114",
            },
            rf"{UNINSTALL_32}\Microsoft Edge": {
                "DisplayName": "Microsoft Edge", "DisplayVersion": "138.0.3351.95",
                "Publisher": "Microsoft Corporation", "InstallDate": "20260110",
            },
            rf"{UNINSTALL_32}\KB4023057": {"DisplayName": "Update for Windows (KB4023057)", "ReleaseType": "Update"},
            rf"HKCU\{VERSION}\Uninstall\Zoom": {"DisplayName": "Zoom Workplace", "DisplayVersion": "6.4.6"},
            r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\Configuration": {
                "VersionToReport": "16.0.18827.20164",
                "UpdateChannel": "http://officecdn.microsoft.com/pr/492350f6-3a01-4f97-b9c0-c7c6ddf67d60",
            },
            r"HKCU\Software\Microsoft\Windows\Shell\Associations\UrlAssociations\https\UserChoice": {
                "ProgId": "FirefoxURL-308046B0AF4A39CB", "Hash": "geheim=",
            },
            r"HKCU\Software\Microsoft\Windows\Shell\Associations\UrlAssociations\mailto\UserChoice": {
                "ProgId": "Outlook.URL.mailto.15",
            },
            rf"HKLM\{VERSION}\App Paths\OUTLOOK.EXE": {},
            rf"{PACKAGES}\MSTeams_25163.3611.3774.6315_x64__8wekyb3d8bbwe": {},
            rf"{PACKAGES}\MSTeams_9999.1.1.1_neutral_split.language-de_8wekyb3d8bbwe": {},
            rf"{PACKAGES}\MSTeams_24000.1.2.3_x64__8wekyb3d8bbwe": {},
            rf"{PACKAGES}\Microsoft.WindowsCalculator_11.2502.2.0_x64__8wekyb3d8bbwe": {},
            rf"HKCU\{VERSION}\Run": {
                "OneDrive": r'"C:\Users\anna\AppData\Local\Microsoft\OneDrive\OneDrive.exe" /background',
                "Teams": r"C:\Users\anna\AppData\Local\Teams.exe --token=geheim",
            },
            rf"{APPROVED}\Run": {"Teams": bytes.fromhex("0300000012345678aabbccdd")},
            rf"HKLM\{VERSION}\Run": {"SecurityHealth": "%windir%\\system32\\SecurityHealthSystray.exe"},
            r"HKCU\Software\Microsoft\OneDrive\Accounts\Business1": {
                "UserFolder": r"C:\Users\anna\OneDrive - Kunze GmbH", "UserEmail": "anna@kunze.example",
            },
            r"HKCU\Software\Microsoft\OneDrive\Accounts\Personal": {"ClientFirstSignInTimestamp": 1},
            rf"HKCU\{VERSION}\FileHistory": {"ProtectedUpToTime": (NOW - 3600 + 11_644_473_600) * 10_000_000},
            rf"{CENTER}\Av\{{D68DDC3A-831F-4fae-9E44-DA132C1ACF46}}": {
                "DISPLAYNAME": "Windows Defender", "STATE": DEFENDER_ON,
            },
            rf"{FIREWALL}\DomainProfile": {"EnableFirewall": 1},
            rf"{FIREWALL}\StandardProfile": {"EnableFirewall": 1},
            rf"{FIREWALL}\PublicProfile": {"EnableFirewall": 1},
            r"HKLM\SYSTEM\CurrentControlSet\Control\SecureBoot\State": {"UEFISecureBootEnabled": 1},
            rf"HKCU\{CONSENT}\microphone": {"Value": "Allow"},
            rf"HKLM\{CONSENT}\microphone": {"Value": "Allow"},
            rf"HKCU\{CONSENT}\webcam": {"Value": "Allow"},
            rf"HKCU\{CONSENT}\webcam\NonPackaged": {"Value": "Deny"},
            rf"{SOUND}\Render\{SPEAKER}": {"DeviceState": 1},
            rf"{SOUND}\Render\{SPEAKER}\Properties": {LABEL: "Lautsprecher", MAKER: "Realtek(R) Audio"},
            rf"{SOUND}\Capture\{MICROPHONE}": {"DeviceState": 1},
            rf"{SOUND}\Capture\{MICROPHONE}\Properties": {LABEL: "Mikrofonarray", MAKER: "Realtek(R) Audio"},
            rf"{SOUND}\Render\{{33333333-cccc-4444-8888-000000000003}}": {"DeviceState": 4},
            rf"{SOUND_CLASS}\0000": {"DriverDesc": "Realtek(R) Audio", "DriverVersion": "6.0.9614.1"},
            rf"{DISPLAY_CLASS}\0000": {
                "DriverDesc": "Intel(R) Iris(R) Xe Graphics", "DriverVersion": "32.0.101.6881",
                "DriverDate": "5-29-2025", "ProviderName": "Intel Corporation",
            },
            rf"{DISPLAY_CLASS}\Properties": {},
            rf"{TCP_PORTS}\192.0.2.40": {"HostName": "192.0.2.40", "PortNumber": 9100, "IPAddress": ""},
            r"HKLM\SYSTEM\CurrentControlSet\Control\Print\Environments\Windows x64\Drivers\Version-3\HP Universal "
            r"Printing PCL 6": {"DriverVersion": "61.315.1.25959"},
        },
        environment={"SYSTEMDRIVE": "C:", "APPDATA": "/nonexistent", "PROGRAMDATA": "/nonexistent"},
        drives={
            "C:": (3, "NTFS", 0x3E700FF, 120 << 30, 475 << 30),
            "D:": (2, "FAT32", 0, 0, 0),
            "E:": (3, "NTFS", 0x80000, 0, 0),  # locked by BitLocker
        },
        commit=(24 << 30, 10 << 30),
        role=2,
        # BIOS information, then system information with the texts maker, product, version and serial number.
        firmware=b"\0\x18\0\0\1\2\0\xe0\3" + bytes(15) + b"LENOVO\0N3QET44W\0005/20/2025\0\0"
        + b"\1\x1b\1\0\1\2\3\4" + bytes(19) + b"LENOVO\00021HDCTO1WW\0ThinkPad\0PF4XYZ12 \0\0"
        + b"\x7f\4\2\0\0\0",
        windows=[(HIGH + 2, True, False, 500), (HIGH + 4, False, True, 600)],
        things=[
            Thing(name="Intel(R) USB 3.20 eXtensible Host Controller", class_name="USB", ids=(r"PCI\VEN_8086",)),
            Thing(name="USB-Root-Hub (USB 3.0)", class_name="USB", ids=(r"USB\ROOT_HUB30",), service="USBHUB3"),
            Thing(
                name="USB-Verbundgerät", class_name="USB", service="usbccgp",
                ids=(r"USB\VID_046D&PID_C52B&REV_2411", r"USB\VID_046D&PID_C52B"),
            ),
            Thing(
                name="USB-Eingabegerät", class_name="HIDClass",
                ids=(r"USB\VID_046D&PID_C52B&REV_2411&MI_00", r"USB\VID_046D&PID_C52B&MI_00"),
            ),
            Thing(
                name="Integrated Camera", class_name="Camera", service="usbvideo",
                ids=(r"USB\VID_5986&PID_118C&MI_00",),
            ),
            Thing(name="Brother Scanner", class_name="Image", service="usbscan"),
        ],
        batteries=[(0x40000000, 5000, 4000, 3), (0x80000000, 52_000, 46_800, 112)],
        nics=[
            Nic(
                name="WLAN", description="Intel(R) Wi-Fi 6E AX211 160MHz", type=71, speed=1_201_000_000, index=7,
                addresses=("192.0.2.23", "fe80::1c2d:3e4f:5a6b:7c8d"), gateways=("192.0.2.1",), dns=("192.0.2.1",),
                suffix="kunze.example", metric=35,
            ),
            Nic(name="Ethernet", description="Intel(R) Ethernet Connection (17) I219-V", is_up=False, index=3),
            Nic(name="LAN-Verbindung* 1", description="Microsoft Wi-Fi Direct Virtual Adapter", type=71, is_up=False),
            Nic(
                name="Bluetooth-Netzwerkverbindung", description="Bluetooth Device (Personal Area Network)",
                is_up=False,
            ),
        ],
        routes=[(24, 7, "0.0.0.0", 0), (0, 7, "192.0.2.1", 0)],
        neighbours=[("192.0.2.1", 5), ("192.0.2.77", 1)],
        wifi={"state": 1, "quality": 82, "rssi": -58, "channel": 44, "phy": 10, "rate": 866_700},
        printers=[
            Printer(name="Drucker Büro", port="192.0.2.40", driver="HP Universal Printing PCL 6", attributes=0x240),
            Printer(name="Microsoft Print to PDF", port="PORTPROMPT:", driver="Microsoft Print To PDF"),
        ],
        default_printer="Drucker Büro",
        health={1: (0, 0), 4: (0, 0)},
        bitlocker={"C:\\": 1, "E:\\": 6},
        user="NB-07\\anna",
        computer="NB-07",
        account=(3 * DAY + 5, 0x10201, 0),
        logs={"System": [], "Application": [], "Microsoft-Windows-PrintService/Admin": []},
        screens=[
            Screen(name="", width=1920, height=1200, dpi=120, is_primary=True, technology=0x80000000),
            Screen(name="DELL P2723D", width=2560, height=1440, rate=75),
        ],
        sound={"output": SPEAKER.upper(), "input": MICROPHONE, "level": 0.35, "muted": 0},
    )  # fmt: skip


def old_pc() -> Recorded:
    """A desktop PC with Windows 10 22H2 Home, German, at a cable; no Wi-Fi service, no battery."""
    return Recorded(
        registry={
            NT: {
                "ProductName": "Windows 10 Home", "DisplayVersion": "22H2", "CurrentBuild": "19045", "UBR": 6456,
                "EditionID": "Core", "InstallDate": 1_600_000_000,
            },
            BIOS: {
                "SystemManufacturer": "To Be Filled By O.E.M.", "SystemProductName": "To Be Filled By O.E.M.",
                "BaseBoardManufacturer": "ASRock", "BaseBoardProduct": "B450M Pro4", "BIOSVersion": "P3.30",
                "BIOSReleaseDate": "07/05/2019",
            },
            rf"{SESSION}\Power": {"HiberbootEnabled": 0},
            SESSION: {"PendingFileRenameOperations": [r"\??\C:\Windows\Temp\avast.tmp", ""]},
            rf"{CENTER}\Av\{{1}}": {"DISPLAYNAME": "Windows Defender", "STATE": DEFENDER_OFF},
            rf"{CENTER}\Av\{{2}}": {"DISPLAYNAME": "Avast Antivirus", "STATE": 0x41010},
            rf"HKCU\{VERSION}\Internet Settings": {
                "ProxyEnable": 1, "ProxyServer": "http=proxy.kunze.example:3128;ftp=proxy.kunze.example:2121",
                "ProxyOverride": "*.local;<local>", "AutoConfigURL": "http://wpad.kunze.example/wpad.dat",
            },
            r"HKLM\SOFTWARE\Microsoft\WindowsUpdate\UX\Settings": {"PauseUpdatesExpiryTime": "2099-01-01T00:00:00Z"},
        },
        drives={"C:": (3, "NTFS", 0, 4 << 30, 223 << 30), "D:": (5, "", 0, 0, 0)},
        role=1,
        nics=[
            Nic(
                name="Ethernet", description="Realtek PCIe GbE Family Controller", speed=100_000_000,
                addresses=("169.254.10.20",), gateways=(), dns=("fec0:0:0:ffff::1",),
            )
        ],
        routes=[],
        health={1: (0, 0), 4: (0, 2)},
        bitlocker={"C:\\": 2},
        user="PC\\Chef",
        computer="pc",
        account=(400 * DAY, 0x201, 0),
        longest_age=42 * DAY,
        printers=[],
        logs={"System": [], "Application": []},
    )  # fmt: skip


def domain_pc() -> Recorded:
    """A PC of a domain, in English, over a VPN, with a print server and drives of a file server."""
    return Recorded(
        registry={
            NT: {
                "ProductName": "Windows 10 Enterprise", "DisplayVersion": "23H2", "CurrentBuild": "22631", "UBR": 5039,
                "EditionID": "Enterprise",
            },
            BIOS: {"SystemManufacturer": "Dell Inc.", "SystemProductName": "OptiPlex 7010", "BIOSVersion": "1.20.0"},
            r"HKCU\Network\H": {"RemotePath": r"\\files01\home$\bert", "UserName": "KUNZE\\bert"},
            r"HKCU\Network\X": {"RemotePath": r"\\altserver\projekte"},
            r"HKLM\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters": {
                "SearchList": "kunze.example,intern.kunze.example", "Domain": "kunze.example",
            },
            r"HKLM\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate\AU": {"NoAutoUpdate": 1},
        },
        drives={"C:": (3, "NTFS", 0, 50 << 30, 238 << 30), "H:": (4, "", 0, 0, 0), "W:": (4, "", 0, 0, 0)},
        role=1,
        is_remote=True,
        elevation=3,
        nics=[
            Nic(
                name="Ethernet", description="Intel(R) Ethernet Connection I219-LM", addresses=("198.51.100.7",),
                gateways=("198.51.100.1",), dns=("198.51.100.2",), metric=25, index=5,
            ),
            Nic(
                name="kunze-zentrale", description="WireGuard Tunnel", type=53, speed=100_000_000_000, mac="",
                addresses=("203.0.113.9",), dns=("203.0.113.53", "198.51.100.2"), suffix="kunze.example", metric=5,
                index=21,
            ),
            Nic(name="vEthernet (Default Switch)", description="Hyper-V Virtual Ethernet Adapter", index=30,
                addresses=("172.20.0.1",)),
        ],
        routes=[(0, 5, "198.51.100.1", 0), (0, 21, "0.0.0.0", 0), (0, 99, "198.51.100.9", 0)],
        neighbours=[("198.51.100.1", 0)],
        ras=(0, 2),
        connections=[r"\\druck01\Flur 2"],
        default_printer=r"\\druck01\Flur 2",
        printers=[Printer(name="XPS", port="XPSPort:", driver="Microsoft XPS Document Writer")],
        shares=[("H:", r"\\files01\home$\bert"), ("W:", r"\\cloud.example@SSL@8443\DavWWWRoot\dav"),
                ("", r"\\files01\IPC$")],
        health={1: (0, 0), 4: (0, 0)},
        bitlocker={"C:\\": 5},
        user="KUNZE\\bert",
        computer="WS-0042",
        domain=(3, "KUNZE"),
        logs={"System": 5, "Application": [], "Microsoft-Windows-PrintService/Admin": 5},
    )  # fmt: skip


def faulty_pc() -> Recorded:
    """A PC with faults: crashes, a dying drive, a stopped spooler, hung programs, devices without drivers."""
    return Recorded(
        registry={
            NT: {"ProductName": "Windows 11 Pro", "DisplayVersion": "24H2", "CurrentBuild": "26100", "UBR": 1},
            BIOS: {"SystemManufacturer": "HP", "SystemProductName": "HP ProBook 450 G8"},
            rf"HKLM\{VERSION}\Component Based Servicing\RebootPending": {},
            rf"HKLM\{VERSION}\WindowsUpdate\Auto Update\RebootRequired": {},
            rf"{CENTER}\Av\{{1}}": {"DISPLAYNAME": "Windows Defender", "STATE": DEFENDER_OLD},
            rf"{FIREWALL}\DomainProfile": {"EnableFirewall": 1},
            rf"{FIREWALL}\PublicProfile": {"EnableFirewall": 0},
        },
        drives={"C:": (3, "NTFS", 0, 500 << 20, 119 << 30)},
        windows=[
            (HIGH + 2, True, True, 4100),
            (HIGH + 4, True, True, 4100),
            (HIGH + 6, True, True, 999_999),
            (HIGH + 8, True, False, 4200),
        ],
        things=[
            Thing(name="Unbekanntes Gerät", class_name="", ids=(r"ACPI\VEN_HPIC",), problem=28),
            Thing(name="USB-Massenspeichergerät", class_name="USB", ids=(r"USB\VID_0781&PID_5581",), problem=43),
            Thing(name="Generic Volume", class_name="Volume", problem=45),
            Thing(name="Intel(R) Management Engine", class_name="System", problem=222),
        ],
        batteries=[(0x80000000, 45_000, 20_000, 0)],
        nics=[Nic(name="WLAN", description="Realtek 8822CE Wireless LAN", type=71, is_up=False)],
        wifi={"state": 4, "radio": (2, 1)},
        printers=1722,
        health={1: (0, 2), 4: (0, 2)},
        bitlocker={"C:\\": 3},
        user="PROBOOK\\carla",
        computer="PROBOOK",
        account=(50 * DAY, 0x201, 1),
        longest_age=42 * DAY,
        shares=1222,
        logs={
            "System": [
                Logged(source="Microsoft-Windows-Kernel-Power", number=41, level=1, at=NOW - 100),
                Logged(source="EventLog", number=6008, at=NOW - 90),
                Logged(source="Microsoft-Windows-Kernel-Power", number=41, level=1, at=NOW - DAY),
                Logged(source="EventLog", number=6008, at=NOW - DAY + 1),
                Logged(source="Microsoft-Windows-WER-SystemErrorReporting", number=1001, at=NOW - 80,
                       values=("0x000000d1", r"C:\Windows\MEMORY.DMP")),
                *(Logged(source="disk", number=153, level=3, at=NOW - hour * 3600) for hour in range(40)),
                Logged(source="Microsoft-Windows-Ntfs", number=55, at=NOW - 5),
                Logged(source="Microsoft-Windows-Ntfs", number=98, level=4, at=NOW - 4),
                Logged(source="Microsoft-Windows-WHEA-Logger", number=18, at=NOW - 3),
                Logged(source="DCOM", number=10010, at=NOW - 2),
            ],
            "Application": [
                *(
                    Logged(source="Application Error", number=1000, at=NOW - hour * 3600,
                           values=("OUTLOOK.EXE", "16.0.18827.20164", "66a1", "mso.dll"))
                    for hour in range(3)
                ),
                Logged(source="Application Hang", number=1002, at=NOW - 7,
                       values=(r"C:\Users\carla\Tool Ä.exe", "1.0")),
                Logged(source="Application Error", number=1000, at=NOW - 8, values=()),
            ],
            "Microsoft-Windows-PrintService/Admin": [
                Logged(source="Microsoft-Windows-PrintService", number=372, at=NOW - 9,
                       values=("Kündigung Kunze.docx", "carla", "PROBOOK")),
            ],
            "Veeam Agent": [],
            "Microsoft-Windows-Backup": [
                Logged(source="Microsoft-Windows-Backup", number=4, level=4, at=NOW - 9 * DAY),
            ],
        },
    )  # fmt: skip


def powershell_lines(**answers: Any) -> str:
    """Return what the one PowerShell process prints: rows of each question, or a number for a refusal."""
    lines: list[str] = []
    for name, answer in answers.items():
        document = {"error": answer} if isinstance(answer, int) else {"ok": answer}
        lines.append(f"{name} {base64.b64encode(json.dumps(document).encode()).decode()}")
    return "\r\n".join(lines) + "\r\n"


DISKS = [
    {"DeviceId": "0", "FriendlyName": "SAMSUNG MZVL2512HDJD-00BL7 ", "MediaType": 4, "BusType": 17,
     "Size": 512110190592, "HealthStatus": 0},
    {"DeviceId": "1", "FriendlyName": "WDC WD10EZEX", "MediaType": "HDD", "BusType": "SATA", "Size": "1000204886016",
     "HealthStatus": "Unhealthy"},
    {"DeviceId": "2", "FriendlyName": None, "MediaType": 0, "BusType": 99, "Size": None, "HealthStatus": 5},
]  # fmt: skip
WEAR = [{"DeviceId": "0", "Wear": 7, "Temperature": 41, "ReadErrorsUncorrected": 0}]
UPDATES = [
    {"at": NOW - 3600, "code": 2, "operation": 1,
     "title": "Security Intelligence-Update für Microsoft Defender Antivirus – KB2267602 (Version 1.431.1)"},
    {"at": NOW - 2 * DAY, "code": 4, "operation": 1, "title": "2026-09 Kumulatives Update für Windows 11 (KB5060842)"},
    {"at": NOW - 3 * DAY, "code": 4, "operation": 1, "title": "2026-09 Kumulatives Update für Windows 11 (KB5060842)"},
    {"at": NOW - 20 * DAY, "code": 2, "operation": 2, "title": "Deinstallation"},
    {"at": NOW - 31 * DAY, "code": 2, "operation": 1, "title": "2026-08 Kumulatives Update für Windows 11 (KB5050001)"},
    {"at": NOW - 40 * DAY, "code": 4, "operation": 1, "title": "Alter Fehler (KB1)"},
    {"at": None, "code": 2, "operation": 1, "title": "Ohne Zeit"},
]  # fmt: skip
DSREGCMD = """\

+----------------------------------------------------------------------+
| Device State                                                         |
+----------------------------------------------------------------------+

             AzureAdJoined : {cloud}
          EnterpriseJoined : NO
              DomainJoined : {domain}
                DomainName : {name}
           Virtual Desktop : NOT SET
               Device Name : nb-07.kunze.example

+----------------------------------------------------------------------+
| Device Details                                                       |
+----------------------------------------------------------------------+

                  DeviceId : 00000000-1111-2222-3333-444444444444
                Thumbprint : AABBCCDDEEFF
          DeviceAuthStatus : {status}

+----------------------------------------------------------------------+
| Tenant Details                                                       |
+----------------------------------------------------------------------+

                TenantName : Kunze GmbH
                    MdmUrl : {management}

+----------------------------------------------------------------------+
| SSO State                                                            |
+----------------------------------------------------------------------+

                AzureAdPrt : {token}
      AzureAdPrtUpdateTime : 2026-09-20 07:12:00.000 UTC
            Executing Account Name : KUNZE\\anna, anna@kunze.example
"""
