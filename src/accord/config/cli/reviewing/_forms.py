"""The tables from which a review problem is read: their names and columns, in English and in Chinese."""

from typing import Final

from accord.kernel.sheets import Column, Name, number, text, whole, yes_no

ITEMS: Final = Name("items", "评审对象", ("item", "submissions", "applications", "项目"))
REVIEWERS: Final = Name("reviewers", "评审人", ("reviewer", "评审"))
AFFINITY: Final = Name("affinity", "契合度", ("affinities", "fits", "fit", "匹配度"))
DOCUMENTS: Final = Name("documents", "文献", ("document", "papers", "publications", "论文"))
CONFLICTS: Final = Name("conflicts", "利益冲突", ("conflict", "回避"))
FIXED: Final = Name("fixed", "已定安排", ("fixed pairs", "指定"))
NAMES: Final = (ITEMS, REVIEWERS, AFFINITY, DOCUMENTS, CONFLICTS, FIXED)

_ITEM: Final = Column(
    "item", ("item", "评审对象", "项目", "submission", "application", "id", "编号"), text, needed=True
)
_REVIEWER: Final = Column("reviewer", ("reviewer", "评审人", "评审", "id", "编号"), text, needed=True)
_TITLE: Final = Column("title", ("title", "标题", "题目"), text, empty="")
_ABSTRACT: Final = Column("abstract", ("abstract", "摘要", "text", "全文", "文本"), text, empty="")
_PAIR: Final = (
    Column("item", _ITEM.headings[:-2], text, needed=True),
    Column("reviewer", _REVIEWER.headings[:-2], text, needed=True),
)

COLUMNS: Final[dict[str, tuple[Column, ...]]] = {
    "items": (
        _ITEM,
        Column("demand", ("demand", "所需评审数", "reviews", "评审数"), whole(1)),
        Column("seniors", ("seniors", "所需资深评审", "资深评审数"), whole(0)),
        _TITLE,
        _ABSTRACT,
    ),
    "reviewers": (
        _REVIEWER,
        Column("least", ("min", "最少", "min load", "minimum", "至少"), whole(0), empty=0),
        Column("most", ("max", "最多", "max load", "maximum", "至多"), whole(0), needed=True),
        Column("senior", ("senior", "资深"), yes_no, empty=False),
        Column("institution", ("institution", "机构", "单位"), text),
    ),
    "affinity": (*_PAIR, Column("fit", ("fit", "契合度", "affinity", "score", "匹配度"), number, needed=True)),
    "documents": (_PAIR[1], _TITLE, _ABSTRACT),
    "conflicts": _PAIR,
    "fixed": _PAIR,
}
