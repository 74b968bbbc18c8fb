"""Answer only to the names that `server.allowedHosts` lists: a name of a stranger that leads here is refused.

Streamlit itself asks that of its WebSocket alone; this asks it of every page, file and upload.
"""

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

REFUSAL = "This server does not answer to that name: whoever runs it lists its names in server.allowedHosts.\n"
# Asked by what watches over the server, which often knows it by a number only; they tell nothing of the data.
OPEN_TO_ALL = ("/healthz", "/readyz", "/_stcore/health")


def refuse_hosts(app: ASGIApp) -> ASGIApp:
    """Give `app` with every request refused that asks another host."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] not in OPEN_TO_ALL:
            asked = Request(scope).headers.getlist("host")
            if len(asked) != 1 or not is_host_allowed(asked[0]):
                await PlainTextResponse(REFUSAL, 400)(scope, receive, send)
                return
        await app(scope, receive, send)

    return answer
