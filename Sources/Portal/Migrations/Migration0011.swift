/// Deleting in two steps, and merging of patients' files; both can be undone.
///
/// What is deleted or merged away keeps its rows and grants, and is in nobody's lists.
let migration0011 = Migration(
    number: 11, name: "deleting and merging",
    sql: #"""
        CREATE TABLE portal.deletions (
            id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
            patient    uuid,                               -- whose file went, or whose study
            study      text,                               -- NULL: the file with all its studies
            deleted_at timestamptz NOT NULL DEFAULT now(),
            deleted_by uuid,
            until      timestamptz NOT NULL                -- removed for good then
        );
        CREATE INDEX deletions_at ON portal.deletions (deleted_at DESC, id DESC);
        CREATE INDEX deletions_until ON portal.deletions (until);

        CREATE INDEX attribute_values_study ON portal.attribute_values (study_id);  -- for what goes with a study

        ALTER TABLE portal.studies ADD COLUMN deleted uuid REFERENCES portal.deletions;
        CREATE INDEX studies_deleted ON portal.studies (deleted) WHERE deleted IS NOT NULL;
        ALTER TABLE portal.patients ADD COLUMN deleted uuid REFERENCES portal.deletions,
            ADD COLUMN merged_into uuid REFERENCES portal.patients ON DELETE CASCADE;
        CREATE INDEX patients_deleted ON portal.patients (deleted) WHERE deleted IS NOT NULL;
        CREATE INDEX patients_merged ON portal.patients (merged_into) WHERE merged_into IS NOT NULL;
        -- A deleted patient's id is free again; that of one merged away is not, as what arrives under it has its place.
        ALTER TABLE portal.patients DROP CONSTRAINT patients_patient_id_issuer_key;
        CREATE UNIQUE INDEX patients_identity ON portal.patients (patient_id, issuer) WHERE deleted IS NULL;

        -- What a merge moved, so that undoing it moves just that.
        CREATE TABLE portal.merges (
            source    uuid PRIMARY KEY REFERENCES portal.patients ON DELETE CASCADE,
            target    uuid NOT NULL REFERENCES portal.patients ON DELETE CASCADE,
            merged_at timestamptz NOT NULL DEFAULT now(),
            merged_by uuid,
            studies   bigint[] NOT NULL, groups uuid[] NOT NULL, accounts uuid[] NOT NULL
        );
        CREATE INDEX merges_target ON portal.merges (target);

        -- As in migration 7, without what is deleted.
        CREATE OR REPLACE FUNCTION portal.study_sights(wanted bigint[]) RETURNS SETOF portal.visible_studies
            LANGUAGE plpgsql STABLE AS $$
        BEGIN
            RETURN QUERY
            WITH found AS MATERIALIZED (
                SELECT s.*, portal.fold(s.patient_name) AS folded_name, portal.fold(s.description) AS folded_description
                FROM portal.studies s WHERE s.id = ANY (wanted) AND s.deleted IS NULL
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

        -- As in migration 2, without what is deleted or merged away.
        CREATE OR REPLACE FUNCTION portal.patient_sights(wanted uuid[]) RETURNS SETOF portal.visible_patients
            LANGUAGE plpgsql STABLE AS $$
        BEGIN
            RETURN QUERY
            WITH found AS MATERIALIZED (
                SELECT p.id, p.last_study, p.birth_date, p.status,
                    portal.fold(trim(concat_ws(' ', p.last_name, p.first_name))) AS name,
                    portal.fold(concat_ws(' ', p.last_name, p.birth_name, p.first_name, p.patient_id,
                        to_char(p.birth_date, 'DD/MM/YYYY YYYY-MM-DD YYYYMMDD'), s.words)) AS words
                FROM portal.patients p CROSS JOIN LATERAL (
                    SELECT string_agg(DISTINCT concat_ws(' ', translate(n.patient_name, '^=', '  '), n.accession,
                        n.description), ' ') AS words
                    FROM (SELECT patient_name, accession, description FROM portal.studies
                          WHERE patient = p.id AND deleted IS NULL ORDER BY started DESC, id DESC LIMIT 50) n
                ) s
                WHERE p.id = ANY (wanted) AND p.deleted IS NULL AND p.merged_into IS NULL
            )
            SELECT v.scope_id, f.last_study, f.id, f.birth_date, f.status, f.name, f.words
            FROM found f CROSS JOIN LATERAL (
                SELECT 1 AS scope_id UNION ALL SELECT p.scope_id FROM portal.scope_patients p WHERE p.patient = f.id
            ) v;
        END $$;

        -- As in migration 2; the newest study is one that is not deleted.
        CREATE OR REPLACE FUNCTION portal.show_patients(wanted uuid[]) RETURNS void LANGUAGE plpgsql
            SET plan_cache_mode = force_generic_plan AS $$
        BEGIN
            PERFORM pg_advisory_xact_lock_shared(4242001);
            PERFORM 1 FROM portal.patients WHERE id = ANY (wanted) ORDER BY id FOR NO KEY UPDATE;
            UPDATE portal.patients p SET last_study = n.newest
                FROM (SELECT w.id, coalesce(max(s.started), '-infinity') AS newest
                      FROM unnest(wanted) w (id)
                          LEFT JOIN portal.studies s ON s.patient = w.id AND s.deleted IS NULL GROUP BY w.id) n
                WHERE p.id = n.id AND p.last_study <> n.newest;
            DELETE FROM portal.visible_patients v USING (
                    SELECT * FROM portal.visible_patients WHERE patient = ANY (wanted)
                    EXCEPT SELECT * FROM portal.patient_sights(wanted)) wrong
                WHERE v.patient = wrong.patient AND v.scope_id = wrong.scope_id;
            INSERT INTO portal.visible_patients
                SELECT * FROM portal.patient_sights(wanted)
                EXCEPT SELECT * FROM portal.visible_patients WHERE patient = ANY (wanted);
        END $$;

        -- The living file under an id of the trade; for an id of a file that was merged away, the one that it is part of.
        CREATE FUNCTION portal.patient_of(wanted text, wanted_issuer text) RETURNS uuid LANGUAGE sql STABLE AS $$
            WITH RECURSIVE chain AS (
                SELECT id, merged_into FROM portal.patients
                    WHERE patient_id = wanted AND issuer = wanted_issuer AND deleted IS NULL
                UNION ALL
                SELECT p.id, p.merged_into FROM chain c JOIN portal.patients p ON p.id = c.merged_into
            )
            SELECT id FROM chain WHERE merged_into IS NULL
        $$;

        -- The file that one is part of, or the file itself; NULL for one that is deleted or gone.
        CREATE FUNCTION portal.living_file(wanted uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
            WITH RECURSIVE chain AS (
                SELECT id, merged_into, deleted FROM portal.patients WHERE id = wanted
                UNION ALL
                SELECT p.id, p.merged_into, p.deleted FROM chain c JOIN portal.patients p ON p.id = c.merged_into
            )
            SELECT id FROM chain WHERE merged_into IS NULL AND deleted IS NULL
        $$;

        -- As in migration 3; a deleted patient's id does not count as taken.
        CREATE OR REPLACE FUNCTION portal.make_patient(described portal.studies) RETURNS uuid LANGUAGE plpgsql AS $$
        DECLARE
            written text := split_part(described.patient_name, '=', 1);
            made uuid;
        BEGIN
            IF btrim(written, '^ ') = '' THEN written := split_part(described.patient_name, '=', 2); END IF;
            INSERT INTO portal.patients (patient_id, issuer, last_name, first_name, birth_date, sex)
                VALUES (described.patient_id, described.issuer, left(btrim(split_part(written, '^', 1)), 64),
                    left(btrim(concat_ws(' ', nullif(btrim(split_part(written, '^', 2)), ''),
                        nullif(btrim(split_part(written, '^', 3)), ''))), 64),
                    portal.dicom_date(described.birth_date),
                    CASE WHEN described.sex IN ('F', 'M', 'O') THEN described.sex ELSE 'U' END)
                ON CONFLICT (patient_id, issuer) WHERE deleted IS NULL DO NOTHING RETURNING id INTO made;
            IF made IS NOT NULL THEN
                PERFORM portal.grant_to_maker(made, described.brought_by, described.sender);
                INSERT INTO portal.audit (actor, sender, action, patient, study)
                    VALUES (described.brought_by, described.sender, 'patient.made', made, described.uid);
            END IF;
            RETURN made;
        END $$;

        -- As in migration 3; an id of a file that was merged away leads to the one that it is part of, under either name.
        CREATE OR REPLACE FUNCTION portal.attach_by_rule(
            wanted bigint[], may_create boolean, trusted boolean DEFAULT false)
            RETURNS TABLE (study bigint, joined uuid) LANGUAGE plpgsql
            SET plan_cache_mode = force_generic_plan AS $$
        DECLARE
            arrived portal.studies;
            known portal.patients;
            made uuid;
            touched uuid[] := '{}';
        BEGIN
            PERFORM pg_advisory_xact_lock_shared(4242001);
            PERFORM 1 FROM portal.studies WHERE id = ANY (wanted) ORDER BY id FOR NO KEY UPDATE;
            FOR arrived IN SELECT * FROM portal.studies s WHERE s.id = ANY (wanted) AND s.patient IS NULL
                AND s.patient_id <> '' AND s.deleted IS NULL ORDER BY s.patient_id, s.issuer, s.id
            LOOP
                made := NULL;
                SELECT * INTO known FROM portal.patients p
                    WHERE p.id = portal.patient_of(arrived.patient_id, arrived.issuer) FOR NO KEY UPDATE;
                IF NOT FOUND THEN
                    CONTINUE WHEN NOT may_create;
                    made := portal.make_patient(arrived);
                    SELECT * INTO known FROM portal.patients p
                        WHERE p.id = portal.patient_of(arrived.patient_id, arrived.issuer) FOR NO KEY UPDATE;
                    CONTINUE WHEN NOT FOUND;
                END IF;
                CONTINUE WHEN made IS NULL AND NOT (
                    (trusted OR portal.source_sees(arrived.brought_by, arrived.sender, known.id) OR known.id = ANY (touched))
                    AND EXISTS (SELECT FROM portal.patients n
                        WHERE (n.id = known.id OR n.merged_into IS NOT NULL AND n.deleted IS NULL
                            AND n.patient_id = arrived.patient_id AND n.issuer = arrived.issuer)
                        AND portal.names_agree(arrived.patient_name, n.last_name, n.birth_name, n.first_name)
                        AND coalesce(portal.dicom_date(arrived.birth_date) = n.birth_date, true)));
                UPDATE portal.studies SET patient = known.id, updated_at = now() WHERE id = arrived.id;
                touched := touched || known.id;
                study := arrived.id;
                joined := known.id;
                RETURN NEXT;
            END LOOP;
            PERFORM portal.show_studies(wanted);
            PERFORM portal.show_patients(touched);
        END $$;

        -- A file with the files that were merged into it.
        CREATE FUNCTION portal.whole_file(wanted uuid) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
            WITH RECURSIVE parts AS (
                SELECT wanted AS id
                UNION
                SELECT p.id FROM parts JOIN portal.patients p ON p.merged_into = parts.id
            )
            SELECT id FROM parts
        $$;

        -- Deletes a file with its studies: in nobody's lists from now on, removed for good after `days`.
        DROP FUNCTION portal.remove_patient(uuid);
        CREATE FUNCTION portal.delete_patient(unwanted uuid, actor uuid, days int) RETURNS uuid LANGUAGE plpgsql AS $$
        DECLARE
            made uuid;
            gone bigint[];
        BEGIN
            PERFORM pg_advisory_xact_lock(4242001);
            INSERT INTO portal.deletions (patient, deleted_by, until)
                VALUES (unwanted, actor, now() + make_interval(days => days)) RETURNING id INTO made;
            gone := ARRAY(SELECT id FROM portal.studies WHERE patient = unwanted AND deleted IS NULL ORDER BY id);
            UPDATE portal.studies SET deleted = made WHERE id = ANY (gone);
            UPDATE portal.patients SET deleted = made, revision = revision + 1
                WHERE id IN (SELECT portal.whole_file(unwanted)) AND deleted IS NULL;
            PERFORM portal.show_studies(gone);
            PERFORM portal.show_patients(ARRAY[unwanted]);
            RETURN made;
        END $$;

        CREATE FUNCTION portal.delete_study(unwanted bigint, actor uuid, days int) RETURNS uuid LANGUAGE plpgsql AS $$
        DECLARE
            made uuid;
            owner uuid;
        BEGIN
            PERFORM pg_advisory_xact_lock(4242001);
            SELECT patient INTO owner FROM portal.studies WHERE id = unwanted;
            INSERT INTO portal.deletions (patient, study, deleted_by, until)
                SELECT s.patient, s.uid, actor, now() + make_interval(days => days) FROM portal.studies s
                WHERE s.id = unwanted RETURNING id INTO made;
            UPDATE portal.studies SET deleted = made WHERE id = unwanted;
            PERFORM portal.show_studies(ARRAY[unwanted]);
            PERFORM portal.show_patients(array_remove(ARRAY[owner], NULL));
            RETURN made;
        END $$;

        -- Undoes a deletion; a study whose patient went for good waits for one again.
        CREATE FUNCTION portal.restore_deletion(wanted uuid) RETURNS void LANGUAGE plpgsql AS $$
        DECLARE
            back bigint[];
            files uuid[];
        BEGIN
            PERFORM pg_advisory_xact_lock(4242001);
            back := ARRAY(SELECT id FROM portal.studies WHERE deleted = wanted ORDER BY id);
            UPDATE portal.patients SET deleted = NULL, revision = revision + 1 WHERE deleted = wanted;
            UPDATE portal.studies SET deleted = NULL WHERE deleted = wanted;
            files := ARRAY(SELECT patient FROM portal.studies WHERE id = ANY (back) AND patient IS NOT NULL
                UNION SELECT patient FROM portal.deletions WHERE id = wanted AND patient IS NOT NULL);
            DELETE FROM portal.deletions WHERE id = wanted;
            PERFORM portal.show_studies(back);
            PERFORM portal.show_patients(files);
        END $$;

        -- Removes for good; the upkeep of the store then removes the files. Accounts linked to the patient cannot sign in
        -- any more.
        CREATE FUNCTION portal.purge_deletion(unwanted uuid) RETURNS void LANGUAGE plpgsql AS $$
        DECLARE
            left_over bigint[];
        BEGIN
            PERFORM pg_advisory_xact_lock(4242001);
            left_over := ARRAY(SELECT s.id FROM portal.studies s JOIN portal.patients p ON p.id = s.patient
                WHERE p.deleted = unwanted AND s.deleted IS DISTINCT FROM unwanted ORDER BY s.id);
            UPDATE portal.users SET status = 'disabled', revision = revision + 1
                WHERE patient IN (SELECT id FROM portal.patients WHERE deleted = unwanted);
            DELETE FROM portal.studies WHERE deleted = unwanted;
            DELETE FROM portal.patients WHERE deleted = unwanted;
            DELETE FROM portal.deletions WHERE id = unwanted;
            PERFORM portal.show_studies(left_over);
        END $$;
        INSERT INTO portal.jobs (kind, every) VALUES ('deletions.purge', interval '1 hour');

        -- The scopes whose lists hold what these groups are granted, or what these accounts are.
        CREATE FUNCTION portal.reconcile_for(changed uuid[], accounts uuid[]) RETURNS void LANGUAGE sql AS $$
            SELECT portal.reconcile_scopes(ARRAY(
                SELECT id FROM portal.scopes WHERE groups && changed OR person = ANY (accounts)))
        $$;

        -- As in migration 10; a correction stays with a study that a merge moves with its patient's file.
        DROP TRIGGER studies_uncorrect ON portal.studies;
        CREATE TRIGGER studies_uncorrect BEFORE UPDATE OF patient ON portal.studies FOR EACH ROW
            WHEN (OLD.overlay IS NOT NULL AND OLD.patient IS DISTINCT FROM NEW.patient
                AND OLD.overlay IS NOT DISTINCT FROM NEW.overlay
                AND current_setting('portal.merging', true) IS DISTINCT FROM 'yes')
            EXECUTE FUNCTION portal.uncorrect_study();

        -- Makes one file part of another: its studies, grants and accounts go over, its id leads there.
        CREATE FUNCTION portal.merge_patients(part uuid, whole uuid, actor uuid) RETURNS void LANGUAGE plpgsql AS $$
        DECLARE
            moved bigint[] := ARRAY(SELECT id FROM portal.studies WHERE patient = part ORDER BY id);
            added uuid[];
            linked uuid[];
        BEGIN
            WITH new AS (
                INSERT INTO portal.grants SELECT group_id, whole FROM portal.grants WHERE patient_id = part
                    ON CONFLICT DO NOTHING RETURNING group_id)
                SELECT coalesce(array_agg(group_id), '{}') INTO added FROM new;
            WITH new AS (UPDATE portal.users SET patient = whole, revision = revision + 1 WHERE patient = part RETURNING id)
                SELECT coalesce(array_agg(id), '{}') INTO linked FROM new;
            INSERT INTO portal.merges (source, target, merged_by, studies, groups, accounts)
                VALUES (part, whole, actor, moved, added, linked);
            PERFORM set_config('portal.merging', 'yes', true);
            UPDATE portal.studies SET patient = whole, updated_at = now() WHERE id = ANY (moved);
            PERFORM set_config('portal.merging', '', true);
            UPDATE portal.deletions d SET patient = whole FROM portal.studies s
                WHERE s.id = ANY (moved) AND s.deleted = d.id AND d.study IS NOT NULL;
            UPDATE portal.patients SET merged_into = whole, revision = revision + 1 WHERE id = part;
            PERFORM portal.reconcile_for(added, linked);
            PERFORM portal.show_studies(moved);
            PERFORM portal.show_patients(ARRAY[part, whole]);
        END $$;

        -- Takes a file out of another again: what came with it and is still there, and what arrived under its id since.
        CREATE FUNCTION portal.unmerge_patients(part uuid) RETURNS void LANGUAGE plpgsql AS $$
        DECLARE
            merge portal.merges;
            back bigint[];
            kept uuid[];
        BEGIN
            DELETE FROM portal.merges WHERE source = part RETURNING * INTO merge;
            IF NOT FOUND THEN RETURN; END IF;
            back := ARRAY(SELECT s.id FROM portal.studies s JOIN portal.patients p ON p.id = part
                WHERE s.patient = merge.target AND (s.id = ANY (merge.studies) OR s.created_at > merge.merged_at
                    AND coalesce(s.original ->> 'patientID', s.patient_id) = p.patient_id
                    AND coalesce(s.original ->> 'issuer', s.issuer) = p.issuer)
                ORDER BY s.id);
            -- A correction by this file goes along; one by the whole is taken away.
            PERFORM set_config('portal.merging', 'yes', true);
            UPDATE portal.studies SET patient = part, updated_at = now()
                WHERE id = ANY (back) AND overlay ->> 'patient' = part::text;
            PERFORM set_config('portal.merging', '', true);
            UPDATE portal.studies SET patient = part, updated_at = now()
                WHERE id = ANY (back) AND patient = merge.target;
            UPDATE portal.deletions d SET patient = part FROM portal.studies s
                WHERE s.id = ANY (back) AND s.deleted = d.id AND d.study IS NOT NULL;
            -- What another part gives the whole as well, stays, and goes with that one.
            kept := ARRAY(SELECT DISTINCT x.group_id FROM portal.merges m JOIN portal.grants x ON x.patient_id = m.source
                WHERE m.target = merge.target AND x.group_id = ANY (merge.groups));
            UPDATE portal.merges m SET groups = ARRAY(SELECT unnest(m.groups) UNION SELECT x.group_id
                    FROM portal.grants x WHERE x.patient_id = m.source AND x.group_id = ANY (kept))
                WHERE m.target = merge.target;
            DELETE FROM portal.grants WHERE patient_id = merge.target AND group_id = ANY (merge.groups)
                AND group_id <> ALL (kept);
            UPDATE portal.users SET patient = part, revision = revision + 1
                WHERE id = ANY (merge.accounts) AND patient = merge.target;
            UPDATE portal.patients SET merged_into = NULL, revision = revision + 1 WHERE id = part;
            PERFORM portal.reconcile_for(merge.groups, merge.accounts);
            PERFORM portal.show_studies(back);
            PERFORM portal.show_patients(ARRAY[part, merge.target]);
        END $$;
        """#)
