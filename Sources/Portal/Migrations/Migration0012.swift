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

        -- Takes the instances of an import out of studies that keep others. The lists are right afterwards.
        CREATE FUNCTION portal.remove_instances(origin uuid, wanted bigint[]) RETURNS void LANGUAGE plpgsql AS $$
        DECLARE
            touched bigint[];
        BEGIN
            touched := ARRAY(SELECT DISTINCT i.series_id FROM portal.instances i
                JOIN portal.series se ON se.id = i.series_id
                WHERE i.import = origin AND se.study_id = ANY (wanted));
            DELETE FROM portal.instances WHERE import = origin AND series_id = ANY (touched);
            UPDATE portal.series se SET revision = revision + 1, updated_at = now(),
                instance_count = (SELECT count(*) FROM portal.instances WHERE series_id = se.id)
                WHERE id = ANY (touched);
            DELETE FROM portal.series WHERE id = ANY (touched) AND instance_count = 0;
            WITH sets AS (SELECT study_id, array_agg(DISTINCT modality ORDER BY modality) FILTER (WHERE modality <> '')
                AS modalities FROM portal.series WHERE study_id = ANY (wanted) GROUP BY study_id)
                INSERT INTO portal.modality_sets (modalities) SELECT DISTINCT modalities FROM sets
                WHERE modalities IS NOT NULL ORDER BY modalities ON CONFLICT DO NOTHING;
            UPDATE portal.studies s SET revision = revision + 1, updated_at = now(),
                instance_count = c.instances, series_count = c.series, modality_set = coalesce(
                    (SELECT id FROM portal.modality_sets m WHERE m.modalities = c.modalities), s.modality_set)
                FROM (SELECT study_id, sum(instance_count) AS instances, count(*) AS series,
                    array_agg(DISTINCT modality ORDER BY modality) FILTER (WHERE modality <> '') AS modalities
                    FROM portal.series WHERE study_id = ANY (wanted) GROUP BY study_id) c
                WHERE s.id = c.study_id;
            PERFORM portal.show_studies(wanted);
            PERFORM portal.show_patients(ARRAY(SELECT DISTINCT patient FROM portal.studies
                WHERE id = ANY (wanted) AND patient IS NOT NULL));
        END $$;

        ALTER TABLE portal.conflicts ADD COLUMN kept text CHECK (kept IN ('first', 'second'));
        CREATE INDEX conflicts_received ON portal.conflicts (received_at DESC, id DESC);
        """#)
