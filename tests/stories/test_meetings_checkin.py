from storage.database import Transaction
from tests.stories.gatherings import called
from tests.stories.sitting import attendances, minutes, room, shown_code, sitting, waiting, wrong
from tests.world import World


def test_whoever_types_the_code_of_the_chairs_phone_in_private_is_there_once(any_world: World) -> None:
    world = any_world
    secretary = sitting(world)
    one = world.people["代表1"]
    code = shown_code(world, secretary)
    one.says(f"签到 {code}")
    assert "✅ 已签到：会1 居民代表会议" in one.heard()[-1]
    assert "应到 6，实到 1" in one.heard()[-1]
    one.says(f"签到{code}")
    assert "只算一次" in one.heard()[-1]
    assert attendances(world) == [("代表1", "voter", "code", 0)]
    assert "应到 6，实到 1。⚠️" not in room(world, secretary)
    assert "应到 6，实到 1。" in room(world, secretary)


def test_one_person_with_two_phones_is_one_attendance(any_world: World) -> None:
    world = any_world
    secretary = sitting(world)
    one = world.people["代表1"]
    other = world.stranger("代表1的第二部手机")

    async def know(tx: Transaction) -> None:
        await other.bind(tx, one.id, other.private.chat)

    world.run(world.app.database.write(know))
    one.says(f"签到 {shown_code(world, secretary)}")
    other.says(f"签到 {shown_code(world, secretary)}")
    assert "只算一次" in other.heard()[-1]
    assert attendances(world) == [("代表1", "voter", "code", 0)]


def test_a_code_lives_for_two_windows_and_no_longer(any_world: World) -> None:
    world = any_world
    secretary = sitting(world)
    one, two = world.people["代表1"], world.people["代表2"]
    old = shown_code(world, secretary)
    minutes(world, 2)
    assert shown_code(world, secretary) != old
    one.says(f"签到 {old}")
    assert "已签到" in one.heard()[-1]
    minutes(world, 2)
    two.says(f"签到 {old}")
    assert "数字不对，码两分钟一换" in two.heard()[-1]
    assert [row[0] for row in attendances(world)] == ["代表1"]


def test_pressing_for_the_code_of_this_moment_draws_it_anew(any_world: World) -> None:
    world = any_world
    secretary = sitting(world)
    secretary.presses("签到码")
    before = world.cards(secretary)[-1].text
    minutes(world, 4)
    secretary.presses("看现在的码")
    after = world.cards(secretary)[-1].text
    assert before.splitlines()[0] == after.splitlines()[0] == "会1 签到码"
    assert before != after


def test_guessing_is_answered_kindly_stopped_after_five_and_told_once(any_world: World) -> None:
    world = any_world
    secretary = sitting(world)
    one = world.people["代表1"]
    for left in (4, 3, 2, 1):
        one.says(f"签到 {wrong(shown_code(world, secretary))}")
        assert f"还可以试 {left} 次" in one.heard()[-1]
    one.says(f"签到 {wrong(shown_code(world, secretary))}")
    assert "10 分钟后再试" in one.heard()[-1]
    one.says(f"签到 {shown_code(world, secretary)}")
    assert "请 10 分钟后再试" in one.heard()[-1]
    assert attendances(world) == []
    assert len([said for said in secretary.heard() if "代表1 连续 5 次输错签到码" in said]) == 1
    minutes(world, 11)
    one.says(f"签到 {shown_code(world, secretary)}")
    assert [row[0] for row in attendances(world)] == ["代表1"]


def test_many_guesses_in_one_batch_are_no_more_than_five(world: World) -> None:
    from storage.messages import Said

    secretary = sitting(world)
    one, code = world.people["代表1"], shown_code(world, secretary)
    guesses = [wrong(code)] * 5 + [code]
    events = [
        world.event(one.private, Said(f"g{place}", f"签到 {guess}"), one.sender, private=True)
        for place, guess in enumerate(guesses)
    ]
    world.arrive_together(events)
    assert attendances(world) == []
    assert "分钟后再试" in one.heard()[-1]


def test_the_code_is_shown_to_hosts_alone_and_never_in_a_group(any_world: World) -> None:
    world = any_world
    secretary = sitting(world)
    secretary.says("签到码 会1", to="两委群")
    assert "签到码只在私聊里给" in world.last("两委群")
    world.people["代表1"].says("签到码 会1")
    assert world.people["代表1"].heard()[-1].startswith("这一步由文书、居（村）委、书记来做")
    code = shown_code(world, secretary)
    world.people["代表2"].says(f"签到 {code}", to="代表决议群")
    assert "码不要发在群里" in world.last("代表决议群")
    assert attendances(world) == []


