"""Messages about single keys and values."""

from __future__ import annotations

from typing import Final

from accord.engines.agreementfile._wording import Message, Wording
from accord.engines.agreementfile.types import Severity

VALUE_MESSAGES: Final[dict[str, Message]] = {
    "wrong-type": Message(
        Wording("Here stands {found}, where {expected} belongs.", "Write {expected}.", "Write {nearest}."),
        Wording("此处是{found}，应为{expected}。", "改写为{expected}。", "写成 {nearest}。"),
    ),
    "unknown-key": Message(
        Wording("The key `{key}` does not exist here.", "The keys are: {known}.", "Did you mean `{nearest}`?"),
        Wording("此处没有键 `{key}`。", "可用的键：{known}。", "是否想写 `{nearest}`？"),
    ),
    "duplicate-key": Message(
        Wording("The key `{key}` stands here twice; the first is on line {line}.", "Keep one of them."),
        Wording("键 `{key}` 重复出现，首次在第 {line} 行。", "只保留其中一个。"),
    ),
    "missing-key": Message(
        Wording("The key `{key}` is missing; {record} needs it.", "Add a line `{key}: …`."),
        Wording("缺少键 `{key}`，{record}需要它。", "增加一行 `{key}: …`。"),
    ),
    "empty-value": Message(
        Wording("Nothing stands here.", "Write a value, or delete the key."),
        Wording("此处没有值。", "填写一个值，或删除该键。"),
    ),
    "too-few": Message(
        Wording(
            "The list has {found} entries and needs at least {least}.",
            "Add entries, or delete the key if it is optional.",
        ),
        Wording("列表有 {found} 项，至少需要 {least} 项。", "增加条目；若该键可省略，也可删除。"),
    ),
    "repeated-entry": Message(
        Wording("`{key}` stands in the list twice.", "Delete one of the two."),
        Wording("`{key}` 在列表中重复。", "删除其中一个。"),
    ),
    "repeated-key": Message(
        Wording(
            "The key `{key}` was given on line {line} already.",
            "Choose another key; keys of one kind are unique.",
        ),
        Wording("键 `{key}` 已在第 {line} 行使用。", "换一个键；同类的键不可重复。"),
    ),
    "quote-text": Message(
        Wording(
            "`{text}` without quotes is a number, a date or a truth value to some programs.",
            'Put it in quotes: "{text}".',
        ),
        Wording("未加引号的 `{text}` 会被某些程序当作数字、日期或真假值。", '加上引号："{text}"。'),
    ),
    "too-long": Message(
        Wording("The text has {length} characters; {longest} are allowed.", "Shorten it."),
        Wording("文本有 {length} 个字符，最多允许 {longest} 个。", "缩短文本。"),
    ),
    "line-break": Message(
        Wording("The text runs over several lines.", "Put it on one line; titles and names have no line breaks."),
        Wording("文本分成了多行。", "写成一行；标题和名称不能换行。"),
    ),
    "key-form": Message(
        Wording(
            "`{text}` is no key.",
            "Use small letters, digits and single hyphens, such as `resident-teams`.",
            "Use small letters, digits and single hyphens: `{nearest}`.",
        ),
        Wording(
            "`{text}` 不能作为键。",
            "使用小写字母、数字和单个连字符，例如 `resident-teams`。",
            "使用小写字母、数字和单个连字符：`{nearest}`。",
        ),
    ),
    "measure-form": Message(
        Wording("`{text}` is no code of a measure.", "Write context and name, such as `workspace.resident_teams`."),
        Wording("`{text}` 不是计量指标代码。", "写成“领域.名称”，例如 `workspace.resident_teams`。"),
    ),
    "url-form": Message(
        Wording("`{text}` is no web address.", "Begin it with https:// and leave out spaces."),
        Wording("`{text}` 不是网址。", "以 https:// 开头，且不含空格。"),
    ),
    "unknown-choice": Message(
        Wording(
            "`{text}` is none of the words allowed here.",
            "Write one of: {options}.",
            "Did you mean `{nearest}`? Allowed are: {options}.",
        ),
        Wording(
            "`{text}` 不在允许的词中。",
            "可用的词：{options}。",
            "是否想写 `{nearest}`？可用的词：{options}。",
        ),
    ),
    "date-form": Message(
        Wording(
            "`{text}` is not a date of the form year-month-day.",
            "Write it like 2019-06-22.",
            "Write {nearest}.",
        ),
        Wording("`{text}` 不是“年-月-日”形式的日期。", "写成 2019-06-22 的形式。", "写成 {nearest}。"),
    ),
    "stated-date-form": Message(
        Wording(
            "`{text}` is not a date, a month or a year.",
            "Write it like 2019-06-22, 2019-06 or 2019.",
            "Write {nearest}.",
        ),
        Wording("`{text}` 不是日期、月份或年份。", "写成 2019-06-22、2019-06 或 2019 的形式。", "写成 {nearest}。"),
    ),
    "date-range": Message(
        Wording("The year of {text} is out of range.", "Write a year from 1900 to 2199."),
        Wording("{text} 的年份超出范围。", "年份应在 1900 至 2199 之间。"),
    ),
    "no-such-month": Message(
        Wording("{text}: there is no month {month}.", "Write the month as 01 to 12, before the day."),
        Wording("{text}：没有 {month} 月。", "月份写作 01 至 12，位于日期之前。"),
    ),
    "no-such-day": Message(
        Wording("The calendar has no {text}.", "The last day of that month is {last}."),
        Wording("日历中没有 {text}。", "该月的最后一天是 {last}。"),
    ),
    "number-form": Message(
        Wording(
            "`{text}` is not a plain number.",
            "Write digits only, such as 10000 or 12.5, without quotes, separators or exponent.",
            "Write {nearest}, without quotes, separators or exponent.",
        ),
        Wording(
            "`{text}` 不是普通数字。",
            "只写数字，例如 10000 或 12.5，不加引号、分隔符或指数。",
            "写成 {nearest}，不加引号、分隔符或指数。",
        ),
    ),
    "not-above-zero": Message(
        Wording("The number {text} is not above zero.", "Write the amount that was promised, more than 0."),
        Wording("数字 {text} 不大于零。", "填写所承诺的数量，须大于 0。"),
    ),
    "below-zero": Message(
        Wording("The number {text} is below zero.", "Write 0 or more."),
        Wording("数字 {text} 小于零。", "填写 0 或更大的数。"),
    ),
    "position-form": Message(
        Wording("`{text}` is no paragraph number.", "Write a whole number from 1; the headline does not count."),
        Wording("`{text}` 不是段落编号。", "填写从 1 起的整数；标题不计。"),
    ),
    "truth-word": Message(
        Wording("`{text}` is neither true nor false.", "Write true or false.", "Write {nearest}, without quotes."),
        Wording("`{text}` 不是 true 或 false。", "填写 true 或 false。", "写成 {nearest}，不加引号。"),
    ),
    "unknown-version": Message(
        Wording("Version `{text}` of the format is not known here.", "Write `accord: {number}`."),
        Wording("不认识格式版本 `{text}`。", "写成 `accord: {number}`。"),
    ),
    "no-language": Message(
        Wording("The text stands in no language.", "Write {{en: …, zh-hans: …}}."),
        Wording("文本没有任何语言版本。", "写成 {{en: …, zh-hans: …}}。"),
    ),
    "missing-language": Message(
        Wording(
            "The text has no `{language}` side; readers of that language see the other.",
            "Add `{language}: …`.",
        ),
        Wording("文本缺少 `{language}` 版本，该语言的读者会看到另一种语言。", "补上 `{language}: …`。"),
        Severity.WARNING,
    ),
}
