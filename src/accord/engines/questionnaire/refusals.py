"""What the engine refuses as a whole. Answers are never refused: their problems are told one by one."""

from accord.engines.questionnaire.types import Fault


class QuestionnaireRefused(ValueError):  # noqa: N818 - a refusal is the house's word for it
    """A questionnaire or a set of rules that does not hold together; ``faults`` names everything that is wrong."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(f"{one.where}: {one.words.en}" for one in faults))


class SourceMissing(ValueError):  # noqa: N818 - a refusal is the house's word for it
    """An answer ranks entries of a source that was not handed over, so it cannot be checked completely."""

    def __init__(self, source: str) -> None:
        self.source = source
        super().__init__(f"The entries of the source {source!r} were not handed over. Pass them in `sources`.")
