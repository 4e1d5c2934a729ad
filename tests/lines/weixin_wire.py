"""What people do one to one, as the callbacks WeChat and WeCom would send."""

from dataclasses import dataclass, field

from storage.messages import FileKind, Inbound, Presence, Pressed, Said
from tests.lines.wecom_cards import pressed
from tests.weixin import xml

_KINDS = {
    FileKind.PHOTO: "image",
    FileKind.VIDEO: "video",
    FileKind.VOICE: "voice",
    FileKind.DOCUMENT: "file",
}
_FIRST = 24_000_000_000


@dataclass
class Writer:
    """Writes callbacks to `receiver`; the same event is always the same callback, as repetitions are."""

    platform: str
    receiver: str
    names: dict[str, str]
    _written: dict[str, str] = field(default_factory=dict)

    def written(self, event: Inbound, code: str = "") -> str:
        """`code` is what WeCom gives with a press."""
        if event.event_id not in self._written:
            self._written[event.event_id] = self._callback(event, code)
        return self._written[event.event_id]

    def _callback(self, event: Inbound, code: str) -> str:
        assert event.sender
        head = {
            "ToUserName": self.receiver,
            "FromUserName": event.sender.account,
            "CreateTime": int(event.at.timestamp()),
        }
        match event.content:
            case Said():
                return xml(**head, **self._said(event.content))
            case Pressed():
                return xml(**head, **self._press(event.content, code))
            case Presence():
                kind = "subscribe" if event.content.state == "inside" else "unsubscribe"
                return xml(**head, MsgType="event", Event=kind)
            case _:
                raise AssertionError(event.content)

    def _said(self, said: Said) -> dict[str, object]:
        number = str(_FIRST + len(self._written))
        self.names[number] = said.message_id
        if said.location:
            north, east = said.location.latitude, said.location.longitude
            place = {"Location_X": north, "Location_Y": east, "Scale": 15, "Label": said.text}
            return {"MsgType": "location", **place, "MsgId": number}
        if said.files:
            (file,) = said.files
            self.names[f"{self.platform}:{file.ref}"] = file.ref
            media = {"MediaId": file.ref, "FileName": file.name}
            return {"MsgType": _KINDS[file.kind], **media, "MsgId": number}
        return {"MsgType": "text", "Content": said.text, "MsgId": number}

    def _press(self, press: Pressed, code: str) -> dict[str, object]:
        kind, _, task = press.message_id.partition("@")
        kind = kind if task else "button_interaction"
        event = pressed({"card_type": kind}, press.press)
        ids = f"<OptionId><![CDATA[{press.press}]]></OptionId>"
        item = f"<SelectedItem><QuestionKey>q</QuestionKey><OptionIds>{ids}</OptionIds></SelectedItem>"
        chosen: dict[str, object] = {"SelectedItems": item} if "selected_items" in event else {}
        about = {"EventKey": event["event_key"], "TaskId": task or press.message_id, "CardType": kind}
        return {"MsgType": "event", "Event": "template_card_event", **about, "ResponseCode": code, **chosen}
