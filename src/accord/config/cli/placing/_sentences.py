"""What `accord match` says, in English and in Simplified Chinese."""

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "applicant": ("applicant", "申请人"),
    "programme": ("placed at", "录取项目"),
    "choice": ("choice", "志愿次序"),
    "note": ("note", "说明"),
    "nowhere": ("–", "–"),
    "fixed": ("by decision", "已定安排"),
    "reserved": ("reserved seat", "预留名额"),
    "people": ("{n} people", "{n}人"),
    "certificate": ("Certificate", "匹配证明"),
    "best-spread": ("What was made best: {spread}.", "所求最优：{spread}。"),
    "best-while-open": (
        "What was made best among what stays open: {spread}. Not every other closing was tried.",
        "在未关闭的项目范围内所求最优：{spread}。并未尝试所有其他关闭方式。",
    ),
    "seed-own": ("The seed is the digest of the data: nobody chose it.", "种子即数据摘要，无人挑选。"),
    "case": ("- {words}", "- {words}"),
    "by-decision": ("- {words} This is by decision.", "- {words}此为已定安排所致。"),
    "cutoffs": ("Cutoffs", "录取线"),
    "where": ("where", "名称"),
    "places": ("places", "名额"),
    "cutoff": ("cutoff", "录取线"),
    "draw": ("draw", "抽签号"),
    "unlimited": ("unlimited", "不限"),
    "open": ("open", "有余额"),
    "closed": ("closed", "已关闭"),
    "full": ("full", "已满"),
    "group": ("{node}, for {group}", "{node}（预留给{group}）"),
    "open-seats": ("{node}, open seats", "{node}（普通名额）"),
    "more": ("… and {n} more; --json has them all.", "……另有{n}项，用--json可查看全部。"),
    "unknown-applicant": ("There is no applicant {who} in the file.{hint}", "文件中没有申请人{who}。{hint}"),
    "hint": (" Did you mean {near}?", "是否指{near}？"),
    "wrote": ("Wrote {file}.", "已写入{file}。"),
    "moves": ("Moves against the previous result", "与上次结果相比的变动"),
    "no-moves": ("Nobody moves.", "没有变动。"),
    "before": ("before", "原安排"),
    "after": ("now", "现安排"),
    "move": ("change", "变动"),
}

MOVES: Final[dict[str, tuple[str, str]]] = {
    "moved-up": ("moves up", "升至更高志愿"),
    "moved-across": ("moves to an equal choice", "换至同等志愿"),
    "moved-down": ("moves down", "降至较低志愿"),
    "newly-placed": ("newly placed", "新获安排"),
    "lost-place": ("lost the place", "失去名额"),
    "withdrew": ("withdrew", "已退出"),
}

SPREADS: Final[dict[str, tuple[str, str]]] = {
    "greedy": ("most first choices, then most second choices, and so on", "第一志愿最多，其次第二志愿最多，依次类推"),
    "generous": (
        "fewest last choices, then fewest next to last, and so on",
        "末位志愿最少，其次倒数第二最少，依次类推",
    ),
    "least-cost": ("least sum of choice numbers", "志愿次序之和最小"),
}
