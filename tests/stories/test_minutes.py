"""Minutes from the facts of a meeting to the chair's word, as the people around it live through it."""

from storage import meetings, minutes, speeches
from storage.database import Transaction
from storage.records import Speech, SpeechKind
from tests.stories.afterwards import issue_in, reaches, topic_of
from tests.stories.minuting import STARTS, approved, confirmed, met
from tests.world import World


def test_the_draft_says_what_was_recorded_and_nothing_else(any_world: World) -> None:
    world = any_world
    recorder, _ = met(world)
    recorder.says("纪要 会1")
    draft = recorder.heard()[-1]
    assert draft.startswith("📝 会1 纪要第 1 稿（草稿）")
    for line in (
        "应到：4 人",
        "实到：3 人",
        "到会方式：现场 3 人",
        "法定人数：议1：实到 3 ≥ 法定 3，达到",
        "主持人：李主任（书记）",
        "记录人：小周（文书）",
        "议题1  议1 更换电梯",
        "修改意见：赵代表2：按钮做大",
        "少数意见：赵代表3：费用太高",
    ):
        assert line in draft, line
    assert "按钮要大（条件） ｜ 赵代表2 ｜ 2026年12月20日" in draft
    assert "赵代表1 ｜  ｜ 有居民家门口的灯也坏了" in draft
    assert "钱多多" not in draft
    assert "还缺" not in draft


def test_what_is_missing_is_named_and_a_person_fills_it_in_under_their_name(any_world: World) -> None:
    world = any_world
    recorder, chair = met(world, ended=False)
    recorder.says("纪要 会1")
    assert "还缺：结束时间" in recorder.heard()[-1]
    chair.says("纪要 会1 批准")
    assert "还缺：结束时间" in chair.heard()[-1]
    recorder.says("纪要 会1 补 结束时间：20:30")
    recorder.says("纪要 会1 补 第1项 介绍要点：旧梯用了二十年")
    assert "已写进 会1 纪要第 3 稿" in recorder.heard()[-1]
    recorder.says("纪要 会1 改 议1 发言摘要：大家都赞成换")
    recorder.says("纪要 会1")
    draft = recorder.heard()[-1]
    assert "19:00—20:30" in draft
    assert "介绍要点：【人工填写】旧梯用了二十年（小周）" in draft
    assert "【人工填写】大家都赞成换（小周）" in draft
    assert "家门口的灯也坏了" not in draft
    recorder.says("纪要 会1 第1稿")
    assert "家门口的灯也坏了" in recorder.heard()[-1]
    recorder.says("纪要 会1 各稿")
    assert recorder.heard()[-1].count("草稿") == 4
    assert world.rows("SELECT version FROM minutes ORDER BY version") == [(1,), (2,), (3,), (4,)]


def test_edits_that_cannot_be_are_answered_with_what_can(any_world: World) -> None:
    world = any_world
    recorder, _ = met(world)
    for words, answer in (
        ("改 结果：通过", "纪要里没有“结果”这一栏"),
        ("改 第9项 发言摘要：没有这项", "请写明是第几项（会1 共 1 项）"),
        ("改 实到：40", "不能多于应到 4 人"),
        ("补 结束时间：很晚", "结束时间请写几点"),
        ("随便", "请写明哪个会"),
    ):
        recorder.says(f"纪要 会1 {words}")
        assert answer in recorder.heard()[-1], words
    world.people["赵代表1"].says("纪要 会1 补 备注：我也写一句")
    assert "记录人、主持人" in world.people["赵代表1"].heard()[-1]
    recorder.says("纪要 会1", to="代表决议群")
    assert "纪要请在和我的私聊里办" in world.last("代表决议群")
    assert world.rows("SELECT count(*) FROM minutes") == [(0,)]


