"""What a fault, a refusal and a difference say, in both languages: what is wrong, where, and how to mend it."""

from collections.abc import Mapping
from typing import Final

from accord.engines.workflow._words import LANGUAGES, Words

_FAULTS: Final = {
    "wrong-kind": (
        "Here stands {found}, where {expected} belongs. Write {expected}.",
        "此处是{found}，应为{expected}。改写为{expected}。",
    ),
    "missing-key": ("The key `{key}` is missing here. Add it.", "此处缺少键`{key}`。补上它。"),
    "extra-key": ("The key `{key}` does not exist here. {advice}", "此处没有键`{key}`。{advice}"),
    "key-form": (
        "`{key}` is no key. Use small letters, digits and single hyphens, {most} characters at most: `under-review`.",
        "`{key}`不能作为键。使用小写字母、数字和单个连字符，最多{most}个字符，例如`under-review`。",
    ),
    "duplicate-key": (
        "The key `{key}` was given at {first} already. Choose another one.",
        "键`{key}`已在{first}使用。换一个键。",
    ),
    "empty-list": ("The list is empty. Name at least one.", "列表是空的。至少填写一项。"),
    "repeated": ("`{key}` stands in this list twice. Delete one of the two.", "`{key}`在此列表中重复。删除其中一个。"),
    "too-many": (
        "The list has {found} entries; {most} are allowed. Split the workflow or delete some.",
        "列表有{found}项，最多允许{most}项。拆分流程或删除一些。",
    ),
    "missing-language": (
        "The text in {language} is missing. Write it; everybody reads one of the two languages.",
        "缺少{language}文本。补上它；读者各用两种语言之一。",
    ),
    "text-too-long": (
        "The text has {found} characters; {most} are allowed. Shorten it.",
        "文本有{found}个字符，最多允许{most}个。缩短文本。",
    ),
    "odd-character": (
        "The text holds a character that cannot be shown (number {place}). Delete it.",
        "文本中第{place}个字符无法显示。删除它。",
    ),
    "unknown-phase": ("There is no phase `{key}`. {advice}", "没有环节`{key}`。{advice}"),
    "unknown-stage": ("There is no stage `{key}`. {advice}", "没有阶段`{key}`。{advice}"),
    "unknown-actor": ("There is nobody called `{key}` who could act. {advice}", "没有名为`{key}`的操作人。{advice}"),
    "unknown-need": ("There is no condition `{key}`. {advice}", "没有条件`{key}`。{advice}"),
    "unknown-ask": ("There is nothing called `{key}` to ask for. {advice}", "没有可填写的内容`{key}`。{advice}"),
    "start-ends": (
        "The workflow starts at `{key}`, which is an end. Start at another stage, or delete `ends` there.",
        "流程从`{key}`开始，而它是终点。从另一阶段开始，或删除那里的`ends`。",
    ),
    "no-end": (
        "No stage is an end. Write `ends: true` where an application is over.",
        "没有任何阶段是终点。在申请结束的阶段写上`ends: true`。",
    ),
    "unreachable": (
        "No way leads from the start to the stage `{key}`. Add a step to it, or delete the stage.",
        "从起点没有路径到达阶段`{key}`。增加通往它的步骤，或删除该阶段。",
    ),
    "dead-end": (
        "No step leads out of the stage `{key}`, and it is no end. Add a step, or write `ends: true`.",
        "没有步骤离开阶段`{key}`，而它不是终点。增加一个步骤，或写上`ends: true`。",
    ),
    "no-end-ahead": (
        "From the stage `{key}` the steps lead round and round and never to an end. Add a step that leads out.",
        "从阶段`{key}`出发的步骤循环往复，到不了终点。增加一个通向外面的步骤。",
    ),
    "end-with-steps": (
        "The step leaves `{key}`, which is an end. Delete it from the list, or delete `ends` there.",
        "该步骤离开`{key}`，而它是终点。从列表中删除它，或删除那里的`ends`。",
    ),
    "goes-nowhere": (
        "The step leads from `{key}` back to itself and asks for nothing. Let it lead on, or say what it `asks`.",
        "该步骤从`{key}`回到自身，又不要求填写任何内容。改变去向，或用`asks`写明要求填写什么。",
    ),
    "same-name": (
        "From the stage `{key}` a step called “{name}” leads already ({first}). Give one of the two another name.",
        "阶段`{key}`已有名为“{name}”的步骤（{first}）。给其中一个改名。",
    ),
}
_REFUSALS: Final = {
    "unknown-step": (
        "There is no step `{step}` in this workflow. Choose one that is offered.",
        "此流程中没有步骤`{step}`。选择页面所列的步骤。",
    ),
    "not-from-here": (
        "“{step}” is not possible at the stage “{stage}”. Choose a step that leads on from there.",
        "“{stage}”阶段不能“{step}”。选择该阶段可用的步骤。",
    ),
    "not-yours": (
        "“{step}” is not yours to take; it is up to: {who}. Ask them.",
        "“{step}”不由您操作，应由以下一方操作：{who}。与其联系。",
    ),
    "needs-missing": (
        "“{step}” is not possible yet. What is missing: {missing}.",
        "暂时不能“{step}”。还缺少：{missing}。",
    ),
    "unknown-stage": (
        "There is no stage `{stage}` in this workflow. Move what stands there to a stage that exists.",
        "此流程中没有阶段`{stage}`。把停在该处的申请移到现有阶段。",
    ),
}
_DIFFERENCES: Final = {
    ("start", "changed"): ("Starts at {after} instead of {before}.", "起点由{before}改为{after}。"),
    ("stages", "moved"): ("The stages stand in another order.", "阶段的顺序已改变。"),
    ("steps", "moved"): ("The steps stand in another order.", "步骤的顺序已改变。"),
    ("stage", "added"): ("The stage “{name}” is new.", "新增阶段“{name}”。"),
    ("stage", "removed"): ("The stage “{name}” is gone.", "已删除阶段“{name}”。"),
    ("stage", "changed"): ("Stage “{name}”: {field}: {before} → {after}.", "阶段“{name}”：{field}：{before}→{after}。"),
    ("step", "added"): ("The step “{name}” is new.", "新增步骤“{name}”。"),
    ("step", "removed"): ("The step “{name}” is gone.", "已删除步骤“{name}”。"),
    ("step", "changed"): ("Step “{name}”: {field}: {before} → {after}.", "步骤“{name}”：{field}：{before}→{after}。"),
}
_TERMS: Final = {
    "nothing": Words("nothing", "空"),
    "a text": Words("a text", "文本"),
    "a number": Words("a number", "数字"),
    "yes or no": Words("true or false", "true或false"),
    "a list": Words("a list", "列表"),
    "a mapping": Words("a mapping of keys", "键值映射"),
    "two languages": Words("a text in both languages, {en: …, zh-hans: …}", "双语文本{en: …, zh-hans: …}"),
    "something else": Words("something else", "其他内容"),
    "en": Words("English", "英文"),
    "zh-hans": Words("Chinese", "中文"),
}
_NEAR: Final = Words("Did you mean `{near}`?", "是否想写`{near}`？")
_KNOWN: Final = Words("There are: {known}.", "可用的有：{known}。")
_NONE: Final = Words("none", "无")
_COMMA: Final = Words(", ", "、")
_MOST_SHOWN: Final = 12

