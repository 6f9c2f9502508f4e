"""Simulated names: distinct by construction, and of nobody."""

from accord.demo import names


def test_names_in_a_row_are_all_distinct_in_both_languages() -> None:
    made = [names.person(number, seed=7) for number in range(names.PEOPLE)]

    assert len({name.en for name in made}) == names.PEOPLE
    assert len({name.zh_hans for name in made}) == names.PEOPLE


def test_another_seed_gives_another_name_to_the_same_number() -> None:
    assert names.person(5, seed=1) != names.person(5, seed=2)


def test_a_company_says_that_it_is_a_sample() -> None:
    made = names.company(17)

    assert (made.en, made.zh_hans) == ("Sample Fintech 017", "示例金科017")
