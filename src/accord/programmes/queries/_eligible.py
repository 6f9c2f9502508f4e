"""Whether somebody meets what a call asks of those who may apply."""

from accord.engines import questionnaire
from accord.programmes.models import Application
from accord.programmes.queries._rules import rules_of


def is_eligible(application: Application) -> bool:
    """Say whether every rule of the call holds; what the rules ask before the form counts where the form is silent."""
    if not application.call.eligibility:
        return True
    rules = rules_of(application.call, application.form.definition)
    answers = {**application.screening, **application.answers}
    return bool(rules) and all(one.holds for one in questionnaire.judge(rules, answers))
