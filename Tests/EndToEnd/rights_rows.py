"""One row, or a few, for each function: how it is called, and what it needs beyond the function list."""

from pydicom.uid import generate_uid

from rights_calls import (
    ANNOUNCED,
    DELEGATING,
    LABEL,
    ZIP,
    above,
    account_in,
    administered,
    by_uri,
    code_of_status,
    delegated,
    deleted,
    edited,
    exported,
    group_of,
    importing,
    importing_sidecar,
    instance,
    merging,
    named,
    of_account,
    of_account_above,
    of_administrators,
    of_foreign_import,
    of_foreign_receiving,
    of_group,
    of_others,
    of_patient,
    of_receiving,
    of_status,
    of_study,
    of_waiting_study,
    own,
    patient_id,
    plain,
    read_head,
    read_import,
    read_sidecar,
    read_store,
    restorable,
    search,
    seen,
    series,
    stored,
    storing,
    study,
    unattached,
    user_id,
    whole_account,
    whole_patient,
)
from rights_matrix import ABSENT, EVERYTHING, Row, only, who_has_an_account, who_signs_in, whoever
from rights_people import NAME, PASSWORD
from rights_world import World

# What a success uses up.
ACCOUNT = only("account", "session_of_account")
ABOVE = only("account_above", "session_above")
GROUP = ACCOUNT | only("group")
PATIENT = GROUP | only("patient", "second", "part", "deletion", "deletion_of_patient")

OWN_ACCOUNT = {
    "OpenSession": Row(
        lambda world, caller: {
            "json": {"email": world.person(caller).email, "password": PASSWORD}, "authorization": None,
        },
        opens=who_signs_in,
    ),
    "ChangeAccount": [
        Row(
            lambda world, caller: {
                "json": {"newPassword": f"{PASSWORD}!"}, "authorization": world.token_for_the_change(caller),
            },
            opens=who_has_an_account, passes=only("password.missing"),
        ),
        Row(plain(json={"name": NAME}), opens=who_has_an_account, passes=only("password.missing")),
    ],
    "CloseSession": own(lambda world, caller: {"authorization": world.another_session(caller)}),
    "ShowSession": Row(plain()),
    "ListSessions": own(plain()),
    "RevokeSession": own(named(World.id_of_another_session)),
    "ListTokens": own(plain()),
    "CreateToken": own(plain(json={"name": NAME, "may": ["read"], "days": 1})),
    "RevokeToken": own(named(World.id_of_a_token)),
    "ListSearches": own(plain()),
    "SaveSearch": own(plain(json={"name": NAME, "filters": {"q": NAME}})),
    "DeleteSearch": own(named(World.id_of_a_search)),
}  # fmt: skip

# Whoever manages users sees all accounts and groups, and changes those that have no more than the caller.
ACCOUNTS_AND_GROUPS = {
    "ListUsers": Row(lambda world, caller: {"params": {"q": world.account(caller).email}}, lists=user_id),
    "CreateUser": [
        delegated(lambda world, caller: {"json": account_in(world.group(caller))}),
        above(lambda world, caller: {"json": account_in(world.administrators)}),
    ],
    "ShowUser": Row(of_account()),
    "ChangeUser": [
        delegated(of_account(json={"name": NAME})),
        above(of_account_above(json={"name": NAME})),
        above(
            lambda world, caller: of_account(json={"groups": [world.administrators]})(world, caller), consumes=ACCOUNT
        ),
    ],
    "ReplaceUser": [delegated(whole_account), above(of_account_above(json=account_in()), consumes=ABOVE)],
    "DeleteUser": [delegated(of_account(), consumes=ACCOUNT), above(of_account_above(), consumes=ABOVE)],
    "ResetPassword": [delegated(of_account()), above(of_account_above())],
    "ListUserSessions": [
        delegated(of_account(), lists=World.session_of_account), above(of_account_above(), consumes=ABOVE),
    ],
    "RevokeUserSession": [delegated(of_account(), consumes=ACCOUNT), above(of_account_above(), consumes=ABOVE)],
    "ListGroups": Row(plain(params={"limit": 200, "q": NAME}), lists=World.group),
    "CreateGroup": [
        Row(lambda world, caller: {"json": group_of()}, anywhere=only("view")),
        above(lambda world, caller: {"json": group_of(EVERYTHING, "all")}),
    ],
    "ShowGroup": Row(of_group()),
    "ChangeGroup": [
        delegated(of_group(json={"permissions": ["view"]})),
        above(of_group(json={"permissions": sorted(EVERYTHING), "scope": "all"}), consumes=GROUP),
        above(of_administrators(json={"scope": "all"})),
    ],
    "ReplaceGroup": delegated(lambda world, caller: of_group(json=group_of())(world, caller)),
    "DeleteGroup": [
        delegated(of_group(), consumes=GROUP),
        above(lambda world, caller: {"path": {"id": world.new_group(EVERYTHING, "all")}}),
    ],
    "ListGroupGrants": Row(of_group(), seen=True, lists=patient_id),
    "GrantPatient": [
        delegated(
            lambda world, caller: {"path": {"id": world.new_group(["view"]), "patient": world.patient(caller).id}},
            seen=True,
        ),
        Row(
            lambda world, caller: {"path": {"id": world.group(caller), "patient": world.hidden.id}},
            seen_among_all=True, on_all_then=DELEGATING, consumes=GROUP,
        ),
    ],
    "RevokePatient": delegated(of_group(), seen=True, consumes=GROUP),
    "ListGroupMembers": Row(of_group(), lists=user_id),
    "AddGroupMember": [
        delegated(lambda world, caller: {"path": {"id": world.group(caller), "user": world.loose.user}}),
        above(of_administrators()),
    ],
    "RemoveGroupMember": delegated(of_group(), consumes=ACCOUNT),
}  # fmt: skip

