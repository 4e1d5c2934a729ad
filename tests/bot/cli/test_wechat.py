"""What an administrator sets up once in WeChat: the menu, the codes at the doors, a group of the app."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image

from bot.cli.wechat_menu import items
from bot.cli.wechat_qr import _names, _title
from bot.papers.codes import qr_png
from bot.papers.lettering import find_font
from bot.papers.poster import poster
from bot.platforms.wechat_oa_menu import Item, menu_body
from handlers.house import all_routes
from storage.records import Unit, UnitKind
from tests.bot.cli.desk import Desk
from tests.bot.cli.weixinapi import WeixinApi, weixin_api

CONFIG = """[community]
name = "桂花里社区"
[wechat_oa]
app_id = "wx1"
secret = "oaSecret123"
token = "callbackToken"
base_url = "{url}"
[wecom_app]
corp_id = "ww1"
agent_id = 1000002
secret = "appSecret123"
token = "callbackToken"
aes_key = "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR"
base_url = "{url}"
[web]
public_url = "https://yishi.example.org"
"""
CONFIGURED = ("-c", "config.toml")


@pytest.fixture
def weixin(desk: Desk) -> Iterator[WeixinApi]:
    with weixin_api() as api:
        desk.configures(CONFIG.format(url=api.url))
        yield api


def test_the_menu_is_shown_and_set_only_when_it_is_meant(desk: Desk, weixin: WeixinApi) -> None:
    shown = desk.done("wechat", "menu", *CONFIGURED)
    assert "[报事] 点一下等于发：报事" in shown
    assert "--commit" in shown
    assert weixin.calls == []
    assert "菜单已设好" in desk.done("wechat", "menu", "--commit", *CONFIGURED)
    (menu,) = weixin.sent("menu/create")
    assert menu["button"][:2] == [
        {"type": "click", "name": "报事", "key": "报事"},
        {"type": "click", "name": "我的诉求", "key": "我的诉求"},
    ]
    assert {one["key"] for one in menu["button"][2]["sub_button"]} == {"进度", "会议", "帮助"}


def test_every_word_of_the_menu_is_a_command_of_the_house() -> None:
    said = [one.says for item in items() for one in (item, *item.below) if one.says]
    assert len(said) == 5
    assert set(said) <= set(all_routes().commands)


@pytest.mark.parametrize(
    "bad",
    [
        (),
        tuple(Item(f"按钮{number}", "报事") for number in range(4)),
        (Item("报事报事报事", "报事"),),
        (Item("报事", "报" * 43),),
        (Item("", "报事"),),
        (Item("报事"),),
        (Item("更多", "报事", (Item("报事", "报事"),)),),
        (Item("更多", below=tuple(Item(f"{number}", "报事") for number in range(6))),),
        (Item("更多", below=(Item("很" * 21, "报事"),)),),
        (Item("更多", below=(Item("更多", below=(Item("报事", "报事"),)),)),),
    ],
)
def test_a_menu_that_would_be_refused_is_not_even_sent(bad: tuple[Item, ...]) -> None:
    with pytest.raises(ValueError, match=r"bytes|buttons|says something"):
        menu_body(bad)


def test_every_place_gets_a_poster_with_its_own_code_once(desk: Desk, weixin: WeixinApi) -> None:
    desk.has_a_roll()
    places = desk.objects("groups", "places")
    assert len(places) > 1
    desk.done("wechat", "qr", "--all", "--out", "codes", *CONFIGURED)
    scenes = [body["action_info"]["scene"]["scene_str"] for body in weixin.sent("qrcode/create")]
    assert sorted(scenes) == sorted(one["code"] for one in places)
    assert {body["action_name"] for body in weixin.sent("qrcode/create")} == {"QR_LIMIT_STR_SCENE"}
    drawn = sorted(path.name for path in (desk.folder / "codes").iterdir())
    assert drawn == sorted(f"{one['unit']}.png" for one in places)
    again = desk.done("wechat", "qr", "--all", "--out", "codes", *CONFIGURED)
    assert f"没有重做的 {len(places)} 张" in again
    assert len(weixin.sent("qrcode/create")) == len(places)


def test_a_single_place_is_named_and_a_slip_is_answered_with_the_nearest(
    desk: Desk, weixin: WeixinApi
) -> None:
    desk.has_a_roll()
    first = desk.objects("groups", "places")[0]
    desk.done("wechat", "qr", first["unit"], "--out", "codes", *CONFIGURED)
    desk.done("wechat", "qr", first["code"], "--out", "more", *CONFIGURED)
    assert len(weixin.sent("qrcode/create")) == 2
    said = desk.refused("wechat", "qr", f"{first['unit']}儿", "--out", "codes", *CONFIGURED)
    assert first["unit"] in said
    assert "没有" in desk.refused("wechat", "qr", "天安门", "--out", "codes", *CONFIGURED)
    assert "--all" in desk.refused("wechat", "qr", "--out", "codes", *CONFIGURED, code=2)


def test_places_of_one_name_get_files_of_their_own() -> None:
    named = {1: "3号楼", 2: "3号楼", 3: "东/西"}
    found = _names([Unit(key, 9, UnitKind.STAIRWELL, name, "/9/") for key, name in named.items()])
    assert list(found) == ["3号楼-unit-1.png", "3号楼-unit-2.png", "东_西.png"]


def test_a_poster_names_the_community_once() -> None:
    above = {9: "桂花里社区"}
    assert _title(Unit(12, 9, UnitKind.STAIRWELL, "3号楼", "/4/9/12/"), above) == "桂花里社区3号楼"
    assert _title(Unit(12, 9, UnitKind.GRID, "桂花里社区第1网格", "/4/9/12/"), above) == "桂花里社区第1网格"


def test_a_poster_shows_the_code_whole_under_the_name_and_the_code_alone_without_a_font(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address = "http://weixin.qq.com/q/02x"
    code = Image.open(BytesIO(qr_png(address))).convert("L")
    page = Image.open(BytesIO(poster("3号楼2单元", address))).convert("L")
    monkeypatch.setattr("bot.papers.poster.find_font", lambda: None)
    bare = Image.open(BytesIO(poster("3号楼2单元", address))).convert("L")
    assert bare.resize(code.size, Image.Resampling.NEAREST).tobytes() == code.tobytes()
    if find_font() is not None:
        left = (page.width - bare.width) // 2
        tops = range(page.height - bare.height + 1)
        cut = (page.crop((left, top, left + bare.width, top + bare.height)).tobytes() for top in tops)
        assert bare.tobytes() in cut
        assert page.height > bare.height + 100


def test_a_group_is_made_and_bound_in_one_go(desk: Desk, weixin: WeixinApi) -> None:
    desk.has_a_roll()
    shown = desk.done(
        "wechat",
        "group",
        "3栋代表组",
        "--members",
        "zhangsan,lisi, wangwu",
        "--owner",
        "lisi",
        "--as",
        "代表决议群",
        *CONFIGURED,
    )
    assert weixin.sent("appchat/create") == [
        {"name": "3栋代表组", "owner": "lisi", "userlist": ["lisi", "zhangsan", "wangwu"]}
    ]
    assert "wecom_app:appchat:wrMADE" in shown
    bound = desk.objects("groups", "list", *CONFIGURED)
    assert [(one["address"], one["role"]) for one in bound] == [("wecom_app:appchat:wrMADE", "rep_decision")]


def test_a_group_that_is_only_made_says_how_it_is_bound(desk: Desk, weixin: WeixinApi) -> None:
    desk.has_a_roll()
    shown = desk.done("wechat", "group", "楼长群", "--members", "zhangsan,lisi", *CONFIGURED)
    assert "yishi groups bind wecom_app:appchat:wrMADE --as" in shown
    assert desk.objects("groups", "list", *CONFIGURED) == []
    assert len(weixin.calls) == 1


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ("zhangsan", "2 到 2000 人"),
        ("zhangsan,zhangsan", "2 到 2000 人"),
        ("zhangsan,李四", "不像企业微信账号：李四"),
    ],
)
def test_a_group_that_could_not_be_made_is_refused_before_anybody_is_asked(
    desk: Desk, weixin: WeixinApi, members: str, said: str
) -> None:
    assert said.replace(" 人", " 个人") in desk.refused(
        "wechat", "group", "群", "--members", members, *CONFIGURED, code=2
    )
    assert "没有“茶馆”这种群" in desk.refused(
        "wechat", "group", "群", "--members", "a,b", "--as", "茶馆", *CONFIGURED, code=2
    )
    assert weixin.calls == []


@pytest.mark.parametrize(
    ("words", "refusal", "said"),
    [
        (("menu", "--commit"), ("menu/create", 48001), "认证"),
        (("menu", "--commit"), ("stable_token", 40164), "IP白名单"),
        (("menu", "--commit"), ("stable_token", 40013), "app_id"),
        (("menu", "--commit"), ("menu/create", 45009), "太多"),
        (("menu", "--commit"), ("menu/create", 40119), "40119"),
        (("group", "群", "--members", "a,b"), ("appchat/create", 60011), "根部门"),
        (("group", "群", "--members", "a,b"), ("appchat/create", 86006), "2 到 2000 人"),
        (("group", "群", "--members", "a,b"), ("gettoken", 60020), "企业可信IP"),
        (("group", "群", "--members", "a,b"), ("appchat/create", 60111), "账号"),
    ],
)
def test_a_refusal_of_wechat_is_explained(
    desk: Desk, weixin: WeixinApi, words: tuple[str, ...], refusal: tuple[str, int], said: str
) -> None:
    path, code = refusal
    weixin.refusals[path] = code
    told = desk.refused("wechat", *words, *CONFIGURED)
    assert said in told
    assert str(code) in told or code == 40013
    assert "Secret123" not in told


def test_a_refusal_half_way_keeps_what_was_drawn(desk: Desk, weixin: WeixinApi) -> None:
    desk.has_a_roll()
    first = desk.objects("groups", "places")[0]["unit"]
    desk.done("wechat", "qr", first, "--out", "codes", *CONFIGURED)
    weixin.refusals["qrcode/create"] = 48001
    assert "服务号" in desk.refused("wechat", "qr", "--all", "--out", "codes", *CONFIGURED)
    assert [path.name for path in (desk.folder / "codes").iterdir()] == [f"{first}.png"]


def test_without_a_channel_in_the_configuration_nothing_is_tried(desk: Desk) -> None:
    assert "[wechat_oa]" in desk.refused("wechat", "menu", "--commit")
    assert "[wechat_oa]" in desk.refused("wechat", "qr", "--all", "--out", "codes")
    assert "[wecom_app]" in desk.refused("wechat", "group", "群", "--members", "a,b")
    assert not (desk.folder / "codes").exists()


def test_a_dead_line_is_a_sentence_without_secrets(desk: Desk) -> None:
    desk.configures(CONFIG.format(url="http://127.0.0.1:9/cgi-bin"))
    said = desk.refused("wechat", "menu", "--commit", *CONFIGURED)
    assert "没有得到微信的答复" in said
    assert "Secret123" not in said
