"""What `accord assign` says, in English and in Simplified Chinese."""

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "item": ("item", "评审对象"),
    "reviewer": ("reviewer", "评审人"),
    "fit": ("fit", "契合度"),
    "chance": ("chance", "概率"),
    "note": ("note", "说明"),
    "fixed": ("by decision", "已定安排"),
    "summary": (
        "{items} items with {reviews} reviews by {reviewers} reviewers, who take {least} to {most} each.",
        "{items}个评审对象，共{reviews}份评审，由{reviewers}位评审人承担，每人{least}至{most}份。",
    ),
    "total": (
        "Sum of fits: {total}. The weakest item is {item} with {fit}.",
        "契合度总和：{total}。最弱的是{item}，为{fit}。",
    ),
    "expected": (
        "Expected sum of fits: {expected}; no pair is likelier than {highest}, unless fixed.",
        "契合度总和的期望值：{expected}；除已定安排外，任何配对的概率不超过{highest}。",
    ),
    "strong": (
        "Every item has at least {count} reviewers with a fit of {threshold} or more, or all it needs.",
        "每个评审对象至少有{count}位契合度不低于{threshold}的评审人（所需不足此数的为全部）。",
    ),
    "strong-limit": (
        "{threshold}, the next higher fit, cannot be had for all.",
        "下一档契合度{threshold}无法让所有对象都达到。",
    ),
    "strong-open": (
        "Whether {threshold} could be had for all was not settled by the search.",
        "搜索未能判定下一档{threshold}能否让所有对象都达到。",
    ),
    "certificate": ("Certificate", "证明"),
    "rules-kept": (
        "Every rule is kept and the proof holds, counted and added up again apart from the solver.",
        "各项规则均已满足，证明成立；已独立于求解器重新核算。",
    ),
    "best": (
        "Best possible: no assignment that keeps the rules sums up to more than {at_most}. Prices prove it.",
        "已达最优：任何满足规则的方案，契合度总和都不超过{at_most}。依据为价格证明。",
    ),
    "best-by-search": (
        "Best possible: a search that closed every case found none above {at_most}. Prices alone prove {by_prices}.",
        "已达最优：穷尽搜索未找到高于{at_most}的方案；仅凭价格可证明的上界为{by_prices}。",
    ),
    "bounded": (
        "Not proven to be the best: no assignment sums up to more than {at_most}, which is {gap} above this one.",
        "未证明为最优：任何方案的契合度总和不超过{at_most}，比本方案高{gap}。",
    ),
    "problem": ("Problem  {digest}", "数据摘要  {digest}"),
    "seed": ("Seed     {seed}", "种子      {seed}"),
    "seed-own": (
        "Seed     {seed} (the problem's own digest: nobody chose it)",
        "种子      {seed}（即数据摘要，无人挑选）",
    ),
    "engine": ("Engine   {engine}", "引擎      {engine}"),
    "silent-items": (
        "No words to compare for the items {names}: their fits are 0, which says nothing about anybody.",
        "评审对象{names}没有可比较的文字：契合度为0，不代表任何人不合适。",
    ),
    "silent-reviewers": (
        "No words to compare for the reviewers {names}: their fits are 0, which says nothing about them.",
        "评审人{names}没有可比较的文字：契合度为0，不代表其不合适。",
    ),
    "shared": ("Words shared by {item} and {reviewer}: {terms}.", "{item}与{reviewer}的共同用词：{terms}。"),
    "unknown-item": ("There is no item {item} in the file.{hint}", "文件中没有评审对象{item}。{hint}"),
    "hint": (" Did you mean {near}?", "是否指{near}？"),
    "sound": (
        "Sound: {result} comes from {file}, keeps every rule, is proven, and repeats: the same {pairs} pairs.",
        "核验通过：{result}确由{file}得出，各项规则均已满足，证明成立，重复运行得到相同的{pairs}个配对。",
    ),
    "not-sound": ("Not sound: {n} points are off.", "核验未通过：发现{n}处问题。"),
    "unreadable-result": (
        "{file} is no result of accord assign: {detail}. Give the file that -o wrote, unchanged.",
        "{file}不是accord assign的结果文件：{detail}。提供由-o写出的原文件。",
    ),
    "wrote": ("Wrote {file}.", "已写入{file}。"),
    "repeat-missing": (
        "Repeating it assigns {reviewer} to {item}; the result does not.",
        "重复运行时{reviewer}评审{item}，而结果中没有。",
    ),
    "repeat-extra": (
        "The result assigns {reviewer} to {item}; repeating it does not.",
        "结果中{reviewer}评审{item}，而重复运行时没有。",
    ),
    "repeat-part": (
        "Repeating it gives something else than the result states of: {part}.",
        "重复运行所得与结果不符之处：{part}。",
    ),
    "strength": ("strong reviewers", "强匹配评审人"),
    "chances": ("the chances of pairs", "各配对的概率"),
    "highest": ("the highest chance", "概率上限"),
    "denominator": ("the parts of a chance", "概率的分母"),
    "repeat-refused": ("Repeating it is refused: {words}", "重复运行被拒绝：{words}"),
    "other-engine": (
        "The result was made by {engine}, and this is {here}: it cannot be repeated here, only checked.",
        "结果由{engine}得出，而当前为{here}：在此只能核验，不能重复。",
    ),
}

