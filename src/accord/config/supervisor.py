"""Runs the web server and the worker side by side: restarts the one that dies, stops both on one signal.

    code = run([Child("web server", [...]), Child("worker", [...])])

Children live in sessions of their own, so that a Ctrl-C of the terminal reaches them only through here,
once. They are tethered to this process: if it is killed, the kernel sends them SIGTERM.
"""

import contextlib
import errno
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

GOODBYE = "Stopped."
INTERRUPTED, DEPENDENCY_DOWN = 130, 6
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_LOOK_EVERY = 1.0  # seconds between two looks when no signal wakes us
_STEADY = 30.0  # seconds after which a child counts as having come up
_DEATHS_IN_A_ROW = 5
_FIRST_DELAY, _LONGEST_DELAY = 0.2, 10.0
_PORTS = 65536


class PortError(Exception):
    """The address cannot be listened on; the text says why and how to mend it."""

    exit_code = 4


@dataclass(frozen=True, slots=True)
class Child:
    """A program to keep running: its name for people, its command line, and its environment if not ours."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str] | None = None


@dataclass(slots=True)
class _Kept:
    """A child and how it fares. `process` is None while it waits for its next start at `due`."""

    child: Child
    process: subprocess.Popen[bytes] | None = None
    born: float = 0.0
    due: float = 0.0
    deaths: int = 0


@dataclass(slots=True)
class _Signals:
    """The stop signals that came in so far, in order."""

    seen: list[int] = field(default_factory=list)

    def note(self, number: int, _frame: FrameType | None) -> None:
        self.seen.append(number)


def run(
    children: Sequence[Child],
    *,
    patience: float = 15.0,
    watch: Callable[[], object] | None = None,
    say: Callable[[str], None] | None = None,
) -> int:
    """Keep the children running until SIGINT, SIGTERM or SIGHUP comes; return the exit code for the command.

    That is 130 after Ctrl-C, 0 after the other signals, 6 if a child died five times in a row without coming
    up. On a signal every child gets SIGTERM once and `patience` seconds; what is left then is killed, and a
    second signal kills it at once. `watch` is called about once a second, for a database that should be
    started again, say; an error of its is told and does not end anything. `say` takes lines for people; they
    go to stderr otherwise. Call it from the main thread.
    """
    tell = say or _to_stderr
    kept = [_Kept(child) for child in children]
    signals = _Signals()
    with _awake(signals) as wait:
        try:
            faulty = _supervise(kept, signals, wait, _careful(watch, tell), tell)
        finally:
            _stop(kept, signals, wait, patience, tell)
    if faulty is not None:
        tell(f"The {faulty.name} ends as soon as it starts: read the lines above, then start again.")
        return DEPENDENCY_DOWN
    tell(GOODBYE)
    return INTERRUPTED if signals.seen[0] == signal.SIGINT else 0


def free_port(host: str, port: int) -> int:
    """Return the port if a server can listen on it, or any free one for port 0.

    Raises:
        PortError: another program has it, it is reserved for root, or the host is not this machine's.

    """
    if port not in range(_PORTS):
        raise PortError(f"There is no port {port}: use --port with a number from 0 to {_PORTS - 1}.")
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            # As servers do: a port whose last connections are still fading counts as free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
            found: int = probe.getsockname()[1]
    except OSError as error:
        raise PortError(_why_not(host, port, error)) from error
    return found


def _why_not(host: str, port: int, error: OSError) -> str:
    code = error.errno
    if code == errno.EADDRINUSE:
        return f"Port {port} is taken by another program: use --port 0 for a free one."
    if code == errno.EACCES:
        return f"Port {port} is reserved for root: use --port 0 for a free one, or any from 1024 to 65535."
    if isinstance(error, socket.gaierror) or code == errno.EADDRNOTAVAIL:
        return f"{host} is no address of this machine: use --host 127.0.0.1, or 0.0.0.0 for all its addresses."
    return f"Cannot listen on {host} port {port} ({error}): use --host and --port for another address."


def _supervise(
    kept: Sequence[_Kept],
    signals: _Signals,
    wait: Callable[[float], None],
    watch: Callable[[], None],
    tell: Callable[[str], None],
) -> Child | None:
    """Start and restart the children until a signal comes; return a child that never comes up."""
    while not signals.seen:
        for one in kept:
            _note_death(one, tell)
            if one.deaths >= _DEATHS_IN_A_ROW:
                return one.child
            if one.process is None and time.monotonic() >= one.due:
                _start(one)
        soonest = min((one.due - time.monotonic() for one in kept if one.process is None), default=_LOOK_EVERY)
        wait(min(max(soonest, 0.0), _LOOK_EVERY))
        if not signals.seen:
            watch()
    return None


def _start(one: _Kept) -> None:
    tether = ["setpriv", "--pdeathsig", "TERM", "--"] if shutil.which("setpriv") else []
    one.process = subprocess.Popen(  # noqa: S603 - the command lines are the caller's own, no shell
        [*tether, *one.child.argv],
        env=one.child.env,
        stdin=subprocess.DEVNULL,
        stdout=2,  # what they say is talk; our stdout is for data
        start_new_session=True,
    )
    one.born = time.monotonic()


def _note_death(one: _Kept, tell: Callable[[str], None]) -> None:
    if one.process is None or one.process.poll() is None:
        return
    # Its own children may have outlived it and hold its port.
    _signal_group(one.process, signal.SIGKILL)
    lived = time.monotonic() - one.born
    one.deaths = 1 if lived >= _STEADY else one.deaths + 1
    delay = min(_FIRST_DELAY * 2 ** (one.deaths - 1), _LONGEST_DELAY)
    if one.deaths < _DEATHS_IN_A_ROW:
        tell(f"The {one.child.name} {_ending(one.process.returncode)}; starting it again in {delay:g} s.")
    one.process, one.due = None, time.monotonic() + delay


def _ending(code: int) -> str:
    return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"


def _stop(
    kept: Sequence[_Kept],
    signals: _Signals,
    wait: Callable[[float], None],
    patience: float,
    tell: Callable[[str], None],
) -> None:
    alive = [one for one in kept if one.process is not None]
    for one in alive:
        if one.process is not None:
            one.process.terminate()
    until, signals_so_far = time.monotonic() + patience, len(signals.seen)
    while any(one.process is not None and one.process.poll() is None for one in alive):
        left = until - time.monotonic()
        if left <= 0 or len(signals.seen) > signals_so_far:
            tell("Ending what has not stopped by itself.")
            break
        wait(min(left, _LOOK_EVERY))
    for one in alive:
        if one.process is not None:
            _signal_group(one.process, signal.SIGKILL)
            one.process.wait()


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


@contextlib.contextmanager
def _awake(signals: _Signals) -> Iterator[Callable[[float], None]]:
    """Catch the signals inside the block; gives a sleep that ends early when one comes or a child dies."""
    ours, kernels = socket.socketpair()
    ours.setblocking(False)  # noqa: FBT003 - the standard library's own signature
    kernels.setblocking(False)  # noqa: FBT003 - as above
    before = {number: signal.signal(number, signals.note) for number in _STOP_SIGNALS}
    before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    wakeup = signal.set_wakeup_fd(kernels.fileno(), warn_on_full_buffer=False)

    def wait(seconds: float) -> None:
        ours.settimeout(max(seconds, 0.001))
        with contextlib.suppress(TimeoutError, BlockingIOError):
            ours.recv(4096)

    try:
        yield wait
    finally:
        signal.set_wakeup_fd(wakeup)
        for number, handler in before.items():
            signal.signal(number, handler)
        ours.close()
        kernels.close()


def _careful(watch: Callable[[], object] | None, tell: Callable[[str], None]) -> Callable[[], None]:
    """Wrap the watch so that its errors are told once each and stop nothing."""
    last = ""

    def look() -> None:
        nonlocal last
        if watch is None:
            return
        try:
            watch()
            last = ""
        except Exception as error:  # noqa: BLE001 - whatever fails in the watch, the children serve on
            if str(error) != last:
                last = str(error)
                tell(last)

    return look


def _to_stderr(line: str) -> None:
    # A terminal that shows ^C has begun a line.
    start = "\r" if sys.stderr.isatty() else ""
    sys.stderr.write(f"{start}{line}\n")
    sys.stderr.flush()
