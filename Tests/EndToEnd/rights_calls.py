"""How functions are called, and the kinds of rows that they have."""

from pydicom.uid import generate_uid

import samples
from rights_matrix import ABSENT, EVERYTHING, FORBIDDEN, OK, STRANGER, Row, only
from rights_people import NAME

ZIP = {"Accept": "application/zip"}

# Calls: (world, caller) -> the names in the address as `path`, and the rest of what `requests` takes.


def plain(**request):
    return lambda world, caller: request


def named(thing):
    """The thing whose id stands alone in the address."""
    return lambda world, caller: {"path": {"id": thing(world, caller)}}


def of_patient(**request):
    return lambda world, caller: request | {"path": {"id": world.patient(caller).id}}


def of_study(**request):
    """Of the patient's image: study, series, instance, its only frame, its pixels."""

    def call(world, caller):
        patient = world.patient(caller)
        names = {"study": patient.study, "series": patient.series, "instance": patient.instance}
        return request | {"path": names | {"frames": 1, "path": "7FE00010"}}

    return call


def of_waiting_study(**request):
    return lambda world, caller: request | {"path": {"study": world.waiting(caller)}}


def of_account(**request):
    return lambda world, caller: request | {
        "path": {"id": world.account(caller).user, "session": world.session_of_account(caller)}
    }


def of_account_above(**request):
    return lambda world, caller: request | {
        "path": {"id": world.account_above(caller).user, "session": world.session_above(caller)}
    }


def of_group(**request):
    return lambda world, caller: request | {
        "path": {"id": world.group(caller), "user": world.account(caller).user, "patient": world.patient(caller).id}
    }


def of_administrators(**request):
    """Of the group that may everything; as its new member the caller itself."""
    return lambda world, caller: request | {
        "path": {"id": world.administrators, "user": world.person(caller).user}
    }


def of_status(**request):
    return lambda world, caller: request | {"path": {"code": world.status(caller)}}


def study(world, caller):
    return world.patient(caller).study


def series(world, caller):
    return world.patient(caller).series


def instance(world, caller):
    return world.patient(caller).instance


def patient_id(world, caller):
    return world.patient(caller).id


def user_id(world, caller):
    return world.account(caller).user


def search(world, caller):
    """For the study of the patient and the hidden one."""
    return {"params": {"StudyInstanceUID": f"{study(world, caller)},{world.hidden.study}"}}


def by_uri(kind):
    """By WADO-URI, in one of its forms."""

    def call(world, caller):
        patient = world.patient(caller)
        names = {"studyUID": patient.study, "seriesUID": patient.series, "objectUID": patient.instance}
        return {"params": names | {"requestType": "WADO", "contentType": kind}}

    return call


def storing(world, caller):
    """One more image of the study that is there."""
    body, headers = samples.stow_body([world.another_image_of(world.patient(caller))])
    return {"data": body, "headers": headers, "path": {"study": study(world, caller)}}


def importing(world, caller):
    body = world.another_image_of(world.patient(caller))
    return {"data": body, "headers": {"Content-Type": "application/dicom"}}


def importing_sidecar(world, caller):
    """What a sidecar says of the patient that is there."""
    document = samples.sidecar(world.patient(caller).number, lastName=NAME, firstName="Ligne", condition=generate_uid())
    body = samples.archive({"folder/patient.json": document})
    return {"data": body, "headers": {"Content-Type": "application/zip"}}


# An import of one byte, sent file by file.
ANNOUNCED = {"files": [{"path": "a.dcm", "size": 1}]}


def of_receiving(**request):
    return lambda world, caller: request | {"path": {"id": world.receiving(caller), "n": 0}}


def of_foreign_import():
    return named(lambda world, caller: world.foreign_import)


def of_foreign_receiving(**request):
    return lambda world, caller: request | {"path": {"id": world.begin(world.authorization), "n": 0}}


def merging(part):
    return lambda world, caller: of_patient(json={"from": part(world, caller).id})(world, caller)


# Documents.

LABEL = {"fr": NAME, "en": NAME}


def code_of_status():
    return f"m{generate_uid().replace('.', '')[-20:]}"


def account_in(*groups):
    return {"email": f"{generate_uid()[-30:]}@matrix.example.org", "name": NAME, "groups": list(groups)}


def group_of(permissions=("view",), scope="granted"):
    return {"name": f"{NAME} {generate_uid()}", "permissions": sorted(permissions), "scope": scope}


def whole_patient(world, caller):
    patient = world.patient(caller)
    return of_patient(json={"patientId": patient.number, "lastName": NAME, "firstName": "Ligne"})(world, caller)


def whole_account(world, caller):
    document = {"email": world.account(caller).email, "name": NAME, "groups": [world.group(caller)]}
    return of_account(json=document)(world, caller)


# Rows.


def seen(call, **more):
    return Row(call, seen=True, **more)


def exported(call):
    return seen(call, needs=only("export"))


def edited(call, **more):
    return seen(call, needs=only("editPatients"), **more)


def deleted(call, **more):
    return seen(call, needs=only("delete"), **more)


def restorable(call, **more):
    """What was deleted is there for those who saw it and may delete it."""
    return deleted(call, lacking=ABSENT, **more)


def administered(call, **more):
    return Row(call, on_all=only("administer"), **more)


# Nobody gives, or takes from others, what they lack: the group of the calls gives sight of the patient.
DELEGATING = only("manageUsers", "view")


def delegated(call, **more):
    return Row(call, needs=DELEGATING, **more)


def above(call, **more):
    """Towards somebody who may everything for all patients, or a gift of that."""
    return Row(call, on_all_then=EVERYTHING, **more)


def own(call, **more):
    """Of the caller's own account: for persons."""
    return Row(call, person=True, **more)


def of_others(call, **more):
    """An import that somebody else brought."""
    return Row(call, on_all_then=only("administer"), lacking=ABSENT, **more)


def unattached(call, **more):
    """A study without a patient is there for who sees everything; to others it is somebody else's."""
    return Row(call, seen_among_all=True, **more)


def stored(call, read):
    """What the caller may not add to is refused like what it does not see."""
    return Row(call, seen=True, stores=True, needs=only("import"), lacking=ABSENT, read=read)


def read_store(answer):
    """Storing into a hidden study fails as "not authorised" (0124H)."""
    if answer.status_code == 409:
        reason = answer.json()["00081198"]["Value"][0]["00081197"]["Value"]
        return ABSENT if reason == [0x0124] else f"failed for {reason}"
    return None


def read_import(answer):
    """What became of the one file."""
    if answer.status_code == 200:
        outcome = answer.json()["files"][0]["outcome"]
        return {"stored": OK, "rejected": ABSENT}.get(outcome, outcome)
    return None


def read_head(answer):
    """An answer to HEAD says all in its status."""
    return {200: OK, 401: STRANGER, 403: FORBIDDEN, 404: ABSENT}.get(answer.status_code, str(answer.status_code))


def read_sidecar(answer):
    """What became of the one patient; a sidecar that the caller may not follow is passed over."""
    if answer.status_code == 200:
        action = answer.json()["patients"][0]["action"]
        return {"updated": OK, "skipped": ABSENT}.get(action, action)
    return None