def test_a_promise_is_read_back_to_whoever_made_it_before_the_chair_may_approve(any_world: World) -> None:
    world = any_world
    recorder, chair = met(world)
    recorder.says("纪要 会1")
    chair.says("纪要 会1 批准")
    assert "还没请责任人核对" in chair.heard()[-1]
    recorder.says("纪要 会1 核对")
    owner = world.people["赵代表2"]
    assert "按钮要大（12月20日（周日）前）" in owner.heard()[-1]
    world.people["赵代表1"].says("纪要 会1")
    assert "按钮要大" in world.people["赵代表1"].heard()[-1]
    owner.presses("属实")
    assert "会1 的承诺责任人都说属实" in chair.heard()[-1]
    owner.presses("属实")
    assert world.rows("SELECT count(*) FROM journal WHERE event = 'PromiseReadBack'") == [(1,)]
    recorder.says("纪要 会1 批准")
    assert recorder.heard()[-1] == "纪要由主持人批准。"
    chair.says("纪要 会1 批准")
    assert "会1 纪要第 1 稿由 李主任 批准" in chair.heard()[-1]
    assert any("纪要（第 1 稿）由 李主任 批准了" in said for said in world.people["赵代表1"].heard())
    (state, by), *_ = world.rows("SELECT state, approved_by FROM minutes")
    assert (state, by) == ("approved", chair.id)
    assert world.rows("SELECT subject, kind, number, version FROM papers") == [("meeting:1", "minutes", 1, 1)]
    chair.says("纪要 会1 批准")
    assert "已经批准过了" in chair.heard()[-1]


def test_a_promise_that_is_not_so_becomes_a_correction_that_holds_the_approval(any_world: World) -> None:
    world = any_world
    recorder, chair = met(world)
    recorder.says("纪要 会1 核对")
    owner = world.people["赵代表2"]
    owner.presses("不对")
    owner.replies("我说的是1月20日", "说哪里不对")
    assert "会1 纪要异议 1" in owner.heard()[-1]
    assert "我说的是1月20日" in chair.heard()[-1]
    chair.says("纪要 会1 批准")
    assert "异议还没答复：1" in chair.heard()[-1]
    chair.says("答复纪要异议 会1 1 不采纳 录音里是12月20日")
    assert "会1 纪要异议 1：不采纳。录音里是12月20日" in owner.heard()[-1]
    chair.says("纪要 会1 批准")
    assert "由 李主任 批准" in chair.heard()[-1]
    assert "没有回话的责任人：赵代表2" in chair.heard()[-1]
    recorder.says("纪要 会1")
    assert "异议 1（赵代表2）：我说的是1月20日。不采纳：录音里是12月20日" in recorder.heard()[-1]
    assert "收到纪要异议 1 件，已答复 1 件，更正 0 处" in recorder.heard()[-1]


def test_who_was_there_may_object_and_a_change_after_approval_gives_its_reason(any_world: World) -> None:
    world = any_world
    recorder, chair = approved(world)
    there, away = world.people["赵代表1"], world.people["钱多多"]
    away.says("纪要异议 会1 我不同意")
    assert "由到会的人和责任人提出" in away.heard()[-1]
    there.says("纪要异议 会1 我说的是路灯")
    recorder.says("答复纪要异议 会1 1 采纳 确是路灯")
    assert recorder.heard()[-1] == "纪要由主持人批准。"
    chair.says("答复纪要异议 会1 1 采纳 确是路灯")
    assert any("纪要异议 1 已采纳" in said for said in recorder.heard())
    chair.says("答复纪要异议 会1 1 采纳 确是路灯")
    assert "已经答复过：采纳" in chair.heard()[-1]
    recorder.says("纪要 会1 改 第1项 发言摘要：说的是路灯")
    assert "批准过了，再改要写明理由" in recorder.heard()[-1]
    recorder.says("纪要 会1 改 第1项 发言摘要：说的是路灯 更正理由：记错了")
    chair.says("纪要 会1 批准")
    assert "第 3 稿由 李主任 批准" in chair.heard()[-1]
    assert world.rows("SELECT number, version FROM papers ORDER BY id") == [(1, 1), (1, 2)]
    assert [row[0] for row in world.rows("SELECT state FROM minutes ORDER BY version")] == [
        "approved",
        "read_back",
        "approved",
    ]


def test_what_was_noted_after_the_draft_must_be_seen_before_it_is_approved(any_world: World) -> None:
    world = any_world
    recorder, chair = met(world)
    confirmed(world, recorder)

    async def more(tx: Transaction) -> None:
        await speeches.add(tx, Speech(0, 1, 1, SpeechKind.REMARK, "王科长", None, "街道支持", STARTS))

    world.run(world.app.database.write(more))
    chair.says("纪要 会1 批准")
    assert "第 1 稿之后又有新的记录" in chair.heard()[-1]
    chair.says("纪要 会1")
    assert "王科长 ｜  ｜ 街道支持" in chair.heard()[-1]
    chair.presses("批准")
    assert "第 2 稿由 李主任 批准" in chair.heard()[-1]


