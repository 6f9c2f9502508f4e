"""What every error of a market says, in both languages: what is wrong, and how to mend it."""

from typing import Final

MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "no-applicant": ("There is no applicant. Give at least one.", "没有申请人。至少提供一名申请人。"),
    "no-programme": ("There is no programme. Open at least one.", "没有项目。至少开放一个项目。"),
    "unreadable-file": ("Line {first}: {detail}", "第{first}行：{detail}"),
    "line-early-end": (
        "Line {first}: the file ends here before it is complete. Add what is missing.",
        "第{first}行：文件在此结束，内容不完整。补全文件。",
    ),
    "line-out-of-place": (
        "Line {first}: {detail} does not belong there in this format. Correct it.",
        "第{first}行：{detail}不符合该格式。更正该处。",
    ),
    "line-repeats": (
        "Line {first}: {detail} was listed before. Keep one of the two.",
        "第{first}行：{detail}已在前面列出。只保留一处。",
    ),
    "line-unlisted": (
        "Line {first}: {detail} is not among the alternatives that the head of the file names. Add or correct it.",
        "第{first}行：{detail}不在文件开头列出的选项中。添加或更正该项。",
    ),
    "line-other-count": (
        "Line {first} announces {detail}, which is not what follows. Complete the file or correct the number.",
        "第{first}行声明的数目为{detail}，与后文不符。补全文件或更正数目。",
    ),
    "too-many-choices": (
        "Line {first}: up to here there are {detail} choices, more than can be read from such a file. Split it.",
        "第{first}行：至此已有{detail}个志愿，超过可读取的数量。拆分文件。",
    ),
    "unknown-format": (
        "The file is in no format that is known here. See the documentation for those that can be read.",
        "无法识别文件格式。支持的格式见文档。",
    ),
    "bad-field": (
        "The field {first} is missing or of the wrong kind. Correct it.",
        "字段{first}缺失或类型不正确。更正该字段。",
    ),
    "duplicate-id": (
        "The id {first} stands for two {detail}. Give each an id of its own.",
        "编号{first}重复（{detail}）。为每一项使用不同的编号。",
    ),
    "duplicate-choice": (
        "Applicant {first} chose {last} twice. Keep one of the two.",
        "申请人{first}两次选择了{last}。只保留一次。",
    ),
    "unknown-programme": (
        "{first} names the programme {last}, which is not in the list of programmes. Add it or correct the name.",
        "{first}提到的项目{last}不在项目列表中。添加该项目或更正名称。",
    ),
    "unknown-applicant": (
        "{first} names the applicant {last}, who is not in the list of applicants. Add them or correct the name.",
        "{first}提到的申请人{last}不在申请人列表中。添加该申请人或更正名称。",
    ),
    "bad-score": (
        "The score of {first} at {last} is {detail}. Give a finite number.",
        "{first}在{last}的分数为{detail}。填写有限的数值。",
    ),
    "bad-number": (
        "{first}: {detail}. Give a whole number, 0 or more.",
        "{first}：{detail}。填写不小于0的整数。",
    ),
    "bad-rank": (
        "{first} gives {last} the rank {detail}. Ranks are whole numbers from 1, the best, upwards.",
        "{first}给{last}的志愿次序为{detail}。次序应为从1（最优先）起的整数。",
    ),
    "bad-size": (
        "The team {first} has {detail} people. A team has at least 1.",
        "团队{first}的人数为{detail}。团队至少须有1人。",
    ),
    "unknown-parent": (
        "{first} lies under {last}, which is no limit of this market. Add it or correct the name.",
        "{first}的上级{last}不是本次匹配的上限节点。添加该节点或更正名称。",
    ),
    "bad-cap-tree": (
        "These limits lie under one another in a circle: {ids}. Take one of them out of the circle.",
        "这些上限互为上级，形成循环：{ids}。解除其中一项的上级关系。",
    ),
    "under-programme": (
        "{first} lies under the programme {last}. Only limits may have something under them.",
        "{first}位于项目{last}之下。只有上限节点才能包含下级。",
    ),
    "floor-above-cap": (
        "{first} runs only with at least {detail}, more than {last} lets in. Lower the minimum or raise the maximum.",
        "{first}的最低人数为{detail}，超过了{last}的上限。降低最低人数或提高上限。",
    ),
    "floors-above-cap": (
        "The minimums under {first} add up to {detail}, more than it lets in: {ids}. Lower one or raise the limit.",
        "{first}之下各项的最低人数合计{detail}，超过其上限：{ids}。降低最低人数或提高上限。",
    ),
    "fixed-over-capacity": (
        "{detail} people are fixed under {first}, more than it takes: {ids}. Release some or raise the limit.",
        "{first}之下已确定{detail}人，超过其上限：{ids}。取消部分安排或提高上限。",
    ),
    "clashing-fixed": (
        "{first} is fixed in more than one programme: {ids}. Keep one.",
        "{first}被确定在多个项目中：{ids}。只保留一个。",
    ),
    "fixed-and-barred": (
        "{first} is fixed in {last} and barred from it. Take one of the two back.",
        "{first}既被确定在{last}，又被禁止进入。撤销其中一项。",
    ),
    "bad-reserve": (
        "{first} reserves {detail} seats, more than it has. Reserve fewer or open more seats.",
        "{first}预留了{detail}个名额，超过其名额总数。减少预留或增加名额。",
    ),
    "duplicate-reserve": (
        "{first} reserves seats for {last} twice. Add the two up.",
        "{first}为{last}重复预留名额。合并为一项。",
    ),
    "unknown-group": (
        "{first} reserves seats for the group {last}, to which nobody belongs. Correct the name or the groups.",
        "{first}为群体{last}预留名额，但没有申请人属于该群体。更正群体名称或申请人的群体。",
    ),
    "bad-couple": (
        "{ids} cannot apply jointly: a joint application names two different applicants, each in one only.",
        "{ids}不能联合申请：联合申请须为两名不同的申请人，且每人只能参加一次。",
    ),
    "couple-without-choices": (
        "{ids} apply jointly without a pair of choices. Give at least one.",
        "{ids}的联合申请没有任何志愿组合。至少提供一组。",
    ),
    "spread-with-couples": (
        "A fair spread knows no joint applications, and {ids} apply jointly. Use joint-applications.",
        "“均衡分配”不支持联合申请，而{ids}为联合申请。改用“联合申请”方式。",
    ),
    "spread-with-teams": (
        "A fair spread places people one by one, and {ids} are teams. Use joint-applications.",
        "“均衡分配”逐人安排，而{ids}为团队。改用“联合申请”方式。",
    ),
    "minimum-unreachable": (
        "{ids}: {detail} more needed in all, and at most {possible} can be placed there. Lower one, or let some close.",
        "{ids}的最低人数还需{detail}人，但最多只能安排{possible}人。降低最低人数，或允许部分停办。",
    ),
    "couples-need-joint": (
        "{ids} apply jointly, which {detail} cannot honour. Use joint-applications.",
        "{ids}为联合申请，{detail}方式无法处理。改用“联合申请”方式。",
    ),
    "teams-need-joint": (
        "{ids} are teams, which {detail} cannot place. Use joint-applications, or list the people one by one.",
        "{ids}为团队，{detail}方式无法安排。改用“联合申请”方式，或逐人列出。",
    ),
    "exact-needs-fill-most": (
        "An exact search is for fill-most only, not for {detail}. Leave exact out, or choose fill-most.",
        "精确求解仅适用于“尽量填满名额”（fill-most），不适用于{detail}。不要求精确求解，或改用该方式。",
    ),
    "must-run-needs-spread": (
        "With {detail} it cannot be promised that everything reaches its minimum. Use fair-spread, or let some close.",
        "{detail}方式无法保证所有项目达到最低人数。改用“均衡分配”（fair-spread），或允许部分停办。",
    ),
    "bad-outcome": (
        "{first} is placed at {last}, which is none of their choices in these data. Take the data of this result.",
        "{first}被安排在{last}，但这不在其志愿之中。使用产生该结果的数据。",
    ),
    "outcome-of-other-market": (
        "This result was made from other data: its digest is {first}, that of these data {last}.",
        "该结果由其他数据产生：结果的摘要为{first}，当前数据的摘要为{last}。",
    ),
    "outcome-twice": (
        "{first} is placed twice in this result. It was altered; take the one that was published.",
        "{first}在该结果中出现两次。结果已被改动，使用公布的版本。",
    ),
    "outcome-altered": (
        "This result says {detail} of {first} at {last}, the data say otherwise. Take the one that was published.",
        "该结果中{first}在{last}的记录为{detail}，与数据不符。使用公布的版本。",
    ),
    "needs-solver": (
        "An exact answer needs a solver that is not installed. Install accord[solvers], or leave exact out.",
        "精确求解需要尚未安装的求解器。安装accord[solvers]，或不要求精确求解。",
    ),
}


def words_of(code: str, language: str) -> str:
    """Return the message of a code with its placeholders, in ``en`` or ``zh-hans``."""
    return MESSAGES[code][0 if language == "en" else 1]
