"""The sentences and the glossary: complete, of one meaning, and fit to be filled in."""

import ast
import inspect
import tomllib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from string import Formatter
from types import ModuleType

import pytest

from handlers.members.helping import Subject
from handlers.procedures import terms as stage_words
from handlers.rules import rule as rules
from handlers.texts import meaning, sentences, term, terms, text
from storage import messages, records

ROOT = Path(__file__).parents[2]
TEXTS = ROOT / "handlers" / "texts"

SECTIONS: dict[str, tuple[type[StrEnum], ...]] = {
    "unit_kind": (records.UnitKind,),
    "role": (records.Role,),
    "unit_use": (records.UnitUse,),
    "heads": (records.Heads,),
    "group": (records.GroupRole,),
    "group_state": (records.GroupState,),
    "kind": (records.Kind,),
    "category": (records.Category,),
    "level": (records.Level,),
    "aspect": (records.Aspect,),
    "issue_state": (records.IssueState,),
    "topic_state": (records.TopicState,),
    "case_state": (records.CaseState,),
    "poll_state": (records.PollState,),
    "secrecy": (records.Secrecy,),
    "choice": (records.Choice,),
    "stage_kind": (stage_words.StageKind,),
    "outcome": (stage_words.Outcome, rules.Outcome),
    "end_sense": (stage_words.EndSense,),
    "grade": (stage_words.Grade, rules.Grade),
    "bound": (stage_words.Bound, rules.Bound),
    "base": (stage_words.Base, rules.Base),
    "measure": (stage_words.Measure, rules.Measure),
    "cadence": (stage_words.Cadence,),
    "meeting_state": (records.MeetingState,),
    "reply": (records.Reply,),
    "notice_state": (records.NoticeState,),
    "task_state": (records.TaskState,),
    "survey_state": (records.SurveyState,),
    "answer": (records.Answer,),
    "inbox_state": (records.InboxState,),
    "outbox_state": (records.OutboxState,),
    "file_kind": (messages.FileKind,),
    "challenge_state": (records.ChallengeState,),
    "minutes_state": (records.MinutesState,),
    "correction_state": (records.CorrectionState,),
    "speech_kind": (records.SpeechKind,),
    "attended_by": (records.AttendedBy,),
    "capacity": (records.Capacity,),
    "subject": (Subject,),
    "series_state": (records.SeriesState,),
    "search_state": (records.SearchState,),
    "slot_answer": (records.SlotAnswer,),
}

NEVER_SHOWN = {messages.Urgency, messages.Act, records.ReminderKind}
"""What the machine says to itself only."""


def enums_of(*modules: ModuleType) -> set[type[StrEnum]]:
    return {
        found
        for module in modules
        for _, found in inspect.getmembers(module, inspect.isclass)
        if issubclass(found, StrEnum) and found is not StrEnum
    }


def written() -> dict[str, dict[str, str]]:
    return tomllib.loads((TEXTS / "terms.toml").read_text("utf-8"))


def fields_of(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_every_kind_of_thing_that_is_remembered_has_a_section_in_the_glossary() -> None:
    named = {enum for enums in SECTIONS.values() for enum in enums}
    assert enums_of(records, messages, stage_words) - NEVER_SHOWN <= named
    assert len(named) > 25


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_has_a_word_for_every_id_and_none_besides(section: str) -> None:
    ids = {member.value for enum in SECTIONS[section] for member in enum}
    assert set(terms(section)) == ids


def test_the_glossary_has_no_section_that_nobody_uses() -> None:
    assert set(written()) == {*SECTIONS, "glossary"}


@pytest.mark.parametrize("section", [*SECTIONS, "glossary"])
def test_a_word_can_be_read_back(section: str) -> None:
    words = terms(section)
    assert words
    assert [meaning(section, said) for said in words.values()] == list(words)


def test_words_are_chinese_and_bare() -> None:
    for section, words in written().items():
        for said in words.values():
            assert said == said.strip(), (section, said)
            assert all("\u4e00" <= letter <= "\u9fff" or letter in "（）" for letter in said), (section, said)


def test_a_word_nobody_wrote_means_nothing() -> None:
    assert meaning("role", "grid_worker") is None
    assert meaning("role", "网格员") == "grid_worker"
    with pytest.raises(KeyError):
        term("role", "emperor")


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (("glossary", "grid_worker"), ("role", "grid_worker")),
        (("glossary", "open_ballot"), ("secrecy", "open")),
        (("glossary", "secret_ballot"), ("secrecy", "secret")),
        (("glossary", "poll"), ("stage_kind", "poll")),
        (("glossary", "meeting"), ("stage_kind", "meeting")),
        (("glossary", "notice"), ("stage_kind", "notice")),
        (("glossary", "follow_up"), ("stage_kind", "survey")),
        (("glossary", "escalation"), ("outcome", "escalate")),
        (("glossary", "electorate"), ("base", "roll")),
        (("glossary", "present"), ("base", "present")),
    ],
)
def test_one_thing_has_one_word_wherever_it_is_said(here: tuple[str, str], there: tuple[str, str]) -> None:
    assert term(*here) == term(*there)


def test_every_sentence_can_be_filled_in() -> None:
    assert len(sentences()) > 100
    for key, sentence in sentences().items():
        names = fields_of(sentence)
        assert all(name.isidentifier() for name in names), key
        filled = text(key, **{name: Sample() for name in names})
        assert filled.count("样") >= len(names), key


class Sample:
    """Stands for whatever a sentence is filled with."""

    def __format__(self, spec: str) -> str:
        return "样"


def test_no_sentence_is_empty_or_leaves_blanks_at_the_end_of_a_line() -> None:
    for key, sentence in sentences().items():
        assert sentence.strip(), key
        assert " \n" not in sentence, key


def test_no_sentence_stands_in_two_files() -> None:
    seen: dict[str, str] = {}
    for file in sorted(TEXTS.glob("*.toml")):
        if file.name == "terms.toml":
            continue
        for section, table in tomllib.loads(file.read_text("utf-8")).items():
            for name in table:
                other = seen.setdefault(f"{section}.{name}", file.name)
                assert other == file.name, f"{section}.{name}: {other}, {file.name}"
    assert set(seen) == set(sentences())


def calls(*names: str) -> Iterator[tuple[str, str, set[str] | None]]:
    """Every call of these names whose first argument is a text: place, text, and the fields given (None: unknown)."""
    for top in ("handlers", "bot"):
        for file in sorted((ROOT / top).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if not (
                    isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
                ):
                    continue
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    given = {word.arg for word in node.keywords if word.arg}
                    told = None if any(word.arg is None for word in node.keywords) else given
                    yield f"{file.relative_to(ROOT)}:{node.lineno}", first.value, told


def test_the_program_asks_only_for_sentences_that_exist_and_fills_all_their_fields() -> None:
    asked = list(calls("text", "Refusal"))
    known = sentences()
    assert len(asked) > 20
    assert [f"{place} {key}" for place, key, _ in asked if key not in known] == []
    short = [
        f"{place} {key}: {sorted(fields_of(known[key]) - given)}"
        for place, key, given in asked
        if given is not None and not fields_of(known[key]) <= given
    ]
    assert short == []


def test_the_program_asks_only_for_sections_of_the_glossary_that_exist() -> None:
    asked = list(calls("term", "terms", "meaning"))
    assert len(asked) > 3
    assert [f"{place} {section}" for place, section, _ in asked if section not in written()] == []
