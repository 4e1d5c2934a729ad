import pytest

from handlers.meetings.room.voting import USUAL, Ask, read_ask
from handlers.refusals import Refusal


@pytest.mark.parametrize(
    ("words", "ask"),
    [
        ("", Ask(USUAL, "", "")),
        ("10分钟", Ask(10, "", "")),
        ("５分", Ask(5, "", "")),
        ("无记名 3分钟", Ask(3, "secret", "")),
        ("3分钟，记名", Ask(3, "open", "")),
        ("线上同计 依据 本社区议事规则第6条", Ask(USUAL, "", "本社区议事规则第6条")),
        ("20分钟 线上同计 依据：议事规则 第6条", Ask(20, "", "议事规则 第6条")),
    ],
)
def test_how_a_vote_is_asked_for(words: str, ask: Ask) -> None:
    assert read_ask(words) == ask


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("0分钟", "room.vote_usage"),
        ("181分钟", "room.vote_usage"),
        ("两小时", "room.vote_usage"),
        ("10分钟 快点", "room.vote_usage"),
        ("线上同计", "room.remote_usage"),
        ("线上同计 依据", "room.remote_usage"),
    ],
)
def test_what_cannot_be_read_says_how_to_write_it(words: str, key: str) -> None:
    with pytest.raises(Refusal) as no:
        read_ask(words)
    assert no.value.key == key
