"""Every sentence about a faulty table, in English and in Simplified Chinese."""

from typing import Final

WHERE: Final = {"sheet": ("{}", "{}"), "row": ("row {}", "第{}行"), "column": ("column {}", "“{}”列")}

MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "not-a-workbook": (
        "this is no Excel workbook that can be read ({detail}). Save it again as .xlsx, or as CSV.",
        "无法作为Excel工作簿读取（{detail}）。重新存为.xlsx或CSV。",
    ),
    "encoding": (
        "the text is neither UTF-8 nor GB18030. Save it as CSV UTF-8.",
        "文本既不是UTF-8也不是GB18030编码。存为“CSV UTF-8”。",
    ),
    "csv": (
        "the table cannot be taken apart here ({detail}). See whether a quotation mark is never closed.",
        "此处的表格无法解析（{detail}）。检查引号是否成对。",
    ),
    "no-sheet": (
        "this table is missing; there are: {there}. Add it under this name.",
        "缺少此表；现有：{there}。以此名称添加。",
    ),
    "sheet-twice": (
        "this table is there twice, as {there}. Keep one.",
        "此表出现两次：{there}。只保留一个。",
    ),
    "near-sheet": (
        "no table is called so; perhaps {near} is meant. Correct the name, or choose one that is less like it.",
        "没有这样的表名，可能是指“{near}”。更正名称，或改用差别更大的名称。",
    ),
    "empty-sheet": (
        "the table has no rows. Write the headings into the first row and the data below.",
        "表中没有数据。在第一行写标题，数据写在下面。",
    ),
    "no-column": (
        "this column is missing. Add it; its heading may be {headings}.",
        "缺少此列。添加此列，标题可以写作{headings}。",
    ),
    "column-twice": (
        "two columns have this meaning: {there}. Keep one.",
        "有两列含义相同：{there}。只保留一列。",
    ),
    "near-column": (
        "no column is called so; perhaps {near} is meant. Correct the heading, or choose one that is less like it.",
        "没有这样的列名，可能是指“{near}”。更正标题，或改用差别更大的标题。",
    ),
    "too-many-cells": (
        "the row has more cells than there are headings ({detail}). Put text with separators into quotation marks.",
        "本行的单元格多于标题（{detail}）。含分隔符的文字加引号。",
    ),
    "empty-cell": ("the cell is empty. Fill it in.", "单元格为空。填写该单元格。"),
    "excel-date": (
        "Excel has made a date of this cell ({value}). Format the column as text and type the value again.",
        "Excel已将此单元格变成日期（{value}）。将该列设为“文本”格式后重新输入。",
    ),
    "excel-error": (
        "the cell holds Excel's error {value}. Mend the formula, or type the value.",
        "单元格为Excel错误值{value}。修正公式，或直接输入数值。",
    ),
    "not-whole": (
        "“{value}” is no whole number of {least} or more. Write one, such as {example}.",
        "“{value}”不是不小于{least}的整数。填写整数，例如{example}。",
    ),
    "not-places": (
        "“{value}” is no number of places. Write a whole number, 0 or more, or “unlimited”.",
        "“{value}”不是名额数。填写不小于0的整数，或填“不限”。",
    ),
    "not-number": (
        "“{value}” is no number. Write one with a point for decimals, such as 81.5.",
        "“{value}”不是数值。填写数值，小数用点，例如81.5。",
    ),
    "not-yes-no": (
        "“{value}” is neither yes nor no. Write “yes” or “no”.",
        "“{value}”既非“是”也非“否”。填写“是”或“否”。",
    ),
    "not-day": (
        "“{value}” is no day that reads the same everywhere. Write it as 2019-09-30.",
        "“{value}”不是处处读法相同的日期。写作2019-09-30。",
    ),
    "none-of-these": (
        "“{value}” is none of the words for this column: {words}. Choose one of them.",
        "“{value}”不是此列可用的词：{words}。选用其中之一。",
    ),
    "too-many-rows": (
        "the table has {rows} rows; {most} can be brought in at once. Bring it in in parts.",
        "此表有{rows}行，一次最多导入{most}行。分几次导入。",
    ),
    "not-bar": (
        "“{value}” is no kind of bar. Leave it empty, or write “not eligible” or “conflict”.",
        "“{value}”不是限制类型。留空，或填“不符合条件”或“回避”。",
    ),
    "same-as-row": (
        "{value} stands in row {first} already. Keep one of the two rows.",
        "{value}已在第{first}行出现。只保留其中一行。",
    ),
    "unknown-name": (
        "“{value}” does not stand in the table {table}.{hint} Add it there, or correct the name.",
        "“{value}”不在“{table}”表中。{hint}在该表中补充，或更正名称。",
    ),
    "missing-score": (
        "{value} has no score here while others have. Write a number, or a bar.",
        "{value}在此没有分数，而其他行有。填写分数，或注明限制。",
    ),
    "no-such-choice": (
        "{who} does not choose {what} in the table {table}. Add that row, with a score, or correct the pair.",
        "{who}在“{table}”表中没有选择{what}。补充该行及分数，或更正此组合。",
    ),
    "two-fits": (
        "fits are given in this table and could also be computed from documents. Keep one of the two tables.",
        "此表已给出契合度，而文献表也可用于计算契合度。只保留其中一个表。",
    ),
    "no-fits": (
        "nothing says who fits what. Add the table affinity, or titles of items and the table documents.",
        "无法得知契合度。添加“契合度”表，或填写评审对象的标题并添加“文献”表。",
    ),
}

HINT: Final = (" Did you mean {near}?", "是否指“{near}”？")


def hint(near: str, language: str) -> str:
    """Return the question whether another name was meant; nothing where none is near."""
    return HINT[language != "en"].format(near=near) if near else ""
