"""The tables from which a market is read: their names and columns, in English and in Chinese."""

from typing import Final

from accord.kernel.sheets import Column, Name, bar, number, places, text, whole, yes_no

CHOICES: Final = Name("choices", "志愿", ("choice", "preferences", "志愿表"))
PROGRAMMES: Final = Name("programmes", "项目", ("programme", "programs", "program", "项目表"))
LIMITS: Final = Name("limits", "上限", ("limit", "限额"))
PEOPLE: Final = Name("people", "申请人", ("person", "applicants", "人员"))
RESERVES: Final = Name("reserves", "预留名额", ("reserve", "预留"))
JOINT: Final = Name("joint", "联合申请", ("couples", "joint applications"))
NAMES: Final = (CHOICES, PROGRAMMES, LIMITS, PEOPLE, RESERVES, JOINT)

_APPLICANT: Final = ("applicant", "申请人", "applicant id", "申请人编号", "id", "编号")
_PROGRAMME: Final = ("programme", "项目", "program", "programme id", "项目编号", "id", "编号")
_MINIMUM: Final = Column("minimum", ("minimum", "最低人数", "at least", "min"), whole(0), empty=0)
_UNDER: Final = Column("under", ("under", "上级", "belongs to", "所属"), text)

COLUMNS: Final[dict[str, tuple[Column, ...]]] = {
    "choices": (
        Column("applicant", _APPLICANT, text, needed=True),
        Column("programme", _PROGRAMME[:-2], text, needed=True),
        Column("rank", ("rank", "志愿次序", "choice", "志愿", "次序", "preference"), whole(1), needed=True),
        Column("score", ("score", "分数", "得分", "成绩", "points"), number),
        Column("bar", ("bar", "限制", "barred"), bar, empty="none"),
        Column("reason", ("reason", "原因", "why"), text, empty=""),
        Column("fixed", ("fixed", "已定安排", "已确定", "固定"), yes_no, empty=False),
    ),
    "programmes": (
        Column("programme", _PROGRAMME, text, needed=True),
        Column("places", ("places", "名额", "capacity", "seats", "at most"), places, needed=True),
        _MINIMUM,
        _UNDER,
    ),
    "limits": (
        Column("limit", ("limit", "上限名称", "name", "名称", "id", "编号"), text, needed=True),
        Column("places", ("at most", "上限", "places", "名额", "maximum"), places, needed=True),
        _MINIMUM,
        _UNDER,
    ),
    "people": (
        Column("applicant", _APPLICANT, text, needed=True),
        Column("size", ("size", "人数", "people"), whole(1), empty=1),
        Column("group", ("group", "群体", "类别"), text, empty=""),
    ),
    "reserves": (
        Column("programme", _PROGRAMME, text, needed=True),
        Column("group", ("group", "群体", "类别"), text, needed=True),
        Column("seats", ("seats", "预留名额", "places", "名额"), whole(0), needed=True),
        Column("opens_up", ("opens up", "余额开放", "opens"), yes_no, empty=True),
    ),
    "joint": (
        Column("first", ("first", "申请人一", "applicant 1", "first applicant"), text, needed=True),
        Column("second", ("second", "申请人二", "applicant 2", "second applicant"), text, needed=True),
        Column("rank", ("rank", "志愿次序", "choice", "志愿", "次序"), whole(1), needed=True),
        Column("first_programme", ("first programme", "项目一", "programme 1", "first program"), text),
        Column("second_programme", ("second programme", "项目二", "programme 2", "second program"), text),
    ),
}
