"""Who may call what: the callers, one row for each function, and the rule that gives each cell its answer.

Nothing here asks the portal. `expected` derives the answer from what the function list says of a function (access and
permission), from what its row says it needs beyond that, and from what the caller holds and where.
"""

from dataclasses import dataclass

EVERYTHING = frozenset(["view", "editPatients", "import", "export", "share", "delete", "manageUsers", "administer"])

# The answers.
STRANGER, FORBIDDEN, ABSENT, OK = "401", "403", "absent", "ok"

# How a caller comes to the door.
NOBODY, ENDED, INACTIVE, MUST_CHANGE, SESSION, TOKEN = (
    "nobody", "its token has ended", "its account is not active", "must change its password", "session", "access token",
)  # fmt: skip


@dataclass(frozen=True)
class Caller:
    """`here` is the patient that the call is about; `elsewhere` another one, `everywhere` all of them."""

    name: str
    door: str = SESSION
    here: frozenset = frozenset()
    elsewhere: frozenset = frozenset()
    everywhere: frozenset = frozenset()
    # What the kind of its token leaves of that; a token for storing goes where its account sees.
    leaves: frozenset = EVERYTHING
    # The account of the patient itself, and what a group for all gives it without effect.
    is_patient: bool = False
    in_vain: frozenset = frozenset()

    @property
    def is_known(self):
        return self.door in (SESSION, TOKEN)

    def holds(self, permission):
        return permission in (self.here | self.elsewhere | self.everywhere) & self.leaves

    def holds_here(self, permission):
        return permission in (self.here | self.everywhere) & self.leaves

    def holds_everywhere(self, permission):
        return permission in self.everywhere & self.leaves

    def account_sees(self):
        return "view" in self.here | self.everywhere


def only(*permissions):
    return frozenset(permissions)


READING, STORING = only("view", "export"), only("import", "editPatients")

CALLERS = [
    Caller("anonymous", NOBODY),
    Caller("token expired", ENDED, here=EVERYTHING),
    Caller("token revoked", ENDED, here=EVERYTHING),
    Caller("account disabled", INACTIVE, here=EVERYTHING),
    Caller("token of an account disabled", INACTIVE, here=EVERYTHING),
    Caller("account expired", INACTIVE, here=EVERYTHING),
    Caller("must change its password", MUST_CHANGE, here=EVERYTHING),
    Caller("other group", elsewhere=EVERYTHING),
    Caller("sees all, the rest elsewhere", elsewhere=EVERYTHING, everywhere=only("view")),
    *[Caller(f"{one} alone", here=only(one)) for one in sorted(EVERYTHING)],
    *[Caller(f"{one} with view", here=only(one, "view")) for one in sorted(EVERYTHING - {"view"})],
    Caller("all for the granted", here=EVERYTHING),
    Caller("patient", here=only("view"), is_patient=True),
    Caller("patient among administrators", here=only("view"), is_patient=True, in_vain=EVERYTHING),
    Caller("token to read", TOKEN, here=EVERYTHING, leaves=READING),
    Caller("token to store", TOKEN, here=EVERYTHING, leaves=STORING),
    Caller("administrator's token", TOKEN, everywhere=EVERYTHING, leaves=READING | STORING),
    Caller("administrator", everywhere=EVERYTHING),
]


@dataclass(frozen=True)
class Row:
    """One way to call a function, and what it needs beyond the permission in the function list."""

    # (world, caller) -> what `call` makes; see rights_calls.py.
    call: object
    # The caller has to see what the call names; else that is not there.
    seen: bool = False
    # The same for what has no patient: it is there for who sees all.
    seen_among_all: bool = False
    # Permissions for what the call names.
    needs: frozenset = frozenset()
    # Permissions that have to hold for all patients, asked before the function looks for anything...
    on_all: frozenset = frozenset()
    # ... or after it found what the call names.
    on_all_then: frozenset = frozenset()
    # The answer to who lacks one of `needs` or `on_all_then`.
    lacking: str = FORBIDDEN
    # Permissions that may hold anywhere: what is given reaches no patient yet.
    anywhere: frozenset = frozenset()
    # For a person who signed in, not for a program.
    person: bool = False
    # Stores: where the account sees, also with a token that does not read.
    stores: bool = False
    # Of an open function, which decides by itself.
    opens: object = None
    # Codes of errors that prove that the call went through the door.
    passes: frozenset = frozenset()
    # (world, caller) -> a text that stands in the answer of who sees the thing, for lists and searches.
    lists: object = None
    # response -> the answer, when the status does not say it; None leaves it to the status.
    read: object = None
    # Names of things of the world that success uses up.
    consumes: frozenset = frozenset()


def expected(function, row, caller):
    """The answer that this caller has to get."""
    if function["access"] == "open":
        return row.opens(caller)
    if caller.door in (NOBODY, ENDED, INACTIVE):
        return STRANGER
    if caller.door == MUST_CHANGE:
        return FORBIDDEN
    if function["access"] == "permission" and not caller.holds(function["permission"]):
        return FORBIDDEN
    if row.person and caller.door == TOKEN:
        return FORBIDDEN
    if not all(map(caller.holds_everywhere, row.on_all)) or not all(map(caller.holds, row.anywhere)):
        return FORBIDDEN
    if row.seen and not (caller.account_sees() if row.stores else caller.holds_here("view")):
        return ABSENT
    if row.seen_among_all and not caller.holds_everywhere("view"):
        return ABSENT
    if not all(map(caller.holds_here, row.needs)):
        return row.lacking
    if not all(map(caller.holds_everywhere, row.on_all_then)):
        return row.lacking
    return OK


def whoever(caller):
    return OK


def who_signs_in(caller):
    """With the own address and password; an account that is not active is told so only after the right password."""
    return {NOBODY: STRANGER, INACTIVE: FORBIDDEN, MUST_CHANGE: FORBIDDEN}.get(caller.door, OK)


def who_has_an_account(caller):
    """A token for the change of a password is good for this alone; an access token changes no account."""
    return {MUST_CHANGE: OK, SESSION: OK, TOKEN: FORBIDDEN}.get(caller.door, STRANGER)
