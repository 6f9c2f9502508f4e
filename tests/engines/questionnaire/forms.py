"""Definitions to test with: small ones to bend, one with every kind, and random ones that hold together."""

from typing import Any

from hypothesis import strategies as st

from accord.engines.questionnaire import FILE_TYPES, Question, Questionnaire, read

PLACES = ["north", "south", "east"]
Data = dict[str, Any]


def text(english: str) -> Data:
    """A text in both languages."""
    return {"en": english, "zh-hans": f"{english}的中文"}


def asked(key: str, kind: str, **rest: Any) -> Data:
    """A question as data."""
    label = {"label": text(key.capitalize())}
    return {"key": key, "kind": kind} | label | rest


def options(*keys: str) -> list[Data]:
    """Options as data."""
    return [{"key": key, "label": text(key.upper())} for key in keys]


def form(*questions: Data, **rest: Any) -> Data:
    """A definition of one section."""
    return {"sections": [{"key": "first", "title": text("First"), "questions": list(questions)} | rest]}


def the_form(*questions: Data) -> Questionnaire:
    """A questionnaire of one section."""
    return read(form(*questions))


def the_question(kind: str, **rest: Any) -> Question:
    """A question alone."""
    return the_form(asked("it", kind, **rest)).questions[0]


def everything() -> Data:
    """A definition with every kind, every key and every way of a condition."""
    return {
        "sections": [
            {
                "key": "you",
                "title": text("You"),
                "help": text("Who you are"),
                "questions": [
                    asked("name", "short", most=80, identity=True, help=text("As in your passport")),
                    asked("born", "date", earliest="1950-01-01", latest="2010-12-31", identity=True),
                    asked(
                        "level",
                        "choice",
                        options=options("bachelor", "master", "doctoral"),
                        other=True,
                        to_hosts=True,
                    ),
                    asked("tongues", "choice", options=options("en", "zh", "fr"), several=True, least=1, most=2),
                    asked("months", "number", least=0, most=12, whole=True, unit={"en": "months", "zh-hans": "个月"}),
                    asked("terms", "agree", required=False),
                ],
            },
            {
                "key": "work",
                "title": text("Work"),
                "show_if": {"not": {"question": "level", "is": "bachelor"}},
                "questions": [
                    asked("note", "text", show_if={"question": "terms", "is": False}),
                    asked("plan", "long", least=2, most=100, to_hosts=True),
                    asked(
                        "cv",
                        "file",
                        types=["pdf", "jpg"],
                        megabytes=2,
                        most=2,
                        required=False,
                        show_if={"question": "tongues", "contains": "en"},
                    ),
                    asked("page", "link", hosts=["example.org"], required=False),
                    asked("wishes", "ranking", **{"from": "places"}, least=2, most=3),
                    asked(
                        "team",
                        "members",
                        least=1,
                        most=2,
                        show_if={
                            "any": [
                                {
                                    "all": [
                                        {"question": "months", "at_least": 3},
                                        {"question": "plan", "answered": True},
                                    ]
                                },
                                {"question": "born", "aged_at_least": 30, "day": "2020-09-01"},
                            ]
                        },
                    ),
                ],
            },
        ]
    }


GOOD: Data = {
    "name": "李娜",
    "born": "1985-03-04",
    "level": "master",
    "tongues": ["en", "zh"],
    "months": 6,
    "terms": True,
    "plan": "Bridges in winter",
    "cv": [{"name": "cv.pdf", "bytes": 1000}],
    "page": "https://www.example.org/me",
    "wishes": ["south", "north"],
    "team": [{"name": "Bo", "email": "bo@example.org", "institution": "A"}],
}
"""Answers to everything without a fault."""

KINDS = ["short", "long", "choice", "number", "date", "file", "link", "ranking", "members", "agree", "text"]
_days = st.dates().map(lambda day: day.isoformat())
_words = st.text("ab 桥，-\n1", max_size=12)


@st.composite
def bounds(draw: st.DrawFn, low: int, high: int) -> Data:
    """Neither, either or both bounds, in order."""
    least, most = sorted((draw(st.integers(low, high)), draw(st.integers(low, high))))
    found = {"least": least, "most": most}
    return {key: found[key] for key in found if draw(st.booleans())}


@st.composite
def choices(draw: st.DrawFn) -> Data:
    """What a choice offers, one or several of it."""
    keys = draw(st.lists(st.sampled_from(["a", "b", "c", "d"]), min_size=1, unique=True))
    rest = {"options": options(*keys), "several": draw(st.booleans()), "other": draw(st.booleans())}
    return rest | (draw(bounds(1, len(keys))) if rest["several"] else {})


