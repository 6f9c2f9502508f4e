"""The queue as stewards see it: what failed, a second try, and never what a job was given."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob as Job
from tests.cast import Cast

from accord.kernel import queue
from accord.kernel.refused import NotThere

PLANTED = "lin.yue@planted.example"
Made = Callable[..., int]


@pytest.fixture
def made(db: None) -> Made:
    """Return a maker of jobs in a queue that is empty; its result is the job's number."""
    with connection.cursor() as cursor:  # what killed processes of other tests left in the queue's own tables
        cursor.execute("DELETE FROM procrastinate_jobs")
        cursor.execute("DELETE FROM procrastinate_workers")

    def make(status: str = "failed", *, task: str = "accord.people.tasks.tell", lock: str | None = None) -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                """INSERT INTO procrastinate_jobs (queue_name, task_name, status, args, attempts, queueing_lock)
                   VALUES ('default', %s, %s, jsonb_build_object('address', %s::text), 4, %s) RETURNING id""",
                [task, status, PLANTED, lock],
            )
            return int(cursor.fetchone()[0])

    return make


def state(job: int) -> str:
    return Job.objects.get(pk=job).status


def test_steward_sees_jobs_and_never_what_they_were_given(cast: Cast, made: Made) -> None:
    failed, waiting = made(), made("todo", task="accord.history.tasks.seal_events")

    pages = [
        cast.steward.client.get(f"/jobs/{query}") for query in ("", "?format=csv", "?format=json", "?state=failed")
    ]

    page, table, data, failures = (answer.getvalue().decode("utf-8-sig") for answer in pages)
    assert "1 job failed." in page
    assert "1 wait, 0 run." in page
    assert "No worker answers." in page
    assert [line.split(",")[:5] for line in table.splitlines() if line[:1].isdigit()] == [
        [str(waiting), "seal events", "history", "Waits", "4"],
        [str(failed), "tell", "people", "Failed", "4"],
    ]
    assert [PLANTED in one for one in (page, table, data, failures)] == [False] * 4
    assert "seal events" not in failures


@pytest.mark.parametrize("role", ["owner", "executive", "outsider"])
def test_nobody_else_sees_the_queue_or_touches_it(cast: Cast, made: Made, role: str) -> None:
    job, client = made(), getattr(cast, role).client

    answers = [client.get("/jobs/"), client.post(f"/jobs/{job}/retry/"), client.post(f"/jobs/{job}/set-aside/")]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert "Only stewards see the queue." in answers[0].content.decode()
    assert state(job) == "failed"


def test_failed_job_is_put_back_once(cast: Cast, made: Made) -> None:
    job = made()

    first = cast.steward.client.post(f"/jobs/{job}/retry/", follow=True)
    second = cast.steward.client.post(f"/jobs/{job}/retry/", follow=True)

    found = Job.objects.get(pk=job)
    assert (found.status, found.attempts, found.args) == ("todo", 5, {"address": PLANTED})
    assert "The job is in the queue again." in first.content.decode()
    assert "does not stand as failed any more" in second.content.decode()


def test_running_job_is_left_alone(cast: Cast, made: Made) -> None:
    job = made("doing")

    cast.steward.client.post(f"/jobs/{job}/retry/")
    cast.steward.client.post(f"/jobs/{job}/set-aside/")

    assert state(job) == "doing"


def test_job_that_waits_already_is_not_doubled(cast: Cast, made: Made) -> None:
    job = made(lock="seal-events")
    made("todo", lock="seal-events")

    answer = cast.steward.client.post(f"/jobs/{job}/retry/", follow=True)

    assert "The same job waits already" in answer.content.decode()
    assert state(job) == "failed"


def test_job_set_aside_no_longer_counts_as_failed(cast: Cast, made: Made) -> None:
    job = made()

    answer = cast.steward.client.post(f"/jobs/{job}/set-aside/", follow=True)

    assert "None failed." in answer.content.decode()
    assert (state(job), queue.counts().failed) == ("cancelled", 0)


def test_job_that_is_gone_is_not_there(cast: Cast) -> None:
    assert cast.steward.client.post("/jobs/987654/retry/").status_code == 404
    with pytest.raises(NotThere):
        queue.set_aside(job=987654)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_at_once_one_is_told(made: Made) -> None:
    job, told, start = made(), [], threading.Barrier(2)

    def press() -> None:
        start.wait()
        try:
            queue.try_again(job=job)
        except queue.NotFailed:
            told.append(job)
        finally:
            connections.close_all()

    pressing = [threading.Thread(target=press) for _one in range(2)]
    for one in pressing:
        one.start()
    for one in pressing:
        one.join()

    found = (state(job), Job.objects.get(pk=job).attempts)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")  # the queue's tables are not emptied after a test

    assert told == [job]
    assert found == ("todo", 5)


def test_list_takes_as_many_queries_for_many_jobs(cast: Cast, made: Made, django_assert_num_queries: object) -> None:
    made()
    cast.steward.client.get("/jobs/")
    for rows in (1, 30):
        for _one in range(rows):
            made()
        with django_assert_num_queries(10):  # type: ignore[operator]
            cast.steward.client.get("/jobs/")


def test_visitor_is_sent_to_sign_in(client: Client, db: None) -> None:
    assert client.get("/jobs/").headers["Location"] == "/sign-in/?next=/jobs/"
