"""The configuration in the words of those it is handed to."""

from collections.abc import Callable
from datetime import time, timedelta

from bot.advice import AdvisorSettings
from bot.config.model import Config
from bot.config.vocabulary import aliases_of
from bot.platforms.telegram_settings import TelegramSettings
from bot.platforms.wechat_oa_settings import Filling, TemplateField, WechatOaSettings
from bot.platforms.wecom_aibot_settings import WecomAibotSettings
from bot.platforms.wecom_app_settings import WecomAppSettings
from bot.platforms.wecom_webhook_settings import WecomWebhookSettings
from handlers.settings import Settings

NO_NIGHT = (time(0), time(0))


def house_settings(config: Config) -> Settings:
    """What the handlers are to know; without quiet hours the night begins and ends at midnight."""
    quiet, own = config.community.quiet_hours, config.understanding
    return Settings(
        community=config.community.name,
        zone=config.community.timezone,
        quiet=(quiet.begins, quiet.ends) if quiet else NO_NIGHT,
        operators=frozenset(str(account) for account in config.operator.accounts),
        passive="on" if config.intake.passive else "off",
        remind=config.meetings.remind_minutes,
        followup=timedelta(days=config.followup.days),
        reopen=config.followup.reopen_share,
        parking=config.owners.count_parking,
        public_url=config.web.public_url,
        phones=config.papers.office,
        oversight=config.papers.oversight,
        neighbours=_neighbours(config),
        words=aliases_of(own.places, own.words) if own.places or own.words else None,
        automatic=frozenset(own.automatic),
        trust=own.threshold,
        doubt_below=config.second_opinion.below if config.second_opinion.url else None,
    )


def _neighbours(config: Config) -> tuple[frozenset[str], ...]:
    """The channels of one corp: a userid is the same colleague's on all of them."""
    channels = {
        "wecom_app": config.wecom_app.configured,
        "wecom_aibot": config.wecom_aibot.configured,
        "wecom_webhook": config.wecom_webhook.configured,
    }
    corp = frozenset(name for name, is_open in channels.items() if is_open)
    return (corp,) if corp else ()


def advisor_settings(config: Config) -> AdvisorSettings:
    """Whom to ask for second opinions; without a `url` nobody."""
    other = config.second_opinion
    return AdvisorSettings(
        other.url, other.model, other.key.get_secret_value(), float(other.timeout_s), other.per_day
    )


def telegram_settings(config: Config) -> TelegramSettings:
    """What the Telegram channel is to know."""
    telegram = config.telegram
    return TelegramSettings(
        token=telegram.token.get_secret_value(),
        base_url=telegram.base_url,
        webhook_url=telegram.webhook_url,
        webhook_secret=telegram.webhook_secret.get_secret_value(),
        group_per_minute=telegram.group_per_minute,
        overall_per_second=telegram.overall_per_second,
    )


def wecom_app_settings(config: Config) -> WecomAppSettings:
    """What the channel of the self-built app is to know."""
    app = config.wecom_app
    return WecomAppSettings(
        corp_id=app.corp_id,
        agent_id=app.agent_id,
        secret=app.secret.get_secret_value(),
        token=app.token.get_secret_value(),
        aes_key=app.aes_key.get_secret_value(),
        base_url=f"{app.base_url}/",
        pages=f"{config.web.public_url}/p/" if config.web.public_url else "",
    )


def wecom_aibot_settings(config: Config) -> WecomAibotSettings:
    """What the channel of the AI bot is to know."""
    bot = config.wecom_aibot
    return WecomAibotSettings(
        bot_id=bot.bot_id,
        secret=bot.secret.get_secret_value(),
        name=bot.name,
        mode=bot.mode,
        token=bot.token.get_secret_value(),
        aes_key=bot.aes_key.get_secret_value(),
        server=bot.server,
    )


def wecom_webhook_settings(config: Config) -> WecomWebhookSettings:
    """What the channel of group webhooks is to know."""
    hooks = config.wecom_webhook
    return WecomWebhookSettings(hooks.by_name(), f"{hooks.base_url}/", hooks.by_aibot_group())


def wechat_oa_settings(config: Config) -> WechatOaSettings:
    """What the channel of the Official Account is to know."""
    account = config.wechat_oa
    return WechatOaSettings(
        app_id=account.app_id,
        secret=account.secret.get_secret_value(),
        token=account.token.get_secret_value(),
        aes_key=account.aes_key.get_secret_value(),
        template_id=account.template_id,
        template_fields=tuple(_template_field(written) for written in account.template_fields),
        zone=config.community.timezone,
        base_url=f"{account.base_url}/",
    )


def _template_field(written: str) -> TemplateField:
    """Read "thing1=text"; what is neither text nor time is the words themselves."""
    name, _, filling = written.partition("=")
    if filling in {Filling.TEXT, Filling.TIME}:
        return TemplateField(name, Filling(filling))
    return TemplateField(name, Filling.FIXED, filling)


def masked(config: Config) -> Callable[[str], str]:
    """What takes the secrets of every channel out of a line of the log."""
    masks = [
        telegram_settings(config).masked,
        advisor_settings(config).masked,
        wecom_aibot_settings(config).masked,
        wecom_app_settings(config).masked,
        wecom_webhook_settings(config).masked,
        wechat_oa_settings(config).masked,
    ]

    def mask(words: str) -> str:
        for one in masks:
            words = one(words)
        return words

    return mask
