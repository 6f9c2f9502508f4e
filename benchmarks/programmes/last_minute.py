"""One process of the last minute: submits drafts through their pages, each as its applicant."""

import sys

import django
from django.test import Client


def main(drafts: list[int]) -> None:
    """Will submit each draft, and stop at the first that the page refuses."""
    django.setup()
    from accord.programmes.models import Application  # noqa: PLC0415 - models exist only once Django is set up

    for one in Application.objects.filter(pk__in=drafts).select_related("applicant__account"):
        client = Client(headers={"host": "localhost"})
        client.force_login(one.applicant.account)
        answer = client.post(f"/programmes/applications/{one.reference}/check/", {"version": one.version})
        if answer.status_code not in {302, 303}:
            raise SystemExit(f"{one.reference} answered {answer.status_code}")


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]])
