"""What single keys mean, and how they reach the handlers and the channel."""

from datetime import datetime, time, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.account import Account
from bot.config import BadConfig, Config, Fault, QuietHours, load_config
from bot.config.handed import house_settings, telegram_settings
from bot.config.reading import read_quiet_hours
from handlers.moments import morning_after
from handlers.settings import Settings


def faults_of(path: Path | None, **environ: str) -> list[Fault]:
    with pytest.raises(BadConfig) as refused:
        load_config(path, environ)
    return list(refused.value.faults)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_values_become_what_they_mean(written: Path) -> None:
    written.write_text(
        '[community]\nname="桂花里社区"\ntimezone="Asia/Urumqi"\nquiet_hours="23：30 至 6:00"\n'
        '[operator]\naccounts=["telegram:42","console:张三"]\n'
        "[meetings]\nremind_minutes=[60,10080,1440]\n"
        '[followup]\nreopen_share="2/6"\n[telegram]\nbase_url="http://127.0.0.1:9000/"\n',
        "utf-8",
    )
    config = load_config(written, {})
    assert config.community.timezone.key == "Asia/Urumqi"
    assert config.community.quiet_hours == QuietHours(time(23, 30), time(6))
    assert config.operator.accounts == (Account("telegram", "42"), Account("console", "张三"))
    assert config.meetings.remind_minutes == (10080, 1440, 60)
    assert config.followup.reopen_share == Fraction(1, 3)
    assert config.telegram.base_url == "http://127.0.0.1:9000"


def asleep(settings: Settings, *hours: int) -> list[bool]:
    """Whether the house with these settings would let somebody sleep at these hours."""
    moments = (datetime(2026, 11, 3, hour, tzinfo=settings.zone) for hour in hours)
    return [morning_after(moment, settings) is not None for moment in moments]


def quiet(written: Path, hours: str) -> Settings:
    written.write_text(f'[community]\nquiet_hours = "{hours}"\n', "utf-8")
    return house_settings(load_config(written, {}))


def test_every_quiet_minute_lies_inside_the_hours_also_over_midnight(written: Path) -> None:
    assert asleep(quiet(written, "22:00-07:00"), 21, 22, 23, 0, 6, 7, 12) == [
        False,
        True,
        True,
        True,
        True,
        False,
        False,
    ]
    assert asleep(quiet(written, "12:00-14:00"), 11, 12, 13, 14, 23) == [False, True, True, False, False]


def test_quiet_hours_can_be_switched_off(written: Path) -> None:
    written.write_text('[community]\nquiet_hours = ""\n', "utf-8")
    config = load_config(written, {})
    assert config.community.quiet_hours is None
    assert asleep(house_settings(config), 0, 3, 23) == [False, False, False]


@given(st.text(max_size=20))
def test_no_text_makes_the_reading_of_quiet_hours_fail_otherwise_than_by_refusing(said: str) -> None:
    try:
        found = read_quiet_hours(said)
    except ValueError:
        return
    assert found is None or isinstance(found, QuietHours)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "mysql://x/y",
        "yishi.db",
        "sqlite:///a.db?mode=ro",
    ],
)
def test_a_database_that_would_not_be_kept_is_refused(written: Path, url: str) -> None:
    written.write_text(f'[storage]\nurl = "{url}"\n', "utf-8")
    assert [fault.key for fault in faults_of(written)] == ["config.wrong"]


def test_an_absolute_database_keeps_its_slash(written: Path) -> None:
    written.write_text('[storage]\nurl = "sqlite:////var/lib/yishi/yishi.db"\n', "utf-8")
    assert load_config(written, {}).storage.file == "/var/lib/yishi/yishi.db"


def test_the_handlers_are_handed_the_same_defaults_as_they_have_themselves() -> None:
    assert house_settings(Config()) == Settings()


def test_what_the_operator_decided_reaches_the_handlers_and_the_channel(written: Path) -> None:
    written.write_text(
        '[telegram]\ntoken="1:a"\nwebhook_url="https://a.example/h"\nwebhook_secret="s3"\n'
        "group_per_minute=3\noverall_per_second=4\n"
        '[community]\nname="梧桐社区"\n[intake]\npassive=false\n[operator]\naccounts=["telegram:7"]\n'
        '[meetings]\nremind_minutes=[30]\n[followup]\ndays=3\nreopen_share="1/4"\n',
        "utf-8",
    )
    config = load_config(written, {})
    settings, channel = house_settings(config), telegram_settings(config)
    assert (settings.community, settings.passive, settings.operators) == (
        "梧桐社区",
        "off",
        frozenset({"telegram:7"}),
    )
    assert (settings.remind, settings.followup, settings.reopen) == ((30,), timedelta(days=3), Fraction(1, 4))
    assert (channel.token, channel.webhook_url, channel.webhook_secret) == (
        "1:a",
        "https://a.example/h",
        "s3",
    )
    assert (channel.group_per_minute, channel.overall_per_second) == (3, 4)
