"""Receiving by webhook: an endpoint that says 200 only when the update is on disk."""

import hmac
import json
from collections.abc import Awaitable, Callable
from http import HTTPStatus

import structlog
from starlette.requests import Request
from starlette.responses import Response

from bot.platforms.telegram_listen import Take

_MOST_BYTES = 1_000_000
_SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - the header's name
_log = structlog.get_logger(__name__)

Endpoint = Callable[[Request], Awaitable[Response]]


def webhook_endpoint(secret: str, take: Take) -> Endpoint:
    """Return the endpoint for POST; ValueError without a secret, since anybody could then speak for anybody.

    Telegram repeats whatever is not answered 200: 503 asks for that, 400, 403 and 413 are for strangers.
    """
    if not secret:
        raise ValueError("a webhook needs a secret")

    async def receive(request: Request) -> Response:
        given = request.headers.get(_SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return Response(status_code=HTTPStatus.FORBIDDEN)
        body = await _body(request)
        if body is None:
            return Response(status_code=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return Response(status_code=await _taken(body, take))

    return receive


async def _body(request: Request) -> bytes | None:
    """Return the body, None as soon as it is too long."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            return None
    return bytes(body)


async def _taken(body: bytes, take: Take) -> HTTPStatus:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return HTTPStatus.BAD_REQUEST
    if not isinstance(update, dict):
        return HTTPStatus.BAD_REQUEST
    try:
        await take([update])
    except Exception as fault:  # noqa: BLE001 - whatever went wrong, Telegram keeps the update and repeats it
        _log.warning("telegram: not received, to be repeated", why=type(fault).__name__)
        return HTTPStatus.SERVICE_UNAVAILABLE
    return HTTPStatus.OK