PATIENTS = {
    "ListPatients": Row(plain(params={"q": NAME, "limit": 200}), seen=True, lists=patient_id),
    "CreatePatient": Row(lambda world, caller: {"json": {"patientId": generate_uid()[-40:], "lastName": "Faite"}}),
    "ShowPatient": seen(of_patient()),
    "ChangePatient": edited(of_patient(json={"notes": NAME})),
    "ReplacePatient": edited(whole_patient),
    "ListPatientStudies": Row(of_patient(), seen=True, lists=study),
    "ListStatusChanges": seen(of_patient()),
    "ListPatientAccess": seen(of_patient(), needs=only("manageUsers")),
    "ListPatientAudit": edited(of_patient()),
    "MergePatients": [
        edited(merging(World.second), consumes=only("second")),
        edited(merging(World.not_granted), seen_among_all=True, consumes=only("not_granted")),
    ],
    "ListPatientMerges": seen(
        lambda world, caller: {"path": {"id": world.patient(caller).id}},
        lists=lambda world, caller: world.part(caller).id,
    ),
    "UndoMerge": edited(
        lambda world, caller: {"path": {"from": world.part(caller).id, "id": world.patient(caller).id}},
        consumes=only("part"),
    ),
    "DeletePatient": deleted(of_patient(), consumes=PATIENT),
    "ShowPatientDeletion": deleted(of_patient()),
    "DeleteStudy": deleted(of_study(), consumes=PATIENT),
    "ShowStudyDeletion": deleted(of_study()),
    "ListDeletions": [
        restorable(plain(params={"limit": 200}), lists=World.deletion),
        restorable(plain(params={"limit": 200}), lists=World.deletion_of_patient),
    ],
    "RestoreDeletion": [
        restorable(named(World.deletion), consumes=only("deletion")),
        restorable(named(World.deletion_of_patient), consumes=only("deletion_of_patient")),
    ],
    "PurgeDeletion": [
        restorable(named(World.deletion), consumes=only("deletion")),
        restorable(named(World.deletion_of_patient), consumes=only("deletion_of_patient")),
    ],
    "ImportPatients": [
        stored(importing, read_import),
        edited(importing_sidecar, lacking=ABSENT, read=read_sidecar),
    ],
    "ListImports": [
        Row(plain(params={"limit": 200}), lists=World.own_import),
        of_others(plain(params={"limit": 200}), lists=lambda world, caller: world.foreign_import),
    ],
    "BeginImport": Row(plain(json=ANNOUNCED)),
    "PlanImport": Row(plain(json={"files": [{"path": "a", "problem": "notDicom"}]})),
    "AddImportFiles": Row(of_receiving(json=ANNOUNCED)),
    "ListImportFiles": [Row(of_receiving()), of_others(of_foreign_receiving())],
    "ShowImportFile": [Row(of_receiving(), read=read_head), of_others(of_foreign_receiving(), read=read_head)],
    "ReceiveImportFile": Row(of_receiving(data=b"x")),
    "RecogniseImportFiles": Row(of_receiving(json={"files": []})),
    "RehearseImport": Row(of_receiving(), passes=frozenset({"import.incomplete"})),
    "CommitImport": Row(of_receiving(params={"partial": "true"})),
    "DownloadImportTable": [Row(named(World.own_import)), of_others(of_foreign_import())],
    "DownloadImportReport": [Row(named(World.own_import)), of_others(of_foreign_import())],
    "UndoImport": [
        Row(named(World.own_import)),
        of_others(named(lambda world, caller: world.bring(world.authorization, world.hidden))),
    ],
    "CancelImport": [Row(of_receiving()), of_others(of_foreign_receiving())],
    "ShowImport": [Row(named(World.own_import)), of_others(named(lambda world, caller: world.foreign_import))],
    "CreateExport": [
        exported(lambda world, caller: {"json": {"patients": [world.patient(caller).id]}}),
        exported(lambda world, caller: {"json": {"studies": [study(world, caller)]}}),
    ],
    "RetrieveExport": exported(named(World.own_export)),
    "ListInbox": unattached(plain(), lists=World.waiting),
    "ShowInboxStudy": unattached(of_waiting_study()),
    "AttachStudy": unattached(
        lambda world, caller: of_waiting_study(json={"patient": world.patient(caller).id})(world, caller),
        on_all_then=only("editPatients"), consumes=only("waiting"),
    ),
    "DetachStudy": seen(of_study(), on_all_then=only("editPatients"), consumes=PATIENT),
}  # fmt: skip

