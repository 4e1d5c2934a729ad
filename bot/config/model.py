"""The keys of config.toml, their types and their defaults. Every table may be left out."""

import re
from dataclasses import field
from datetime import time
from fractions import Fraction
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, SecretStr
from pydantic.dataclasses import dataclass

from bot.account import Account
from bot.config.channels import WechatOa, WecomAibot, WecomApp, WecomWebhook
from bot.config.reading import (
    QuietHours,
    read_base_url,
    read_office_phone,
    read_parking_clause,
    read_percent,
    read_public_url,
    read_quiet_hours,
    read_share,
    read_storage_url,
    read_webhook_url,
    read_zone,
    secret,
)
from handlers.settings import OfficePhone, ParkingClause
from handlers.texts import meaning
from storage.records import Category

CLOSED = ConfigDict(extra="forbid", hide_input_in_errors=True, arbitrary_types_allowed=True)
SQLITE = "sqlite:///"

Count = Annotated[int, Field(strict=True, ge=1)]
Minutes = Annotated[int, Field(strict=True, ge=1, le=30 * 24 * 60)]
Days = Annotated[int, Field(strict=True, ge=1, le=365)]


def _read_account(written: object) -> object:
    """Read "telegram:123"; a Telegram account is its number, since a name may change hands."""
    if isinstance(written, Account):
        return written
    found = re.fullmatch(
        r"(telegram):([1-9]\d{0,15})|([a-z][a-z_]*):(\S+)", written if isinstance(written, str) else ""
    )
    if found is None or found[3] == "telegram":
        raise ValueError("not an account")
    return Account(found[1] or found[3], found[2] or found[4])


def _all_different(written: tuple[int, ...]) -> tuple[int, ...]:
    if len(set(written)) != len(written):
        raise ValueError("the same moment twice")
    return tuple(sorted(written, reverse=True))


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class Storage:
    """[storage]. `url` is SQLAlchemy's; only SQLite files are supported."""

    url: Annotated[str, AfterValidator(read_storage_url)] = "sqlite:///yishi.db"

    @property
    def file(self) -> str:
        """The database file, relative to the working directory unless it begins with a slash."""
        return self.url.removeprefix(SQLITE)


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class Telegram:
    """[telegram]. The `*_file` keys are already read into the secrets beside them once a Config exists."""

    token: Annotated[SecretStr, secret(r"\d+:[A-Za-z0-9_-]+")] = SecretStr("")
    token_file: str = ""
    base_url: Annotated[str, AfterValidator(read_base_url)] = "https://api.telegram.org"
    webhook_url: Annotated[str, AfterValidator(read_webhook_url)] = field(default="", repr=False)
    webhook_secret: Annotated[SecretStr, secret(r"[A-Za-z0-9_-]{1,256}")] = SecretStr("")
    webhook_secret_file: str = ""
    group_per_minute: Annotated[Count, Field(le=60)] = 20
    overall_per_second: Annotated[Count, Field(le=1000)] = 30

    @property
    def configured(self) -> bool:
        """Whether there is a token, so that this channel is to be opened."""
        return bool(self.token.get_secret_value())


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class Community:
    """[community]. An empty `name`: communities come with the roll and with /bind. No quiet hours: None."""

    name: Annotated[str, Field(max_length=40)] = ""
    timezone: Annotated[ZoneInfo, BeforeValidator(read_zone)] = ZoneInfo("Asia/Shanghai")
    quiet_hours: Annotated[QuietHours | None, BeforeValidator(read_quiet_hours)] = QuietHours(
        time(22), time(7)
    )


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class Intake:
    """[intake]. `passive`: unmarked messages are read and may become candidates."""

    passive: Annotated[bool, Field(strict=True)] = True


