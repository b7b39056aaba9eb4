"""Each function of the list, called by each kind of caller: whether it answers, refuses, or knows of nothing."""

import pytest

from rights_matrix import ABSENT, CALLERS, FORBIDDEN, OK, STRANGER, expected
from rights_rows import ROWS
from rights_world import World

REFUSALS = {
    "account.expired", "account.inactive", "password.mustChange", "permission.missing", "rights.beyond",
    "session.needed",
}  # fmt: skip


@pytest.fixture(scope="module")
def functions(portal):
    return {function["name"]: function for function in portal.functions()}


@pytest.fixture(scope="module")
def world(portal, api):
    made = World(portal, api)
    made.gather(CALLERS)
    return made


def test_each_function_has_a_row_and_each_row_a_function(functions):
    assert functions.keys() == ROWS.keys()


@pytest.mark.parametrize("name", ROWS)
def test_each_row_lets_somebody_in_and_keeps_somebody_out(functions, name):
    for number, row in ways(name):
        answers = {expected(functions[name], row, caller) for caller in CALLERS}
        assert OK in answers and (len(answers) > 1 or name == "ShowHealth"), f"way {number}: {answers}"


@pytest.mark.parametrize("name", ROWS)
def test_each_caller_gets_what_its_rights_give(functions, world, name):
    differences = []
    for number, row in ways(name):
        for caller in CALLERS:
            right, got = expected(functions[name], row, caller), answer(world, functions[name], row, caller)
            if got != right:
                differences.append(f"{name} (way {number}), {caller.name}: {got} instead of {right}")
    assert not differences, "\n".join(["", *differences])


def ways(name):
    """The numbered ways in which a function is called."""
    return enumerate(ROWS[name] if isinstance(ROWS[name], list) else [ROWS[name]], 1)


def answer(world, function, row, caller):
    """The class of the answer to one caller."""
    text = row.lists and row.lists(world, caller)
    response = world.ask(function, caller, row.call(world, caller))
    got = row.read and row.read(response) or read(response, row.passes)
    if got == OK and text:
        got = read_list(response, text, world.hidden, caller)
    if got == OK:
        world.forget(caller, row.consumes)
    return got


def read(response, passes):
    if response.ok:
        return OK
    code = response.json()["error"]["code"]
    if code in passes:
        return OK
    if response.status_code == 403 and code not in REFUSALS:
        return f"403 {code}"
    return {401: STRANGER, 403: FORBIDDEN, 404: ABSENT}.get(response.status_code, f"{response.status_code} {code}")


def read_list(response, text, hidden, caller):
    """What a list does not hold is absent; what is hidden is in nobody's list."""
    shows_hidden = any(name in response.text for name in (hidden.id, hidden.number, hidden.study))
    if shows_hidden and not caller.holds_everywhere("view"):
        return "shows what is hidden"
    return OK if text in response.text else ABSENT
