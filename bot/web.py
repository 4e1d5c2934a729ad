"""What is reached by HTTP: the webhooks of the platforms, whether the program is well, and what others bring."""

import socket
from collections.abc import Awaitable, Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from http import HTTPStatus

import uvicorn
from sqlalchemy.exc import DBAPIError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

Endpoint = Callable[[Request], Awaitable[Response]]
MARK = "X-Answered-By"
"""The header of a refusal of ours: so the doctor knows that nobody else answers at our address."""

_PATIENCE = 10
"""Seconds that requests under way are given when the program is to stop."""


def forbidden() -> Response:
    """The answer to whoever calls without the signature of a platform."""
    return Response(status_code=HTTPStatus.FORBIDDEN, headers={MARK: "yishi"})


def pages(
    webhooks: Mapping[str, Endpoint],
    alive: Callable[[], Awaitable[None]],
    more: Sequence[Route] = (),
    stopped: Callable[[], Sequence[str]] = tuple,
) -> Starlette:
    """The pages: /healthz (200, or 503 when `alive` cannot read the database), each webhook under its path, and more.

    Channels that are `stopped` are named there with status 200: a restart by a watchdog would begin a war over a line.
    """

    async def healthz(_request: Request) -> Response:
        try:
            await alive()
        except DBAPIError:
            return JSONResponse({"status": "database"}, HTTPStatus.SERVICE_UNAVAILABLE)
        silent = list(stopped())
        return JSONResponse({"status": "degraded", "stopped": silent} if silent else {"status": "ok"})

    routes = [Route(path, endpoint, methods=["POST"]) for path, endpoint in webhooks.items()]
    return Starlette(routes=[Route("/healthz", healthz), *routes, *more])


class WebServer(uvicorn.Server):
    """A server that leaves signals to the program it is part of."""

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Take none."""
        yield

    def stop(self) -> None:
        """Let nobody in any more; `serve` returns when those inside have their answers."""
        self.should_exit = True


def server(app: Starlette) -> WebServer:
    """A server for these pages, to be run on a socket that is already open; it writes no access log."""
    settings = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=_PATIENCE,
    )
    return WebServer(settings)


def listening(host: str, port: int) -> socket.socket:
    """An open socket there. OSError when there can be none."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family)
