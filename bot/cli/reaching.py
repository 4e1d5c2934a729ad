"""Whether WeChat would find us at the address it calls: the doctor calls it too, without a signature."""

import ssl
from http import HTTPStatus

import httpx

from bot.cli.ailments import Found, Level
from bot.web import MARK
from handlers.texts import text

_PATIENCE = httpx.Timeout(10, connect=5)
_NOBODY_BEHIND = frozenset(
    {HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT}
)


async def reached(channel: str, address: str, transport: httpx.AsyncBaseTransport | None = None) -> Found:
    """What answers at the address. Our own endpoints refuse whoever brings no signature, and sign that refusal."""
    try:
        async with httpx.AsyncClient(timeout=_PATIENCE, transport=transport) as client:
            answer = await client.get(address)
    except httpx.HTTPError as fault:
        return _unreached(channel, address, fault)
    if answer.headers.get(MARK) is not None:
        return _found(channel, Level.OK, "reached", address=address)
    if answer.is_redirect:
        return _found(channel, Level.ERROR, "reached_elsewhere", address=address)
    if answer.status_code in _NOBODY_BEHIND:
        return _found(
            channel, Level.WARNING, "reached_nobody", address=address, status=str(answer.status_code)
        )
    return _found(channel, Level.ERROR, "reached_stranger", address=address, status=str(answer.status_code))


def _unreached(channel: str, address: str, fault: httpx.HTTPError) -> Found:
    """A bad certificate is bad for everybody; a machine that cannot reach itself may yet be reached by others."""
    if refused := _certificate(fault):
        return _found(channel, Level.ERROR, "reached_uncertified", address=address, reason=refused)
    return _found(channel, Level.WARNING, "reached_unknown", address=address, reason=type(fault).__name__)


def _certificate(fault: BaseException) -> str:
    """What is wrong with the certificate; "" when it is not that."""
    while True:
        if isinstance(fault, ssl.SSLCertVerificationError):
            return fault.verify_message
        cause = fault.__cause__ or fault.__context__
        if cause is None:
            return ""
        fault = cause


def _found(channel: str, level: Level, key: str, **values: str) -> Found:
    return Found(channel, level, text(f"wechat_check.{key}", **values))
