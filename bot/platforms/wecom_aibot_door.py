"""The callback endpoint of URL mode: sealed bodies only, fresh ones only, each once, kept before they are answered."""

import base64
import json
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.platforms.base import Admit
from bot.platforms.wechat_crypto import Forged, Query, Seal
from bot.platforms.wecom_aibot_decode import event_key
from bot.platforms.wecom_aibot_hearing import Hearing
from bot.platforms.wecom_aibot_reach import Bounded
from bot.platforms.wecom_aibot_settings import WecomAibotSettings
from bot.platforms.wecom_aibot_url import Slots
from bot.platforms.wire import Table
from bot.web import forbidden

_MOST_BYTES = 64 * 1024
_KEY = 43
_SIGNATURE = "msg_signature"
_OWED = 3.0
"""Seconds an answer may take to be found; WeCom waits five."""
_log = structlog.get_logger(__name__)


class Door:
    """Answers GET (the check of the address) and POST (callbacks)."""

    def __init__(
        self,
        settings: WecomAibotSettings,
        hearing: Hearing,
        slots: Slots,
        clock: Callable[[], datetime],
        admit: Admit,
    ) -> None:
        if not settings.token or len(settings.aes_key) != _KEY:
            raise ValueError("URL mode needs a token and an EncodingAESKey of 43 characters")
        self._token = settings.token
        self._key = base64.b64decode(settings.aes_key + "=")
        self._seal = Seal(settings.token, settings.aes_key, "")
        self._hearing = hearing
        self._slots = slots
        self._clock = clock
        self._admit = admit
        # Only a courtesy: after a restart a replay within the five minutes comes through, bears the msgid of what was
        # kept, and is passed over where every redelivery is, at the inbox.
        self._seen: Bounded[str, str] = Bounded(10_000)

    async def verify(self, request: Request) -> Response:
        """Show that we have the key: the echo in the clear."""
        query = Query.of(request.query_params, _SIGNATURE)
        try:
            return PlainTextResponse(self._seal.open(query, query.echo, self._clock()))
        except Forged:
            return forbidden()

    async def receive(self, request: Request) -> Response:
        """Keep what came, then answer it in the same breath if the answer is quick; empty otherwise."""
        sent = await _body(request)
        if sent is None:
            return Response(status_code=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        query = Query.of(request.query_params, _SIGNATURE)
        try:
            body = self._opened(query, sent)
        except Forged as fault:
            _log.warning("wecom aibot: a callback was refused", why=str(fault))
            return forbidden()
        return await self._kept(query, body)

    async def _kept(self, query: Query, body: Table) -> Response:
        token, now = event_key(body), self._clock()
        self._slots.open(token)
        try:
            events = await self._hearing.take(body, token, now)
            if events:
                await self._admit(events)
        except Exception as fault:  # noqa: BLE001 - whatever went wrong, WeCom is to offer it again
            _log.warning("wecom aibot: not received, to be repeated", why=type(fault).__name__)
            self._seen.pop(query.signature, None)
            return Response(status_code=HTTPStatus.SERVICE_UNAVAILABLE)
        answer = await self._slots.wait(token, _OWED if events else 0)
        return JSONResponse(self._sealed(answer, query.nonce)) if answer else Response()

    def _opened(self, query: Query, sent: bytes) -> Table:
        """What was sent. Forged when it is not WeCom's, or the same sealed request twice: WeCom seals repetitions anew."""
        try:
            sealed = json.loads(sent)["encrypt"]
        except (ValueError, TypeError, KeyError, RecursionError):
            raise Forged("not encrypted") from None
        opened = self._seal.open(query, sealed if isinstance(sealed, str) else "", self._clock())
        if query.signature in self._seen:
            raise Forged("a replay")
        self._seen[query.signature] = query.timestamp
        return _table(opened)

    def _sealed(self, answer: Table, nonce: str) -> Table:
        """The envelope around an answer, in JSON where the other channels have XML."""
        from wechatpy.crypto import PrpCrypto, _get_signature  # noqa: PLC0415 - slow to load, rarely needed

        stamp = str(int(self._clock().timestamp()))
        inside = PrpCrypto(self._key).encrypt(json.dumps(answer, ensure_ascii=False), "").decode()
        signature = str(_get_signature(self._token, stamp, nonce, inside))
        return {"encrypt": inside, "msgsignature": signature, "timestamp": int(stamp), "nonce": nonce}


def _table(opened: str) -> Table:
    try:
        body = json.loads(opened)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise Forged("not an object")
    return body


async def _body(request: Request) -> bytes | None:
    """Return the body, None as soon as it is too long."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            return None
    return bytes(body)