def test_nobody_approves_alone_what_they_wrote_themselves(any_world: World) -> None:
    world = any_world
    recorder, chair = met(world)

    async def same(tx: Transaction) -> None:
        await meetings.change(tx, 1, chair_id=recorder.id)

    world.run(world.app.database.write(same))
    confirmed(world, recorder)
    recorder.says("纪要 会1 批准")
    assert "不能自己记、自己批" in recorder.heard()[-1]
    chair.says("纪要 会1 批准")
    assert "由 李主任 批准" in chair.heard()[-1]


def test_whoever_cannot_be_reached_is_asked_by_word_and_nobody_else_is(any_world: World) -> None:
    world = any_world
    recorder, chair = met(world)
    recorder.says("指派 任务1 赵代表4 12月20日")
    recorder.says("纪要 会1 核对")
    assert "赵代表4 没有私聊：请当面核对" in recorder.heard()[-1]
    recorder.says("纪要 会1 属实 任务1")
    assert "已记：属实" in recorder.heard()[-1]
    chair.says("纪要 会1 批准")
    assert "由 李主任 批准" in chair.heard()[-1]
    assert "没有回话" not in chair.heard()[-1]


def test_a_meeting_that_did_not_take_place_has_no_minutes(any_world: World) -> None:
    world = any_world
    for group in ("居民群", "代表决议群", "两委群"):
        world.group(group)
    world.member("赵代表1", "居民代表")
    recorder = world.member("小周", "文书")
    topic = topic_of(world, "更换电梯", "", issue_in(world, "更换电梯"))
    reaches(world, topic, "community_consultation", "reps")
    recorder.says("开会 居民代表会议 11月14日19:00 议事厅 议题 1", to="两委群")
    recorder.says("纪要 会1")
    assert "会1 还没开始" in recorder.heard()[-1]
    recorder.says("取消 会1 撞期")
    recorder.says("纪要 会1")
    assert "已取消" in recorder.heard()[-1]

    async def none(tx: Transaction) -> object:
        return await minutes.latest(tx, 1)

    assert world.run(world.app.database.write(none)) is None


def test_who_did_not_answer_is_asked_again_on_another_day_and_not_before(any_world: World) -> None:
    world = any_world
    recorder, _ = met(world)
    owner = world.people["赵代表2"]
    for _ in range(2):
        recorder.says("纪要 会1 核对")
    assert sum("请核对" in said for said in owner.heard()) == 1
    world.later(days=1)
    recorder.says("纪要 会1 核对")
    assert sum("请核对" in said for said in owner.heard()) == 2
    owner.presses("属实")
    recorder.says("纪要 会1 核对")
    assert "都核对过了" in recorder.heard()[-1]


def test_a_promise_that_changed_is_read_back_again_and_its_old_button_is_dead(any_world: World) -> None:
    world = any_world
    recorder, chair = met(world)
    confirmed(world, recorder)
    recorder.says("指派 任务1 赵代表2 12月30日")
    recorder.says("纪要 会1")
    assert "第 2 稿（草稿）" in recorder.heard()[-1]
    owner = world.people["赵代表2"]
    owner.presses("属实")
    assert "后来改过了" in owner.told()[-1]
    chair.says("纪要 会1 批准")
    assert "还没请责任人核对" in chair.heard()[-1]


def test_nobody_confirms_or_approves_for_another_by_pressing_their_button(any_world: World) -> None:
    world = any_world
    recorder, _ = met(world)
    recorder.says("纪要 会1 核对")
    owner, other = world.people["赵代表2"], world.people["赵代表1"]
    other.presses("属实", on=owner)
    assert "不是记在您名下" in other.told()[-1]
    recorder.says("纪要 会1 属实 任务1")
    assert "请本人自己点" in recorder.heard()[-1]
    owner.presses("属实")
    recorder.says("纪要 会1")
    recorder.presses("批准")
    assert recorder.told()[-1] == "纪要由主持人批准。"
    assert world.rows("SELECT state FROM minutes") == [("read_back",)]
