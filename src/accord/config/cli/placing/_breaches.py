"""What can be off about an outcome, or about a published result, in English and in Simplified Chinese."""

from typing import Final

BREACHES: Final[dict[str, tuple[str, str]]] = {
    "repeat": (
        "{who}: the result says {told}, repeating it gives {here}.",
        "{who}：结果中为{told}，重复运行得到{here}。",
    ),
    "repeat-refused": ("Repeating it is refused: {words}", "重复运行被拒绝：{words}"),
    "certificate": (
        "The published certificate differs from what the outcome gives, at {where}.",
        "所公布的证明与结果不一致：{where}。",
    ),
    "previous-needed": (
        "This result carries on from an earlier round: give --previous and --previous-file too, to repeat it.",
        "此结果承接上一轮：同时提供--previous与--previous-file以便重复。",
    ),
    "unreadable": (
        "{file} is no result of accord match: {detail}. Give the file that -o wrote, unchanged.",
        "{file}不是accord match的结果文件：{detail}。提供由-o写出的原文件。",
    ),
    "sound": (
        "Sound: {result} comes from {file}, keeps every promise, and repeats: the same {placed} placements.",
        "核验通过：{result}确由{file}得出，承诺均成立，重复运行得到相同的{placed}项安排。",
    ),
    "not-sound": ("Not sound: {n} points are off.", "核验未通过：发现{n}处问题。"),
}
