"""Say whether the server lives, and whether it is ready to show the page: JSON for what watches over it.

The reasons are fixed sentences: no path, no address, nothing of the data.
"""

import time
from threading import Lock

from starlette.requests import Request
from starlette.responses import JSONResponse

from dashboard.service.readiness import check_readiness

KEPT = 2.0  # seconds that an answer is given again, so that asking often costs nothing
_LOCK = Lock()
_LAST: dict[str, tuple[float, dict[str, str]]] = {}


async def say_live(request: Request) -> JSONResponse:
    """Say that the server answers."""
    return JSONResponse({"live": True})


def say_ready(request: Request) -> JSONResponse:
    """Say whether all that the page needs is there, and what is not; 503 while something is missing."""
    if not _LOCK.acquire(timeout=KEPT):  # a database that hangs must not hold one thread for each who asks
        return JSONResponse({"ready": False, "checks": {"all": "the last look has not ended"}}, 503)
    try:
        at, checks = _LAST.get("checks", (-KEPT, {}))
        if time.monotonic() - at >= KEPT:
            checks = check_readiness()
            _LAST["checks"] = (time.monotonic(), checks)
    finally:
        _LOCK.release()
    ready = all(said in ("ok", "not needed") for said in checks.values())
    return JSONResponse({"ready": ready, "checks": checks}, 200 if ready else 503)
