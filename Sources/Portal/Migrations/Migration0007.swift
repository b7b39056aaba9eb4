/// The visible lists also hold a study's description as it is, so that a search with its case stays within them.
let migration0007 = Migration(
    number: 7, name: "descriptions as they are",
    sql: #"""
        ALTER TABLE portal.visible_studies ADD COLUMN described text NOT NULL DEFAULT '';
        UPDATE portal.visible_studies v SET described = s.description FROM portal.studies s WHERE s.id = v.study_id;

        -- As in migration 2, with the description as it is.
        CREATE OR REPLACE FUNCTION portal.study_sights(wanted bigint[]) RETURNS SETOF portal.visible_studies
            LANGUAGE plpgsql STABLE AS $$
        BEGIN
            RETURN QUERY
            WITH found AS MATERIALIZED (
                SELECT s.*, portal.fold(s.patient_name) AS folded_name, portal.fold(s.description) AS folded_description
                FROM portal.studies s WHERE s.id = ANY (wanted)
            )
            SELECT v.scope_id, f.started, f.id, f.patient, f.modality_set, f.folded_name, f.patient_id, f.accession,
                f.folded_description, f.description
            FROM found f CROSS JOIN LATERAL (
                SELECT 1 AS scope_id
                UNION ALL
                SELECT p.scope_id FROM portal.scope_patients p WHERE p.patient = f.patient
                UNION ALL
                (SELECT c.id FROM portal.senders s JOIN portal.scopes c ON s.group_id = ANY (c.groups)
                 WHERE f.patient IS NULL AND s.id = f.sender
                 UNION
                 SELECT c.id FROM portal.scopes c WHERE f.patient IS NULL AND c.person = f.brought_by)
            ) v;
        END $$;

        -- As in migration 2, with the description as it is.
        CREATE OR REPLACE FUNCTION portal.fill_scope(wanted int) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO portal.scope_patients SELECT * FROM portal.patients_of_scopes(ARRAY[wanted]);
            INSERT INTO portal.visible_patients
                SELECT wanted, v.last_study, v.patient, v.birth_date, v.status, v.name, v.words
                FROM portal.scope_patients p JOIN portal.visible_patients v ON v.patient = p.patient AND v.scope_id = 1
                WHERE p.scope_id = wanted;
            WITH seen AS (
                SELECT s.id FROM portal.scope_patients p JOIN portal.studies s ON s.patient = p.patient
                    WHERE p.scope_id = wanted
                UNION
                SELECT s.id FROM portal.scopes c JOIN portal.senders x ON x.group_id = ANY (c.groups)
                    JOIN portal.studies s ON s.sender = x.id WHERE c.id = wanted AND s.patient IS NULL
                UNION
                SELECT s.id FROM portal.scopes c JOIN portal.studies s ON s.brought_by = c.person
                    WHERE c.id = wanted AND s.patient IS NULL
            ), added AS (
                INSERT INTO portal.visible_studies
                    SELECT wanted, v.started, v.study_id, v.patient, v.modality_set, v.name, v.patient_id,
                        v.accession, v.description, v.described
                    FROM seen JOIN portal.visible_studies v ON v.study_id = seen.id AND v.scope_id = 1
                RETURNING started::date AS day, modality_set
            )
            INSERT INTO portal.scope_day_deltas SELECT wanted, day, modality_set, count(*) FROM added GROUP BY 2, 3;
        END $$;
        """#)
