"""The program's log: one line an event, with no secret in it and no word anybody said."""

import logging
import sys
import traceback
from collections.abc import Callable, MutableMapping
from pathlib import Path

import structlog

_FRAMES = 4
_Event = MutableMapping[str, object]


def bare(fault: BaseException) -> str:
    """An exception by its kind and place; its message may quote what people said, or a token."""
    frames = traceback.extract_tb(fault.__traceback__)[-_FRAMES:]
    places = (f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    said = f"{type(fault).__name__} at {' < '.join(places)}"
    parts = fault.exceptions if isinstance(fault, BaseExceptionGroup) else ()
    causes = [cause for cause in (fault.__cause__, *parts) if cause]
    return "; ".join([said, *(bare(cause) for cause in causes)])


def begin_logging(masked: Callable[[str], str]) -> None:
    """Write the log to standard error: for people where they look on, else as JSON. `masked` takes secrets out."""

    def mask(_logger: object, _method: str, event: _Event) -> _Event:
        return {key: masked(value) if isinstance(value, str) else value for key, value in event.items()}

    shared: list[structlog.typing.Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_messages,
        mask,
    ]
    shown: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer()
        if sys.stderr.isatty()
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[*shared, shown],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    _hear_libraries(shared, shown)


def _hear_libraries(shared: list[structlog.typing.Processor], shown: structlog.typing.Processor) -> None:
    """Libraries speak through the standard log; what they say passes the same way."""
    handler = logging.StreamHandler(sys.stderr)
    remove = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[_without_messages, remove, shown]
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


def _without_messages(_logger: object, _method: str, event: _Event) -> _Event:
    given = event.pop("exc_info", None)
    event.pop("_record_exc_info", None)
    if isinstance(given, tuple):
        given = given[1]
    if given is True:
        given = sys.exc_info()[1]
    if isinstance(given, BaseException):
        event["exception"] = bare(given)
    return event
