"""Calendar entries, read by another library than the one that writes them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.papers.calendar import feed_ics, invitation_ics
from handlers.papers.facts import EventStatus
from tests.handlers.papers import desk

Reader = Callable[[bytes], Any]


@pytest.fixture
def read() -> Reader:
    vobject = pytest.importorskip("vobject", reason="the independent reader of calendars is not installed")
    return lambda data: vobject.readOne(data.decode())


def test_an_invitation_says_when_where_and_what_about(read: Reader) -> None:
    calendar = read(invitation_ics(desk.calendar()))
    event = calendar.vevent
    assert calendar.method.value == "PUBLISH"
    assert event.summary.value == "第三次居民代表会议"
    assert event.location.value == "社区二楼议事厅"
    assert event.description.value == "议程：\n1. 3号楼加装电梯方案\n2. 明年公益金怎么用"
    assert event.url.value == "https://yishi.example/m/2"
    assert event.dtstamp.value == desk.MADE


def test_the_hours_are_the_communitys_own_with_its_zone_beside_them(read: Reader) -> None:
    data = invitation_ics(desk.calendar())
    event = read(data).vevent
    assert b"DTSTART;TZID=Asia/Shanghai:20261128T190000" in data
    assert event.dtstart.value == desk.STARTS
    assert event.dtend.value == desk.ENDS
    assert event.dtstart.value.utcoffset() == timedelta(hours=8)
    assert data.count(b"BEGIN:VTIMEZONE") == 1


def test_every_reminder_is_an_alarm(read: Reader) -> None:
    alarms = read(invitation_ics(desk.calendar())).vevent.valarm_list
    assert [alarm.trigger.value for alarm in alarms] == [
        -timedelta(days=7),
        -timedelta(days=1),
        -timedelta(hours=1),
    ]
    assert {alarm.action.value for alarm in alarms} == {"DISPLAY"}


def test_a_moved_meeting_is_the_same_entry_said_again(read: Reader) -> None:
    first = desk.calendar()
    moved = replace(
        first,
        sequence=1,
        starts_at=first.starts_at + timedelta(days=1),
        ends_at=first.ends_at + timedelta(days=1),
    )
    before, after = (read(invitation_ics(facts)).vevent for facts in (first, moved))
    assert before.uid.value == after.uid.value == first.key
    assert (before.sequence.value, after.sequence.value) == ("0", "1")
    assert after.dtstart.value - before.dtstart.value == timedelta(days=1)


def test_a_cancelled_meeting_says_so_and_rings_no_more(read: Reader) -> None:
    event = read(invitation_ics(replace(desk.calendar(), sequence=2, status=EventStatus.CANCELLED))).vevent
    assert event.status.value == "CANCELLED"
    assert "valarm" not in event.contents


def test_a_feed_holds_all_meetings_of_a_body_and_one_zone(read: Reader) -> None:
    meetings = [
        replace(
            desk.calendar(),
            key=f"meeting-{week}@yishi.example",
            starts_at=datetime(2026, 1, 5, 1, 0, tzinfo=UTC) + timedelta(weeks=week),
            ends_at=datetime(2026, 1, 5, 2, 0, tzinfo=UTC) + timedelta(weeks=week),
        )
        for week in range(104)
    ]
    data = feed_ics("两委会", meetings)
    calendar = read(data)
    assert calendar.x_wr_calname.value == "两委会"
    assert len({event.uid.value for event in calendar.vevent_list}) == 104
    assert {event.dtstart.value.strftime("%w %H:%M") for event in calendar.vevent_list} == {"1 09:00"}
    assert data.count(b"BEGIN:VTIMEZONE") == 1


def test_a_body_without_meetings_has_an_empty_calendar_and_no_agenda_is_said(read: Reader) -> None:
    assert b"VEVENT" not in feed_ics("两委会", [])
    assert read(invitation_ics(replace(desk.calendar(), agenda=()))).vevent.description.value == "议程待定"


def test_the_same_facts_are_the_same_bytes() -> None:
    assert invitation_ics(desk.calendar()) == invitation_ics(desk.calendar())
