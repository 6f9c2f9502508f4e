"""Two real children under the supervisor, which runs in a process of its own so that it can be signalled and killed."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from accord.config import supervisor
from accord.config.supervisor import Child, PortError, free_port

SOURCES = Path(supervisor.__file__).parents[2]
STEADY = "import signal, time; signal.signal(signal.SIGTERM, lambda *_: exit(0)); {extra}\nwhile True: time.sleep(0.05)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); {extra}\nwhile True: time.sleep(0.05)"
NOTE = "import os, pathlib; pathlib.Path({folder!r}, {name!r} + '.' + str(os.getpid())).touch()"
MAIN = """
import json, sys
from accord.config.supervisor import Child, run
children = [Child(name, [sys.executable, "-c", program]) for name, program in json.loads(sys.argv[1])]
watch = (lambda: 1 / 0) if sys.argv[3] == "faulty watch" else None
sys.exit(run(children, patience=float(sys.argv[2]), watch=watch))
"""

type_of_start = Callable[..., subprocess.Popen]


@pytest.fixture
def start() -> Iterator[type_of_start]:
    made = []

    def begin(children: list[tuple[str, str]], *, patience: float = 10, watch: str = "") -> subprocess.Popen:
        command = [sys.executable, "-c", MAIN, json.dumps(children), str(patience), watch]
        environment = {**os.environ, "PYTHONPATH": str(SOURCES)}
        made.append(subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True))
        return made[-1]

    yield begin
    for process in made:
        process.kill()
        process.communicate()


def child(tmp_path: Path, name: str, program: str = STEADY) -> tuple[str, str]:
    return name, program.format(extra=NOTE.format(folder=str(tmp_path), name=name))


def born(tmp_path: Path, name: str) -> list[int]:
    return [
        int(path.suffix[1:]) for path in sorted(tmp_path.glob(f"{name}.*"), key=lambda path: path.stat().st_mtime_ns)
    ]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def eventually(condition: Callable[[], object], seconds: float = 10) -> bool:
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0), (signal.SIGHUP, 0)])
def test_signal_stops_both_children_with_one_line(tmp_path, start, number, code):
    main = start([child(tmp_path, "web"), child(tmp_path, "worker")])
    assert eventually(lambda: born(tmp_path, "web") and born(tmp_path, "worker"))

    main.send_signal(number)
    _, said = main.communicate(timeout=15)

    assert said == "Stopped.\n"
    assert main.returncode == code
    assert not any(alive(pid) for name in ("web", "worker") for pid in born(tmp_path, name))


def test_child_that_dies_is_started_again_and_the_other_is_left_alone(tmp_path, start):
    main = start([child(tmp_path, "web"), child(tmp_path, "worker")])
    assert eventually(lambda: born(tmp_path, "web") and born(tmp_path, "worker"))
    (first,) = born(tmp_path, "web")

    os.kill(first, signal.SIGKILL)

    assert eventually(lambda: len(born(tmp_path, "web")) == 2)
    assert len(born(tmp_path, "worker")) == 1
    main.terminate()
    _, said = main.communicate(timeout=15)
    assert said == "The web was ended by SIGKILL; starting it again in 0.2 s.\nStopped.\n"


def test_child_that_never_comes_up_ends_it_all(tmp_path, start):
    main = start([("web", "exit(3)"), child(tmp_path, "worker")])

    _, said = main.communicate(timeout=30)

    assert main.returncode == 6
    lines = said.splitlines()
    assert lines[:-1] == [
        f"The web ended with exit code 3; starting it again in {s} s." for s in ("0.2", "0.4", "0.8", "1.6")
    ]
    assert lines[-1] == "The web ends as soon as it starts: read the lines above, then start again."
    assert not any(alive(pid) for pid in born(tmp_path, "worker"))


def test_child_that_will_not_stop_is_killed_after_its_patience(tmp_path, start):
    main = start([child(tmp_path, "web", STUBBORN)], patience=0.5)
    assert eventually(lambda: born(tmp_path, "web"))

    main.terminate()
    _, said = main.communicate(timeout=10)

    assert said == "Ending what has not stopped by itself.\nStopped.\n"
    assert not alive(born(tmp_path, "web")[0])


def test_second_signal_does_not_wait_for_patience(tmp_path, start):
    main = start([child(tmp_path, "web", STUBBORN)], patience=300)
    assert eventually(lambda: born(tmp_path, "web"))

    main.send_signal(signal.SIGINT)
    time.sleep(0.3)
    main.send_signal(signal.SIGINT)
    main.communicate(timeout=10)

    assert main.returncode == 130


def test_killed_supervisor_takes_its_children_along(tmp_path, start):
    main = start([child(tmp_path, "web"), child(tmp_path, "worker")])
    assert eventually(lambda: born(tmp_path, "web") and born(tmp_path, "worker"))

    main.kill()

    assert eventually(lambda: not any(alive(pid) for name in ("web", "worker") for pid in born(tmp_path, name)))


def test_grandchildren_of_a_killed_child_do_not_keep_its_port(tmp_path, start):
    parent = (
        "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {kid!r}])\nwhile True: time.sleep(1)"
    )
    start(
        [
            (
                "web",
                parent.format(kid=child(tmp_path, "kid")[1] + f"\n{NOTE.format(folder=str(tmp_path), name='x')}"),
            )
        ]
    )
    assert eventually(lambda: born(tmp_path, "kid"))
    (kid,) = born(tmp_path, "kid")

    os.kill(int(Path(f"/proc/{kid}/stat").read_text().rsplit(")", 1)[1].split()[1]), signal.SIGKILL)

    assert eventually(lambda: not alive(kid))


def test_failing_watch_is_told_once_and_stops_nothing(tmp_path, start):
    main = start([child(tmp_path, "web")], watch="faulty watch")
    assert eventually(lambda: born(tmp_path, "web"))
    time.sleep(2.5)

    assert alive(born(tmp_path, "web")[0])
    main.terminate()
    assert main.communicate(timeout=10)[1] == "division by zero\nStopped.\n"


def test_child_that_does_not_exist_ends_it_all_and_names_it(capfd):
    said = []

    code = supervisor.run([Child("web server", ["/nowhere/granian"])], say=said.append)

    assert code == 6
    assert "The web server ends as soon as it starts" in said[-1]
    assert "/nowhere/granian" in capfd.readouterr().err


def test_free_port_gives_the_asked_one_if_it_is_free():
    anywhere = free_port("127.0.0.1", 0)

    assert 1024 <= anywhere <= 65535
    assert free_port("127.0.0.1", anywhere) == anywhere


def test_taken_port_says_how_to_get_another():
    with socket.create_server(("127.0.0.1", 0), reuse_port=True) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(PortError) as refusal:
            free_port("127.0.0.1", port)

    assert str(refusal.value) == f"Port {port} is taken by another program: use --port 0 for a free one."
    assert refusal.value.exit_code == 4


@pytest.mark.parametrize(
    ("host", "port", "words"),
    [
        ("192.0.2.1", 8000, "192.0.2.1 is no address of this machine: use --host 127.0.0.1"),
        ("127.0.0.1", 70000, "use --port with a number from 0 to 65535"),
    ],
)
def test_address_that_cannot_be_listened_on_says_why(host, port, words):
    with pytest.raises(PortError, match=words):
        free_port(host, port)
