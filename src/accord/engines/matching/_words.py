"""What applicants read about their choices, in both languages: short, kind and exact."""

from typing import Final

Texts = dict[str, tuple[str, str]]

LEAST_DIGITS: Final = 6
MOST_DIGITS: Final = 17
DRAW_DIGITS: Final = 4
DRAW_BITS: Final = 64
ORDINALS: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")

RANKED: Final = ("You ranked {programme} {ordinal}. ", "您的第{choice}志愿是“{programme}”。")

VERDICTS: Final[Texts] = {
    "placed-here": ("You have a place there.", "您已被安排在这里。"),
    "placed-here.decision": (
        "You have a place there: it was decided before this round.",
        "您已被安排在这里：这一安排在本轮之前就已确定。",
    ),
    "below-cutoff": (
        "{Taken}; you have {own}.",
        "{taken}，您的分数是{own}。",
    ),
    "below-cutoff.turn": (
        (
            "Places were given out in the order of people's best scores, and before your turn came, {taken}; your best "
            "score is {own}."
        ),
        "名额按各人的最高分依次分配。在轮到您之前，{taken}，您的最高分是{own}。",
    ),
    "cap-of": (
        "It belongs to {node}, and {taken}; you have {own}.",
        "该项目属于“{node}”，而{taken}，您的分数是{own}。",
    ),
    "cap-of.turn": (
        (
            "It belongs to {node}. Places were given out in the order of people's best scores, and before your turn "
            "came, {taken}; your best score is {own}."
        ),
        "该项目属于“{node}”。名额按各人的最高分依次分配，在轮到您之前，{taken}，您的最高分是{own}。",
    ),
    "lost-tie": (
        (
            "For the last place of {node}, you and others had the same score, {own}, so a draw decided. It took a draw "
            "of {cutoff_draw} or more; yours was {own_draw}."
        ),
        (
            "竞争{node}的最后一个名额时，您与其他申请人同为{own}分，因此由抽签决定。入选须抽到{cutoff_draw}"
            "或以上，您抽到的是{own_draw}。"
        ),
    ),
    "not-eligible": ("You do not meet its conditions.", "您不符合该项目的申请条件。"),
    "not-eligible.reason": (
        "You do not meet its conditions. The reason given: {reason}",
        "您不符合该项目的申请条件。给出的原因是：{reason}",
    ),
    "conflict": (
        "Because of a conflict of interest you cannot be placed there.",
        "由于存在利益冲突，您不能被安排到这里。",
    ),
    "conflict.reason": (
        "Because of a conflict of interest you cannot be placed there. The reason given: {reason}",
        "由于存在利益冲突，您不能被安排到这里。给出的原因是：{reason}",
    ),
    "not-reached": (
        "It was not needed: you have a place at {held}, which you ranked at least as high.",
        "这一志愿没有用到：您已被安排在“{held}”，它在您的志愿中不低于这一项。",
    ),
    "closed-below-minimum": (
        "{node} runs only with at least {needed}, and it had {had}. So it does not run this time.",
        "{node}至少需要{needed}人才能开设，当时只有{had}人，因此本次不开设。",
    ),
    "closed-below-minimum.limit": (
        (
            "It belongs to {node}, which runs only with at least {needed} people and had {had}. So it does not "
            "run this time."
        ),
        "该项目属于“{node}”，后者至少需要{needed}人才能开设，当时只有{had}人，因此本次不开设。",
    ),
    "seat-reserved": (
        "The other places of {node} are kept for {group}.",
        "{node}的其余名额是为{group}预留的。",
    ),
    "seat-reserved.cutoff": (
        (
            "The places of {node} that are open to everybody went to people with {cutoff} points or more; you "
            "have {own}. The other places are kept for {group}."
        ),
        "{node}面向所有人的名额都给了{cutoff}分及以上的申请人，您的分数是{own}；其余名额是为{group}预留的。",
    ),
    "fixed-by-decision": (
        "Your place at {held} was decided before this round, so this choice was not considered.",
        "您在“{held}”的安排在本轮之前就已确定，因此没有再考虑这一志愿。",
    ),
    "fixed-by-decision.other": (
        "A place of {node} had been given to somebody else by decision before this round.",
        "{node}的名额在本轮之前已经确定给了其他人。",
    ),
    "no-places": ("{node} had no open place in this round.", "{node}在本轮没有可供申请的名额。"),
    "better-use": (
        (
            "This way of placing people looks at the wishes of everybody together: with you in {programme}, fewer "
            "people would have a place or more would have a choice they like less, or a draw decided between outcomes "
            "that are equally good. It says nothing about your merit."
        ),
        (
            "这种方式统筹考虑所有人的志愿：如果把您安排到“{programme}”，得到名额的人会更少，或者更多人只能去自己不太想去的地方；"
            "如果几种安排同样好，则由抽签决定。这与您的水平无关。"
        ),
    ),
    "joint": (
        "Some people apply jointly and are placed together. Beside them no place was left for you in {programme}.",
        "有些申请人联合申请，须一并安排。在此情况下，“{programme}”没有剩余的名额可以给您。",
    ),
    "joint.couple": (
        (
            "You and {partner} apply jointly, so places are given to you in pairs. {programme} was not in the best "
            "pair that could be given to you both."
        ),
        "您与{partner}联合申请，名额成对安排。在能够同时给你们两位的最佳组合中，没有“{programme}”。",
    ),
    "joint.team": (
        "You apply as a team, so all of you need a place together. {node} could not take the whole team.",
        "您以团队申请，团队成员须一并安排。{node}无法容纳整个团队。",
    ),
    "out-of-order": (
        "By the published rule, this place should have been offered to you. Ask for the result to be checked.",
        "按照公布的规则，这个名额本应先给您。您可以要求复核结果。",
    ),
}