@st.composite
def spans(draw: st.DrawFn) -> Data:
    """The days between which another lies, open on neither, either or both sides."""
    first, last = sorted((draw(_days), draw(_days)))
    return {key: day for key, day in (("earliest", first), ("latest", last)) if draw(st.booleans())}


_types = st.lists(st.sampled_from(FILE_TYPES), min_size=1, max_size=3, unique=True)
_few = st.integers(1, 2)
OWN_KEYS: dict[str, st.SearchStrategy[Data]] = {
    "short": st.builds(lambda most: {"most": most}, st.integers(1, 8)),
    "long": st.builds(lambda least, most: {"least": least, "most": most}, st.integers(1, 3), st.integers(3, 6)),
    "choice": choices(),
    "number": st.builds(lambda both, whole: both | {"whole": whole}, bounds(-3, 3), st.booleans()),
    "date": spans(),
    "file": st.builds(lambda types, size, most: {"types": types, "megabytes": size, "most": most}, _types, _few, _few),
    "link": st.sampled_from([{}, {"hosts": ["example.org"]}]),
    "ranking": bounds(1, 4).map(lambda both: {"from": "places"} | both),
    "members": bounds(1, 3),
    "agree": st.just({}),
    "text": st.just({}),
}


@st.composite
def questions(draw: st.DrawFn, number: int, earlier: list[Data]) -> Data:
    """One question of any kind, perhaps with a condition on those before it."""
    kind = draw(st.sampled_from(KINDS))
    rest = draw(OWN_KEYS[kind])
    if kind != "text":
        rest = rest | {"required": draw(st.booleans())}
    if kind not in {"text", "members"} and draw(st.booleans()):
        rest = rest | {"identity": True}
    if kind not in {"text", "members", "ranking"} and draw(st.booleans()):
        rest = rest | {"to_hosts": True}
    if earlier and draw(st.booleans()):
        rest = rest | {"show_if": draw(conditions(earlier))}
    return asked(f"q{number}", kind, **rest)


@st.composite
def conditions(draw: st.DrawFn, earlier: list[Data], depth: int = 0) -> Data:
    """A condition on earlier questions; a test of one that can be tested, or of its being answered."""
    if depth < 2 and draw(st.integers(0, 3)) == 0:
        word = draw(st.sampled_from(["all", "any", "not"]))
        inner = conditions(earlier, depth + 1)
        return {word: draw(inner if word == "not" else st.lists(inner, min_size=1, max_size=3))}
    question = draw(st.sampled_from([one for one in earlier if one["kind"] != "text"]))
    return {"question": question["key"]} | draw(tests_of(question))


def tests_of(question: Data) -> st.SearchStrategy[Data]:
    """What can be asked of an answer."""
    answered = st.booleans().map(lambda flag: {"answered": flag})
    counted = st.tuples(st.sampled_from(["at_least", "at_most"]), st.integers(1, 3)).map(lambda pair: dict([pair]))
    match question["kind"]:
        case "choice":
            keys = [one["key"] for one in question["options"]] + (["other"] if question["other"] else [])
            values = st.sampled_from(keys)
            own = counted | values.map(lambda key: {"contains": key}) if question["several"] else _equal(values)
        case "short":
            own = _equal(st.text("abB", min_size=1, max_size=3))
        case "number":
            own = _equal(st.integers(-3, 3)) | _least(st.integers(-3, 3))
        case "date":
            aged = st.tuples(st.sampled_from(["aged_at_least", "aged_at_most"]), st.integers(0, 60), _days)
            own = _equal(_days) | _least(_days) | aged.map(lambda one: {one[0]: one[1], "day": one[2]})
        case "file" | "members":
            own = counted
        case "ranking":
            own = counted | st.sampled_from(PLACES).map(lambda key: {"contains": key})
        case "agree":
            own = st.booleans().map(lambda flag: {"is": flag})
        case _:
            own = answered
    return own | answered


def _equal(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Data]:
    one = st.tuples(st.sampled_from(["is", "is_not"]), values).map(lambda pair: dict([pair]))
    return one | st.lists(values, min_size=1, max_size=3).map(lambda many: {"in": many})


def _least(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Data]:
    return st.tuples(st.sampled_from(["at_least", "at_most"]), values).map(lambda pair: dict([pair]))


