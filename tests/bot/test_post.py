"""What goes out: in order, the urgent first, each important word once, and no trace of a whisper."""

import asyncio
from datetime import timedelta
from pathlib import Path

from storage import cards, outbox
from storage.database import Transaction
from storage.messages import Act, Address, Card, Urgency
from storage.outbox import Letter
from tests.bot.machine import HOME, MORNING, SECRET, Machine, machine, say
from tests.peers import eventually
from tests.storage.files import run

OTHER = Address("console", "-2")


async def posted(made: Machine, words: str) -> int:
    """A card that shows `words` at HOME."""

    async def job(tx: Transaction) -> int:
        card = await cards.add(tx, HOME, "poll:1", "[]", made.clock.now())
        await outbox.write(
            tx, [Letter(Act.SAY, HOME, Card(words), Urgency.ANSWER, card_id=card)], made.clock.now()
        )
        return card

    return await made.database.write(job)


async def change(made: Machine, card: int, words: str) -> None:
    letter = Letter(Act.EDIT, HOME, Card(words), Urgency.COUNTER, card_id=card)
    await made.database.write(lambda tx: outbox.edit(tx, letter, made.clock.now()))


def test_each_chat_is_told_in_the_order_it_was_decided_and_the_urgent_first(tmp_path: Path) -> None:
    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            await made.letters(
                say("notice", urgency=Urgency.NOTICE),
                say("first"),
                say("elsewhere", OTHER),
                say("second"),
                say("leave the lift", urgency=Urgency.NOW),
            )
            await made.post.drain()
            return made

    made = run(story())
    home = [one.card.text for one in made.console.shown if one.address == HOME]
    assert home == ["leave the lift", "first", "second", "notice"]
    assert len(made.told()) == 5
    assert set(made.states()) == {"sent"}


def test_many_changes_of_one_card_become_one_edit_that_shows_the_last(tmp_path: Path) -> None:
    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            card = await posted(made, "0 of 36")
            await made.post.drain()
            for votes in range(1, 20):
                await change(made, card, f"{votes} of 36")
            await made.post.drain()
            return made

    made = run(story())
    assert [(one.act, one.card.text) for one in made.console.shown] == [
        (Act.SAY, "0 of 36"),
        (Act.EDIT, "19 of 36"),
    ]
    assert made.console.shown[0].message_id == made.console.shown[1].message_id


def test_a_card_that_changes_before_it_was_shown_is_shown_as_it_is_now(tmp_path: Path) -> None:
    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            card = await posted(made, "0 of 36")
            await change(made, card, "1 of 36")
            await made.post.drain()
            return made

    assert run(story()).told() == ["1 of 36"]


def test_a_change_that_comes_while_an_edit_is_told_is_told_after_it(tmp_path: Path) -> None:
    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            card = await posted(made, "0")
            await made.post.drain()
            await change(made, card, "1")
            made.console.meanwhile = [lambda: change(made, card, "2")]
            await made.post.drain()
            return made

    assert run(story()).told() == ["0", "1", "2"]


def test_an_important_letter_is_written_once_however_often_it_is_decided(tmp_path: Path) -> None:
    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            for _ in range(3):
                await made.letters(say("passed", once="poll:1:verdict"), say("ordinary"))
            await made.post.drain()
            return made

    told = run(story()).told()
    assert told.count("passed") == 1
    assert told.count("ordinary") == 3


def test_a_reminder_that_has_lost_its_meaning_is_dropped(tmp_path: Path) -> None:
    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            ends = MORNING + timedelta(hours=1)
            await made.letters(
                Letter(Act.SAY, HOME, Card("soon"), Urgency.NOTICE, not_before=ends, not_after=ends),
                Letter(Act.SAY, HOME, Card("meeting"), Urgency.NOTICE, not_before=ends),
            )
            await made.post.drain()
            assert made.told() == []
            await made.later(hours=2)
            return made

    made = run(story())
    assert made.told() == ["meeting"]
    assert made.states() == ["dropped", "sent"]


def test_a_letter_for_a_platform_that_is_not_connected_waits(tmp_path: Path) -> None:
    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            await made.letters(say("a", Address("wecom", "w1")), say("b"))
            await made.post.drain()
            return made

    made = run(story())
    assert made.told() == ["b"]
    assert made.states() == ["waiting", "sent"]


def in_files(folder: Path) -> dict[bytes, bool]:
    contents = [one.read_bytes() for one in folder.iterdir()]
    return {words: any(words in content for content in contents) for words in (b"wrote a", b"K7QW")}


def test_a_whisper_leaves_no_trace_in_any_file(tmp_path: Path) -> None:
    path = tmp_path / "house.db"

    async def story() -> Machine:
        async with machine(path) as made:
            await made.says("secret vote", "write a", "bug")
            assert in_files(tmp_path) == {b"wrote a": True, b"K7QW": False}
            return made

    assert run(story()).told().count(SECRET) == 1
    assert in_files(tmp_path) == {b"wrote a": True, b"K7QW": False}


def test_nobodys_event_waits_for_a_whisper_to_be_told(tmp_path: Path) -> None:
    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            far_away = asyncio.Event()
            made.console.meanwhile = [far_away.wait]
            await asyncio.wait_for(made.inlet.admit([made.event("secret vote")]), 10)
            assert made.told() == []
            far_away.set()
            await made.post.drain()
            return made

    assert run(story()).told() == [SECRET]


def test_the_post_serves_until_it_is_stopped_and_wakes_when_something_is_written(tmp_path: Path) -> None:
    async def story() -> Machine:
        async with machine(tmp_path / "house.db") as made:
            serving = asyncio.create_task(made.post.run())
            await asyncio.sleep(0)
            await made.letters(say("a"))
            made.post.wake()
            await eventually(made.told)
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)
            return made

    assert run(story()).states() == ["sent"]
