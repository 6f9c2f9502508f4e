"""A worker in a process of its own, as `accord worker` runs it, without its look at the tables first."""

import django

if __name__ == "__main__":
    django.setup()
    from accord.config.cli.ready import work

    work.run(3)
