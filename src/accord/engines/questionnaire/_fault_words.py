"""What each fault of a definition says, in two languages: what is wrong, and how to mend it."""

from typing import Final

FAULTS: Final[dict[str, tuple[str, str]]] = {
    "wrong-type": (
        "Here stands {found}, where {expected} belongs. Write {expected}.",
        "此处是{found}，应为{expected}。改写为{expected}。",
    ),
    "missing-key": ("The key `{key}` is missing. Add it.", "缺少键`{key}`。补上它。"),
    "unknown-key": (
        "The key `{key}` does not exist here. Write one of: {known}.",
        "此处没有键`{key}`。可用的键：{known}。",
    ),
    "unknown-key near": (
        "The key `{key}` does not exist here. Did you mean `{near}`?",
        "此处没有键`{key}`。是否想写`{near}`？",
    ),
    "not-for-kind": (
        "The key `{key}` does not belong to a question of kind {kind}. Delete it or change the kind.",
        "`{key}`不能用于{kind}类型的问题。删除它或更改类型。",
    ),
    "missing-language": (
        "The text is missing in {language}. Write it in both languages.",
        "缺少{language}文本。两种语言都要填写。",
    ),
    "too-long": (
        "The text has {found} characters; {most} are allowed. Shorten it.",
        "文本有{found}个字符，最多{most}个。缩短文本。",
    ),
    "key-form": (
        "`{text}` is no key. Use small letters, digits and single hyphens, at most 60, such as `home-country`.",
        "`{text}`不能作为键。使用小写字母、数字和单个连字符，最多60个字符，例如`home-country`。",
    ),
    "repeated-key": (
        "The key `{key}` stands there already. Choose another one.",
        "键`{key}`已经用过。换一个键。",
    ),
    "reserved-key": (
        "The key `other` is kept for the applicant's own words. Choose another one, or write `other: true`.",
        "键`other`保留给申请人自填的内容。换一个键，或写`other: true`。",
    ),
    "unknown-word": (
        "`{word}` is not known here. Write one of: {known}.",
        "此处不能写`{word}`。可用的有：{known}。",
    ),
    "unknown-word near": (
        "`{word}` is not known here. Did you mean `{near}`?",
        "此处不能写`{word}`。是否想写`{near}`？",
    ),
    "too-few": (
        "The list is too short: {found} of at least {least}. Add what is missing.",
        "只有{found}项，至少需要{least}项。补上缺少的。",
    ),
    "too-many": (
        "The list is too long: {found} of at most {most}. Remove some.",
        "共有{found}项，最多{most}项。删去一些。",
    ),
    "repeated-entry": (
        "`{key}` stands in the list twice. Delete one of the two.",
        "`{key}`在列表中重复。删除其中一个。",
    ),
    "out-of-range": (
        "{found} is outside {least} to {most}. Write a number between them.",
        "{found}不在{least}至{most}之间。填写这个范围内的数字。",
    ),
    "not-whole": (
        "{found} is not whole, and the answer has to be. Write a whole number.",
        "{found}不是整数，而答案必须是整数。填写整数。",
    ),
    "number-form": (
        "The number has too many digits. Write at most 15 digits, nine of them after the point.",
        "数字位数过多。最多15位数字，其中小数最多9位。",
    ),
    "least-over-most": (
        "The least, {least}, is more than the most, {most}. Lower the one or raise the other.",
        "下限{least}大于上限{most}。调低下限或调高上限。",
    ),
    "needs-several": (
        "`{key}` counts chosen options, and only one can be chosen. Write `several: true` or delete it.",
        "`{key}`限制所选项数，而此题只能选一项。写`several: true`或删除它。",
    ),
    "date-form": (
        "`{text}` is no day. Write year, month and day, such as 2020-09-01.",
        "`{text}`不是日期。按年月日填写，例如2020-09-01。",
    ),
    "host-form": (
        "`{text}` is no name of a site. Write it without https:// and without a path, such as example.org.",
        "`{text}`不是网站域名。不写https://和路径，例如example.org。",
    ),
    "members-tell": (
        "Team members are named, so the answer tells who applies. Delete `identity: false`.",
        "团队成员有姓名，会暴露申请人身份。删除`identity: false`。",
    ),
    "identity-told": (
        "Asking this tells of `{key}`, and so who applies. Write `identity: true` here too, or delete the condition.",
        "此题是否出现取决于`{key}`，而后者会暴露申请人身份，盲审评审人由此可知。在此也写`identity: true`，或删除条件。",
    ),
    "hosts-told": (
        "Asking this tells hosts of `{key}`, which they may not read. Delete `to_hosts: true` or the condition.",
        "此题是否出现取决于`{key}`，而接收单位不可看到后者的答案。删除`to_hosts: true`或条件。",
    ),
    "condition-form": (
        "This is no condition. Write a `question` with one of {known}, or `all`, `any` or `not`.",
        "这不是条件。写`question`加以下之一：{known}；或写`all`、`any`、`not`。",
    ),
    "too-deep": (
        "Conditions stand inside each other more than {most} times. Write them flatter.",
        "条件嵌套超过{most}层。减少嵌套。",
    ),
    "unknown-question": (
        "There is no question `{key}`. Correct the key or add the question.",
        "没有问题`{key}`。更正键或添加该问题。",
    ),
    "unknown-question near": (
        "There is no question `{key}`. Did you mean `{near}`?",
        "没有问题`{key}`。是否想写`{near}`？",
    ),
    "later-question": (
        "`{key}` is not asked before this. A condition looks at earlier questions only: move one of the two.",
        "`{key}`不在此之前。条件只能取决于前面的问题：移动其中一个。",
    ),
    "test-fits-not": (
        "`{op}` cannot be asked of `{key}`, a question of kind {kind}. Write one of: {known}.",
        "`{op}`不能用于{kind}类型的问题`{key}`。可用的有：{known}。",
    ),
    "value-fits-not": (
        "No answer to `{key}` can be {found}. Write a value that can be given there.",
        "`{key}`的答案不可能是{found}。填写该题可能的答案。",
    ),
}
