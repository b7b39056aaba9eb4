/// Searches take as long with a million studies as with a thousand: what they ask for stands in list order.
let migration0017 = Migration(
    number: 17, name: "flat searches",
    sql: #"""
        -- The words of names stand in the visible lists too, so that a search with a wrong letter walks a list like any other.
        ALTER TABLE portal.visible_studies ADD COLUMN name_tokens int[] NOT NULL DEFAULT '{}';
        UPDATE portal.visible_studies v SET name_tokens = s.name_tokens FROM portal.studies s
            WHERE s.id = v.study_id AND s.name_tokens <> '{}';
        ALTER TABLE portal.visible_studies ALTER name_tokens SET STATISTICS 1000;
        DROP INDEX portal.studies_name_tokens, portal.visible_studies_walk, portal.visible_studies_all_words,
            portal.visible_studies_some_words;
        -- With every searched field, so that no walk has to look beside it.
        CREATE UNIQUE INDEX visible_studies_walk ON portal.visible_studies (scope_id, started DESC, study_id DESC)
            INCLUDE (patient, modality_set, name, patient_id, accession, description, described, name_tokens);
        CREATE INDEX visible_studies_all_words ON portal.visible_studies_all USING gin
            (name gin_trgm_ops, description gin_trgm_ops, accession gin_trgm_ops, patient_id gin_trgm_ops,
            name_tokens gin__int_ops);
        CREATE INDEX visible_studies_some_words ON portal.visible_studies_some USING gin
            (scope_id, name gin_trgm_ops, description gin_trgm_ops, accession gin_trgm_ops, patient_id gin_trgm_ops,
            name_tokens gin__int_ops);

        -- As in migration 11, with the words of names.
        CREATE OR REPLACE FUNCTION portal.study_sights(wanted bigint[]) RETURNS SETOF portal.visible_studies
            LANGUAGE plpgsql STABLE AS $$
        BEGIN
            RETURN QUERY
            WITH found AS MATERIALIZED (
                SELECT s.*, portal.fold(s.patient_name) AS folded_name, portal.fold(s.description) AS folded_description
                FROM portal.studies s WHERE s.id = ANY (wanted) AND s.deleted IS NULL
            )
            SELECT v.scope_id, f.started, f.id, f.patient, f.modality_set, f.folded_name, f.patient_id, f.accession,
                f.folded_description, f.description, f.name_tokens
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

        -- As in migration 7, with the words of names.
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
                        v.accession, v.description, v.described, v.name_tokens
                    FROM seen JOIN portal.visible_studies v ON v.study_id = seen.id AND v.scope_id = 1
                RETURNING started::date AS day, modality_set
            )
            INSERT INTO portal.scope_day_deltas SELECT wanted, day, modality_set, count(*) FROM added GROUP BY 2, 3;
        END $$;

        -- The texts of a study's own attributes lead to it, but for those that have a column and for the character set.
        CREATE FUNCTION portal.values_of_studies(wanted bigint[]) RETURNS SETOF portal.attribute_values
            LANGUAGE sql STABLE AS $$
            SELECT DISTINCT a.key, x.value #>> '{}', s.started, s.id
            FROM portal.studies s, jsonb_each(s.attributes) a, jsonb_path_query(a.value, '$."Value"[*]') x (value)
            WHERE s.id = ANY (wanted) AND jsonb_typeof(x.value) = 'string'
                AND a.key <> ALL ('{00080005,00080020,00080030,00080050,00081030,00100020,00100021,00100030,00100040,0020000D,00200010}')
                AND length(x.value #>> '{}') BETWEEN 1 AND 255
            ORDER BY 1, 2, 3, 4
        $$;
        CREATE FUNCTION portal.note_values() RETURNS trigger LANGUAGE plpgsql
            SET plan_cache_mode = force_generic_plan AS $$
        BEGIN
            INSERT INTO portal.attribute_values
                SELECT * FROM portal.values_of_studies(ARRAY(SELECT id FROM changed)) ON CONFLICT DO NOTHING;
            RETURN NULL;
        END $$;
        CREATE TRIGGER studies_values AFTER INSERT ON portal.studies REFERENCING NEW TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION portal.note_values();
        INSERT INTO portal.attribute_values
            SELECT * FROM portal.values_of_studies(ARRAY(SELECT id FROM portal.studies)) ON CONFLICT DO NOTHING;
        """#)
