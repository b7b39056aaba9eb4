/// Imports that are received file by file and can be taken back; conflicts that somebody decides.
let migration0012 = Migration(
    number: 12, name: "resumable imports",
    sql: #"""
        ALTER TABLE portal.imports DROP CONSTRAINT imports_state_check,
            ADD CONSTRAINT imports_state_check CHECK (state IN
                ('receiving', 'waiting', 'running', 'done', 'interrupted', 'failed', 'cancelled')),
            ADD COLUMN on_existing text NOT NULL DEFAULT 'update',
            ADD COLUMN receipt jsonb,                      -- what had come when its files were forgotten
            ADD COLUMN undone_at timestamptz;
        CREATE INDEX imports_receiving ON portal.imports (started_at) WHERE state = 'receiving';

        -- What an import shall bring, and how much of it is durable under `incoming/`. The recorded length counts; the
        -- file may be longer after a crash.
        CREATE TABLE portal.import_files (
            import      uuid NOT NULL REFERENCES portal.imports ON DELETE CASCADE,
            n           int NOT NULL,                      -- from 0, in the order of the declaration
            path        text NOT NULL,
            size        bigint NOT NULL,
            received    bigint NOT NULL DEFAULT 0,
            object      uuid NOT NULL DEFAULT gen_random_uuid(),
            known       bigint,                            -- the instance with the same bytes that is there already
            received_at timestamptz,
            PRIMARY KEY (import, n)
        ) WITH (fillfactor = 80);
        CREATE INDEX instances_sha256 ON portal.instances USING hash (sha256);

        -- What an import stored, and how it left patients and studies: it can be taken back while they are still so.
        ALTER TABLE portal.instances ADD COLUMN import uuid;
        CREATE INDEX instances_import ON portal.instances (import) WHERE import IS NOT NULL;
        CREATE TABLE portal.import_patients (
            import   uuid REFERENCES portal.imports ON DELETE CASCADE,
            patient  uuid,
            action   text NOT NULL,
            revision bigint NOT NULL,
            PRIMARY KEY (import, patient)
        );
        CREATE TABLE portal.import_studies (
            import  uuid REFERENCES portal.imports ON DELETE CASCADE,
            study   bigint,
            patient uuid,
            overlay jsonb,
            PRIMARY KEY (import, study)
        );

        ALTER TABLE portal.conflicts ADD COLUMN kept text CHECK (kept IN ('first', 'second'));
        CREATE INDEX conflicts_received ON portal.conflicts (received_at DESC, id DESC);
        """#)
