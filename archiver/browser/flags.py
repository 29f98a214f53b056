"""How the browser is started, so that nothing of it goes past the proxy and nothing goes out that the page did not ask for.

Each line closes one way: what a page can do to reach the network by itself (WebRTC, QUIC, names looked up ahead), and what a browser
does of its own accord. tests/browser/test_canary.py watches all of it.
"""

from __future__ import annotations

import os

_FEATURES = (
    "AimEnabled", "AutofillServerCommunication", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync",
    "CertificateTransparencyComponentUpdater", "DestroyProfileOnBrowserClose", "DialMediaRouteProvider", "DirectSockets",
    "DnsOverHttps", "EncryptedClientHello", "GlobalMediaControls", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades",
    "InterestFeedContentSuggestions", "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints",
    "OptimizationHintsFetching", "PaintHolding", "PreconnectToSearch", "SafetyTips", "SegmentationPlatform",
    "ThirdPartyStoragePartitioning", "Translate", "UseDnsHttpsSvcb", "WebRtcHideLocalIpsWithMdns", "WebTransport",
)  # fmt: skip

SWITCHES = (
    # no name is ever looked up by the browser: an address that is not the proxy's own leads nowhere
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--dns-prefetch-disable",
    "--disable-quic",
    # WebRTC has no UDP and no TCP but through a proxy, and the proxy takes TLS only
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--no-pings",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-component-extensions-with-background-pages",
    "--disable-client-side-phishing-detection",
    "--disable-domain-reliability",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-breakpad",
    "--disable-crash-reporter",
    "--no-report-upload",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-service-autorun",
    "--disable-print-preview",
    "--disable-gpu",
    "--mute-audio",
    "--autoplay-policy=user-gesture-required",
    # the last of its kind on the command line counts, so what playwright puts there stands here too
    "--disable-features=" + ",".join(_FEATURES),
)


def switches(fingerprint: str, *, port: int) -> list[str]:
    """All of them; the browser takes certificates of the authority with this ``fingerprint``, and uses the proxy at ``port``."""
    return [
        *SWITCHES,
        f"--ignore-certificate-errors-spki-list={fingerprint}",
        f"--proxy-server=http://127.0.0.1:{port}",
        "--proxy-bypass-list=<-loopback>",
    ]


def has_sandbox() -> bool:
    """Whether the browser's own sandbox is used: it refuses to start in one as root."""
    return not (hasattr(os, "geteuid") and os.geteuid() == 0)