FAULT_CODES: Final = tuple(_FAULTS)
REFUSAL_CODES: Final = tuple(_REFUSALS)


def fault_words(code: str, params: Mapping[str, object]) -> Words:
    """Will say what is wrong with a definition, and how to mend it."""
    english, chinese = _FAULTS[code]
    return Words(english.format(**_spoken(params, "en")), chinese.format(**_spoken(params, "zh-hans")))


def refusal_words(code: str, params: Mapping[str, object], language: str) -> str:
    """Will say in one language why a step is not taken."""
    english, chinese = _REFUSALS[code]
    return (chinese if language == "zh-hans" else english).format(**_spoken(params, language))


def difference_words(what: str, kind: str, params: Mapping[str, object]) -> Words:
    """Will say what another version changes."""
    english, chinese = _DIFFERENCES[what, kind]
    return Words(english.format(**_spoken(params, "en")), chinese.format(**_spoken(params, "zh-hans")))


def advice(near: str, known: tuple[str, ...]) -> Words:
    """Will suggest the word that was probably meant, or list those that there are."""
    if near:
        return Words(_NEAR.en.format(near=near), _NEAR.zh_hans.format(near=near))
    shown = tuple(f"`{one}`" for one in known[:_MOST_SHOWN]) + ("…",) * (len(known) > _MOST_SHOWN)
    return Words(*(_KNOWN[language].format(known=_said(shown, language)) for language in LANGUAGES))


def term(key: str) -> Words:
    """Will name a kind of value or a language in both languages."""
    return _TERMS[key]


def _spoken(params: Mapping[str, object], language: str) -> dict[str, str]:
    return {name: _said(value, language) for name, value in params.items()}


def _said(value: object, language: str) -> str:
    if isinstance(value, Words):
        return value[language]
    if isinstance(value, tuple):
        return _COMMA[language].join(_said(one, language) for one in value) or _NONE[language]
    return str(value)
