/// Corrections: a study that is shown under its patient's identity instead of the one in its files.
let migration0010 = Migration(
    number: 10, name: "corrections",
    sql: #"""
        ALTER TABLE portal.studies ADD COLUMN overlay jsonb, ADD COLUMN original jsonb;
        COMMENT ON COLUMN portal.studies.overlay IS
            'the correction: what its patient''s file said, when, where; NULL: the files are shown as they are';
        COMMENT ON COLUMN portal.studies.original IS 'what the columns held before the correction';

        -- Numbers corrections: what answers depend on does not repeat, not even when a study comes again.
        CREATE SEQUENCE portal.corrections;

        -- The attributes that a correction replaces: character set, name, id, issuer, birth date, sex.
        CREATE FUNCTION portal.corrected_attributes() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT ARRAY['00080005', '00100010', '00100020', '00100021', '00100030', '00100040']
        $$;

        -- Attaches a study to a patient and shows it under this identity. The lists are right afterwards, and metadata
        -- that were prepared before are none of the new revision.
        --
        -- `identity`: name, id, issuer, birth date and sex as DICOM writes them; `shown`: the same in DICOM JSON.
        CREATE FUNCTION portal.correct_study(wanted bigint, chosen uuid, identity text[], shown jsonb, tokens int[],
            system text) RETURNS void LANGUAGE plpgsql AS $$
        DECLARE
            former uuid;
        BEGIN
            PERFORM pg_advisory_xact_lock_shared(4242001);
            SELECT patient INTO former FROM portal.studies WHERE id = wanted FOR NO KEY UPDATE;
            UPDATE portal.studies s SET patient = chosen,
                original = coalesce(s.original, jsonb_build_object('name', s.patient_name, 'patientID', s.patient_id,
                    'issuer', s.issuer, 'birthDate', s.birth_date, 'sex', s.sex, 'tokens', to_jsonb(s.name_tokens),
                    'attributes', (SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(s.attributes)
                        WHERE key = ANY (portal.corrected_attributes())))),
                overlay = jsonb_build_object('name', identity[1], 'patientID', identity[2], 'issuer', identity[3],
                    'birthDate', identity[4], 'sex', identity[5], 'revision', nextval('portal.corrections'), 'system', system,
                    'patient', chosen,
                    'at', to_char(now() AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISS') || '+0000',
                    'charset', coalesce((SELECT x.charset FROM portal.senders x WHERE x.id = s.sender), '')),
                patient_name = identity[1], patient_id = identity[2], issuer = identity[3], birth_date = identity[4],
                sex = identity[5], name_tokens = tokens,
                attributes = (s.attributes - '00100021'::text) || shown,  -- an issuer that nobody knows is left out
                revision = s.revision + 1, updated_at = now()
                WHERE s.id = wanted;
            UPDATE portal.series SET revision = revision + 1, updated_at = now() WHERE study_id = wanted;
            PERFORM portal.show_studies(ARRAY[wanted]);
            PERFORM portal.show_patients(array_remove(ARRAY[former, chosen], NULL));
        END $$;

        -- A correction is one by a study's patient: it goes when the study leaves that patient. (Merging of files is
        -- another matter: migration 11.) Whoever moves a study makes the lists right.
        CREATE FUNCTION portal.uncorrect_study() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            NEW.patient_name := OLD.original ->> 'name';
            NEW.patient_id := OLD.original ->> 'patientID';
            NEW.issuer := OLD.original ->> 'issuer';
            NEW.birth_date := OLD.original ->> 'birthDate';
            NEW.sex := OLD.original ->> 'sex';
            NEW.name_tokens := ARRAY(SELECT t::int FROM jsonb_array_elements_text(OLD.original -> 'tokens')
                WITH ORDINALITY AS e(t, place) ORDER BY place);
            NEW.attributes := (OLD.attributes - portal.corrected_attributes()) || (OLD.original -> 'attributes');
            NEW.overlay := NULL;
            NEW.original := NULL;
            NEW.revision := OLD.revision + 1;
            UPDATE portal.series SET revision = revision + 1, updated_at = now() WHERE study_id = OLD.id;
            RETURN NEW;
        END $$;
        CREATE TRIGGER studies_uncorrect BEFORE UPDATE OF patient ON portal.studies FOR EACH ROW
            WHEN (OLD.overlay IS NOT NULL AND OLD.patient IS DISTINCT FROM NEW.patient
                AND OLD.overlay IS NOT DISTINCT FROM NEW.overlay)
            EXECUTE FUNCTION portal.uncorrect_study();
        """#)
