"""What each problem of an answer says, in two languages: what is not right, and how to mend it."""

from typing import Final

from accord.engines.questionnaire.types import Kind, Problem, Question, Words

PROBLEMS: Final[dict[str, tuple[str, str]]] = {
    "unreadable": ("This answer cannot be read. Answer the question anew.", "无法读取此答案。重新作答。"),
    "too-many-characters": (
        "Too long: {found} of at most {most} characters. Shorten the answer.",
        "答案有{found}个字符，最多{most}个。缩短答案。",
    ),
    "too-many-words": (
        "Too long: {found} of at most {most} words (each Chinese character is one). Shorten the answer.",
        "答案有{found}个词（每个汉字算一个），最多{most}个。缩短答案。",
    ),
    "too-few-words": (
        "Too short: {found} of at least {least} words (each Chinese character is one). Write more.",
        "答案有{found}个词（每个汉字算一个），至少{least}个。补充内容。",
    ),
    "unknown-option": (
        "`{option}` is not among the options. Choose one of those shown.",
        "`{option}`不在选项中。从所列选项中选择。",
    ),
    "one-only": ("More than one option is chosen. Choose one.", "选择了多项。只选一项。"),
    "other-empty": ("“Other” is chosen without words. Write what it is.", "选择了“其他”但没有说明。写明内容。"),
    "too-few-chosen": ("{found} chosen of at least {least}. Choose more.", "已选{found}项，至少{least}项。再选几项。"),
    "too-many-chosen": ("{found} chosen of at most {most}. Choose fewer.", "已选{found}项，最多{most}项。减少选择。"),
    "not-a-number": (
        "`{text}` is not a number. Write it in digits, with a point before decimals.",
        "`{text}`不是数字。用数字填写，小数用点号。",
    ),
    "number-too-long": (
        "The number has too many digits. Write at most 15 digits, nine of them after the point.",
        "数字位数过多。最多15位，其中小数最多9位。",
    ),
    "not-whole": ("{found} is not a whole number. Round it.", "{found}不是整数。四舍五入为整数。"),
    "too-small": (
        "{found} is less than {least}. Write {least} or more.",
        "{found}小于{least}。填写{least}或更大的数。",
    ),
    "too-large": ("{found} is more than {most}. Write {most} or less.", "{found}大于{most}。填写{most}或更小的数。"),
    "not-a-date": (
        "`{text}` is not a day of the calendar. Write year, month and day, such as 2020-09-01.",
        "`{text}`不是有效日期。按年月日填写，例如2020-09-01。",
    ),
    "too-early": (
        "{found} is before {earliest}. Write that day or a later one.",
        "{found}早于{earliest}。填写该日或之后的日期。",
    ),
    "too-late": (
        "{found} is after {latest}. Write that day or an earlier one.",
        "{found}晚于{latest}。填写该日或之前的日期。",
    ),
    "file-type": (
        "“{name}” is not of a type that is accepted. Add a file of type {types}.",
        "“{name}”的文件类型不被接受。提交以下类型的文件：{types}。",
    ),
    "file-too-large": (
        "“{name}” is larger than {most} MB. Make it smaller and add it again.",
        "“{name}”超过{most}MB。压缩后重新提交。",
    ),
    "file-empty": ("“{name}” is empty. Add the file that was meant.", "“{name}”是空文件。提交正确的文件。"),
    "too-many-files": (
        "Too many files: {found} of at most {most}. Remove some.",
        "共有{found}个文件，最多{most}个。移除一些。",
    ),
    "not-a-link": (
        "`{text}` is not the address of a page. Write it in full, such as https://example.org/page.",
        "`{text}`不是网址。填写完整地址，例如https://example.org/page。",
    ),
    "link-not-https": (
        "The address does not begin with https://. Give one that does.",
        "网址不以https://开头。换用以https://开头的网址。",
    ),
    "other-host": (
        "The page lies elsewhere. Give one at {hosts}.",
        "该网页不在指定网站上。填写以下网站的网址：{hosts}。",
    ),
    "not-a-rank": (
        "`{text}` is not a rank. Write 1 for the first wish, 2 for the second, and so on.",
        "`{text}`不是名次。第一志愿填1，第二志愿填2，依此类推。",
    ),
    "same-rank": (
        "The rank {rank} is given twice. Give every wish a rank of its own.",
        "名次{rank}重复。每个志愿的名次不能相同。",
    ),
    "ranked-twice": ("Wish {entry} is ranked already. Remove one of the two.", "第{entry}志愿重复。移除其中一个。"),
    "not-on-offer": (
        "Wish {entry} is not on offer. Remove it or choose another.",
        "第{entry}志愿不可选。移除它或改选其他。",
    ),
    "too-few-ranked": ("{found} ranked of at least {least}. Rank more.", "已排{found}个，至少{least}个。继续排序。"),
    "too-many-ranked": ("{found} ranked of at most {most}. Remove some.", "已排{found}个，最多{most}个。移除一些。"),
    "too-few-members": (
        "{found} named of at least {least}. Name more members.",
        "已填{found}人，至少{least}人。补充成员。",
    ),
    "too-many-members": ("{found} named of at most {most}. Remove some.", "已填{found}人，最多{most}人。移除一些。"),
    "member-incomplete": (
        "Member {entry} lacks name, e-mail or institution. Fill in all three.",
        "第{entry}名成员缺少姓名、电子邮箱或机构。三项都要填写。",
    ),
    "member-email": (
        "The e-mail address of member {entry} is not complete. Write it like name@example.org.",
        "第{entry}名成员的电子邮箱不完整。按name@example.org的形式填写。",
    ),
    "member-twice": (
        "The e-mail address of member {entry} is given twice. Remove one of the two.",
        "第{entry}名成员的电子邮箱重复。移除其中一人。",
    ),
}

_REQUIRED: Final[dict[Kind, tuple[str, str]]] = {
    Kind.CHOICE: ("Nothing is chosen. Choose an option.", "尚未选择。选择一个选项。"),
    Kind.NUMBER: ("The number is missing. Write it.", "尚未填写数字。填写数字。"),
    Kind.DATE: ("The day is missing. Write it.", "尚未填写日期。填写日期。"),
    Kind.FILE: ("There is no file yet. Add one.", "尚无文件。提交文件。"),
    Kind.LINK: ("The address is missing. Write it.", "尚未填写网址。填写网址。"),
    Kind.RANKING: ("Nothing is ranked. Rank what you wish for.", "尚未排序。为志愿排序。"),
    Kind.MEMBERS: ("Nobody is named. Name the members.", "尚未填写成员。填写成员。"),
    Kind.AGREE: ("The box is not ticked. Read the text and tick it to go on.", "尚未勾选。阅读文字后勾选。"),
}
_NOT_ANSWERED: Final = ("There is no answer yet. Write one.", "尚未作答。填写答案。")

Param = Words | str | int


def problem(question: Question, code: str, entry: int | None = None, **params: Param) -> Problem:
    """Return a problem of a question, told in both languages; its section is filled in by who knows it."""
    if entry is not None:
        params.setdefault("entry", entry)
    sides = [
        text.format(**{name: one.side(language) if isinstance(one, Words) else one for name, one in params.items()})
        for text, language in zip(PROBLEMS[code], ("en", "zh-hans"), strict=True)
    ]
    return Problem("", question.key, question.label, code, Words(*sides), entry)


def not_answered(question: Question) -> Problem:
    """Return the problem of a required question without an answer."""
    return Problem("", question.key, question.label, "required", Words(*_REQUIRED.get(question.kind, _NOT_ANSWERED)))
