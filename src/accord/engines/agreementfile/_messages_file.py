"""Messages about the file as a text: bytes, characters, the syntax of YAML, and what we leave out of it."""

from __future__ import annotations

from typing import Final

from accord.engines.agreementfile._wording import Message, Wording
from accord.engines.agreementfile.types import Severity

FILE_MESSAGES: Final[dict[str, Message]] = {
    "not-utf8": Message(
        Wording("The file is not UTF-8: byte {byte} stands here.", "Save the file in your editor as UTF-8."),
        Wording("文件不是 UTF-8 编码：此处的字节为 {byte}。", "在编辑器中将文件另存为 UTF-8。"),
    ),
    "too-large": Message(
        Wording("The file is larger than {limit}.", "Keep one agreement in a file, and link to long texts."),
        Wording("文件超过 {limit}。", "每个文件只放一份协议，长文本改用链接。"),
    ),
    "empty-file": Message(
        Wording(
            "The file holds no agreement.",
            "Begin with the line `accord: 1`; docs/agreement-file.md has an example.",
        ),
        Wording("文件中没有协议。", "以 `accord: 1` 一行开头；示例见 docs/agreement-file.md。"),
    ),
    "byte-order-mark": Message(
        Wording(
            "The file begins with a byte order mark.",
            "Save it as UTF-8 without BOM; it is read all the same.",
        ),
        Wording("文件以字节顺序标记开头。", "另存为无 BOM 的 UTF-8；文件仍可读取。"),
        Severity.WARNING,
    ),
    "control-character": Message(
        Wording("The character {name} cannot be shown or stored.", "Delete it and type the text again."),
        Wording("字符 {name} 无法显示或保存。", "删除该字符后重新输入文本。"),
    ),
    "tab": Message(
        Wording("The line is indented with a tab.", "Use two spaces for each level; YAML has no tabs."),
        Wording("该行使用了制表符缩进。", "每一级改用两个空格；YAML 不允许制表符。"),
    ),
    "yaml-syntax": Message(
        Wording(
            "YAML cannot be read from here: {detail}.",
            "Check colons, quotes and indentation up to this line.",
        ),
        Wording("从此处起无法读取 YAML（{detail}）。", "检查到此行为止的冒号、引号和缩进。"),
    ),
    "unclosed-quote": Message(
        Wording(
            "A quotation mark is opened here and never closed.",
            "Add the closing mark at the end of the text.",
        ),
        Wording("此处的引号没有结束。", "在文本末尾补上结束的引号。"),
    ),
    "unclosed-bracket": Message(
        Wording(
            "A bracket is opened here, and what follows does not fit in it.",
            "Close it with ] or }}, and put a comma between the entries.",
        ),
        Wording("此处的括号未闭合，或其后的内容不符合格式。", "用 ] 或 }} 闭合，并用逗号分隔各项。"),
    ),
    "colon-in-text": Message(
        Wording(
            "A colon with a space stands in the middle of `{shown}`.",
            "Put the text in double quotes; for a new key, begin a new line.",
        ),
        Wording("`{shown}` 的中间出现了冒号加空格。", "将文本放入双引号；若是新键，请另起一行。"),
    ),
    "missing-colon": Message(
        Wording("`{shown}` is no key and no value.", "Write `key: value`, with a colon and a space."),
        Wording("`{shown}` 既不是键也不是值。", "写成 `key: value`，即冒号加空格。"),
    ),
    "bad-indent": Message(
        Wording("The indentation of `{shown}` does not match the lines above.", "Align it with its neighbours."),
        Wording("`{shown}` 的缩进与上文不一致。", "使其与同级的行对齐。"),
    ),
    "reserved-character": Message(
        Wording("`{shown}`: YAML reserves the character at this place.", "Put the text in double quotes."),
        Wording("`{shown}`：此处的字符是 YAML 的保留字符。", "将文本放入双引号。"),
    ),
    "bad-escape": Message(
        Wording("The backslash in `{shown}` begins no escape that YAML knows.", "Write two backslashes for one."),
        Wording("`{shown}` 中的反斜杠不是 YAML 认识的转义。", "要写一个反斜杠，请输入两个。"),
    ),
    "anchor": Message(
        Wording("The anchor &{name} is not allowed.", "Write the value out wherever it is needed."),
        Wording("不允许使用锚点 &{name}。", "在需要的地方把值完整写出。"),
    ),
    "alias": Message(
        Wording("The alias *{name} is not allowed.", "Write the value out; each promise is to be read by itself."),
        Wording("不允许使用别名 *{name}。", "把值完整写出，使每项承诺都能单独阅读。"),
    ),
    "merge-key": Message(
        Wording("The merge key << is not allowed.", "Write the keys out where they are needed."),
        Wording("不允许使用合并键 <<。", "在需要的地方把各键完整写出。"),
    ),
    "tag": Message(
        Wording("The tag {name} is not allowed.", "Delete the tag; the format knows the type of every key."),
        Wording("不允许使用标签 {name}。", "删除该标签；格式已规定每个键的类型。"),
    ),
    "second-document": Message(
        Wording("A second document begins here.", "Put each agreement in a file of its own."),
        Wording("此处开始了第二个文档。", "每份协议单独存为一个文件。"),
    ),
    "too-deep": Message(
        Wording(
            "More than {limit} levels stand inside each other.",
            "Close the brackets; the format needs six levels.",
        ),
        Wording("嵌套超过 {limit} 层。", "闭合括号；本格式最多需要六层。"),
    ),
    "too-many-nodes": Message(
        Wording("The file holds more than {limit} values.", "Keep one agreement in a file."),
        Wording("文件中的值超过 {limit} 个。", "每个文件只放一份协议。"),
    ),
    "key-not-text": Message(
        Wording("A list or mapping stands where a key belongs.", "Write the key as one word before the colon."),
        Wording("键的位置上出现了列表或映射。", "在冒号前用一个词写出键。"),
    ),
}
