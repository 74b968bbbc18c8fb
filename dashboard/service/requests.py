"""Log every request by its kind, status and time; a link holds words that were searched, and stays out."""

import logging

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.service.log import time_event

# The first part of the addresses that are the server's own; any other may be what somebody typed.
KINDS = ("_stcore", "app", "component", "healthz", "media", "oauth2callback", "readyz", "static")


def log_requests(app: ASGIApp) -> ASGIApp:
    """Give `app` with each of its requests in the log, at level debug."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await app(scope, receive, send)
            return
        with time_event("request", logging.DEBUG, kind=name_kind(scope["path"]), by=scope["type"]) as said:

            async def send_on(message: Message) -> None:
                if message["type"] == "http.response.start":
                    said["status"] = message["status"]
                await send(message)

            await app(scope, receive, send_on)

    return answer


def name_kind(path: str) -> str:
    """Name the kind of an address.

    >>> name_kind("/media/8f.csv"), name_kind("/"), name_kind("/numbers"), name_kind("/what somebody typed")
    ('media', 'page', 'page', 'page')
    """
    first = path.strip("/").partition("/")[0]
    return first if first in KINDS else "page"
