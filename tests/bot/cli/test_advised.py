"""`yishi check` asks whoever gives second opinions one everyday question."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from tests.bot.cli.desk import Desk

KEY = "s3cret-key-of-ours"


class Endpoint(BaseHTTPRequestHandler):
    """Answers only whoever has the key."""

    def do_POST(self) -> None:
        """Answer as a model would."""
        self.rfile.read(int(self.headers["Content-Length"]))
        known = self.headers["Authorization"] == f"Bearer {KEY}"
        words = json.dumps({"性质": "问题", "类别": "房屋设施"}, ensure_ascii=False)
        body = json.dumps({"choices": [{"message": {"content": words}}]}).encode()
        self.send_response(200 if known else 401)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def url() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Endpoint)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    thread.join()
    server.server_close()


def checked(desk: Desk, url: str, key: str) -> str:
    desk.configures(f'[second_opinion]\nurl = "{url}"\nmodel = "m"\nkey = "{key}"\n')
    return desk.types("check", "-c", "config.toml").stdout


def test_an_endpoint_that_answers_is_fine(desk: Desk, url: str) -> None:
    shown = checked(desk, url, KEY)
    assert "大模型答得上来" in shown
    assert "问题、房屋设施" in shown
    assert KEY not in shown


def test_a_wrong_key_or_nobody_there_is_only_a_warning(desk: Desk, url: str) -> None:
    refused = checked(desk, url, "wrong")
    assert "没有答上来（status 401）" in refused
    nobody = checked(desk, "http://127.0.0.1:9/v1", KEY)
    assert "没有答上来" in nobody
    assert KEY not in refused + nobody


def test_half_a_configuration_is_named_and_quotes_no_key(desk: Desk) -> None:
    desk.configures(f'[second_opinion]\nurl = "http://127.0.0.1:9/v1"\nkey = "{KEY} {KEY}"\nbelow = 0.6\n')
    shown = desk.types("check", "-c", "config.toml").stdout
    for words in ("second_opinion.model 没有写", "second_opinion.key", "second_opinion.below"):
        assert words in shown
    assert KEY not in shown


def test_without_an_endpoint_nobody_is_asked(desk: Desk) -> None:
    desk.configures("")
    assert "大模型" not in desk.types("check", "-c", "config.toml").stdout
