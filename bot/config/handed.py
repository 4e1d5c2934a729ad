"""The configuration in the words of those it is handed to."""

from datetime import time, timedelta

from bot.config.model import Config
from bot.platforms.telegram_settings import TelegramSettings
from handlers.settings import Settings

NO_NIGHT = (time(0), time(0))


def house_settings(config: Config) -> Settings:
    """What the handlers are to know; without quiet hours the night begins and ends at midnight."""
    quiet = config.community.quiet_hours
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