EVERYBODYS = {
    "ShowHealth": Row(plain(), opens=whoever),
    "ShowOpenAPI": Row(plain()),
    "ListStatuses": Row(plain()),
    "CreateStatus": administered(lambda world, caller: {"json": {"code": code_of_status(), "label": LABEL}}),
    "ChangeStatus": administered(of_status(json={"label": LABEL})),
    "DeleteStatus": administered(of_status(), consumes=only("status")),
    "ListAudit": administered(plain(params={"limit": 1})),
    "DownloadAuditTable": administered(plain(params={"from": "2099-01-01"})),
    "DownloadAuditMessages": administered(plain(params={"from": "2099-01-01"})),
    "ListConflicts": administered(plain(params={"limit": 1})),
    "ShowConflict": administered(lambda world, caller: {"path": {"id": world.conflict}}),
    "ResolveConflict": administered(
        lambda world, caller: {"path": {"id": world.conflict}, "json": {"keep": "both"}},
        passes=only("conflict.both.unsupported"),
    ),
    "ListJobs": administered(plain()),
    "ListParts": administered(plain()),
    "ShowStorage": administered(plain()),
    "ShowSelfTest": administered(plain()),
    "RunSelfTest": administered(plain(json={})),
    "ListSenders": administered(plain()),
    "ChangeSender": administered(lambda world, caller: {"path": {"id": world.sender}, "json": {"charset": ""}}),
}

DICOMWEB = {
    "RetrieveCapabilities": Row(plain()),
    "ShowCapabilities": Row(plain()),
    "RetrieveStudiesCapabilities": Row(plain()),
    "ShowStudiesCapabilities": Row(plain()),
    "SearchForStudies": seen(search, lists=study),
    "SearchForSeries": seen(search, lists=series),
    "SearchForInstances": seen(search, lists=instance),
    "SearchForStudySeries": seen(of_study(), lists=series),
    "SearchForStudyInstances": seen(of_study(), lists=instance),
    "SearchForSeriesInstances": seen(of_study(), lists=instance),
    "StoreInstances": stored(storing, read_store),
    "StoreStudyInstances": stored(storing, read_store),
    "RetrieveStudy": [seen(of_study()), exported(of_study(headers=ZIP))],
    "RetrieveSeries": [seen(of_study()), exported(of_study(headers=ZIP))],
    "RetrieveInstance": [seen(of_study()), exported(of_study(headers=ZIP))],
    "RetrieveOriginal": exported(of_study()),
    "RetrieveByURI": [seen(by_uri("image/jpeg")), seen(by_uri("application/dicom"))],
    "RetrieveStudyMetadata": seen(of_study()),
    "RetrieveSeriesMetadata": seen(of_study()),
    "RetrieveInstanceMetadata": seen(of_study()),
    "RetrieveBulkdata": seen(of_study()),
    "RetrieveFrames": seen(of_study()),
    "RetrieveRenderedStudy": seen(of_study()),
    "RetrieveRenderedSeries": seen(of_study()),
    "RetrieveRenderedInstance": seen(of_study()),
    "RetrieveRenderedFrame": seen(of_study()),
    "RetrieveStudyThumbnail": seen(of_study()),
    "RetrieveSeriesThumbnail": seen(of_study()),
    "RetrieveInstanceThumbnail": seen(of_study()),
    "RetrieveFrameThumbnail": seen(of_study()),
}

ROWS = OWN_ACCOUNT | ACCOUNTS_AND_GROUPS | PATIENTS | EVERYBODYS | DICOMWEB
