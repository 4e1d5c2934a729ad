"""Rows become records by position: this holds every record to its table."""

import dataclasses
import inspect

from sqlalchemy import Table

from storage import records, tables

PAIRS = {
    records.AgendaItem: tables.agenda,
    records.Assignment: tables.assignments,
    records.Attachment: tables.attachments,
    records.Attendance: tables.attendances,
    records.Ballot: tables.ballots,
    records.Case: tables.cases,
    records.Challenge: tables.challenges,
    records.Correction: tables.corrections,
    records.Elector: tables.electors,
    records.Entry: tables.journal,
    records.Feed: tables.feeds,
    records.FollowUp: tables.followups,
    records.Group: tables.groups,
    records.Hand: tables.hands,
    records.Holding: tables.holdings,
    records.Identity: tables.identities,
    records.Invitation: tables.invitations,
    records.Issue: tables.issues,
    records.Joining: tables.joinings,
    records.Lesson: tables.lessons,
    records.Meeting: tables.meetings,
    records.Member: tables.members,
    records.Minutes: tables.minutes,
    records.Model: tables.models,
    records.Notice: tables.notices,
    records.Objection: tables.objections,
    records.Opinion: tables.opinions,
    records.Ownership: tables.ownerships,
    records.Poll: tables.polls,
    records.PlaceName: tables.place_names,
    records.PostedCard: tables.cards,
    records.Property: tables.properties,
    records.Proxy: tables.proxies,
    records.Received: tables.inbox,
    records.Recusal: tables.recusals,
    records.Remark: tables.remarks,
    records.Reminder: tables.reminders,
    records.Review: tables.reviews,
    records.Search: tables.searches,
    records.Series: tables.series,
    records.Service: tables.services,
    records.Slot: tables.slots,
    records.SlotReply: tables.slot_answers,
    records.Speech: tables.speeches,
    records.Step: tables.steps,
    records.StoredPaper: tables.papers,
    records.Survey: tables.surveys,
    records.Task: tables.tasks,
    records.TaskReport: tables.task_reports,
    records.Topic: tables.topics,
    records.Unit: tables.units,
    records.Wait: tables.waits,
    records.Watch: tables.watches,
}
WITHOUT_A_RECORD = {
    tables.numbers,
    tables.outbox,
    tables.participations,
    tables.procedures,
    tables.reminder_wishes,
    tables.secret_ballots,
    tables.supports,
    tables.tokens,
    tables.turnouts,
    tables.topic_issues,
}
"""Read by queries of their own, never as whole rows."""


def columns(table: Table) -> list[tuple[str, bool]]:
    return [(column.name, bool(column.nullable)) for column in table.columns]


def fields(record: type) -> list[tuple[str, bool]]:
    hints = inspect.get_annotations(record, eval_str=True)
    return [(name, "None" in str(hint)) for name, hint in hints.items()]


def test_the_fields_of_every_record_are_the_columns_of_its_table_in_order() -> None:
    for record, table in PAIRS.items():
        assert fields(record) == columns(table), record.__name__


def test_no_record_and_no_table_is_left_out() -> None:
    known = {found for _, found in inspect.getmembers(records, dataclasses.is_dataclass)}
    assert known == set(PAIRS)
    assert {*PAIRS.values(), *WITHOUT_A_RECORD} == set(tables.metadata.tables.values())


def test_records_are_frozen_and_have_slots() -> None:
    for record in PAIRS:
        assert record.__dataclass_params__.frozen, record.__name__  # type: ignore[attr-defined]
        assert "__slots__" in vars(record), record.__name__