BREACHES: Final[dict[str, tuple[str, str]]] = {
    "other-problem": ("The file is not the one the result was made from.", "文件与得出结果所用的数据不同。"),
    "unknown-id": ("Names that are not in the file: {ids}.", "文件中没有的名称：{ids}。"),
    "repeated-pair": ("A pair stands twice: {ids}.", "配对重复：{ids}。"),
    "conflict": ("A pair in spite of a conflict of interest: {ids}.", "存在利益冲突的配对：{ids}。"),
    "fixed": ("A fixed pair is missing: {ids}.", "缺少已定安排的配对：{ids}。"),
    "demand": ("Too few or too many reviews: {ids}.", "评审份数不符：{ids}。"),
    "load": ("A load outside its limits: {ids}.", "评审数量超出范围：{ids}。"),
    "seniors": ("Too few senior reviewers: {ids}.", "资深评审不足：{ids}。"),
    "share": ("Too many reviewers of one institution: {ids}.", "同一机构评审人过多：{ids}。"),
    "floor": ("A fit below the least allowed: {ids}.", "契合度低于下限：{ids}。"),
    "fit": ("A fit that is not the file's: {ids}.", "契合度与文件不符：{ids}。"),
    "loads": ("The stated loads are not those of the pairs.", "所列评审数量与配对不符。"),
    "item-fits": ("The stated sums of fits are not those of the pairs.", "所列契合度之和与配对不符。"),
    "total": ("The stated total is not that of the pairs.", "所列总和与配对不符。"),
    "strength": ("It is not stated how many strong reviewers every item has.", "未说明每个对象有几位强匹配评审人。"),
    "strong": ("Too few strong reviewers: {ids}.", "强匹配评审人不足：{ids}。"),
    "ceiling": ("It is not proven that no higher fit could be had for all.", "“更高一档无法全部达到”的证明不成立。"),
    "prices": ("The prices of the proof are not those of this problem.", "证明中的价格与数据不符。"),
    "rule-price": ("The proof prices a rule that does not hold: {ids}.", "证明为不存在的规则定价：{ids}。"),
    "bound": ("The prices prove less than is stated.", "价格所能证明的少于所称。"),
    "at-most": ("The stated upper bound does not follow from the proof.", "所称上界无法由证明得出。"),
    "gap": ("The stated gap is not that of total and bound.", "所列差距与总和及上界不符。"),
    "chance-limit": ("A chance above the limit: {ids}.", "概率超过上限：{ids}。"),
    "chance-pairs": ("Chances of pairs that may not be: {ids}.", "不允许的配对出现概率：{ids}。"),
    "expected": ("The stated expected sum is not that of the chances.", "所列期望值与概率不符。"),
    "chance": ("A pair whose chance is stated wrongly: {ids}.", "概率不符的配对：{ids}。"),
    "other": ("Something else is off ({what}): {ids}.", "其他问题（{what}）：{ids}。"),
    "draw": ("A pair was drawn that has no chance: {ids}.", "抽出了概率为零的配对：{ids}。"),
}
