"""A Bot API on a port of this machine, for the program run as a process: it hands out updates and keeps what is sent."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

TOKEN = "4242:abcdefghijklmnopqrstuvwxyz0123456789"
ME = {
    "id": 4242,
    "is_bot": True,
    "first_name": "议事",
    "username": "yishi_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": True,
}


GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
GROUP = {
    "type": "supergroup",
    "title": "居民群",
    "accent_color_id": 0,
    "max_reaction_count": 11,
    "accepted_gift_types": dict.fromkeys(GIFTS, False),
}


class BotApi:
    """What Telegram would hold: updates until they are confirmed, and every call that was made."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.waiting: list[dict[str, Any]] = []
        self.refuses_token = False
        self.slow = 0.0

    def hears(self, number: int, chat: int, words: str, sender: int = 77) -> None:
        """Somebody says something in a group."""
        message = {
            "message_id": number,
            "date": int(time.time()),
            "chat": {"id": chat, "type": "supergroup", "title": "居民群"},
            "from": {"id": sender, "is_bot": False, "first_name": "张三"},
            "text": words,
        }
        self.waiting.append({"update_id": number, "message": message})

    def sent(self, method: str = "sendMessage") -> list[dict[str, Any]]:
        return [values for name, values in list(self.calls) if name == method]

    def answer(self, method: str, values: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if self.refuses_token:
            return 401, {"ok": False, "error_code": 401, "description": "Unauthorized"}
        self.calls.append((method, values))
        return 200, {"ok": True, "result": self._result(method, values)}

    def _result(self, method: str, values: dict[str, Any]) -> Any:
        answers: dict[str, Callable[[], Any]] = {
            "getMe": lambda: ME,
            "getUpdates": lambda: self._updates(int(values["offset"])),
            "getWebhookInfo": lambda: {"url": "", "has_custom_certificate": False, "pending_update_count": 0},
            "getChat": lambda: GROUP | {"id": int(values["chat_id"])},
            "getChatMember": lambda: {"status": "creator", "user": ME, "is_anonymous": False},
            "sendMessage": lambda: self._message(values),
            "editMessageText": lambda: self._message(values),
        }
        return answers.get(method, lambda: True)()

    def _message(self, values: dict[str, Any]) -> dict[str, Any]:
        time.sleep(self.slow)
        chat = {"id": int(values["chat_id"]), "type": "supergroup", "title": "居民群"}
        return {"message_id": 900 + len(self.calls), "date": int(time.time()), "chat": chat}

    def _updates(self, offset: int) -> list[dict[str, Any]]:
        self.waiting = [one for one in self.waiting if not offset or one["update_id"] >= offset]
        for _ in range(10):
            if self.waiting:
                break
            time.sleep(0.02)
        return self.waiting[:100]


@contextmanager
def bot_api() -> Iterator[BotApi]:
    server = _Server(("127.0.0.1", 0), _Handler)
    api = BotApi(f"http://127.0.0.1:{server.server_port}")
    server.api = api  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield api
    finally:
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A program that was stopped hangs up in the middle of an answer."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if self.headers.get("content-type", "").startswith("application/json"):
            values = json.loads(body)
        else:
            values = dict(parse_qsl(body.decode(), keep_blank_values=True))
        api: BotApi = self.server.api  # type: ignore[attr-defined]
        status, answer = api.answer(self.path.rsplit("/", 1)[-1], values)
        written = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(written)))
        self.end_headers()
        self.wfile.write(written)

    def log_message(self, *_: object) -> None:
        """Nobody needs to read it."""
