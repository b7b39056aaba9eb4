/// Joining: which patient an arriving study belongs to, and what attaching changes.
let migration0003 = Migration(
    number: 3, name: "joining",
    sql: #"""
        -- The different words of a name, folded.
        CREATE FUNCTION portal.words(value text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
            SELECT ARRAY(SELECT DISTINCT w FROM regexp_split_to_table(portal.fold(value), '[^[:alnum:]]+') w
                         WHERE w <> '' ORDER BY w)
        $$;

        -- Whether a name of the trade (groups by '=', components by '^') can be this person's: the words of one are
        -- among the other's, with the used or the birth name, or equal when written together. Nothing contradicts an
        -- empty name.
        CREATE FUNCTION portal.names_agree(dicom_name text, last_name text, birth_name text, first_name text)
            RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            WITH written AS (
                SELECT portal.words(g) AS words, regexp_replace(portal.fold(g), '[^[:alnum:]]+', '', 'g') AS joined
                FROM regexp_split_to_table(dicom_name, '=') g
            ), known AS (
                SELECT portal.words(k) AS words, regexp_replace(portal.fold(k), '[^[:alnum:]]+', '', 'g') AS joined
                FROM unnest(ARRAY[
                    concat_ws(' ', last_name, first_name), concat_ws(' ', last_name, birth_name, first_name),
                    CASE WHEN birth_name <> '' THEN concat_ws(' ', birth_name, first_name) END]) k
                WHERE k IS NOT NULL
            )
            SELECT NOT EXISTS (SELECT FROM written WHERE words <> '{}')
                OR NOT EXISTS (SELECT FROM known WHERE words <> '{}')
                OR EXISTS (SELECT FROM written w, known k WHERE w.words <> '{}' AND k.words <> '{}'
                           AND (w.words <@ k.words OR k.words <@ w.words OR w.joined = k.joined))
        $$;

        -- A date of DICOM (YYYYMMDD); NULL for anything else.
        CREATE FUNCTION portal.dicom_date(value text) RETURNS date LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
        BEGIN
            IF value !~ '^\d{8}$' THEN RETURN NULL; END IF;
            RETURN make_date(left(value, 4)::int, substr(value, 5, 2)::int, right(value, 2)::int);
        EXCEPTION WHEN datetime_field_overflow THEN RETURN NULL;
        END $$;

        -- Whether the account or the sender's group that a study came from may see a patient.
        CREATE FUNCTION portal.source_sees(account uuid, source uuid, wanted uuid) RETURNS boolean
            LANGUAGE sql STABLE AS $$
            SELECT EXISTS (
                SELECT FROM portal.users u WHERE u.id = account AND (u.scope_id = 1 OR EXISTS (
                    SELECT FROM portal.scope_patients p WHERE p.scope_id = u.scope_id AND p.patient = wanted)))
            OR EXISTS (
                SELECT FROM portal.senders s JOIN portal.groups g ON g.id = s.group_id
                WHERE s.id = source AND 'view' = ANY (g.permissions) AND (g.scope_all OR EXISTS (
                    SELECT FROM portal.grants x WHERE x.group_id = g.id AND x.patient_id = wanted)))
        $$;

        -- Grants a new patient to the group that let its maker make it, unless that group sees all.
        CREATE FUNCTION portal.grant_to_maker(made uuid, account uuid, source uuid) RETURNS void
            LANGUAGE plpgsql AS $$
        DECLARE
            giver uuid;
        BEGIN
            SELECT id INTO giver FROM (
                SELECT g.* FROM portal.members m JOIN portal.groups g ON g.id = m.group_id WHERE m.user_id = account
                UNION SELECT g.* FROM portal.senders s JOIN portal.groups g ON g.id = s.group_id WHERE s.id = source
            ) g WHERE 'editPatients' = ANY (g.permissions)
                ORDER BY scope_all DESC, ('view' = ANY (g.permissions)) DESC, created_at, id LIMIT 1;
            IF NOT FOUND OR (SELECT scope_all FROM portal.groups WHERE id = giver) THEN RETURN; END IF;
            INSERT INTO portal.grants VALUES (giver, made) ON CONFLICT DO NOTHING;
            INSERT INTO portal.scope_patients SELECT id, made FROM portal.scopes WHERE giver = ANY (groups)
                ON CONFLICT DO NOTHING;
        END $$;

        -- The patient that a study's own attributes describe.
        CREATE FUNCTION portal.make_patient(described portal.studies) RETURNS uuid LANGUAGE plpgsql AS $$
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
                ON CONFLICT (patient_id, issuer) DO NOTHING RETURNING id INTO made;
            IF made IS NOT NULL THEN
                PERFORM portal.grant_to_maker(made, described.brought_by, described.sender);
            END IF;
            RETURN made;
        END $$;

        -- Attaches studies without a patient by the rule: equal id and issuer, no contradiction in name or birth date,
        -- and a source that may see the patient. An unknown id makes the patient, if the source may. The lists of the
        -- studies and their patients are right afterwards.
        --
        -- `trusted`: the source is the operator at the machine, who sees everything.
        CREATE FUNCTION portal.attach_by_rule(wanted bigint[], may_create boolean, trusted boolean DEFAULT false)
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
                AND s.patient_id <> '' ORDER BY s.patient_id, s.issuer, s.id
            LOOP
                made := NULL;
                SELECT * INTO known FROM portal.patients p
                    WHERE p.patient_id = arrived.patient_id AND p.issuer = arrived.issuer FOR NO KEY UPDATE;
                IF NOT FOUND THEN
                    CONTINUE WHEN NOT may_create;
                    made := portal.make_patient(arrived);
                    SELECT * INTO known FROM portal.patients p
                        WHERE p.patient_id = arrived.patient_id AND p.issuer = arrived.issuer FOR NO KEY UPDATE;
                    CONTINUE WHEN NOT FOUND;
                END IF;
                CONTINUE WHEN made IS NULL AND NOT (
                    (trusted OR portal.source_sees(arrived.brought_by, arrived.sender, known.id) OR known.id = ANY (touched))
                    AND portal.names_agree(arrived.patient_name, known.last_name, known.birth_name, known.first_name)
                    AND coalesce(portal.dicom_date(arrived.birth_date) = known.birth_date, true));
                UPDATE portal.studies SET patient = known.id, updated_at = now() WHERE id = arrived.id;
                touched := touched || known.id;
                study := arrived.id;
                joined := known.id;
                RETURN NEXT;
            END LOOP;
            PERFORM portal.show_studies(wanted);
            PERFORM portal.show_patients(touched);
        END $$;

        -- Attaches a study to a patient, or to none, whatever it had; the lists are right afterwards.
        CREATE FUNCTION portal.attach_study(wanted bigint, chosen uuid) RETURNS void LANGUAGE plpgsql AS $$
        DECLARE
            former uuid;
        BEGIN
            PERFORM pg_advisory_xact_lock_shared(4242001);
            SELECT patient INTO former FROM portal.studies WHERE id = wanted FOR NO KEY UPDATE;
            UPDATE portal.studies SET patient = chosen, updated_at = now() WHERE id = wanted;
            PERFORM portal.show_studies(ARRAY[wanted]);
            PERFORM portal.show_patients(array_remove(ARRAY[former, chosen], NULL));
        END $$;

        -- Shows a sender's waiting studies to another group.
        CREATE FUNCTION portal.move_sender(wanted uuid, chosen uuid) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM pg_advisory_xact_lock(4242001);
            UPDATE portal.senders SET group_id = chosen WHERE id = wanted;
            PERFORM portal.show_studies(ARRAY(SELECT id FROM portal.studies WHERE sender = wanted AND patient IS NULL));
        END $$;

        -- Removes a patient; its studies wait for another one, and accounts linked to it can no longer sign in.
        CREATE FUNCTION portal.remove_patient(unwanted uuid) RETURNS int LANGUAGE plpgsql AS $$
        DECLARE
            left_over bigint[];
        BEGIN
            PERFORM pg_advisory_xact_lock(4242001);
            left_over := ARRAY(SELECT id FROM portal.studies WHERE patient = unwanted ORDER BY id);
            UPDATE portal.users SET status = 'disabled', revision = revision + 1 WHERE patient = unwanted;
            DELETE FROM portal.visible_patients WHERE patient = unwanted;
            DELETE FROM portal.patients WHERE id = unwanted;
            PERFORM portal.show_studies(left_over);
            RETURN cardinality(left_over);
        END $$;
        """#)
