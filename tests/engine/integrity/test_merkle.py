"""Merkle trees against published vectors and against a naive tree."""

from __future__ import annotations

import hashlib
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedbook.engine.integrity import merkle
from deedbook.engine.integrity.merkle import (
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root,
    verify_consistency,
    verify_inclusion,
)

# The leaves, roots and paths that implementations of Certificate Transparency (RFC 6962) test with.
LEAVES: Final = [
    bytes.fromhex(each)
    for each in (
        *("", "00", "10", "2021", "3031", "40414243", "5051525354555657"),
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS: Final = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
PATHS: Final[list[tuple[int, int, list[str]]]] = [
    (0, 1, []),
    (
        0,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        5,
        8,
        [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
        1,
        5,
        [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]
GROWTHS: Final[list[tuple[int, int, list[str]]]] = [
    (1, 1, []),
    (
        2,
        5,
        [
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
    (
        6,
        7,
        [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
]
HASHES: Final = [leaf_hash(leaf) for leaf in LEAVES]
MANY: Final = [leaf_hash(str(number).encode()) for number in range(600)]
ANYTHING: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.tuples(inner) | st.dictionaries(st.integers(), inner),
    max_leaves=5,
)


def naive_root(hashes: list[bytes]) -> bytes:
    """MTH of RFC 6962, word for word."""
    if not hashes:
        return hashlib.sha256().digest()
    if len(hashes) == 1:
        return hashes[0]
    middle = 1
    while middle * 2 < len(hashes):
        middle *= 2
    left, right = naive_root(hashes[:middle]), naive_root(hashes[middle:])
    return hashlib.sha256(b"\x01" + left + right).digest()


def test_roots_are_the_published_ones() -> None:
    assert root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert [root(HASHES[:size]).hex() for size in range(1, 9)] == ROOTS


@pytest.mark.parametrize(("index", "size", "path"), PATHS)
def test_inclusion_proofs_are_the_published_ones(index: int, size: int, path: list[str]) -> None:
    proof = inclusion_proof(HASHES[:size], index)
    assert [each.hex() for each in proof] == path
    assert verify_inclusion(HASHES[index], index, size, proof, bytes.fromhex(ROOTS[size - 1]))


@pytest.mark.parametrize(("first", "second", "path"), GROWTHS)
def test_consistency_proofs_are_the_published_ones(
    first: int, second: int, path: list[str]
) -> None:
    proof = consistency_proof(HASHES[:second], first)
    assert [each.hex() for each in proof] == path
    roots = (bytes.fromhex(ROOTS[first - 1]), bytes.fromhex(ROOTS[second - 1]))
    assert verify_consistency(first, second, proof, *roots)


@given(st.integers(0, 600))
def test_a_tree_that_grows_has_the_root_of_the_naive_one(size: int) -> None:
    frontier = Frontier()
    for each in MANY[:size]:
        frontier.append(each)
    assert frontier.root() == root(MANY[:size]) == naive_root(MANY[:size])
    again = Frontier(frontier.size, frontier.hashes)
    again.append(MANY[0])
    assert again.root() == naive_root([*MANY[:size], MANY[0]])


def test_a_frontier_gives_every_subtree_once_when_it_is_full() -> None:
    frontier = Frontier()
    given_ = [each for hash_ in MANY for each in frontier.append(hash_)]
    assert len({(level, index) for level, index, _ in given_}) == len(given_)
    for level, index, hash_ in given_:
        assert hash_ == naive_root(MANY[index << level : (index + 1) << level])
    assert len(given_) == sum(len(MANY) >> level for level in range(11))


def test_a_frontier_that_does_not_fit_its_size_is_refused() -> None:
    for size, hashes in ((1, []), (3, MANY[:1]), (0, MANY[:1]), (-1, MANY[:1])):
        with pytest.raises(ValueError, match="no frontier"):
            Frontier(size, hashes)


@given(st.integers(1, 600), st.data())
def test_an_inclusion_proof_holds_for_its_leaf_place_and_tree_alone(
    size: int, data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof, top = inclusion_proof(MANY[:size], index), naive_root(MANY[:size])
    assert verify_inclusion(MANY[index], index, size, proof, top)
    assert verify_inclusion(MANY[index], index, size, tuple(proof), top)
    other = data.draw(st.integers(0, 700))
    assert verify_inclusion(MANY[index], other, size, proof, top) is (other == index)
    # RFC 9162 lets a proof speak for other sizes of the same shape; none of them has this root.
    if other != size and 0 < other <= 600:
        assert not verify_inclusion(MANY[index], index, size, proof, naive_root(MANY[:other]))
    assert not verify_inclusion(MANY[index], index, size, [*proof, top], top)
    assert not verify_inclusion(leaf_hash(b"other"), index, size, proof, top)
    for place in range(len(proof)):
        assert not verify_inclusion(MANY[index], index, size, proof[:place], top)
        forged = [*proof[:place], leaf_hash(proof[place]), *proof[place + 1 :]]
        assert not verify_inclusion(MANY[index], index, size, forged, top)


@given(st.integers(1, 600), st.data())
def test_a_consistency_proof_holds_between_its_trees_alone(
    second: int, data: st.DataObject
) -> None:
    first = data.draw(st.integers(1, second))
    proof = consistency_proof(MANY[:second], first)
    root1, root2 = naive_root(MANY[:first]), naive_root(MANY[:second])
    assert verify_consistency(first, second, proof, root1, root2)
    forged = leaf_hash(b"forged")
    assert not verify_consistency(first, second, proof, forged, root2)
    assert not verify_consistency(first, second, proof, root1, forged)
    assert not verify_consistency(first, second, [*proof, forged], root1, root2)
    assert not verify_consistency(second + 1, second, proof, root1, root2)
    for place in range(len(proof)):
        assert not verify_consistency(first, second, proof[:place], root1, root2)
        changed = [*proof[:place], forged, *proof[place + 1 :]]
        assert not verify_consistency(first, second, changed, root1, root2)


def test_what_grew_from_nothing_proves_nothing() -> None:
    top = naive_root(MANY[:5])
    for proof in ([], [top], MANY[:3]):
        assert verify_consistency(0, 5, proof, root([]), top) is False
    assert verify_consistency(0, 0, [], root([]), root([])) is False
    with pytest.raises(ValueError, match="did not grow"):
        consistency_proof(MANY[:5], 0)
    with pytest.raises(ValueError, match="did not grow"):
        consistency_proof(MANY[:5], 6)
    for index in (-1, 5):
        with pytest.raises(ValueError, match="no leaf"):
            inclusion_proof(MANY[:5], index)


@given(st.lists(ANYTHING, min_size=5, max_size=5))
def test_verifying_anything_at_all_gives_false_and_raises_nothing(values: list[Any]) -> None:
    assert verify_inclusion(*values) is False
    assert verify_consistency(*values) is False


def test_verifying_refuses_what_only_looks_alike() -> None:
    proof, top = inclusion_proof(MANY[:3], 1), naive_root(MANY[:3])
    assert verify_inclusion(MANY[1], 1, 3, proof, top)
    assert not verify_inclusion(MANY[1], True, 3, proof, top)
    assert not verify_inclusion(MANY[1], 1.0, 3, proof, top)
    assert not verify_inclusion(bytearray(MANY[1]), 1, 3, proof, top)
    assert not verify_inclusion(MANY[1], 1, 3, iter(proof), top)
    assert not verify_inclusion(MANY[1], 1, 3, b"".join(proof), top)
    assert not verify_inclusion(MANY[1], 1, 3, [each.hex() for each in proof], top)
    assert not verify_inclusion(MANY[1], -1, 3, proof, top)
    assert not verify_inclusion(MANY[0], 0, 0, [], root([]))
    assert not verify_consistency(1, True, [], MANY[0], MANY[0])
    assert verify_inclusion(MANY[0], 2**4000, 2**4001, [], MANY[0]) is False


def test_a_leaf_cannot_pass_for_a_node() -> None:
    both = MANY[0] + MANY[1]
    assert leaf_hash(both) != merkle.node_hash(MANY[0], MANY[1])
