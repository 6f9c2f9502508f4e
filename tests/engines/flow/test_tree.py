"""The tree of the simplex stays a tree, whatever is hung where."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.engines.flow._tree import Tree


def branch(parent: list[int], top: int) -> set[int]:
    """All nodes whose way to the root passes ``top``, by walking every way."""
    out = set()
    for start in range(len(parent)):
        node = start
        while node not in (-1, top):
            node = parent[node]
        if node == top:
            out.add(start)
    return out


def ways(tree: Tree) -> set[tuple[int, int, int, bool]]:
    """The arcs of the tree as the network has them: name and ends."""
    joined = zip(tree.arc, range(tree.root), tree.parent, tree.up, strict=False)
    return {(arc, node, above, True) if up else (arc, above, node, True) for arc, node, above, up in joined}


@settings(max_examples=150, deadline=None)
@given(nodes=st.integers(2, 12), data=st.data())
def test_order_sizes_and_arcs_survive_every_move(nodes: int, data: st.DataObject) -> None:
    tree = Tree(list(range(nodes)), [node % 2 == 0 for node in range(nodes)])
    for arc in range(nodes, nodes + 12):
        cut = data.draw(st.integers(0, nodes - 1))
        inside = branch(tree.parent, cut)
        inner = data.draw(st.sampled_from(sorted(inside)))
        outer = data.draw(st.sampled_from(sorted(set(range(nodes + 1)) - inside)))
        kept = {one for one in ways(tree) if one[0] != tree.arc[cut]}

        moved = tree.rehang(cut, inner, outer, arc, up=True, meet=tree.meet(inner, outer))

        assert set(moved.tolist()) == inside
        assert ways(tree) == kept | {(arc, inner, outer, True)}
        for node in range(nodes + 1):
            place, size = int(tree.place[node]), tree.size[node]
            assert tree.order[place] == node
            assert set(tree.order[place : place + size].tolist()) == branch(tree.parent, node)


def test_meeting_point_is_the_lowest_node_above_both() -> None:
    tree = Tree([0, 1, 2, 3], [True] * 4)
    tree.rehang(1, 1, 0, 4, up=True, meet=tree.root)
    tree.rehang(2, 2, 0, 5, up=True, meet=tree.root)

    assert (tree.meet(1, 2), tree.meet(0, 2), tree.meet(1, 3)) == (0, 0, tree.root)
    assert np.array_equal(tree.place[tree.order], np.arange(5))
