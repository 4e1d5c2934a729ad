"""What we want to say, as messages of the Official Account; pure. There are no buttons: cards are numbered lines."""

from collections.abc import Sequence
from datetime import datetime

from bot.platforms.splitting import clipped
from bot.platforms.wechat_oa_settings import PLATFORM, Filling, TemplateField, WechatOaSettings
from bot.platforms.wechat_words import in_pieces, with_numbers, with_the_rest
from bot.platforms.wechat_xml import quoted
from bot.platforms.wire import Json, Table
from handlers.texts import text
from storage.messages import Card, File, FileKind, Made

_FIELD = 20
_MEDIA = {FileKind.PHOTO: "image", FileKind.VOICE: "voice"}


def texts(card: Card, made: Sequence[Made]) -> list[str]:
    """Return the texts in order, none for a card of files alone. Rejected for what says nothing."""
    shown = files(card, made)
    refs = {file.ref for file in shown}
    papers = [one for one in made if one.ref not in refs]
    absent = [file for file in card.files if file.ref not in refs | {one.ref for one in papers}]
    lines = [with_the_rest(card.text, card, absent), *(_instead(one, card.text) for one in papers)]
    words = "\n".join(filter(None, lines))
    words = with_numbers(Card(words, card.rows), text("wechat.reply_number"))
    return [] if shown and not words.strip() else in_pieces(words)


def _instead(paper: Made, words: str) -> str:
    """What is said of a paper, since an account can send pictures and recordings, but no files."""
    if paper.page and paper.page in words:
        return text("wechat.paper_above", name=paper.name)
    return text("wechat.paper_page" if paper.page else "wechat.paper", name=paper.name, url=paper.page)


def files(card: Card, made: Sequence[Made]) -> list[File | Made]:
    """Return what can be shown: pictures the house has made, and what lies with this account; no papers."""
    ready = {one.ref: one for one in made}
    found: list[File | Made] = [ready.get(file.ref, file) for file in card.files]
    return [
        one
        for one in found
        if one.kind in _MEDIA
        and (one.kind is FileKind.PHOTO if isinstance(one, Made) else bool(media_of(one)))
    ]


def media_of(file: File) -> str:
    """Return WeChat's own key to a file, "" when it lies elsewhere."""
    prefix = f"{PLATFORM}:"
    return file.ref.removeprefix(prefix) if file.ref.startswith(prefix) else ""


def words_to(person: str, words: str) -> Table:
    """Return a customer-service message."""
    return {"touser": person, "msgtype": "text", "text": {"content": words}}


def media_to(person: str, kind: FileKind, media_id: str) -> Table:
    """Return the same with a picture or a recording."""
    return {"touser": person, "msgtype": _MEDIA[kind], _MEDIA[kind]: {"media_id": media_id}}


def nudge_to(person: str, card: Card, settings: WechatOaSettings, now: datetime) -> Table:
    """Return the template message that asks somebody to write to us, since more we may not push."""
    data: dict[str, Json] = {
        one.name: {"value": _filled(one, card, settings, now)} for one in settings.template_fields
    }
    return {"touser": person, "template_id": settings.template_id, "data": data}


def reply(person: str, account: str, words: str, now: datetime) -> str:
    """Return the answer to a callback, unsealed."""
    return (
        f"<xml><ToUserName>{quoted(person)}</ToUserName><FromUserName>{quoted(account)}</FromUserName>"
        f"<CreateTime>{int(now.timestamp())}</CreateTime><MsgType><![CDATA[text]]></MsgType>"
        f"<Content>{quoted(words)}</Content></xml>"
    )


def _filled(one: TemplateField, card: Card, settings: WechatOaSettings, now: datetime) -> str:
    match one.filling:
        case Filling.TEXT:
            first = card.text.strip().partition("\n")[0]
            return clipped(first or text("wechat.news"), _FIELD)
        case Filling.TIME:
            return f"{now.astimezone(settings.zone):%Y-%m-%d %H:%M}"
        case Filling.FIXED:
            return one.words
