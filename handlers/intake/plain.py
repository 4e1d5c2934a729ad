"""One plain spelling for many: widths, cases, blanks and platform marks are evened out before anything is read."""

import re

_FULL = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
# Sentence marks stay Chinese, so that a clause ends in one way only.
_MARKS = {ord(","): "，", ord("!"): "！", ord("?"): "？", ord(";"): "；", ord("("): "（", ord(")"): "）"}
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\ufe0f\u00ad"))
_TRADITIONAL = str.maketrans(
    "樓號電單門燈壞垃圾車庫區業園廣場東後邊頂層漏滲鬧線導雜蓋溝塵煙氣熱壓網請麼這個們來沒誰為什時間過還讓給說問題報處幾兩點樹犬貓鄰責",
    "楼号电单门灯坏垃圾车库区业园广场东后边顶层漏渗闹线导杂盖沟尘烟气热压网请么这个们来没谁为什时间过还让给说问题报处几两点树犬猫邻责",
)
_TABLE = {
    **_TRADITIONAL,
    ord("廿"): "二十",
    ord("卅"): "三十",
    **_FULL,
    **_UNSEEN,
    **_MARKS,
    0x3000: " ",
    **{code + 0xFEE0: mark for code, mark in _MARKS.items()},
}
_TABLE[ord("～")] = "~"
# Most messages have nothing to translate, and looking for it is faster than doing it.
_TRANSLATED = re.compile(
    f"[{re.escape(''.join(chr(code) for code, mark in _TABLE.items() if mark not in (code, chr(code))))}]"
)
_PLATFORM = re.compile(r"\[(?:图片|照片|语音|视频|动画表情|表情|文件|链接|位置|红包|[一-鿿]{1,3})\]")
_BREAK = re.compile(r"[，。！？；、\n…~]+|\s{1,}|\.{2,}")


def plain(text: str) -> str:
    """Half-width, lower case, simplified, without unseen characters and marks such as `[图片]`; order kept."""
    folded = (text.translate(_TABLE) if _TRANSLATED.search(text) else text).lower()
    if "[" in folded:
        folded = _PLATFORM.sub(" ", folded)
    return folded.strip()


def clauses(text: str) -> list[tuple[int, int]]:
    """Where the clauses of a plain text begin and end."""
    spans, start = [], 0
    for mark in _BREAK.finditer(text):
        if mark.start() > start:
            spans.append((start, mark.start()))
        start = mark.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans
