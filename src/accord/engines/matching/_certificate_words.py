"""A certificate in words, for whoever has to defend an outcome and whoever doubts it."""

from typing import Final

from accord.engines.matching._findings import Block, Breach, Cause, Certificate, Proofness
from accord.engines.matching._words import side_of
from accord.engines.matching.types import Mechanism

Texts = dict[str, tuple[str, str]]

NAMES: Final[Texts] = {
    Mechanism.FAIR_MATCH: ("Fair match", "公平匹配"),
    Mechanism.HOST_FIRST: ("Host-first match", "接收方优先匹配"),
    Mechanism.FILL_MOST: ("Fill the most places", "尽量填满名额"),
    Mechanism.FAIR_SPREAD: ("Fair spread of choices", "均衡分配"),
    Mechanism.PRIORITY: ("Priority order", "优先次序"),
    Mechanism.JOINT: ("Joint applications", "联合申请"),
}

WHY: Final[Texts] = {
    Proofness.FAIR_MATCH: (
        "Nobody can gain by giving other wishes than their own.",
        "任何人都不会因填报不真实的志愿而获益。",
    ),
    Proofness.PRIORITY: (
        "Nobody can gain by giving other wishes than their own.",
        "任何人都不会因填报不真实的志愿而获益。",
    ),
    Proofness.PRIORITY_BY_CHOICE: (
        "Some may gain by adding a choice: their best score decides their turn, and it depends on what they choose.",
        "有人可能因多填志愿而获益：次序取决于各人的最高分，而最高分与所填志愿有关。",
    ),
    Proofness.MINIMUMS: (
        "Some may gain by giving other wishes than their own: which programmes reach their minimum depends on wishes.",
        "有人可能因填报不真实的志愿而获益：各项目能否达到最低人数取决于大家的志愿。",
    ),
    Proofness.HOST_FIRST: (
        "Some may gain by giving other wishes than their own, because the hosts choose first.",
        "由于接收方先选，有人可能因填报不真实的志愿而获益。",
    ),
    Proofness.FILL_MOST: (
        "Some may gain by giving other wishes than their own, because equal scores are settled to fill places.",
        "由于同分时以填满名额为先，有人可能因填报不真实的志愿而获益。",
    ),
    Proofness.SPREAD: (
        (
            "Some may gain by giving other wishes than their own, because all wishes are weighed together. Scores are "
            "not looked at, so somebody may have been refused a place that went to a person with fewer points."
        ),
        "由于统筹考虑所有志愿，有人可能因填报不真实的志愿而获益。这种方式不看分数，因此名额可能给了分数较低的人。",
    ),
    Proofness.JOINT: (
        "Some may gain by giving other wishes than their own, as always where people apply jointly.",
        "只要有人联合申请，就可能有人因填报不真实的志愿而获益。",
    ),
}

FAULTS: Final[Texts] = {
    Breach.OTHER_MARKET: (
        "The outcome belongs to other data: {first}, not {last}.",
        "结果与数据不符：结果的摘要为{first}，数据的摘要为{last}。",
    ),
    Breach.OTHER_ENGINE: (
        "The outcome was made by another version: {first}, not {last}.",
        "结果由另一版本产生：{first}，而不是{last}。",
    ),
    Breach.MALFORMED: ("The outcome cannot be read: {detail} {ids}", "无法读取结果：{detail} {ids}"),
    Breach.NOT_CHOSEN: ("{first} has a place that is none of their choices.", "{first}的名额不在其志愿之中。"),
    Breach.OVER_LIMIT: ("{first} has {detail} people, more than it takes.", "{first}有{detail}人，超过上限。"),
    Breach.OVER_RESERVE: (
        "More people sit in seats of {first} than the reserves allow.",
        "{first}的就位人数超过预留名额所允许的数量。",
    ),
    Breach.NOT_IN_GROUP: (
        "{first} sits in a seat of {last} that is reserved for others.",
        "{first}占用了{last}为其他群体预留的名额。",
    ),
    Breach.SEAT_ORDER: (
        "{first} sits in a seat of {last} that the stated order of reserved and open seats does not give them.",
        "{first}在{last}的名额类别不符合公布的预留次序。",
    ),
    Breach.OUT_OF_TURN: ("{first} was passed over at {last}.", "{first}在{last}被跳过。"),
    Breach.BARRED: (
        "{first} is placed at {last}, from which they are barred.",
        "{first}不得进入{last}，却被安排在那里。",
    ),
    Breach.FIXED_NOT_KEPT: ("The fixed placement of {first} was not kept.", "{first}已确定的安排没有保留。"),
    Breach.COUPLE_APART: (
        "{first} and {last} apply jointly and hold a pair they did not choose.",
        "{first}与{last}联合申请，所得组合却不在其志愿之中。",
    ),
    Breach.BELOW_MINIMUM: ("{first} runs below its minimum: {detail}.", "{first}未达到最低人数却仍开设：{detail}。"),
    Breach.IN_CLOSED: ("{first} is placed at {last}, which does not run.", "{first}被安排在不开设的{last}。"),
    Breach.WRONG_CLOSURE: (
        "{first} is closed without falling below its minimum: {detail}.",
        "{first}并未低于最低人数却被关闭：{detail}。",
    ),
    Breach.WRONG_BOUND: (
        "The numbers of people placed do not agree: {detail}.",
        "安排人数前后不一致：{detail}。",
    ),
    Breach.NOT_BEST: (
        "The outcome is stable but not the best for applicants: these could all move up together: {ids}.",
        "结果稳定，但对申请人并非最佳：以下申请人可以同时改善：{ids}。",
    ),
    Breach.NOT_PROVEN: (
        "The proof that nothing beats this outcome does not hold.",
        "“没有更好的结果”这一证明不成立。",
    ),
}

LINES: Final[Texts] = {
    "placed": ("{name}: {placed} of {people} people have a place.", "{name}：{people}人中有{placed}人获得名额。"),
    "ranks": ("By choice: {profile}. Mean choice: {mean}.", "按志愿统计：{profile}。平均志愿次序：{mean}。"),
    "stable": (
        "Stable: nobody can point to a place given to somebody with a weaker claim.",
        "结果稳定：没有人能指出有名额给了条件不如自己的人。",
    ),
    "unstable": (
        "Not stable, though it should be: {blocked} cases where somebody has a claim to a better place.",
        "结果本应稳定，实际并不稳定：有{blocked}处申请人有理由得到更好的名额。",
    ),
    "unclaimed": (
        "Stability is not promised: in {blocked} cases somebody would be preferred by scores at a better place.",
        "本方式不保证稳定：有{blocked}处按分数申请人本可得到更好的名额。",
    ),
    "unsettled": (
        (
            "Joint applications left {blocked} cases in which somebody has a claim to a better place; no better "
            "outcome was found."
        ),
        "由于联合申请，仍有{blocked}处申请人有理由得到更好的名额；没有找到更好的结果。",
    ),
    "decided": (
        "{decided} further cases stand only because of placements decided before.",
        "另有{decided}处仅因事先确定的安排所致。",
    ),
    "closed": (
        "{node} does not run: it had {had} and needs {needed}.",
        "{node}不开设：当时{had}人，至少需要{needed}人。",
    ),
    "best": (
        "Best for everybody: no stable outcome gives anybody a choice they like more.",
        "对每位申请人都是最佳：没有任何稳定的结果能让谁得到更喜欢的志愿。",
    ),
    "proven": ("Proven: no outcome of this kind is better.", "已证明：同类结果中没有更好的。"),
    "bound": (
        "{placed} placed; {most} at most could be. Whether more than {placed} can be is not known.",
        "已安排{placed}人，至多{most}人；能否超过{placed}人尚不确定。",
    ),
    "sound": ("Everything that this way of placing promises holds.", "这种方式所承诺的各项均成立。"),
    "unsound": (
        "This outcome must not be published: something promised does not hold.",
        "该结果不应公布：有承诺的事项不成立。",
    ),
    "identity": (
        "Data {digest}. Seed of the draw: {seed} ({draws}). Engine: {engine}.",
        "数据摘要{digest}。抽签种子：{seed}（{draws}）。引擎：{engine}。",
    ),
}

DRAWS: Final[Texts] = {
    "single": ("one draw for all programmes", "所有项目共用一次抽签"),
    "multiple": ("a draw for each programme", "每个项目分别抽签"),
}

BLOCKS: Final[Texts] = {
    Cause.ROOM: ("{who} would rather have {where}, which had room.", "{who}更希望去{where}，而那里仍有名额。"),
    Cause.WEAKER: (
        "{who} would rather have {where}, where somebody with a weaker claim has a place.",
        "{who}更希望去{where}，而那里有条件较弱的人获得名额。",
    ),
    Cause.LOWER_DRAW: (
        "{who} would rather have {where}, where a lower draw was let in.",
        "{who}更希望去{where}，而那里有抽签号较低的人获得名额。",
    ),
}


def certificate_words(certificate: Certificate, language: str) -> str:
    """Return what a certificate says, a sentence a line, in ``en`` or ``zh-hans``."""
    lines = [_line("sound" if certificate.sound else "unsound", certificate, language)]
    lines += [fault_words(certificate, number, language) for number in range(len(certificate.faults))]
    lines += [_line("placed", certificate, language)]
    if certificate.placed:
        lines.append(_line("ranks", certificate, language))
    lines += [_line(name, certificate, language) for name in _claims(certificate)]
    texts = LINES["closed"][side_of(language)]
    lines += [texts.format(node=one.node, had=one.had, needed=one.needed) for one in certificate.closed]
    return "\n".join([*lines, WHY[certificate.why][side_of(language)], _line("identity", certificate, language)])


def fault_words(certificate: Certificate, number: int, language: str) -> str:
    """Return one fault of a certificate in words."""
    fault = certificate.faults[number]
    first, last = (fault.ids[0], fault.ids[-1]) if fault.ids else ("", "")
    text = FAULTS[fault.breach][side_of(language)]
    return text.format(first=first, last=last, ids=", ".join(fault.ids), detail=fault.detail).strip()


def block_words(block: Block, language: str) -> str:
    """Return a blocking pair in words."""
    side = side_of(language)
    joined = (" and ", " 与 ")[side]
    who = joined.join(name for name in (block.applicant, block.partner) if name)
    where = joined.join(name for name in (block.programme, block.partner_programme) if name)
    return BLOCKS[block.cause][side].format(who=who, where=where)


def _claims(certificate: Certificate) -> list[str]:
    """Return which lines speak of stability and of being the best."""
    found = []
    if certificate.stable is not None:
        found.append("stable" if certificate.stable else "unstable")
    elif not certificate.settled:
        found.append("unsettled")
    elif certificate.feasible:
        found.append("unclaimed")
    if certificate.decided:
        found.append("decided")
    if certificate.best_possible:
        found.append("best" if certificate.mechanism is Mechanism.FAIR_MATCH else "proven")
    elif certificate.bound is not None:
        found.append("bound")
    return found


def _line(name: str, certificate: Certificate, language: str) -> str:
    side = side_of(language)
    mean = certificate.mean_rank
    return LINES[name][side].format(
        name=NAMES[certificate.mechanism][side],
        placed=certificate.placed,
        people=certificate.people,
        profile=(", ", "，")[side].join(_profile(certificate, side)),
        mean="" if mean is None else f"{mean:.2f}",
        blocked=certificate.blocked,
        decided=certificate.decided,
        most=certificate.bound.at_most if certificate.bound else "",
        digest=certificate.digest,
        seed=certificate.seed,
        draws=DRAWS[certificate.draws][side],
        engine=certificate.engine,
    )


def _profile(certificate: Certificate, side: int) -> list[str]:
    texts = ("{count} at number {rank}", "第{rank}志愿{count}人")
    return [texts[side].format(rank=rank, count=count) for rank, count in certificate.profile]