def _read_category(written: object) -> object:
    """Read 水电气暖."""
    found = meaning("category", written) if isinstance(written, str) else None
    if isinstance(written, Category):
        return written
    if found in {None, Category.NONE}:
        raise ValueError("not a category")
    return Category(found or "")


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class Understanding:
    """[understanding]. `places` and `words` are files of what is said here; they are read once a Config exists.

    Candidates of the categories in `automatic` may do without a person's word, where the share `threshold` was right.
    """

    places: str = ""
    words: str = ""
    automatic: tuple[Annotated[Category, BeforeValidator(_read_category)], ...] = ()
    threshold: Annotated[Fraction, BeforeValidator(read_percent)] = Fraction(95, 100)


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class SecondOpinion:
    """[second_opinion]: an endpoint like OpenAI's, asked about candidates understood with less confidence than `below`.

    `url` ends before /chat/completions; "" asks nobody.
    """

    url: Annotated[str, AfterValidator(read_public_url)] = ""
    model: Annotated[str, Field(max_length=128, pattern=r"^\S*$")] = ""
    key: Annotated[SecretStr, secret(r"[\x21-\x7e]{1,512}")] = SecretStr("")
    key_file: str = ""
    timeout_s: Annotated[Count, Field(le=60)] = 6
    per_day: Annotated[Count, Field(le=100_000)] = 200
    below: Annotated[Fraction, BeforeValidator(read_percent)] = Fraction(60, 100)


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class Web:
    """[web]: where the program listens, and `public_url`, under which it is reached from outside."""

    host: Annotated[str, Field(min_length=1, pattern=r"^\S+$")] = "127.0.0.1"
    port: Annotated[Count, Field(le=65535)] = 8080
    public_url: Annotated[str, AfterValidator(read_public_url)] = ""


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class Operator:
    """[operator]: the accounts that may /bind before anybody holds a role."""

    accounts: tuple[Annotated[Account, BeforeValidator(_read_account)], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class Meetings:
    """[meetings]: minutes before a meeting at which its people are reminded, the earliest reminder first."""

    remind_minutes: Annotated[tuple[Minutes, ...], Field(max_length=5), AfterValidator(_all_different)] = (
        10080,
        1440,
        60,
    )


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class FollowUps:
    """[followup]: 解决了吗 is asked `days` after completion.

    The matter is opened again when at least `reopen_share` of those who answered say no.
    """

    days: Days = 14
    reopen_share: Annotated[Fraction, BeforeValidator(read_share)] = Fraction(1, 2)


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class Owners:
    """[owners]. `count_parking`: the communities whose own rules count parking spaces, each with the clause."""

    count_parking: tuple[Annotated[ParkingClause, BeforeValidator(read_parking_clause)], ...] = ()


_Phones = tuple[Annotated[OfficePhone, BeforeValidator(read_office_phone)], ...]


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class Papers:
    """[papers]: the phones that are printed, of each community's `office` and of those who have its `oversight`."""

    office: _Phones = ()
    oversight: _Phones = ()


@dataclass(frozen=True, slots=True, kw_only=True, config=CLOSED)
class Config:
    """The whole configuration; `Config()` is what an empty file means."""

    storage: Storage = field(default_factory=Storage)
    telegram: Telegram = field(default_factory=Telegram)
    wecom_aibot: WecomAibot = field(default_factory=WecomAibot)
    wecom_app: WecomApp = field(default_factory=WecomApp)
    wecom_webhook: WecomWebhook = field(default_factory=WecomWebhook)
    wechat_oa: WechatOa = field(default_factory=WechatOa)
    community: Community = field(default_factory=Community)
    intake: Intake = field(default_factory=Intake)
    understanding: Understanding = field(default_factory=Understanding)
    second_opinion: SecondOpinion = field(default_factory=SecondOpinion)
    web: Web = field(default_factory=Web)
    operator: Operator = field(default_factory=Operator)
    meetings: Meetings = field(default_factory=Meetings)
    followup: FollowUps = field(default_factory=FollowUps)
    owners: Owners = field(default_factory=Owners)
    papers: Papers = field(default_factory=Papers)
