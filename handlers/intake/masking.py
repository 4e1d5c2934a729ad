"""Hiding what belongs to a person: phones, identity numbers, plates, cards, chat accounts and door numbers."""

import re

_D = "[0-9０-９]"
_GAP = r"[\s\-－—]?"
_NOT_BEFORE, _NOT_AFTER = f"(?<!{_D})", f"(?!{_D})"
_IDENTITY = re.compile(f"{_NOT_BEFORE}({_D}{{4}}){_D}{{10,14}}(?:[xXｘＸ]|{_D}){_NOT_AFTER}")
_MOBILE = re.compile(
    f"{_NOT_BEFORE}(?:[+＋]?(?:86|８６){_GAP})?([1１][3-9３-９]{_D}){_GAP}{_D}{{4}}{_GAP}({_D}{{4}}){_NOT_AFTER}"
)
_LANDLINE = re.compile(
    f"{_NOT_BEFORE}([0０]{_D}{{2,3}}){_GAP}{_D}{{5,6}}({_D}{{2}}){_NOT_AFTER}|{_NOT_BEFORE}((?:电话|热线|座机|号码)[^0-9０-９]{{0,3}}){_D}{{5,6}}({_D}{{2}}){_NOT_AFTER}"
)
_PLATE = re.compile(
    r"([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][A-Za-z])[·•\s\-]?[A-Za-z0-9]{4,5}([A-Za-z0-9挂学警港澳])(?![A-Za-z0-9])"
)
_ACCOUNT = re.compile(
    r"((?:微信|威信|薇信|weixin|wechat|vx|wx|v信|v：|qq|扣扣)(?:号码|号)?(?:是|为|同号)?[\s:：]{0,3})([A-Za-z0-9][A-Za-z0-9_\-]{4,19})",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9.\-]+\.[A-Za-z]{2,}")
_HOUSE = r"(?:号楼|号搂|栋楼?|幢|座|单元|门|[#＃]楼?|楼)"
_DASHES = re.compile(f"{_NOT_BEFORE}({_D}{{1,3}}[-－—]{_D}{{1,2}}[-－—]){_D}{{1,2}}({_D}{{2}}){_NOT_AFTER}")
_DOOR = re.compile(
    f"({_HOUSE}\\s*[-－—的]?\\s*(?:{_D}{{1,2}}\\s*(?:层|单元|门)\\s*)?){_D}{{1,2}}({_D}{{2}})(?![0-9０-９元块米年人天度次分个]|[-－—]{_D})"
)
_ROOM = re.compile(
    f"{_NOT_BEFORE}{_D}{{1,2}}({_D}{{2}})(?=\\s*(?:室|号房|房(?!价|租|源)|户(?!数)|家的?|的?(?:业主|住户|邻居|那家|那户|老[一-鿿]|张|王|李)))"
)


def mask(text: str) -> str:
    """The text without what would tell who somebody is or where exactly they live; masking twice changes nothing."""
    text = _MAIL.sub("***@***", text)
    text = _IDENTITY.sub(r"\1**********", text)
    text = _MOBILE.sub(r"\1****\2", text)
    text = _LANDLINE.sub(_landline, text)
    text = _PLATE.sub(r"\1****\2", text)
    text = _ACCOUNT.sub(r"\1****", text)
    text = _DASHES.sub(r"\1*\2", text)
    text = _DOOR.sub(r"\1*\2", text)
    return _ROOM.sub(r"*\1", text)


def _landline(match: re.Match[str]) -> str:
    return f"{match[1] or match[3]}****{match[2] or match[4]}"
