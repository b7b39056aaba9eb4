/// Sight: the functions that keep the visible lists right. Lists are read as they are; nothing else decides what is seen.
///
/// Whoever stores holds the shared advisory lock 4242001, whoever changes rights the exclusive one, so that a grant and
/// a new study cannot miss each other. Studies are locked before patients, each in the order of their ids.
let migration0002 = Migration(
    number: 2, name: "sight",
    sql: #"""
        -- Who sees a study: everything's scope; with a patient, the scopes that see the patient; without one, the scopes
        -- of the sender's group and of the person who brought it.
        CREATE FUNCTION portal.study_sights(wanted bigint[]) RETURNS SETOF portal.visible_studies
            LANGUAGE plpgsql STABLE AS $$
        BEGIN
            RETURN QUERY
            WITH found AS MATERIALIZED (
                SELECT s.*, portal.fold(s.patient_name) AS folded_name, portal.fold(s.description) AS folded_description
                FROM portal.studies s WHERE s.id = ANY (wanted)
            )
            SELECT v.scope_id, f.started, f.id, f.patient, f.modality_set, f.folded_name, f.patient_id, f.accession,
                f.folded_description
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

        -- Makes the rows of these studies right in all scopes, and notes the difference for the counters. Also for
        -- studies that are gone. One plan serves any number of studies; planning each call costs ten times the call.
        CREATE FUNCTION portal.show_studies(wanted bigint[]) RETURNS void LANGUAGE plpgsql
            SET plan_cache_mode = force_generic_plan AS $$
        BEGIN
            PERFORM pg_advisory_xact_lock_shared(4242001);
            PERFORM 1 FROM portal.studies WHERE id = ANY (wanted) ORDER BY id FOR NO KEY UPDATE;
            WITH gone AS (
                DELETE FROM portal.visible_studies v USING (
                    SELECT * FROM portal.visible_studies WHERE study_id = ANY (wanted)
                    EXCEPT SELECT * FROM portal.study_sights(wanted)) wrong
                WHERE v.study_id = wrong.study_id AND v.scope_id = wrong.scope_id
                RETURNING v.scope_id, v.started::date AS day, v.modality_set
            )
            INSERT INTO portal.scope_day_deltas
                SELECT scope_id, day, modality_set, -count(*) FROM gone GROUP BY 1, 2, 3;
            WITH added AS (
                INSERT INTO portal.visible_studies
                    SELECT * FROM portal.study_sights(wanted)
                    EXCEPT SELECT * FROM portal.visible_studies WHERE study_id = ANY (wanted)
                RETURNING scope_id, started::date AS day, modality_set
            )
            INSERT INTO portal.scope_day_deltas
                SELECT scope_id, day, modality_set, count(*) FROM added GROUP BY 1, 2, 3;
        END $$;

        -- What a patient is found by: names, ids, the birth date in three spellings, and the newest studies' words.
        CREATE FUNCTION portal.patient_sights(wanted uuid[]) RETURNS SETOF portal.visible_patients
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
                          WHERE patient = p.id ORDER BY started DESC, id DESC LIMIT 50) n
                ) s
                WHERE p.id = ANY (wanted)
            )
            SELECT v.scope_id, f.last_study, f.id, f.birth_date, f.status, f.name, f.words
            FROM found f CROSS JOIN LATERAL (
                SELECT 1 AS scope_id UNION ALL SELECT p.scope_id FROM portal.scope_patients p WHERE p.patient = f.id
            ) v;
        END $$;

        -- Makes the rows of these patients right in all scopes, and their newest study's time.
        CREATE FUNCTION portal.show_patients(wanted uuid[]) RETURNS void LANGUAGE plpgsql
            SET plan_cache_mode = force_generic_plan AS $$
        BEGIN
            PERFORM pg_advisory_xact_lock_shared(4242001);
            PERFORM 1 FROM portal.patients WHERE id = ANY (wanted) ORDER BY id FOR NO KEY UPDATE;
            UPDATE portal.patients p SET last_study = n.newest
                FROM (SELECT w.id, coalesce(max(s.started), '-infinity') AS newest
                      FROM unnest(wanted) w (id) LEFT JOIN portal.studies s ON s.patient = w.id GROUP BY w.id) n
                WHERE p.id = n.id AND p.last_study <> n.newest;
            DELETE FROM portal.visible_patients v USING (
                    SELECT * FROM portal.visible_patients WHERE patient = ANY (wanted)
                    EXCEPT SELECT * FROM portal.patient_sights(wanted)) wrong
                WHERE v.patient = wrong.patient AND v.scope_id = wrong.scope_id;
            INSERT INTO portal.visible_patients
                SELECT * FROM portal.patient_sights(wanted)
                EXCEPT SELECT * FROM portal.visible_patients WHERE patient = ANY (wanted);
        END $$;

        -- The patients that scopes see: those granted to their groups, and a person's own file.
        CREATE FUNCTION portal.patients_of_scopes(wanted int[]) RETURNS TABLE (scope_id int, patient uuid)
            LANGUAGE sql STABLE AS $$
            SELECT c.id, g.patient_id FROM portal.scopes c JOIN portal.grants g ON g.group_id = ANY (c.groups)
                WHERE c.id = ANY (wanted)
            UNION
            SELECT c.id, u.patient FROM portal.scopes c JOIN portal.users u ON u.id = c.person
                WHERE c.id = ANY (wanted) AND u.patient IS NOT NULL
        $$;

        -- Fills a new scope from the lists of everything's scope.
        CREATE FUNCTION portal.fill_scope(wanted int) RETURNS void LANGUAGE plpgsql AS $$
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
                        v.accession, v.description
                    FROM seen JOIN portal.visible_studies v ON v.study_id = seen.id AND v.scope_id = 1
                RETURNING started::date AS day, modality_set
            )
            INSERT INTO portal.scope_day_deltas SELECT wanted, day, modality_set, count(*) FROM added GROUP BY 2, 3;
        END $$;

        -- Makes existing scopes right after grants changed.
        CREATE FUNCTION portal.reconcile_scopes(wanted int[]) RETURNS void LANGUAGE plpgsql AS $$
        DECLARE
            changed uuid[];
        BEGIN
            WITH removed AS (
                DELETE FROM portal.scope_patients x USING (
                    SELECT * FROM portal.scope_patients WHERE scope_id = ANY (wanted)
                    EXCEPT SELECT * FROM portal.patients_of_scopes(wanted)) wrong
                WHERE x.scope_id = wrong.scope_id AND x.patient = wrong.patient
                RETURNING x.patient
            ), added AS (
                INSERT INTO portal.scope_patients
                    SELECT * FROM portal.patients_of_scopes(wanted)
                    EXCEPT SELECT * FROM portal.scope_patients WHERE scope_id = ANY (wanted)
                RETURNING patient
            )
            SELECT array_agg(patient ORDER BY patient) INTO changed
                FROM (SELECT patient FROM removed UNION SELECT patient FROM added) c;
            IF changed IS NULL THEN RETURN; END IF;
            PERFORM portal.show_studies(ARRAY(SELECT id FROM portal.studies WHERE patient = ANY (changed)));
            PERFORM portal.show_patients(changed);
        END $$;

        -- Removes a scope that no account has any more, with its lists.
        CREATE FUNCTION portal.drop_scope(unwanted int) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            IF unwanted <= 2 OR EXISTS (SELECT FROM portal.users WHERE scope_id = unwanted) THEN RETURN; END IF;
            DELETE FROM portal.visible_studies WHERE scope_id = unwanted;
            DELETE FROM portal.visible_patients WHERE scope_id = unwanted;
            DELETE FROM portal.scope_day_deltas WHERE scope_id = unwanted;
            DELETE FROM portal.scope_days WHERE scope_id = unwanted;
            DELETE FROM portal.scope_months WHERE scope_id = unwanted;
            DELETE FROM portal.scopes WHERE id = unwanted;
        END $$;

        -- Gives an account the scope that its groups with `view` make, and fills it when it is new.
        --
        -- An account linked to a patient sees that file alone. One that may import has a scope of its own, as it also
        -- sees what it brought until that has a patient.
        CREATE FUNCTION portal.assign_scope(account uuid) RETURNS int LANGUAGE plpgsql AS $$
        DECLARE
            old_scope int;
            new_scope int;
            own_file uuid;
            everything boolean;
            seeing uuid[];
            brings boolean;
        BEGIN
            PERFORM pg_advisory_xact_lock(4242001);
            SELECT scope_id, patient INTO old_scope, own_file FROM portal.users WHERE id = account FOR NO KEY UPDATE;
            IF NOT FOUND THEN RETURN NULL; END IF;
            SELECT coalesce(bool_or(g.scope_all) FILTER (WHERE 'view' = ANY (g.permissions)), false),
                coalesce(array_agg(g.id ORDER BY g.id) FILTER (WHERE 'view' = ANY (g.permissions)), '{}'),
                coalesce(bool_or('import' = ANY (g.permissions)), false)
                    OR EXISTS (SELECT FROM portal.studies WHERE brought_by = account AND patient IS NULL)
                INTO everything, seeing, brings
                FROM portal.members m JOIN portal.groups g ON g.id = m.group_id WHERE m.user_id = account;
            IF own_file IS NOT NULL THEN
                everything := false;
                seeing := '{}';
                brings := true;
            ELSIF everything THEN
                seeing := '{}';
                brings := false;
            END IF;
            SELECT id INTO new_scope FROM portal.scopes WHERE sees_all = everything AND groups = seeing
                AND person IS NOT DISTINCT FROM CASE WHEN brings THEN account END;
            IF NOT FOUND THEN
                INSERT INTO portal.scopes (sees_all, groups, person)
                    VALUES (false, seeing, CASE WHEN brings THEN account END) RETURNING id INTO new_scope;
                PERFORM portal.fill_scope(new_scope);
            ELSIF own_file IS NOT NULL THEN
                PERFORM portal.reconcile_scopes(ARRAY[new_scope]);
            END IF;
            IF new_scope <> old_scope THEN
                UPDATE portal.users SET scope_id = new_scope WHERE id = account;
                PERFORM portal.drop_scope(old_scope);
            END IF;
            RETURN new_scope;
        END $$;

        -- Makes the scopes of these groups right after their grants or permissions changed.
        CREATE FUNCTION portal.refresh_scopes(changed uuid[]) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM pg_advisory_xact_lock(4242001);
            PERFORM portal.assign_scope(m.user_id) FROM
                (SELECT DISTINCT user_id FROM portal.members WHERE group_id = ANY (changed) ORDER BY user_id) m;
            PERFORM portal.reconcile_scopes(ARRAY(SELECT id FROM portal.scopes WHERE groups && changed));
        END $$;

        -- Adds the noted differences to the counters of days and months.
        CREATE FUNCTION portal.fold_counters() RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            IF NOT pg_try_advisory_xact_lock(4242002) THEN RETURN; END IF;
            WITH taken AS (
                DELETE FROM portal.scope_day_deltas RETURNING scope_id, day, modality_set, studies
            ), sums AS (
                SELECT t.scope_id, t.day, t.modality_set, sum(t.studies) AS studies
                FROM taken t JOIN portal.scopes c ON c.id = t.scope_id GROUP BY 1, 2, 3
                HAVING sum(t.studies) <> 0
            ), by_day AS (
                INSERT INTO portal.scope_days AS d SELECT * FROM sums ORDER BY 1, 2, 3
                ON CONFLICT (scope_id, day, modality_set) DO UPDATE SET studies = d.studies + excluded.studies
            )
            INSERT INTO portal.scope_months AS m
                SELECT scope_id, date_trunc('month', day)::date, modality_set, sum(studies) FROM sums
                GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
                ON CONFLICT (scope_id, month, modality_set) DO UPDATE SET studies = m.studies + excluded.studies;
        END $$;
        INSERT INTO portal.jobs (kind, every) VALUES
            ('counters.fold', interval '20 seconds'), ('sessions.sweep', interval '1 hour');
        """#)
