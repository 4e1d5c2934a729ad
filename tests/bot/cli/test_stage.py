"""What the person at the console sees of a message that rings for somebody."""

import pytest

from bot.cli.stage import Stage
from bot.platforms.console import Console
from storage.messages import Act, Address, Card, Mention, Outgoing, Urgency

HERE = Address("console", "网格员群")
CARD = Card("⚠️ 危急 5号楼着火", mentions=(Mention("u1", "赵长"), Mention("u2", "李四")))


@pytest.mark.anyio
async def test_whom_a_message_rings_for_is_shown_once(capsys: pytest.CaptureFixture[str]) -> None:
    stage = Stage({HERE}, Address("console", "me"))
    console = Console("console", stage.show)
    shown = await console.perform(Outgoing(Act.SAY, HERE, CARD), Urgency.NOW)
    assert "🔔 @赵长 @李四" in capsys.readouterr().out
    await console.perform(Outgoing(Act.EDIT, HERE, CARD, shown), Urgency.COUNTER)
    await console.perform(Outgoing(Act.SAY, HERE, Card("散了")), Urgency.NOW)
    assert "🔔" not in capsys.readouterr().out