DECIDED: Final = (
    " {decided} more had been given by decision before this round.",
    "另有{decided}个名额在本轮之前已经确定。",
)

RESULTS: Final[Texts] = {
    "placed": (
        "You have a place at {placed}, your {ordinal} choice.",
        "您已被安排在“{placed}”，这是您的第{choice}志愿。",
    ),
    "decided": (
        "You have a place at {placed}. It was decided before this round.",
        "您已被安排在“{placed}”。这一安排在本轮之前就已确定。",
    ),
    "unplaced": (
        "You have no place in this round. This is what became of each of your choices.",
        "您在本轮没有获得名额。以下是您每个志愿的情况。",
    ),
    "no-choices": (
        "You gave no choices in this round, so there was nothing to place you in.",
        "您在本轮没有填报志愿，因此没有安排。",
    ),
}


def side_of(language: str) -> int:
    """Return which of two texts is in a language, ``en`` or else ``zh-hans``."""
    return 0 if language == "en" else 1


def ordinal(choice: int) -> str:
    """Return the place of a choice as an English word."""
    if 1 <= choice <= len(ORDINALS):
        return ORDINALS[choice - 1]
    endings = {1: "st", 2: "nd", 3: "rd"}
    teens = range(11, 14)
    return f"{choice}{'th' if choice % 100 in teens else endings.get(choice % 10, 'th')}"


def taken(places: int | None, where: str, cutoff: str, group: str, language: str) -> str:
    """Return to whom the places of a node went, as part of a sentence."""
    if language != "en":
        kept = f"{where}为“{group}”预留的" if group else f"{where}的"
        return f"{kept}唯一名额给了{cutoff}分的申请人" if places == 1 else _all_zh(kept, places, cutoff)
    whole = f"{where} kept for {group}" if group else where
    cutoff = f"{cutoff} point" if cutoff == "1" else f"{cutoff} points"
    if places == 1:
        return f"the only place of {whole} went to somebody with {cutoff}"
    count = f"all {places} places" if places else "all places"
    return f"{count} of {whole} went to people with {cutoff} or more"


def _all_zh(kept: str, places: int | None, cutoff: str) -> str:
    count = f"全部{places}个名额" if places else "全部名额"
    return f"{kept}{count}都给了{cutoff}分及以上的申请人"


def group_words(group: str, language: str) -> str:
    """Return the name of a group, or words for it where several are meant."""
    if group:
        return group if language == "en" else f"“{group}”"
    return "other groups" if language == "en" else "其他群体"


def scores_apart(own: float | None, cutoff: float | None) -> tuple[str, str]:
    """Return two scores with as few digits as tell them apart."""
    if own is None or cutoff is None:
        return ("" if own is None else f"{own:.6g}"), ("" if cutoff is None else f"{cutoff:.6g}")
    for digits in range(LEAST_DIGITS, MOST_DIGITS):
        shown = (f"{own:.{digits}g}", f"{cutoff:.{digits}g}")
        if own == cutoff or shown[0] != shown[1]:
            return shown
    return f"{own:.17g}", f"{cutoff:.17g}"


def draws_apart(own: int | None, cutoff: int | None) -> tuple[str, str]:
    """Return two draws as fractions of one, with as few digits as tell them apart."""
    if own is None or cutoff is None:
        return "", ""
    digits = DRAW_DIGITS
    while digits < MOST_DIGITS + LEAST_DIGITS and _fraction(own, digits) == _fraction(cutoff, digits):
        digits += 1
    return _fraction(own, digits), _fraction(cutoff, digits)


def _fraction(draw: int, digits: int) -> str:
    return f"0.{(draw * 10**digits) >> DRAW_BITS:0{digits}d}"
