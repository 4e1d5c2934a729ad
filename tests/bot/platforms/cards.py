"""Things to say of every shape, for whoever judges the calls they become."""

from storage.messages import Act, Address, Button, Card, File, FileKind, Location, Made, Mention, Outgoing

GROUP = Address("telegram", "-1001234567890")
TOPIC = Address("telegram", "-1009876543210", "7")
ZHANG = Address("telegram", "5001")
ROWS = (
    (Button("赞成", "ballot:7:yes"), Button("反对", "ballot:7:no")),
    (Button("弃权", "ballot:7:abstain"),),
)
HOSTILE = "<b>粗</b> & *星* _线_ [链](tg://x) `码` &amp; </a> 👨‍👩‍👧😀 @all #报事 /start"
PHOTO, VIDEO, VOICE, PAPER = (
    File(kind, f"telegram:AgAC{kind.value}", name)
    for kind, name in zip(FileKind, ("", "漏水.mp4", "", "方案.pdf"), strict=True)
)
FOREIGN = File(FileKind.DOCUMENT, "wecom:MEDIA", "报价单.xlsx")
DRAWN, PRINTED = (
    File(FileKind.PHOTO, "made:picture:7", "文书7 公示.png"),
    File(FileKind.DOCUMENT, "made:paper:7", "文书7 公示.docx"),
)
PLACE = Location("31.230416", "121.473701")


def say(card: Card, address: Address = GROUP, reply_to: str = "") -> Outgoing:
    return Outgoing(Act.SAY, address, card, reply_to)


def say_made(card: Card) -> Outgoing:
    made = tuple(Made(file.kind, file.ref, file.name, b"PK" * 200) for file in card.files if file.is_made)
    return Outgoing(Act.SAY, GROUP, card, "", made)


def edit(card: Card, address: Address = GROUP) -> Outgoing:
    return Outgoing(Act.EDIT, address, card, "30")


def retract() -> Outgoing:
    return Outgoing(Act.RETRACT, GROUP, Card(""), "30")


def answer(text: str) -> Outgoing:
    return Outgoing(Act.ANSWER, GROUP, Card(text), "q1")


SHAPES = {
    "text": say(Card("路灯已修好")),
    "text in private": say(Card("已记：赞成", ROWS), ZHANG),
    "text in a topic as a reply": say(Card("收到"), TOPIC, "21"),
    "markup nobody meant": say(Card(HOSTILE, ROWS)),
    "a card with buttons": say(Card("🗳 表决 议7\n规则：过半", ROWS)),
    "a row of nine and sixty-byte buttons": say(
        Card("选", (tuple(Button(str(n), f"{n}" + "x" * 59) for n in range(9)),))
    ),
    "5,000 characters": say(Card("第一条\n" * 1250, ROWS)),
    "2,100 emoji": say(Card("😀" * 2100, ROWS)),
    "9,000 characters without a break": say(Card("啊" * 9000)),
    "a photo": say(Card("🏷 待分拣 〔2026〕12号", ROWS, (PHOTO,))),
    "a photo alone": say(Card("", (), (PHOTO,))),
    "a photo with a text too long for a caption": say(Card("长" * 1025, ROWS, (PHOTO,))),
    "a video": say(Card("看", (), (VIDEO,)), TOPIC),
    "a voice": say(Card("听", ROWS, (VOICE,))),
    "a document": say(Card(HOSTILE, ROWS, (PAPER,)), reply_to="11"),
    "an album": say(Card("三张", ROWS, (PHOTO, PHOTO, VIDEO))),
    "an album without a text": say(Card("", (), (PAPER, PAPER)), TOPIC),
    "files of every kind": say(Card("都在", ROWS, (PHOTO, VIDEO, VOICE, PAPER, PAPER)), TOPIC, "21"),
    "eleven photos": say(Card("十一张", (), (PHOTO,) * 11)),
    "a file from elsewhere": say(Card("材料", ROWS, (FOREIGN,))),
    "a photo, and a file from elsewhere": say(Card("材料", ROWS, (PHOTO, FOREIGN))),
    "a file we made": say_made(Card("📄 公示", ROWS, (PRINTED,))),
    "files we made of two kinds": say_made(Card("📄 公示", ROWS, (PRINTED, DRAWN))),
    "a file we made among others": say_made(Card("📄 公示", (), (PRINTED, PAPER))),
    "an edit below a file we made": edit(Card("已公开", (), (PRINTED,))),
    "a place": say(Card("在这里", ROWS, (), PLACE)),
    "a place alone": say(Card("", ROWS, (), PLACE)),
    "a photo and a place": say(Card("在这里", ROWS, (PHOTO,), PLACE), TOPIC),
    "people called": say(
        Card(HOSTILE, ROWS, (PHOTO,), PLACE, (Mention("5001", "赵长😀"), Mention("5002", "")))
    ),
    "people called under 5,000 characters": say(
        Card("第一条\n" * 1250, ROWS, mentions=(Mention("5001", "李四"),))
    ),
    "an edit": edit(Card("已投 21 / 36", ROWS)),
    "an edit without buttons": edit(Card(HOSTILE)),
    "an edit of 5,000 characters": edit(Card("第一条\n" * 1250, ROWS)),
    "an edit of a captioned photo": edit(Card("已受理", ROWS, (PHOTO,))),
    "an edit of a photo to no caption": edit(Card("", ROWS, (PHOTO,))),
    "a retraction": retract(),
    "an answer": answer("已记：赞成。截止前可改。投票码 7K3-QF2"),
    "an answer too long": answer("很" * 300),
    "an answer of emoji": answer("😀" * 150),
    "an answer without words": answer(""),
}
