/// Searching for patients stays quick in a long list, and forgives a wrong letter; searches can be saved.
let migration0015 = Migration(
    number: 15, name: "searching for patients",
    sql: #"""
        -- With few rows sampled, the planner takes what is found often for rare, and sorts thousands of rows.
        ALTER TABLE portal.visible_patients ALTER scope_id SET STATISTICS 1000, ALTER words SET STATISTICS 1000,
            ALTER name SET STATISTICS 1000;

        -- What the studies of a patient are asked for, without reading them.
        DROP INDEX portal.studies_patient;
        CREATE INDEX studies_patient ON portal.studies (patient, started DESC, id DESC) INCLUDE (modality_set, deleted);
        CREATE INDEX studies_modality ON portal.studies (modality_set, started, patient)
            WHERE patient IS NOT NULL AND deleted IS NULL;
        CREATE INDEX studies_started ON portal.studies (started, patient) WHERE patient IS NOT NULL AND deleted IS NULL;

        -- Two words share a key when they differ by at most one letter, wrong, missing, too many or in another place:
        -- the keys stand for a word and for all that leave out one of its letters. Shorter words have none, as one letter
        -- makes too great a difference in them.
        CREATE FUNCTION portal.near_keys(names text) RETURNS int[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
        BEGIN
            RETURN ARRAY(
                SELECT DISTINCT ('x' || left(md5(k.text), 8))::bit(32)::int
                FROM unnest(portal.words(names)) w CROSS JOIN LATERAL (
                    SELECT w AS text
                    UNION SELECT left(w, place - 1) || substr(w, place + 1) FROM generate_series(1, length(w)) place) k
                WHERE length(w) >= 4);
        END $$;
        CREATE INDEX patients_near ON portal.patients
            USING gin (portal.near_keys(last_name || ' ' || birth_name || ' ' || first_name) public.gin__int_ops);
        DROP INDEX portal.patients_name_tokens;
        ALTER TABLE portal.patients DROP COLUMN name_tokens;   -- nothing ever filled it

        -- Whether a text begins with a word in which one letter is wrong, missing or too many.
        CREATE FUNCTION portal.begins_nearly(value text, word text) RETURNS boolean
            LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$  -- not STRICT: so it becomes part of the query
            SELECT public.levenshtein_less_equal(left(value, length(word)), word, 1) <= 1
                OR public.levenshtein_less_equal(left(value, length(word) + 1), word, 1) <= 1
                OR public.levenshtein_less_equal(left(value, length(word) - 1), word, 1) <= 1
        $$;

        CREATE TABLE portal.saved_searches (
            id       uuid PRIMARY KEY DEFAULT gen_random_uuid(),
            user_id  uuid NOT NULL REFERENCES portal.users ON DELETE CASCADE,
            name     text NOT NULL,
            filters  jsonb NOT NULL,                     -- what the page's address holds
            saved_at timestamptz NOT NULL DEFAULT now()
        );
        CREATE UNIQUE INDEX saved_searches_name ON portal.saved_searches (user_id, lower(name));
        """#)
