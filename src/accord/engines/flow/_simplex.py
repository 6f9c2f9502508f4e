"""The plain solver: network simplex on strongly feasible trees, priced in NumPy, exact in whole numbers."""

import numpy as np

from accord.engines.flow._tree import Tree
from accord.engines.flow.types import Network, Whole

# Arcs looked at together, candidates kept of them, and steps before fresh ones are sought; chosen by trial.
BLOCK, KEPT, STEPS = 8_000, 60, 30
# More than the arcs of the root ever carry; a whole number of Python's, so beyond 64 bits.
NO_BOUND = 2**70


class Simplex:
    """A network simplex that goes from one cost vector to the next without starting anew.

    Every node has an arc of its own to or from the root, which carries what cannot flow otherwise. Amounts are
    counted from the lower bounds. ``state`` of a real arc: +1 at its lower bound, -1 at its upper, 0 in the tree or
    settled for good. The tree is strongly feasible (every node could send a little more towards the root), and the
    leaving arc is the last that blocks, so no sequence of empty steps returns (Cunningham, 1976).
    """

    def __init__(self, network: Network) -> None:
        self.network = network
        nodes, arcs = network.nodes, network.arcs
        excess = network.supply.copy()
        np.subtract.at(excess, network.tail, network.lower)
        np.add.at(excess, network.head, network.lower)
        self.capacity: list[int] = (network.upper - network.lower).tolist() + [NO_BOUND] * nodes
        self.flow: list[int] = [0] * arcs + np.abs(excess).tolist()
        self.tree = Tree(list(range(arcs, arcs + nodes)), (excess >= 0).tolist())
        self.state: Whole = (network.upper > network.lower).astype(np.int64)
        self.potential: Whole = np.zeros(nodes + 1, dtype=np.int64)
        self.cost: Whole = np.zeros(arcs, dtype=np.int64)
        self.begun = False
        self.next = 0

    def least(self, cost: Whole) -> Whole:
        """Return amounts (m) of least cost among those of least cost by every vector given before.

        Where nothing can flow as the network asks, ``unmet`` is above 0 afterwards.
        """
        largest = int(np.abs(cost).max(initial=0))
        # More than any path costs, so that the arcs of the root empty first.
        self._reprice(cost, 0 if self.begun else (self.network.nodes + 1) * largest + 1)
        self.begun = True
        while len(candidates := self._candidates()):
            for _ in range(STEPS):
                wrong = self._wrong(candidates)
                worst = int(wrong.argmin())
                if wrong[worst] >= 0:
                    break
                self._step(int(candidates[worst]))
        # Whatever is not at price 0 now is where every cheapest flow has it.
        self.state[self._reduced(slice(None)) != 0] = 0
        return np.array(self.flow[: self.network.arcs], dtype=np.int64) + self.network.lower

    @property
    def unmet(self) -> int:
        """What could not flow: it left by arcs to the root, and came back by arcs from it."""
        return sum(self.flow[self.network.arcs :]) // 2

    def _reprice(self, cost: Whole, penalty: int) -> None:
        """Set potentials that make every arc of the tree cost nothing, under a new cost vector."""
        self.cost = cost
        tree = self.tree
        prices = [*cost.tolist(), *[penalty] * self.network.nodes]
        potential = [0] * (self.network.nodes + 1)
        for node in tree.order[1:].tolist():
            price = prices[tree.arc[node]]
            potential[node] = potential[tree.parent[node]] + (-price if tree.up[node] else price)
        self.potential = np.array(potential, dtype=np.int64)

    def _reduced(self, arcs: Whole | slice) -> Whole:
        potential, network = self.potential, self.network
        return self.cost[arcs] + potential[network.tail[arcs]] - potential[network.head[arcs]]

    def _wrong(self, arcs: Whole | slice) -> Whole:
        """Return how much a unit more (or less) on each arc would cost; below 0 where it pays."""
        return self.state[arcs] * self._reduced(arcs)

    def _candidates(self) -> Whole:
        """Return arcs that pay, the best of the next block that has any; none when none is left."""
        blocks = -(-self.network.arcs // BLOCK)
        for turn in range(blocks):
            first = (self.next + turn) % blocks * BLOCK
            wrong = self._wrong(slice(first, first + BLOCK))
            found = np.flatnonzero(wrong < 0)
            if len(found):
                self.next = (self.next + turn + 1) % blocks
                if len(found) > KEPT:
                    found = found[np.argpartition(wrong[found], KEPT)[:KEPT]]
                return found + first
        return np.empty(0, dtype=np.int64)

    def _step(self, entering: int) -> None:
        """Bring an arc that pays into the tree, or to its other bound."""
        network, tree = self.network, self.tree
        tail, head = int(network.tail[entering]), int(network.head[entering])
        rising = self.state[entering] > 0
        first, second = (tail, head) if rising else (head, tail)
        meet = tree.meet(first, second)
        amount, out, inner = self._room(entering, first, second, meet)
        if amount:
            self.flow[entering] += amount if rising else -amount
            self._push(amount, first, second, meet)
        if out < 0:
            self.state[entering] = -self.state[entering]
            return
        price = int(self._reduced(np.array([entering]))[0])
        self.state[entering] = 0
        leaving = tree.arc[out]
        if leaving < network.arcs:
            self.state[leaving] = 1 if self.flow[leaving] == 0 else -1
        outer = head if inner == tail else tail
        moved = tree.rehang(out, inner, outer, entering, up=inner == tail, meet=meet)
        self.potential[moved] += -price if inner == tail else price

    def _room(self, entering: int, first: int, second: int, meet: int) -> tuple[int, int, int]:
        """Return how much can go round, the node below the arc that blocks (or -1), and the end on its side.

        The cycle runs from ``meet`` down to ``first``, through the entering arc, and from ``second`` up again.
        """
        parent, arc, up, flow, capacity = self.tree.parent, self.tree.arc, self.tree.up, self.flow, self.capacity
        amount, out, inner = capacity[entering], -1, -1
        node = first
        while node != meet:
            room = flow[arc[node]] if up[node] else capacity[arc[node]] - flow[arc[node]]
            # Strictly less: of equals, the one furthest along the cycle has been met already.
            if room < amount:
                amount, out, inner = room, node, first
            node = parent[node]
        node = second
        while node != meet:
            room = capacity[arc[node]] - flow[arc[node]] if up[node] else flow[arc[node]]
            # Or equal: here every next one is further along.
            if room <= amount:
                amount, out, inner = room, node, second
            node = parent[node]
        return amount, out, inner

    def _push(self, amount: int, first: int, second: int, meet: int) -> None:
        """Send an amount round the cycle, but for the entering arc."""
        parent, arc, up, flow = self.tree.parent, self.tree.arc, self.tree.up, self.flow
        for start, sign in ((first, -amount), (second, amount)):
            node = start
            while node != meet:
                flow[arc[node]] += sign if up[node] else -sign
                node = parent[node]