def test_before_the_opening_and_after_the_close_there_is_an_answer(any_world: World) -> None:
    world = any_world
    secretary = waiting(world)
    one = world.people["代表1"]
    one.says("签到 1234")
    assert "现在没有开始签到的会" in one.heard()[-1]
    secretary.says("到会 会1 代表1")
    assert "会1 还没开始" in secretary.heard()[-1]
    secretary.says("开始 会1")
    code = shown_code(world, secretary)
    secretary.says("散会 会1")
    one.says(f"签到 {code}")
    assert "会1 已经散会，签到截止了" in one.heard()[-1]
    secretary.says("到会 会1 代表1")
    assert secretary.heard()[-1] == "会1 已经散会。"
    assert attendances(world) == []


def test_residents_sit_in_and_others_are_told_whom_to_ask(any_world: World) -> None:
    world = any_world
    secretary = sitting(world)
    neighbour, worker = world.member("居民老李", "居民"), world.member("网格员小王", "网格员")
    stranger = world.stranger("过客")
    code = shown_code(world, secretary)
    for person in (neighbour, worker, stranger):
        person.says(f"签到 {code}")
    assert "已记列席" in neighbour.heard()[-1]
    assert "想旁听，请主持人发：列席 会1" in worker.heard()[-1]
    assert stranger.heard()
    assert attendances(world) == [("居民老李", "observer", "code", 0)]
    assert "应到 6，实到 0。列席 1 人" in room(world, secretary)
    secretary.says("列席 会1 王科长 网格员小王")
    assert "已记列席：王科长、网格员小王" in secretary.heard()[-1]
    assert "列席 3 人" in room(world, secretary)
    secretary.says("列席 会1 代表1")
    assert "代表1 在 会1 的应到名单上" in secretary.heard()[-1]


def test_the_recorder_writes_a_list_and_hears_of_every_name_that_is_wrong(any_world: World) -> None:
    world = any_world
    secretary = sitting(world)
    world.member("居民老李", "居民")
    secretary.says("到会 会1 代表1、代表2 代表9 居民老李")
    told = secretary.heard()[-1]
    assert "记到会 2 人" in told
    assert "名册上没有：代表9" in told
    assert "不在 会1 应到名单上：居民老李" in told
    secretary.says("到会 会1 代表1 代表3")
    assert "记到会 1 人。\n1 人早已签到" in secretary.heard()[-1]
    secretary.says("离会 会1 代表2")
    secretary.says("到会 会1 代表2")
    assert attendances(world) == [(f"代表{number}", "voter", "list", 0) for number in (1, 2, 3)]


def test_all_are_those_who_are_not_on_leave(any_world: World) -> None:
    world = any_world
    secretary = called(world)
    world.people["代表2"].says("请假 会1 生病")
    world.later(until=world.clock.now().replace(day=14, hour=11, minute=0))
    secretary.says("开始 会1")
    secretary.says("到会 会1 全部")
    assert "记到会 3 人" in secretary.heard()[-1]
    assert "请假的 1 人没有记" in secretary.heard()[-1]
    assert [row[0] for row in attendances(world)] == ["代表1", "代表3", "代表4"]


def test_people_elsewhere_count_only_under_a_rule(any_world: World) -> None:
    world = any_world
    secretary = sitting(world, present=3)
    one, two = world.people["代表4"], world.people["代表5"]
    one.says("签到 线上")
    assert "您没有说过要线上参加" in one.heard()[-1]
    secretary.says("到会 会1 线上 代表4")
    assert "实到 3。线上 1 人（不计入实到）" in secretary.heard()[-1]
    two.says("付表决 议1 线上同计 依据 本社区议事规则第6条")
    assert two.heard()[-1].startswith("这一步由")
    secretary.says("付表决 议1")
    assert "人数不足" in secretary.heard()[-1]
    secretary.says("付表决 议1 线上同计")
    assert "请写明依据" in secretary.heard()[-1]
    secretary.says("付表决 议1 5分钟 线上同计 依据 本社区议事规则第6条")
    assert "实到 4（线上 1）。达标（须 4）" in secretary.heard()[-1]
    assert "本社区议事规则第6条" in world.cards("代表决议群")[-1].text
