"""Messages about the rules between values."""

from __future__ import annotations

from typing import Final

from accord.engines.agreementfile._wording import Message, Wording
from accord.engines.agreementfile.types import Severity

RULE_MESSAGES: Final[dict[str, Message]] = {
    "unknown-party": Message(
        Wording(
            "No party has the key `{key}`.",
            "Add it under `parties`, or use a key that is there.",
            "Did you mean `{nearest}`?",
        ),
        Wording("没有键为 `{key}` 的协议方。", "在 `parties` 下添加，或使用已有的键。", "是否想写 `{nearest}`？"),
    ),
    "unknown-section": Message(
        Wording(
            "No section has the key `{key}`.",
            "Add it under `sections`, or use a key that is there.",
            "Did you mean `{nearest}`?",
        ),
        Wording("没有键为 `{key}` 的板块。", "在 `sections` 下添加，或使用已有的键。", "是否想写 `{nearest}`？"),
    ),
    "unknown-source": Message(
        Wording(
            "No source has the key `{key}`.",
            "Add it under `sources`, or use a key that is there.",
            "Did you mean `{nearest}`?",
        ),
        Wording("没有键为 `{key}` 的来源文件。", "在 `sources` 下添加，或使用已有的键。", "是否想写 `{nearest}`？"),
    ),
    "unknown-measure": Message(
        Wording("There is no measure `{key}`.", "`./accord measures` lists them all.", "Did you mean `{nearest}`?"),
        Wording("没有计量指标 `{key}`。", "`./accord measures` 会列出全部计量指标。", "是否想写 `{nearest}`？"),
    ),
    "too-few-sign": Message(
        Wording(
            "Only {found} of the parties sign.",
            "At least two parties sign; take out `signs: false` where it is wrong.",
        ),
        Wording("签署的协议方只有 {found} 个。", "至少需要两个签署方；删除有误的 `signs: false`。"),
    ),
    "signing-empty": Message(
        Wording(
            "`signed` gives neither a day nor a source.",
            "Add `on`, or `cited` where a source says it was signed; delete `signed` for a draft.",
        ),
        Wording(
            "`signed` 既没有日期也没有来源文件。",
            "补上 `on`，或在来源文件说明已签署时补上 `cited`；草案则删除 `signed`。",
        ),
    ),
    "until-before-from": Message(
        Wording("The term ends on {second}, before it begins on {first}.", "Exchange the two, or mend one."),
        Wording("有效期于 {second} 结束，早于开始日 {first}。", "对调两个日期，或更正其中一个。"),
    ),
    "review-outside-term": Message(
        Wording(
            "The review is not within the term, {first} to {second}.",
            "Choose a day between the first and the last.",
        ),
        Wording("复审日不在有效期（{first} 至 {second}）内。", "选择首日与末日之间的日期。"),
    ),
    "unused-section": Message(
        Wording(
            "No promise stands in the section `{key}`.",
            "Delete it, or move a promise there; empty headings are not shown.",
        ),
        Wording("板块 `{key}` 中没有承诺。", "删除该板块或移入承诺；空板块不会显示。"),
        Severity.WARNING,
    ),
    "needed-for-kind": Message(
        Wording("A {kind} promise needs `{key}`.", "Add `{key}: …`, or choose another kind."),
        Wording("{kind}承诺需要 `{key}`。", "补上 `{key}: …`，或选择其他类型。"),
    ),
    "not-for-kind": Message(
        Wording("A {kind} promise has no `{key}`.", "Delete `{key}`, or choose another kind."),
        Wording("{kind}承诺没有 `{key}`。", "删除 `{key}`，或选择其他类型。"),
    ),
    "baseline-without-measure": Message(
        Wording("The baseline has no measure to stand in.", "Add `measure: …`, or state the figure under `facts`."),
        Wording("基数没有对应的计量指标。", "补上 `measure: …`，或将该数字写入 `facts`。"),
    ),
    "not-cited": Message(
        Wording("The promise says not where it stands.", "Add `cited: {{source: …, paragraph: …}}`."),
        Wording("该承诺没有注明出处。", "补上 `cited: {{source: …, paragraph: …}}`。"),
        Severity.WARNING,
    ),
    "promise-to-self": Message(
        Wording(
            "`{key}` promises to itself alone.",
            "Name the other side under `to`, or describe who benefits as a text.",
        ),
        Wording("`{key}` 只对自己作出承诺。", "在 `to` 中写明另一方，或用文本说明受益者。"),
    ),
    "due-before-start": Message(
        Wording(
            "The deadline {due} is before the start {start}.",
            "Mend `due`, or give the promise an earlier `start`.",
        ),
        Wording("截止日期 {due} 早于开始日 {start}。", "更正 `due`，或将 `start` 提前。"),
    ),
    "due-after-term": Message(
        Wording(
            "The deadline {due} is after the end of the term, {until}.",
            "Check both; a promise may outlive the term.",
        ),
        Wording("截止日期 {due} 晚于有效期末日 {until}。", "核对两个日期；承诺可以超出有效期。"),
        Severity.WARNING,
    ),
    "plan-order": Message(
        Wording(
            "The plan goes from {first} back to {second}.",
            "Put the points in order of date, one for each day.",
        ),
        Wording("计划从 {first} 倒退到 {second}。", "按日期先后排列，每天只写一个阶段目标。"),
    ),
    "plan-outside": Message(
        Wording(
            "The point of {on} is not between the start {start} and the deadline {due}.",
            "Move it between the two.",
        ),
        Wording("阶段目标 {on} 不在开始日 {start} 与截止日期 {due} 之间。", "将其移到两者之间。"),
    ),
    "amendment-of-draft": Message(
        Wording(
            "The agreement is not signed, so there is nothing to amend.",
            "Change the original itself, or add `signed`.",
        ),
        Wording("协议尚未签署，无可修订。", "直接修改原文，或补上 `signed`。"),
    ),
    "amendment-empty": Message(
        Wording("The amendment changes nothing.", "Add a new `target`, a new `due`, or both."),
        Wording("该修订没有改动任何内容。", "补上新的 `target`、`due` 或两者。"),
    ),
    "amendment-order": Message(
        Wording("The amendment of {second} stands after that of {first}.", "Put the amendments in order of date."),
        Wording("{second} 的修订排在 {first} 之后。", "按日期先后排列修订。"),
    ),
    "amendment-before-signing": Message(
        Wording(
            "The amendment was agreed on {agreed}, before the signing on {on}.",
            "Mend the date; what came before the signing belongs in the original.",
        ),
        Wording("修订于 {agreed} 议定，早于签署日 {on}。", "更正日期；签署之前的改动应写入原文。"),
    ),
    "ip-mode-elsewhere": Message(
        Wording(
            "A clause of the type `{type}` has no `ip-mode`.",
            "Delete `ip-mode`, or make it a clause of the type `foreground-ip`.",
        ),
        Wording("`{type}` 类型的条款没有 `ip-mode`。", "删除 `ip-mode`，或将条款类型改为 `foreground-ip`。"),
    ),
    "notice-without-end": Message(
        Wording("The term has no end that the notice could come before.", "Add `until` under `term`."),
        Wording("有效期没有末日，通知期无从算起。", "在 `term` 下补上 `until`。"),
        Severity.WARNING,
    ),
    "renews-itself": Message(
        Wording("`{key}` cannot renew itself.", "Name the agreement that came before, or delete `renews`."),
        Wording("`{key}` 不能续签自身。", "写明此前的协议，或删除 `renews`。"),
    ),
    "terminated-draft": Message(
        Wording(
            "The agreement is not signed, so there is nothing to terminate.",
            "Delete `terminated`, or add `signed`.",
        ),
        Wording("协议尚未签署，无可终止。", "删除 `terminated`，或补上 `signed`。"),
    ),
    "terminated-before-signing": Message(
        Wording("It was terminated on {on}, before the signing on {signed}.", "Mend one of the two dates."),
        Wording("终止日 {on} 早于签署日 {signed}。", "更正其中一个日期。"),
    ),
    "terminated-after-end": Message(
        Wording(
            "The term ended on {until}, before the termination on {on}.",
            "Mend one of the two dates, or delete `terminated`.",
        ),
        Wording("有效期已于 {until} 结束，早于终止日 {on}。", "更正其中一个日期，或删除 `terminated`。"),
    ),
    "stated-too-late": Message(
        Wording(
            "`{source}` came out on {published} and cannot state {on}.",
            "Mend the date, or cite a later source.",
        ),
        Wording("`{source}` 发布于 {published}，不可能说明 {on} 的事。", "更正日期，或引用更晚的来源文件。"),
    ),
}
