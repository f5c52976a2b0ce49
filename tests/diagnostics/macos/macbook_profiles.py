"""What `system_profiler` tells of the MacBook Air; written by hand, see `recording`."""

from __future__ import annotations

PROFILES = {
    "SPHardwareDataType": [
        {
            "_name": "hardware_overview",
            "activation_lock_status": "activation_lock_disabled",
            "boot_rom_version": "11881.41.5",
            "chip_type": "Apple M2",
            "machine_model": "Mac14,2",
            "machine_name": "MacBook Air",
            "model_number": "MLY33D/A",
            "number_processors": "proc 8:4:4",
            "os_loader_version": "11881.41.5",
            "physical_memory": "16 GB",
            "platform_UUID": "CANARY00-1111-2222-3333-444455556666",
            "provisioning_UDID": "00008112-CANARYUDID",
            "serial_number": "CANARYSER1",
        }
    ],
    "SPAirPortDataType": [
        {
            "spairport_airport_interfaces": [
                {
                    "_name": "en0",
                    "spairport_caps_airdrop": "spairport_caps_supported",
                    "spairport_airport_other_local_wireless_networks": [
                        {"_name": "<redacted>", "spairport_signal_noise": "-41 dBm / -92 dBm"}
                    ],
                    "spairport_current_network_information": {
                        "_name": "<redacted>",
                        "spairport_network_channel": "44 (5GHz, 80MHz)",
                        "spairport_network_phymode": "802.11ax",
                        "spairport_network_rate": 864,
                        "spairport_security_mode": "spairport_security_mode_wpa3_transition",
                        "spairport_signal_noise": "-58 dBm / -95 dBm",
                    },
                    "spairport_status_information": "spairport_status_connected",
                    "spairport_wireless_mac_address": "f0:2f:4b:11:22:33",
                },
                {"_name": "awdl0", "spairport_status_information": "spairport_status_connected"},
            ],
            "spairport_software_information": {"spairport_corewlan_version": "16.0 (1657)"},
        }
    ],
    "SPDisplaysDataType": [
        {
            "_name": "Apple M2",
            "spdisplays_mtlgpufamilysupport": "spdisplays_metal3",
            "sppci_cores": "8",
            "sppci_model": "Apple M2",
            "sppci_device_type": "spdisplays_gpu",
            "spdisplays_ndrvs": [
                {
                    "_name": "Farb-LCD",
                    "_spdisplays_display-serial-number": "CANARYDSP1",
                    "_spdisplays_pixels": "2940 x 1912",
                    "_spdisplays_resolution": "1470 x 956 @ 60.00Hz",
                    "spdisplays_connection_type": "spdisplays_internal",
                    "spdisplays_main": "spdisplays_yes",
                    "spdisplays_online": "spdisplays_yes",
                },
                {
                    "_name": "DELL U2723QE",
                    "_spdisplays_display-serial-number": "CANARYDSP2",
                    "_spdisplays_pixels": "3840 x 2160",
                    "_spdisplays_resolution": "1920 x 1080 @ 60.00Hz",
                    "spdisplays_online": "spdisplays_yes",
                },
            ],
        }
    ],
    "SPAudioDataType": [
        {
            "_name": "coreaudio_device",
            "_items": [
                {
                    "_name": "AirPods von Sabine",
                    "coreaudio_device_input": 1,
                    "coreaudio_default_audio_input_device": "spaudio_yes",
                    "coreaudio_device_transport": "coreaudio_device_type_bluetooth",
                },
                {
                    "_name": "MacBook Air-Mikrofon",
                    "coreaudio_device_input": 1,
                    "coreaudio_device_manufacturer": "Apple Inc.",
                    "coreaudio_device_transport": "coreaudio_device_type_builtin",
                },
                {
                    "_name": "MacBook Air-Lautsprecher",
                    "coreaudio_device_output": 2,
                    "coreaudio_default_audio_output_device": "spaudio_yes",
                    "coreaudio_device_transport": "coreaudio_device_type_builtin",
                },
            ],
        }
    ],
    "SPCameraDataType": [{"_name": "FaceTime HD-Kamera", "spcamera_unique-id": "CANARYCAM1"}],
    "SPUSBDataType": [
        {
            "_name": "USB31Bus",
            "host_controller": "AppleT8112USBXHCI",
            "_items": [
                {
                    "_name": "USB3.1 Hub",
                    "vendor_id": "0x2109  (VIA Labs, Inc.)",
                    "product_id": "0x0822",
                    "serial_num": "CANARYUSB1",
                    "_items": [
                        {"_name": "Logitech BRIO", "vendor_id": "0x046d  (Logitech Inc.)", "product_id": "0x085e"},
                        {"_name": "iPhone", "vendor_id": "apple_vendor_id", "product_id": "0x12a8"},
                    ],
                }
            ],
        }
    ],
}
