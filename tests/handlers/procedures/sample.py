"""A small procedure in perfect order, for tests to spoil."""

from handlers.procedures.faults import Fault
from handlers.procedures.loader import read_procedure

SAMPLE = """
id = "sample"
name = "样例程序"
basis = ["村民委员会组织法 30"]
grade = "local"
level = "community"
ends = ["archived", "rejected", "to_other"]
end_names = { to_other = "转别处" }
onward = { to_other = "four_deliberations_two_publications" }
stop = "rejected"
raised_by = [ { body = "villagers18", share = "1/10", grade = "law", basis = "村民委员会组织法 25" } ]

[[stage]]
id = "sort"
name = "审定"
kind = "screen"
body = "grid"
days = 2
day_kind = "work"
days_grade = "proposal"
then = { accept = "decide", refuse = "rejected", escalate = "to_other" }
labels = { accept = "列为议题" }

[[stage]]
id = "decide"
name = "村民代表会议"
kind = "meeting"
body = "village_reps"
group = "rep_decision"
basis = "村民委员会组织法 30"
rule = { quorum = "2/3", quorum_op = ">=", quorum_base = "roll", pass = "1/2", pass_op = ">", pass_base = "present", measures = ["heads"], grade = "law" }
then = { passed = "ballot", rejected = "rejected" }
ask = ["invalid_quorum"]

[[stage.route]]
id = "households"
name = "村民会议（按户）"
body = "households"
days = 10
days_grade = "law"
rule = { quorum = "2/3", quorum_op = ">=", quorum_base = "roll", pass = "1/2", pass_op = ">", pass_base = "present", grade = "law" }

[[stage]]
id = "ballot"
name = "意见表决"
kind = "poll"
body = "stakeholders"
days = 7
days_min = 3
days_grade = "proposal"
advisory = true
rule = { pass = "3/5", pass_op = ">=", pass_base = "participants", grade = "proposal" }
then = { passed = "post", rejected = "decide" }

[[stage]]
id = "post"
name = "公示"
kind = "notice"
body = "village_committee"
group = "household_notice"
days = 15
days_grade = "law"
basis = "村民委员会组织法 35"
then = { clear = "carry", objection = "decide" }

[[stage]]
id = "carry"
name = "落实"
kind = "task"
body = "item_owner"
hours = 48
days_grade = "local"
then = { done = "archived", overdue = "carry" }
"""


def spoil(*edits: tuple[str, str]) -> str:
    """The sample after replacing the first occurrence of each written text, which must be there."""
    source = SAMPLE
    for old, new in edits:
        assert old in source, old
        source = source.replace(old, new, 1)
    return source


def words(faults: tuple[Fault, ...]) -> list[str]:
    """The bare words of faults, in order."""
    return [fault.key.removeprefix("procedures.") for fault in faults]


def faults_after(*edits: tuple[str, str]) -> list[str]:
    """The words of every fault of the spoiled sample."""
    return words(read_procedure(spoil(*edits)).faults)
