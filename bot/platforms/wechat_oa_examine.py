"""What the doctor looks at here: the pass, our place on the list of trusted addresses, and what may be sent later."""

from bot.platforms.base import SendError
from bot.platforms.findings import Finding, Level
from bot.platforms.wechat_calls import Line, Refused
from bot.platforms.wechat_oa_settings import WechatOaSettings

_SENTENCES = {
    40164: "oa_stranger",
    40013: "oa_bad_id",
    40001: "oa_bad_secret",
    40125: "oa_bad_secret",
    50002: "oa_frozen",
}


async def examine(line: Line, settings: WechatOaSettings, address: str) -> list[Finding]:
    """Ask for a pass; `address` is where callbacks reach us, "" when nowhere."""
    found = [await _connected(line)]
    if address:
        mode = "oa_address_sealed" if settings.aes_key else "oa_address_plain"
        found.append(_finding(Level.OK, mode, address=address))
    else:
        found.append(_finding(Level.ERROR, "oa_nowhere"))
    if not settings.template_id:
        found.append(_finding(Level.WARNING, "oa_no_template"))
    return found


async def _connected(line: Line) -> Finding:
    try:
        await line.token()
    except Refused as no:
        return why(no)
    except SendError as fault:
        return _finding(Level.ERROR, "oa_no_answer", reason=str(fault))
    return _finding(Level.OK, "oa_connected")


def why(no: Refused) -> Finding:
    """What an errcode of WeChat's means for the administrator."""
    return _finding(Level.ERROR, _SENTENCES.get(no.code, "oa_refused"), code=str(no.code))


def _finding(level: Level, key: str, **values: str) -> Finding:
    return Finding(level, f"wechat.{key}", tuple(values.items()))
