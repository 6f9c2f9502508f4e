"""The page that says how the simulated part was made."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.cast import moment

from accord.demo.stories import STORIES
from accord.kernel.models import World


@pytest.fixture
def world(db: None) -> World:
    """Say that the database holds a demo; the page tells of the processes, and reads none of what they made."""
    return World.objects.create(
        is_demo=True, demo_day=date(2019, 9, 30), seed=2019, scale=1, built_at=moment(date(2019, 9, 30))
    )


def test_every_process_and_parameter_is_listed(world: World, client: Client) -> None:
    page = client.get(reverse("demo:simulated")).content.decode()

    assert all(story.title.en in page and f"{story.of.agreement}/{story.of.promise}" in page for story in STORIES)
    assert "seed 2019" in page
    assert page.count('<th scope="row">') == len(STORIES)


def test_the_chinese_page_names_the_processes_in_chinese(world: World, client: Client) -> None:
    page = client.get(reverse("demo:simulated"), headers={"accept-language": "zh-hans"}).content.decode()

    assert "成都课程" in page
    assert "Course runs in Chengdu" not in page


def test_the_page_is_not_there_in_a_real_installation(world: World, client: Client) -> None:
    world.delete()

    assert client.get(reverse("demo:simulated")).status_code == 404


def test_what_is_real_leads_to_the_page(world: World, client: Client) -> None:
    assert f'href="{reverse("demo:simulated")}"' in client.get(reverse("portal:what-is-real")).content.decode()


def test_the_page_reads_a_literal_number_of_queries(
    world: World, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        client.get(reverse("demo:simulated"))
