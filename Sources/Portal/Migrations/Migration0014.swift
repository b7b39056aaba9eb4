/// How patients went through the workflow.
let migration0014 = Migration(
    number: 14, name: "status changes",
    sql: """
        CREATE TABLE portal.status_changes (
            id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            patient    uuid NOT NULL REFERENCES portal.patients ON DELETE CASCADE,
            changed_at timestamptz NOT NULL DEFAULT now(),
            changed_by uuid REFERENCES portal.users ON DELETE SET NULL,
            before     text NOT NULL,                    -- codes, of states that may be gone by now
            after      text NOT NULL,
            note       text NOT NULL DEFAULT ''
        );
        CREATE INDEX status_changes_patient ON portal.status_changes (patient, changed_at DESC, id DESC);
        CREATE INDEX status_changes_changed_by ON portal.status_changes (changed_by);
        """)
