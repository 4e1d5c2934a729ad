"""帮助 teaches whatever can be said: a command nobody is told of does not exist."""

import re

from handlers.house import all_routes
from handlers.members.helping import Subject
from handlers.texts import text

_WORD = re.compile(r"[^\s\d]+")
UNTAUGHT = {"帮助"}
"""Asked by whoever knows it already."""


def taught() -> set[str]:
    """The first word of every line that shows how to say something."""
    lines = "\n".join(text(f"help.on_{subject}") for subject in Subject).split("\n")
    said = [part.strip() for line in lines for part in line.partition("——")[0].split("；") if part.strip()]
    return {match[0] for line in said if (match := _WORD.match(line))}


def test_every_command_is_taught_under_some_subject() -> None:
    commands = {word.words[0] for word in all_routes().commands.values()}
    assert len(commands) > 80
    assert commands - taught() == UNTAUGHT


def test_every_subject_teaches_something() -> None:
    for subject in Subject:
        assert text(f"help.on_{subject}").count("——") >= 2, subject
