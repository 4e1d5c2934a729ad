"""A paper with a hole in it is not printed: everything that is missing is said at once."""

from collections.abc import Iterable

from handlers.papers.cleaning import clean
from handlers.papers.facts import Contact, Envelope, Person
from handlers.papers.model import Edition, PaperKind
from handlers.papers.wording import kind_name
from handlers.refusals import Refusal
from handlers.texts import text


def demand(kind: PaperKind, envelope: Envelope, wanted: Iterable[tuple[str, object]]) -> None:
    """Refuse facts that leave a required field empty, naming all of them as they are printed.

    `wanted` holds labels with their values; the envelope's own required fields are looked at first.
    """
    around = (
        (label("number"), envelope.number),
        (label("issuer"), envelope.issuer),
        (label("check_url"), envelope.check_url),
    )
    missing = [name for name, value in (*around, *wanted) if _is_empty(value)]
    if missing:
        named = text("papers.and").join(dict.fromkeys(missing))
        raise Refusal("papers.missing", paper=kind_name(kind, Edition.FULL), fields=named)


def label(name: str) -> str:
    """The printed label of a field: `label("number")` is 文号."""
    return text(f"papers.{name}")


def _is_empty(value: object) -> bool:
    if isinstance(value, str):
        return not clean(value)
    if isinstance(value, Person):
        return not clean(value.name)
    if isinstance(value, Contact):
        return not (clean(value.who) and clean(value.phone))
    return value is None or value == ()
