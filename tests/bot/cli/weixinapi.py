"""WeChat's and WeCom's interfaces on a port of this machine, for commands: passes, and whatever else is asked."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit


class WeixinApi:
    """`calls` are what was asked beside passes; `refusals` are the errcodes of paths."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.refusals: dict[str, int] = {}

    def sent(self, path: str) -> list[dict[str, Any]]:
        return [body for called, body in self.calls if called == path]

    def answer(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        if code := self.refusals.get(path):
            return {"errcode": code, "errmsg": "in words that change"}
        if path in {"gettoken", "stable_token"}:
            return {"access_token": "PASS", "expires_in": 7200}
        self.calls.append((path, body))
        if path == "qrcode/create":
            scene = body["action_info"]["scene"]["scene_str"]
            return {"ticket": "T", "url": f"http://weixin.qq.com/q/{scene}"}
        return {"errcode": 0, "errmsg": "ok"} | ({"chatid": "wrMADE"} if path == "appchat/create" else {})


@contextmanager
def weixin_api() -> Iterator[WeixinApi]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    api = WeixinApi(f"http://127.0.0.1:{server.server_port}/cgi-bin")
    server.api = api  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield api
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._serve(b"{}")

    def do_POST(self) -> None:
        self._serve(self.rfile.read(int(self.headers.get("content-length", 0))))

    def _serve(self, body: bytes) -> None:
        api: WeixinApi = self.server.api  # type: ignore[attr-defined]
        path = urlsplit(self.path).path.partition("/cgi-bin/")[2]
        written = json.dumps(api.answer(path, json.loads(body))).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(written)))
        self.end_headers()
        self.wfile.write(written)

    def log_message(self, *_: object) -> None:
        """Nobody needs to read it."""