def telling(condition: Data) -> set[str]:
    """The questions that a condition looks at."""
    if "question" in condition:
        return {condition["question"]}
    (inner,) = condition.values()
    return set().union(*map(telling, inner if isinstance(inner, list) else [inner]))


@st.composite
def definitions(draw: st.DrawFn) -> Data:
    """A definition that holds together, of up to three sections and nine questions."""
    earlier: list[Data] = []
    sections = []
    for number in range(draw(st.integers(1, 3))):
        section: Data = {"key": f"s{number}", "title": text(f"Section {number}"), "questions": []}
        if any(one["kind"] != "text" for one in earlier) and draw(st.booleans()):
            section["show_if"] = draw(conditions(earlier))
        for _ in range(draw(st.integers(1, 3))):
            can_look_back = earlier if any(one["kind"] != "text" for one in earlier) else []
            question = draw(questions(len(earlier), can_look_back))
            _keep_identity(question, section, earlier)
            _keep_from_hosts(question, section, earlier)
            section["questions"].append(question)
            earlier.append(question)
        sections.append(section)
    return {"sections": sections}


def _keep_identity(question: Data, section: Data, earlier: list[Data]) -> None:
    seen = set().union(*(telling(one["show_if"]) for one in (question, section) if "show_if" in one))
    tells = {one["key"] for one in earlier if one.get("identity") or one["kind"] == "members"}
    if seen & tells and question["kind"] not in {"text", "members"}:
        question["identity"] = True


def _keep_from_hosts(question: Data, section: Data, earlier: list[Data]) -> None:
    seen = set().union(*(telling(one["show_if"]) for one in (question, section) if "show_if" in one))
    if seen - {one["key"] for one in earlier if one.get("to_hosts")}:
        question.pop("to_hosts", None)


def chosen(question: Data) -> st.SearchStrategy[Any]:
    """What can be chosen: a key, own words, or several keys in the order of the options."""
    own_words = st.text("ab", max_size=3).map(lambda said: {"other": said})
    order = [one["key"] for one in question["options"]]
    one = st.sampled_from(order)
    if not question["several"]:
        return one | own_words if question["other"] else one
    many = st.sets(one, min_size=1).map(lambda found: [key for key in order if key in found])
    with_own = st.builds(lambda keys, said: [*keys, said], many, own_words)
    return many | with_own if question["other"] else many


_names = st.sampled_from(["a.pdf", "b.JPEG", "c.exe", "d", "e.xlsx"])
_sizes = st.sampled_from([0, 1, 1_000_000, 1_000_001, 3_000_000])
_mails = st.sampled_from(["a@b.cn", "A@b.cn", "c@d.org", "broken", ""])
_addresses = ["https://example.org/a", "https://www.example.org", "https://badexample.org", "http://example.org"]
ANSWERS: dict[str, st.SearchStrategy[Any]] = {
    "short": st.text("abB", min_size=1, max_size=10),
    "long": _words.map(str.strip).filter(bool),
    "number": st.integers(-4, 4) | st.sampled_from([0.5, -2.5]),
    "date": _days,
    "file": st.lists(
        st.builds(lambda name, size: {"name": name, "bytes": size}, _names, _sizes), min_size=1, max_size=3
    ),
    "link": st.sampled_from([*_addresses, "mailto:a@example.org", "https://", "https://a.cn/x y"]),
    "ranking": st.lists(st.sampled_from([*PLACES, "moon"]), min_size=1, max_size=5),
    "members": st.lists(
        st.builds(
            lambda mail, home: {"name": "N", "email": mail, "institution": home}, _mails, st.sampled_from(["I", ""])
        ),
        min_size=1,
        max_size=4,
    ),
    "agree": st.just(value=True),
}


def answers_to(question: Data) -> st.SearchStrategy[Any]:
    """Canonical answers, right and wrong ones."""
    return chosen(question) if question["kind"] == "choice" else ANSWERS[question["kind"]]


@st.composite
def filled(draw: st.DrawFn) -> tuple[Data, Data]:
    """A definition with answers to some of its questions."""
    data = draw(definitions())
    rows = [one for section in data["sections"] for one in section["questions"] if one["kind"] != "text"]
    return data, {one["key"]: draw(answers_to(one)) for one in rows if draw(st.integers(0, 3))}


junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["a", "2020-01-01"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "bytes", "other", "chosen", "email", "ref", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)
"""Whatever JSON can hold, and more."""
