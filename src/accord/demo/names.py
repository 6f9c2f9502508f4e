"""Names for simulated people and companies: from tables of our own, distinct by construction, of nobody real."""

from accord.kernel.text import Bilingual

SURNAMES = (
    *("Bai 白", "Cen 岑", "Chi 池", "Dai 戴", "Feng 冯", "Gan 甘", "Gu 顾", "Han 韩", "Hu 胡", "Ji 季", "Jin 金"),
    *("Kang 康", "Lai 赖", "Lei 雷", "Lu 陆", "Mei 梅", "Mo 莫", "Nie 聂", "Pan 潘", "Qin 秦", "Ren 任", "Shao 邵"),
    *("Shi 石", "Tan 谭", "Tong 童", "Wen 温", "Xie 谢", "Xu 许", "Yan 严", "You 尤", "Yu 于", "Zou 邹"),
)
FIRST = ("An 安", "Bo 博", "Chun 春", "He 禾", "Jia 嘉", "Lan 岚", "Ming 明", "Qing 青", "Ruo 若", "Si 思", "Wen 文")
SECOND = ("Bei 贝", "Fan 帆", "Han 涵", "Ke 可", "Ning 宁", "Ping 平", "Rui 睿", "Shu 书", "Xi 溪", "Yue 悦", "Zhi 之")
STEP = 1_237
"""Prime to the number of names, so that stepping by it visits every name once before any comes back."""

PEOPLE = len(SURNAMES) * len(FIRST) * len(SECOND)


def person(number: int, seed: int) -> Bilingual:
    """Return the name of a simulated person; `PEOPLE` numbers in a row give as many names."""
    place = (number * STEP + seed) % PEOPLE
    rest, surname = divmod(place, len(SURNAMES))
    second, first = divmod(rest, len(FIRST))
    (last_en, last_zh), (one_en, one_zh), (two_en, two_zh) = (
        part.split() for part in (SURNAMES[surname], FIRST[first], SECOND[second])
    )
    return Bilingual(f"{last_en} {one_en}{two_en.lower()}", f"{last_zh}{one_zh}{two_zh}")


def company(number: int) -> Bilingual:
    """Return the name of a simulated company, which no firm bears."""
    return Bilingual(f"Sample Fintech {number:03}", f"示例金科{number:03}")
