"""What each refusal says, in two languages."""

_WORDS: dict[str, tuple[str, str]] = {
    "repeated-key": (
        "{keys} stands there twice. Give every unit, team and class a key of its own.",
        "{keys}出现了两次。每个空间、团队和类别都要有自己的编号。",
    ),
    "area-not-positive": (
        "The area of {keys} is not above zero. State it in square metres.",
        "{keys}的面积不大于零。面积以平方米填写。",
    ),
    "negative-price": (
        "The price of {keys} is below zero. State the price of a month, 0 for none.",
        "{keys}的价格小于零。填写每月价格，免费填0。",
    ),
    "figure-too-fine": (
        "A figure of {keys} is not a number with two decimal places at most. Round it.",
        "{keys}的一个数值不是最多两位小数的数。把它四舍五入。",
    ),
    "least-over-wanted": (
        "{keys} needs more area at least than it wants. Lower the least or raise what is wanted.",
        "{keys}的最小面积大于期望面积。调低最小面积或调高期望面积。",
    ),
    "two-buildings": (
        "The floor {keys} lies in two buildings. Give every floor a key of its own.",
        "楼层{keys}属于两座楼。每个楼层都要有自己的编号。",
    ),
    "position-taken": (
        "{keys} stand at the same position of a floor. Number the units along the floor.",
        "{keys}在同一楼层的位置相同。沿楼层为空间依次编号。",
    ),
    "unknown-unit": (
        "There is no unit {keys}. Correct the key or add the unit.",
        "没有空间{keys}。更正编号或添加该空间。",
    ),
    "unknown-team": (
        "There is no team {keys}. Correct the key or add the team.",
        "没有团队{keys}。更正编号或添加该团队。",
    ),
    "unknown-floor": (
        "The floor {keys} has no unit. Correct the wish or add its units.",
        "楼层{keys}没有空间。更正期望或添加其空间。",
    ),
    "unknown-building": (
        "The building {keys} has no unit. Correct the wish or add its units.",
        "楼宇{keys}没有空间。更正期望或添加其空间。",
    ),
    "unknown-class": (
        "The policy does not order the class of {keys}. Add it to the classes.",
        "政策没有为{keys}的类别排序。把它加入类别。",
    ),
    "own-neighbour": (
        "{keys} wishes itself as neighbour. Name another team.",
        "{keys}希望与自己相邻。改选其他团队。",
    ),
    "held-twice": (
        "{keys} is held by two teams. End one of them or change the decision.",
        "{keys}被两个团队占用。结束其中之一或更改决定。",
    ),
    "not-on-offer": (
        "{keys} is not available and cannot be fixed. Choose another unit or make it available.",
        "{keys}不可分配，不能指定。另选空间或将其设为可用。",
    ),
    "policy": (
        "The policy cannot be used: {keys}. Order one class at least, and let no figure be below zero.",
        "政策无法使用：{keys}。至少排列一个类别，数值不得小于零。",
    ),
    "solver-missing": (
        "The search needs the package ortools. Install the extra named solvers or choose the plain rule.",
        "搜索需要软件包ortools。安装附加组件solvers或选择普通规则。",
    ),
}


def sentence(code: str, keys: tuple[str, ...], language: str) -> str:
    """Will say a refusal in ``en`` or ``zh-hans``."""
    english, chinese = _WORDS[code]
    return chinese.format(keys="、".join(keys)) if language == "zh-hans" else english.format(keys=", ".join(keys))
