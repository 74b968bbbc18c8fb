"""Put the headers on every answer that tell a browser what this page may do: nothing that leaves this server.

Each source of the policy is needed by some part of the page and named with it; the tests open every page in a browser
and fail at whatever the browser had to refuse.
"""

import base64
import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SHELL = Path(streamlit.__file__).parent / "static" / "index.html"
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
MEDIA = "/media/"
# What readers take along is for their disk: opened in the browser it is text, and runs nothing.
MEDIA_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
FEATURES = ("accelerometer", "autoplay", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer",
            "microphone", "midi", "payment", "usb", "xr-spatial-tracking")  # fmt: skip
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # A link holds filters and words that were searched: they are no other host's business.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in FEATURES),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def add_headers(app: ASGIApp) -> ASGIApp:
    """Give `app` with the headers on all of its answers."""
    page = write_policy(SHELL.read_text(encoding="utf-8"), os.environ)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(FIXED)
                headers["Content-Security-Policy"] = MEDIA_POLICY if scope["path"].startswith(MEDIA) else page
            await send(message)

        await app(scope, receive, send_on if scope["type"] == "http" else send)

    return answer


def write_policy(shell: str, environ: Mapping[str, str]) -> str:
    """Write the policy for Streamlit's `shell` and the map style that is set, if one is.

    >>> policy = write_policy("<script>a = 1</script>", {"MAP_STYLE_URL": "https://maps.example/style.json"})
    >>> [part for part in policy.split("; ") if part.split()[0] in ("script-src", "connect-src")][0].count("sha256-")
    1
    >>> "connect-src 'self' data: https://maps.example https://*.maps.example" in policy
    True
    """
    maps = name_map_hosts(environ.get("MAP_STYLE_URL", ""))
    inline = [f"'sha256-{hash_script(script)}'" for script in INLINE.findall(shell)]
    sources = {
        "default-src": ["'none'"],
        # blob: our components come to the browser as text; wasm: the map's library tries what it can read as it loads
        "script-src": ["'self'", "blob:", "'wasm-unsafe-eval'", *inline],
        "style-src": ["'self'", "'unsafe-inline'"],  # Streamlit writes its styles while it draws
        "img-src": ["'self'", "data:", *maps],
        "font-src": ["'self'", "data:"],
        "connect-src": ["'self'", "data:", *maps],  # data: the style of the province map
        "worker-src": ["blob:"],  # the base map reads its tiles beside the page
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(allowed)}" for name, allowed in sources.items())


def hash_script(script: str) -> str:
    """Give the hash by which a policy names one inline script."""
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")


def name_map_hosts(style: str) -> list[str]:
    """Give the hosts that a map style from elsewhere is asked of: its own, and those below it for its tiles.

    >>> name_map_hosts("https://maps.example:444/{theme}.json"), name_map_hosts("/app/static/light.json")
    (['https://maps.example:444', 'https://*.maps.example:444'], [])
    """
    parts = urlsplit(style)
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[\w.-]+(:\d+)?", parts.netloc):
        return []
    return [f"{parts.scheme}://{parts.netloc}", f"{parts.scheme}://*.{parts.netloc}"]
