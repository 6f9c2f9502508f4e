"""Every sentence of the engine, in English and in Simplified Chinese."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

SHOWN_IDS: Final = 5


class Wording(NamedTuple):
    """One sentence in both languages."""

    en: str
    zh: str


MESSAGES: Final[Mapping[str, Wording]] = {
    "empty": Wording("There is no {what}: name at least one.", "没有{what}：至少填写一个。"),
    "repeated-id": Wording("{ids} stands twice among the {what}: keep one.", "{ids}在{what}中重复：只保留一个。"),
    "unknown-id": Wording(
        "{ids} is named in {where}, but is not among the {what}: add it or correct the name.",
        "{where}中出现的{ids}不在{what}之列：补充或更正。",
    ),
    "shape": Wording(
        "The fits have the shape {found}; {expected} is needed.",
        "契合度的形状为{found}，应为{expected}。",
    ),
    "fit-not-a-number": Wording(
        "The fit of {ids} is {value}: write a number, or leave the pair out.",
        "{ids}的契合度为{value}：填写数字，或删去该配对。",
    ),
    "demand-too-low": Wording(
        "{ids} asks for {value} reviews: ask for at least 1.", "{ids}要求{value}份评审：至少为1。"
    ),
    "seniors-over-demand": Wording(
        "{ids} asks for {value} senior reviewers among {most} reviews: ask for 0 to {most}.",
        "{ids}要求{most}份评审中有{value}位资深评审：应在0到{most}之间。",
    ),
    "loads-crossed": Wording(
        "{ids} must take at least {least} and at most {most} reviews: the least is 0 or more and not above the most.",
        "{ids}至少承担{least}份、至多{most}份：下限不得为负，也不得高于上限。",
    ),
    "share-too-low": Wording(
        "At most {value} reviewers of one institution: allow at least 1, or leave the rule out.",
        "同一机构至多{value}位评审：至少为1，或取消该规则。",
    ),
    "fixed-conflict": Wording(
        "{ids} is both fixed and a conflict: withdraw one of the two.",
        "{ids}既被指定又存在利益冲突：撤销其一。",
    ),
    "fixed-over-load": Wording(
        "{ids} has {value} fixed reviews and may take {most}: raise the load or free some.",
        "{ids}被指定{value}份评审，上限为{most}：提高上限或减少指定。",
    ),
    "fixed-over-demand": Wording(
        "{ids} has {value} fixed reviewers and needs {most}: raise the demand or free some.",
        "{ids}被指定{value}位评审，只需{most}位：提高需求或减少指定。",
    ),
    "fixed-against-rule": Wording(
        "The fixed reviewers of {ids} break the rule on {rule}: free some of them or loosen the rule.",
        "{ids}的指定评审违反了{rule}规则：减少指定或放宽规则。",
    ),
    "goal": Wording("{why_en}", "{why_zh}"),
    "undecided": Wording(
        "After {solves} solves neither an assignment nor a proof that there is none was found: raise the limit or "
        "loosen the seniority, the institution share or the number of strong reviewers.",
        "求解{solves}次后仍未找到分配方案，也未能证明无解：提高求解次数，或放宽资深、机构份额、强契合人数的要求。",
    ),
    "seats": Wording(
        "{items} ({ids}) must get {needed} reviews, but only {reviewers} without conflict ({names}) may review them "
        "and can give {possible}: add reviewers, raise loads or lower the demand.",
        "{n}个项目（{ids}）需要{needed}份评审，但只有{m}位无利益冲突的评审（{names}）可选，最多能完成{possible}"
        "份：增加评审、提高承担上限或降低需求。",
    ),
    "rules": Wording(
        "{items} ({ids}) must get {needed} reviews, but only {possible} can be given under the rule on {rule}: "
        "{reviewers} ({names}) at most {seats}, all others at most {rest}. Add reviewers, raise loads or loosen the "
        "rule.",
        "{n}个项目（{ids}）需要{needed}份评审，但在{rule}规则下最多能完成{possible}份：{m}位评审（{names}）至多"
        "{seats}份，其他评审至多{rest}份。增加评审、提高承担上限或放宽规则。",
    ),
    "rules-alone": Wording(
        "{items} ({ids}) must get {needed} reviews, but only {possible} can be given under the rule on {rule}: "
        "add reviewers or loosen the rule.",
        "{n}个项目（{ids}）需要{needed}份评审，但在{rule}规则下最多能完成{possible}份：增加评审或放宽规则。",
    ),
    "minimum": Wording(
        "{reviewers} ({names}) must take at least {needed} reviews, but only {possible} are open to them: lower "
        "their minimum load, raise the demand or lift conflicts.",
        "{m}位评审（{names}）至少须承担{needed}份评审，但只有{possible}份可分给他们："
        "降低最低承担量、提高需求或解除冲突。",
    ),
    "decided": Wording(
        "{ids} has {needed} fixed reviewers ({names}) below the strong fit and room for {possible}: free some of them.",
        "{ids}有{needed}位指定评审（{names}）未达到强契合，只能容纳{possible}位：减少指定。",
    ),
    "search": Wording(
        "Each rule alone can be kept, but not all together: {solves} solves closed every case. Loosen the rule on "
        "{rule} for some items, first for {ids}.",
        "各项规则单独可行，但无法同时满足：{solves}次求解已排除所有情形。放宽部分项目的{rule}规则，首先考虑{ids}。",
    ),
    "assigned": Wording(
        "{reviewer} reviews it: fit {fit}, rank {rank} of {open} who may.",
        "{reviewer}参与评审：契合度{fit}，在{open}位可选评审中排第{rank}。",
    ),
    "assigned-fixed": Wording(
        "{reviewer} reviews it by decision: fit {fit}, rank {rank} of {open} who may.",
        "{reviewer}由决定指定：契合度{fit}，在{open}位可选评审中排第{rank}。",
    ),
    "conflict": Wording(
        "{reviewer} (fit {fit}) has a conflict of interest.", "{reviewer}（契合度{fit}）存在利益冲突。"
    ),
    "below-floor": Wording(
        "{reviewer} (fit {fit}) is below the least fit allowed.", "{reviewer}（契合度{fit}）低于最低契合度。"
    ),
    "fixed-by-decision": Wording(
        "{reviewer} (fit {fit}) would fit better, but every seat was fixed by decision.",
        "{reviewer}（契合度{fit}）更合适，但全部名额已由决定指定。",
    ),
    "institution-share": Wording(
        "{reviewer} (fit {fit}) belongs to an institution that has its share of this item already.",
        "{reviewer}（契合度{fit}）所属机构在此项目的名额已满。",
    ),
    "senior-seat": Wording(
        "{reviewer} (fit {fit}) is not senior, and the last open seat had to go to a senior.",
        "{reviewer}（契合度{fit}）不属于资深评审，而最后的名额须留给资深评审。",
    ),
    "full": Wording(
        "{reviewer} (fit {fit}) is at the maximum load; the seat was worth {price} elsewhere.",
        "{reviewer}（契合度{fit}）已达承担上限；该名额用于他处价值{price}。",
    ),
    "chance": Wording(
        "{reviewer} (fit {fit}) had a chance of {chance} for this item, and the draw fell otherwise.",
        "{reviewer}（契合度{fit}）被分到此项目的概率为{chance}，抽签结果为他人。",
    ),
    "minimum-load": Wording(
        "{reviewer} (fit {fit}) would fit better, but somebody who had to reach a minimum load took the seat.",
        "{reviewer}（契合度{fit}）更合适，但名额用于满足他人的最低承担量。",
    ),
    "elsewhere": Wording(
        "{reviewer} (fit {fit}) would fit better here, but a swap would cost more elsewhere.",
        "{reviewer}（契合度{fit}）在此更合适，但调换会在他处损失更多。",
    ),
}

TERMS: Final[Mapping[str, Wording]] = {
    "items": Wording("items", "项目"),
    "reviewers": Wording("reviewers", "评审"),
    "item": Wording("item", "项目"),
    "reviewer": Wording("reviewer", "评审"),
    "conflicts": Wording("the conflicts", "利益冲突"),
    "fixed": Wording("the fixed pairs", "指定配对"),
    "fits": Wording("the fits", "契合度"),
    "seniors": Wording("senior reviewers", "资深评审"),
    "share": Wording("the share of one institution", "机构份额"),
    "strong": Wording("strong reviewers", "强契合评审"),
    "chance": Wording("the highest chance of a pair", "配对概率上限"),
}


TERM_FIGURES: Final = frozenset({"what", "where", "rule"})


def sentence(code: str, ids: Sequence[str], figures: Mapping[str, str | float], language: str) -> str:
    """Return one sentence in ``en`` or ``zh-hans``; figures that are terms of the table are translated."""
    chinese = language != "en"
    said = {name: _said(name, value, chinese=chinese) for name, value in figures.items()}
    return MESSAGES[code][chinese].format(ids=listed(ids, language), **said)


def listed(ids: Sequence[str], language: str) -> str:
    """Return the first few ids, and a sign where there are more."""
    mark = ", " if language == "en" else "、"
    return mark.join(ids[:SHOWN_IDS]) + (" …" if len(ids) > SHOWN_IDS else "")


def _said(name: str, value: str | float, *, chinese: bool) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    if name not in TERM_FIGURES:
        return str(value)
    parts = [TERMS[part][chinese] for part in str(value).split("+") if part]
    return ("、" if chinese else " and ").join(parts)
