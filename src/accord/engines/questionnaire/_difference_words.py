"""What each difference between two versions says, in two languages."""

from typing import Final

from accord.engines.questionnaire.types import Kind, Words

KIND_NAMES: Final[dict[Kind, Words]] = {
    Kind.SHORT: Words("a short text", "短文本"),
    Kind.LONG: Words("a long text", "长文本"),
    Kind.CHOICE: Words("a choice", "选择"),
    Kind.NUMBER: Words("a number", "数字"),
    Kind.DATE: Words("a day", "日期"),
    Kind.FILE: Words("a file", "文件"),
    Kind.LINK: Words("a web address", "网址"),
    Kind.RANKING: Words("a ranking", "志愿排序"),
    Kind.MEMBERS: Words("team members", "团队成员"),
    Kind.AGREE: Words("a tick", "勾选"),
    Kind.TEXT: Words("no answer", "无需作答"),
}

SECTION: Final = {
    "added": Words("New section: {title}.", "新增部分：{title}。"),
    "removed": Words("The section {title} is gone.", "部分{title}已删除。"),
    "moved": Words("The section {title} stands in another place.", "部分{title}的位置有变。"),
    "title": Words("The section {title} was called {old}.", "部分{title}原名{old}。"),
    "help": Words("The explanation of {title} is another.", "{title}的说明有变。"),
}
QUESTION: Final = {
    "added": Words("New question: {label}.", "新增问题：{label}。"),
    "removed": Words("{label} is no longer asked.", "不再询问{label}。"),
    "section": Words("{label} now stands in {title}.", "{label}移至{title}。"),
    "moved": Words("{label} stands in another place of its section.", "{label}在本部分中的位置有变。"),
    "label": Words("{label} read {old} before.", "{label}原为{old}。"),
    "help": Words("The explanation of {label} is another.", "{label}的说明有变。"),
    "kind": Words("{label} now wants {new}; before, {old}.", "{label}现在要求{new}，原为{old}。"),
    "always": Words("{label} is now always asked.", "{label}现在总会出现。"),
    "only-if": Words("{label} is now asked only if {condition}.", "{label}现在仅在以下情况出现：{condition}。"),
}
OPTIONS: Final = {
    "added": Words("{label} has a new option: {option}.", "{label}新增选项：{option}。"),
    "removed": Words("{label} no longer offers {option}.", "{label}不再有选项{option}。"),
    "label": Words("The option {option} of {label} read {old} before.", "{label}的选项{option}原为{old}。"),
    "moved": Words("The options of {label} stand in another order.", "{label}的选项顺序有变。"),
}
FLAGS: Final[dict[str, tuple[Words, Words]]] = {
    "required": (
        Words("{label} now has to be answered.", "{label}现在必须作答。"),
        Words("{label} may now be left open.", "{label}现在可以不作答。"),
    ),
    "identity": (
        Words("The answer to {label} is now kept from blind reviewers.", "{label}的答案现在对盲审评审人隐藏。"),
        Words("Blind reviewers may now read the answer to {label}.", "盲审评审人现在可以看到{label}的答案。"),
    ),
    "to_hosts": (
        Words(
            "Hosts that the applicant ranks may now read the answer to {label}.",
            "申请人志愿中的接收单位现在可以看到{label}的答案。",
        ),
        Words("Hosts no longer read the answer to {label}.", "接收单位不再看到{label}的答案。"),
    ),
    "several": (
        Words("Several options of {label} can now be chosen.", "{label}现在可以多选。"),
        Words("Only one option of {label} can now be chosen.", "{label}现在只能单选。"),
    ),
    "other": (
        Words("{label} can now be answered in one's own words.", "{label}现在可以自填其他内容。"),
        Words("{label} can no longer be answered in one's own words.", "{label}不再可以自填其他内容。"),
    ),
    "whole": (
        Words("{label} now wants a whole number.", "{label}现在要求整数。"),
        Words("{label} may now have decimals.", "{label}现在可以有小数。"),
    ),
}

ASIDE: Final = Words("{label}, {what}: {new} instead of {old}.", "{label}的{what}：现为{new}，原为{old}。")
UNLIMITED: Final = Words("none", "无")


def _bounds(english: str, chinese: str) -> dict[str, Words]:
    return {
        "least": Words(f"the least number of {english}", f"{chinese}下限"),
        "most": Words(f"the most {english}", f"{chinese}上限"),
    }


LIMITS: Final[dict[Kind, dict[str, Words]]] = {
    Kind.SHORT: {"most": Words("the most characters", "字符数上限")},
    Kind.LONG: _bounds("words", "词数"),
    Kind.CHOICE: _bounds("options", "选项数"),
    Kind.NUMBER: {
        "least": Words("the smallest number", "最小值"),
        "most": Words("the largest number", "最大值"),
        "unit": Words("the unit", "单位"),
    },
    Kind.DATE: {"earliest": Words("the earliest day", "最早日期"), "latest": Words("the latest day", "最晚日期")},
    Kind.FILE: {
        "types": Words("the type of file", "文件类型"),
        "megabytes": Words("the largest size in MB", "最大文件（MB）"),
        "most": Words("the number of files", "文件数上限"),
    },
    Kind.LINK: {"hosts": Words("the site of the page", "网页所在网站")},
    Kind.RANKING: {**_bounds("wishes", "志愿数"), "source": Words("the list to rank from", "可排序的列表")},
    Kind.MEMBERS: _bounds("members", "成员数"),
}
"""What bounds an answer of each kind, by attribute."""
