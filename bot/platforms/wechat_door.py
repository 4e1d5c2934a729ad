"""The door callbacks come through: nothing is answered 200 before it is on disk."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus

import structlog
from starlette.requests import Request
from starlette.responses import Response

from bot.platforms.wechat_crypto import Forged
from bot.platforms.wire import Malformed
from bot.web import Endpoint, forbidden

MOST_BYTES = 64 * 1024
_log = structlog.get_logger(__name__)

Verify = Callable[[Request], str]
"""Returns what a GET is to be answered with. Raises Forged."""

Take = Callable[[Request, bytes], Awaitable[str]]
"""Takes a callback in and returns the answer ("" for none). Raises Forged, Malformed, and whatever kept it off the disk."""


def callback_endpoint(name: str, verify: Verify, take: Take) -> Endpoint:
    """Return the endpoint for GET and POST; strangers get a short 4xx, a 503 asks the platform to try again."""

    async def receive(request: Request) -> Response:
        try:
            if request.method == "GET":
                return Response(verify(request), media_type="text/plain")
            body = await body_of(request)
            if body is None:
                return Response(status_code=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return Response(await take(request, body), media_type="text/xml")
        except Exception as fault:  # noqa: BLE001 - whatever went wrong, the platform is told and nothing is lost
            status = _judged(name, fault)
            return forbidden() if status is HTTPStatus.FORBIDDEN else Response(status_code=status)

    return receive


async def body_of(request: Request) -> bytes | None:
    """Return the body, None as soon as it is longer than any callback."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)


def _judged(name: str, fault: Exception) -> HTTPStatus:
    if isinstance(fault, Forged):
        _log.warning("a callback was refused", channel=name, why=str(fault))
        return HTTPStatus.FORBIDDEN
    if isinstance(fault, Malformed):
        _log.warning("a callback cannot be read", channel=name, why=str(fault))
        return HTTPStatus.BAD_REQUEST
    _log.warning("a callback was not received, to be repeated", channel=name, why=type(fault).__name__)
    return HTTPStatus.SERVICE_UNAVAILABLE
