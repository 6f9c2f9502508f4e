"""References of applications: made from programme and call, counted up, never given twice."""

from django.db.models.functions import Length

from accord.programmes.models import Application, Call

DIGITS = 5


def next_references(call: Call, number: int) -> list[str]:
    """Return so many references that no application has; the call is locked until the transaction ends."""
    held = Call.objects.select_for_update(of=("self",), no_key=True).select_related("programme").get(pk=call.pk)
    head = f"{held.programme.key[:12].upper()}-{held.key[:8].upper()}-"
    rows = Application.objects.filter(reference__startswith=head).order_by(Length("reference").desc(), "-reference")
    last = rows.values_list("reference", flat=True).first()
    begin = int(last.removeprefix(head)) + 1 if last and last.removeprefix(head).isdecimal() else 1
    return [f"{head}{one:0{DIGITS}}" for one in range(begin, begin + number)]
