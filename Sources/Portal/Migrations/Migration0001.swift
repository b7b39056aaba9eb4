/// The tables: identity and rights, the index of what is stored, visible lists, and the work around them.
///
/// Ids of people, groups and patients are UUIDs; studies, series and instances have a narrow key beside their UID,
/// because the visible lists hold one row per (scope, study).
let migration0001 = Migration(
    number: 1, name: "tables",
    sql: #"""
        CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
        CREATE EXTENSION IF NOT EXISTS btree_gin SCHEMA public;
        CREATE EXTENSION IF NOT EXISTS intarray SCHEMA public;
        CREATE EXTENSION IF NOT EXISTS unaccent SCHEMA public;
        CREATE EXTENSION IF NOT EXISTS fuzzystrmatch SCHEMA public;

        -- One folding for stored text and for queries: NFC, without accents, lower case.
        CREATE FUNCTION portal.fold(value text) RETURNS text
            LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
            AS $$ BEGIN RETURN lower(public.unaccent('public.unaccent'::regdictionary, normalize(value, NFC))); END $$;

        -- A text as a pattern of LIKE that matches nothing else.
        CREATE FUNCTION portal.like_literal(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
            AS $$ SELECT regexp_replace(value, '([\\%_])', '\\\1', 'g') $$;

        -- An instant as the API writes it (RFC 3339, UTC).
        CREATE FUNCTION portal.instant(value timestamptz) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
            AS $$ SELECT to_char(value AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') $$;

        ------------------------------------------------------------------ people and rights

        -- A scope is a distinct set of what grants sight: everything, groups, and one person's own.
        CREATE TABLE portal.scopes (
            id         int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            sees_all   boolean NOT NULL DEFAULT false,
            groups     uuid[] NOT NULL DEFAULT '{}',     -- sorted
            person     uuid,                             -- sees what this account brought, and its own patient file
            UNIQUE NULLS NOT DISTINCT (sees_all, groups, person)
        );
        CREATE INDEX scopes_person ON portal.scopes (person);
        INSERT INTO portal.scopes (sees_all) VALUES (true);   -- scope 1: everything
        INSERT INTO portal.scopes (sees_all) VALUES (false);  -- scope 2: nothing

        CREATE TABLE portal.statuses (
            code text PRIMARY KEY, label_fr text NOT NULL, label_en text NOT NULL, position int NOT NULL
        );
        INSERT INTO portal.statuses VALUES
            ('toRead', 'À interpréter', 'To read', 1), ('reading', 'En cours', 'In progress', 2),
            ('validated', 'Validé', 'Validated', 3);

        CREATE TABLE portal.patients (
            id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
            patient_id  text NOT NULL,
            issuer      text NOT NULL DEFAULT '',
            last_name   text NOT NULL DEFAULT '',
            birth_name  text NOT NULL DEFAULT '',
            first_name  text NOT NULL DEFAULT '',
            birth_date  date,
            sex         text NOT NULL DEFAULT 'U' CHECK (sex IN ('F', 'M', 'O', 'U')),
            condition   text NOT NULL DEFAULT '',
            status      text NOT NULL DEFAULT 'toRead' REFERENCES portal.statuses,
            notes       text NOT NULL DEFAULT '',
            last_visit  date,
            extra       jsonb NOT NULL DEFAULT '{}',
            name_tokens int[] NOT NULL DEFAULT '{}',
            last_study  timestamp NOT NULL DEFAULT '-infinity',
            revision    bigint NOT NULL DEFAULT 1,
            created_at  timestamptz NOT NULL DEFAULT now(),
            updated_at  timestamptz NOT NULL DEFAULT now(),
            UNIQUE (patient_id, issuer)
        );
        CREATE INDEX patients_birth_date ON portal.patients (birth_date);
        CREATE INDEX patients_name_tokens ON portal.patients USING gin (name_tokens gin__int_ops);

        CREATE TABLE portal.users (
            id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
            email        text NOT NULL,
            name         text NOT NULL DEFAULT '',
            status       text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive', 'disabled')),
            expires_at   timestamptz,
            language     text NOT NULL DEFAULT 'fr' CHECK (language IN ('fr', 'en')),
            password     text,                           -- scrypt with its parameters; NULL: cannot sign in
            must_change  boolean NOT NULL DEFAULT false,
            patient      uuid REFERENCES portal.patients ON DELETE SET NULL,
            scope_id     int NOT NULL DEFAULT 2 REFERENCES portal.scopes,   -- what `view` shows; kept by portal.assign_scope
            last_seen_at timestamptz,
            revision     bigint NOT NULL DEFAULT 1,
            created_at   timestamptz NOT NULL DEFAULT now()
        );
        CREATE UNIQUE INDEX users_email ON portal.users (lower(email));
        CREATE INDEX users_scope ON portal.users (scope_id);
        CREATE INDEX users_patient ON portal.users (patient) WHERE patient IS NOT NULL;

        CREATE TABLE portal.groups (
            id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
            name        text NOT NULL,
            permissions text[] NOT NULL DEFAULT '{}' CHECK (permissions <@ ARRAY['view', 'editPatients', 'import',
                            'export', 'share', 'delete', 'manageUsers', 'administer']),
            scope_all   boolean NOT NULL DEFAULT false,
            revision    bigint NOT NULL DEFAULT 1,
            created_at  timestamptz NOT NULL DEFAULT now()
        );
        CREATE UNIQUE INDEX groups_name ON portal.groups (lower(name));

        CREATE TABLE portal.members (
            user_id  uuid REFERENCES portal.users ON DELETE CASCADE,
            group_id uuid REFERENCES portal.groups ON DELETE CASCADE,
            PRIMARY KEY (user_id, group_id)
        );
        CREATE INDEX members_group ON portal.members (group_id);

        CREATE TABLE portal.grants (
            group_id   uuid REFERENCES portal.groups ON DELETE CASCADE,
            patient_id uuid REFERENCES portal.patients ON DELETE CASCADE,
            PRIMARY KEY (group_id, patient_id)
        );
        CREATE INDEX grants_patient ON portal.grants (patient_id);

        -- Sign-ins and access tokens: the same kind of secret, stored hashed (SHA-256).
        CREATE TABLE portal.sessions (
            id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
            token_hash  bytea NOT NULL UNIQUE,
            user_id     uuid NOT NULL REFERENCES portal.users ON DELETE CASCADE,
            kind        text NOT NULL CHECK (kind IN ('session', 'token', 'passwordChange')),
            name        text NOT NULL DEFAULT '',
            may         text[] NOT NULL DEFAULT '{read,store}',
            created_at  timestamptz NOT NULL DEFAULT now(),
            expires_at  timestamptz NOT NULL,
            last_seen_at timestamptz,
            address     text NOT NULL DEFAULT '',
            user_agent  text NOT NULL DEFAULT ''
        );
        CREATE INDEX sessions_user ON portal.sessions (user_id);

        CREATE TABLE portal.sign_in_attempts (
            key text NOT NULL,                           -- 'account:<hash>' or 'address:<ip>'
            at  timestamptz NOT NULL DEFAULT now()
        );
        CREATE INDEX sign_in_attempts_key ON portal.sign_in_attempts (key, at);

        -- What was made under an Idempotency-Key, for a day.
        CREATE TABLE portal.creations (
            user_id uuid REFERENCES portal.users ON DELETE CASCADE,
            key     text NOT NULL,
            kind    text NOT NULL,
            item    uuid,
            made_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (user_id, key)
        );

        CREATE TABLE portal.senders (
            id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
            ae_title   text NOT NULL,
            address    text NOT NULL DEFAULT '',
            allowed    boolean NOT NULL DEFAULT false,
            charset    text NOT NULL DEFAULT '',         -- fallback for files that declare none or a wrong one
            group_id   uuid REFERENCES portal.groups ON DELETE SET NULL,
            instances  bigint NOT NULL DEFAULT 0,
            rejected   bigint NOT NULL DEFAULT 0,
            first_seen timestamptz NOT NULL DEFAULT now(),
            last_seen  timestamptz NOT NULL DEFAULT now(),
            UNIQUE (ae_title, address)
        );

        ------------------------------------------------------------------ what is stored

        CREATE TABLE portal.modality_sets (
            id         smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            modalities text[] NOT NULL UNIQUE             -- sorted
        );
        INSERT INTO portal.modality_sets (modalities) VALUES ('{}');

        CREATE TABLE portal.studies (
            id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            uid            text NOT NULL UNIQUE,
            patient        uuid REFERENCES portal.patients ON DELETE SET NULL,
            brought_by     uuid REFERENCES portal.users ON DELETE SET NULL,
            sender         uuid REFERENCES portal.senders ON DELETE SET NULL,
            started        timestamp NOT NULL DEFAULT '-infinity',  -- Study Date and Time; '-infinity' when unknown
            accession      text NOT NULL DEFAULT '',
            description    text NOT NULL DEFAULT '',
            referring      text NOT NULL DEFAULT '',
            study_id       text NOT NULL DEFAULT '',
            patient_name   text NOT NULL DEFAULT '',      -- as DICOM writes it: groups by '=', components by '^'
            patient_id     text NOT NULL DEFAULT '',
            issuer         text NOT NULL DEFAULT '',
            birth_date     text NOT NULL DEFAULT '',      -- DA as it came
            sex            text NOT NULL DEFAULT '',
            modality_set   smallint NOT NULL DEFAULT 1 REFERENCES portal.modality_sets,
            attributes     jsonb NOT NULL,                -- DICOM JSON of all patient and study attributes
            name_tokens    int[] NOT NULL DEFAULT '{}',
            series_count   int NOT NULL DEFAULT 0,
            instance_count int NOT NULL DEFAULT 0,
            revision       bigint NOT NULL DEFAULT 1,
            created_at     timestamptz NOT NULL DEFAULT now(),
            updated_at     timestamptz NOT NULL DEFAULT now()
        ) WITH (fillfactor = 80);
        CREATE INDEX studies_patient ON portal.studies (patient, started DESC, id DESC);
        CREATE INDEX studies_unattached ON portal.studies (started DESC, id DESC) WHERE patient IS NULL;
        CREATE INDEX studies_unattached_brought ON portal.studies (brought_by) WHERE patient IS NULL;
        CREATE INDEX studies_unattached_sender ON portal.studies (sender) WHERE patient IS NULL;
        CREATE INDEX studies_name_tokens ON portal.studies USING gin (name_tokens gin__int_ops);

        CREATE TABLE portal.series (
            id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            uid            text NOT NULL UNIQUE,
            study_id       bigint NOT NULL REFERENCES portal.studies ON DELETE CASCADE,
            modality       text NOT NULL DEFAULT '',
            number         int,
            description    text NOT NULL DEFAULT '',
            body_part      text NOT NULL DEFAULT '',
            attributes     jsonb NOT NULL,                -- DICOM JSON of the series' attributes
            shared         jsonb NOT NULL DEFAULT '{}',   -- other searchable attributes that all its instances share
            instance_count int NOT NULL DEFAULT 0,
            revision       bigint NOT NULL DEFAULT 1,
            prepared       jsonb NOT NULL DEFAULT '{}',   -- {"metadata": {"key", "length", "revision"}, "thumbnail": …}
            updated_at     timestamptz NOT NULL DEFAULT now()
        ) WITH (fillfactor = 80);
        CREATE INDEX series_study ON portal.series (study_id, number, id);

        CREATE TABLE portal.instances (
            id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            uid             text NOT NULL UNIQUE,
            series_id       bigint NOT NULL REFERENCES portal.series ON DELETE CASCADE,
            sop_class       text NOT NULL,
            number          int,
            rows            int,
            columns         int,
            frame_count     int NOT NULL DEFAULT 0,       -- 0: no pixel data
            transfer_syntax text NOT NULL,
            attributes      jsonb NOT NULL,               -- DICOM JSON of the instance's queryable attributes
            metadata        bytea NOT NULL,               -- gzip'd DICOM JSON without bulk data
            object_key      text NOT NULL,
            size            bigint NOT NULL,              -- bytes of the stored file
            sha256          bytea NOT NULL,
            data_set_offset bigint NOT NULL,              -- where the data set begins, after the File Meta Information
            frames          bytea NOT NULL DEFAULT '',    -- FrameTable: where each frame's bytes are in the file
            stored_at       timestamptz NOT NULL DEFAULT now()
        );
        CREATE INDEX instances_series ON portal.instances (series_id, number, id);

        -- Same SOP Instance UID, other content: kept, never an overwrite.
        CREATE TABLE portal.conflicts (
            id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
            instance_id bigint NOT NULL REFERENCES portal.instances ON DELETE CASCADE,
            object_key  text NOT NULL,
            size        bigint NOT NULL,
            sha256      bytea NOT NULL,
            source      jsonb NOT NULL DEFAULT '{}',
            received_at timestamptz NOT NULL DEFAULT now(),
            resolved_at timestamptz,
            UNIQUE (instance_id, sha256)
        );

        -- Words of names, and every word with one character left out, for search with one wrong letter.
        CREATE TABLE portal.name_tokens (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, token text NOT NULL UNIQUE);
        CREATE TABLE portal.name_token_deletions (
            deletion text NOT NULL, token_id int NOT NULL REFERENCES portal.name_tokens,
            PRIMARY KEY (deletion, token_id)
        );

        -- Exact matches on further attributes: the path is tags joined by '.'.
        CREATE TABLE portal.attribute_values (
            path text NOT NULL, value text NOT NULL, started timestamp NOT NULL,
            study_id bigint NOT NULL REFERENCES portal.studies ON DELETE CASCADE,
            PRIMARY KEY (path, value, started, study_id)
        );

        ------------------------------------------------------------------ visible lists

        CREATE TABLE portal.scope_patients (
            scope_id int REFERENCES portal.scopes ON DELETE CASCADE,
            patient  uuid REFERENCES portal.patients ON DELETE CASCADE,
            PRIMARY KEY (scope_id, patient)
        );
        CREATE INDEX scope_patients_patient ON portal.scope_patients (patient, scope_id);

        -- One narrow row per (scope, study), in list order, with every searched field: lists stay flat.
        CREATE TABLE portal.visible_studies (
            scope_id     int NOT NULL,
            started      timestamp NOT NULL,
            study_id     bigint NOT NULL,
            patient      uuid,
            modality_set smallint NOT NULL,
            name         text NOT NULL,                   -- folded
            patient_id   text NOT NULL,
            accession    text NOT NULL,
            description  text NOT NULL                    -- folded
        ) PARTITION BY LIST (scope_id);
        CREATE TABLE portal.visible_studies_all PARTITION OF portal.visible_studies FOR VALUES IN (1);
        CREATE TABLE portal.visible_studies_some PARTITION OF portal.visible_studies DEFAULT;
        CREATE UNIQUE INDEX visible_studies_walk ON portal.visible_studies (scope_id, started DESC, study_id DESC)
            INCLUDE (patient, modality_set, name, patient_id, accession, description);
        CREATE INDEX visible_studies_study ON portal.visible_studies (study_id, scope_id);
        CREATE INDEX visible_studies_patient_id
            ON portal.visible_studies (scope_id, patient_id, started DESC, study_id DESC);
        CREATE INDEX visible_studies_accession
            ON portal.visible_studies (scope_id, accession, started DESC, study_id DESC);
        CREATE INDEX visible_studies_all_words ON portal.visible_studies_all USING gin
            (name gin_trgm_ops, description gin_trgm_ops, accession gin_trgm_ops, patient_id gin_trgm_ops);
        CREATE INDEX visible_studies_some_words ON portal.visible_studies_some USING gin
            (scope_id, name gin_trgm_ops, description gin_trgm_ops, accession gin_trgm_ops, patient_id gin_trgm_ops);
        ALTER TABLE portal.visible_studies ALTER scope_id SET STATISTICS 1000, ALTER name SET STATISTICS 1000,
            ALTER description SET STATISTICS 1000, ALTER patient_id SET STATISTICS 1000,
            ALTER accession SET STATISTICS 1000;

        CREATE TABLE portal.visible_patients (
            scope_id   int NOT NULL,
            last_study timestamp NOT NULL,
            patient    uuid NOT NULL REFERENCES portal.patients ON DELETE CASCADE,
            birth_date date,
            status     text NOT NULL,
            name       text NOT NULL,                     -- folded: last name, first name
            words      text NOT NULL                      -- folded: names, ids, birth date, accessions, descriptions
        ) PARTITION BY LIST (scope_id);
        CREATE TABLE portal.visible_patients_all PARTITION OF portal.visible_patients FOR VALUES IN (1);
        CREATE TABLE portal.visible_patients_some PARTITION OF portal.visible_patients DEFAULT;
        CREATE UNIQUE INDEX visible_patients_walk ON portal.visible_patients (scope_id, last_study DESC, patient DESC)
            INCLUDE (status);
        CREATE INDEX visible_patients_name ON portal.visible_patients (scope_id, name, patient);
        CREATE INDEX visible_patients_patient ON portal.visible_patients (patient, scope_id);
        CREATE INDEX visible_patients_all_words ON portal.visible_patients_all USING gin (words gin_trgm_ops);
        CREATE INDEX visible_patients_some_words ON portal.visible_patients_some
            USING gin (scope_id, words gin_trgm_ops);

        -- Counters of studies by day, and what was added since they were folded; readers add both.
        CREATE TABLE portal.scope_days (
            scope_id int NOT NULL, day date NOT NULL, modality_set smallint NOT NULL, studies int NOT NULL,
            PRIMARY KEY (scope_id, day, modality_set)
        );
        CREATE TABLE portal.scope_months (
            scope_id int NOT NULL, month date NOT NULL, modality_set smallint NOT NULL, studies int NOT NULL,
            PRIMARY KEY (scope_id, month, modality_set)
        );
        CREATE TABLE portal.scope_day_deltas (
            scope_id int NOT NULL, day date NOT NULL, modality_set smallint NOT NULL, studies int NOT NULL
        );

        ------------------------------------------------------------------ work and record

        CREATE TABLE portal.jobs (
            id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            kind       text NOT NULL,
            arguments  jsonb NOT NULL DEFAULT '{}',
            run_after  timestamptz NOT NULL DEFAULT now(),
            every      interval,                          -- runs again and again; NULL: once
            requests   int NOT NULL DEFAULT 1,            -- rises when asked for again
            attempts   int NOT NULL DEFAULT 0,
            leased_until timestamptz,
            last_error text,
            created_at timestamptz NOT NULL DEFAULT now(),
            UNIQUE (kind, arguments)
        );
        CREATE INDEX jobs_due ON portal.jobs (run_after);

        CREATE TABLE portal.imports (
            id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
            user_id     uuid REFERENCES portal.users ON DELETE SET NULL,
            state       text NOT NULL CHECK (state IN ('running', 'done', 'interrupted', 'failed')),
            name        text NOT NULL DEFAULT '',
            bytes_total bigint NOT NULL DEFAULT 0,
            bytes_done  bigint NOT NULL DEFAULT 0,
            counts      jsonb NOT NULL DEFAULT '{}',
            report      jsonb NOT NULL DEFAULT '{}',
            started_at  timestamptz NOT NULL DEFAULT now(),
            finished_at timestamptz
        );
        CREATE INDEX imports_user ON portal.imports (user_id, started_at DESC);

        -- Who did what; appended in short transactions of their own, sealed in order afterwards.
        CREATE TABLE portal.audit (
            id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            xid     xid8 NOT NULL DEFAULT pg_current_xact_id(),
            at      timestamptz NOT NULL DEFAULT clock_timestamp(),
            actor   uuid,
            action  text NOT NULL,
            patient uuid,
            study   text,
            address text NOT NULL DEFAULT '',
            details jsonb NOT NULL DEFAULT '{}'
        );
        CREATE INDEX audit_at ON portal.audit (at DESC, id DESC);
        CREATE INDEX audit_actor ON portal.audit (actor, at DESC);
        CREATE INDEX audit_patient ON portal.audit (patient, at DESC);
        CREATE TABLE portal.audit_seals (
            number bigint PRIMARY KEY, below xid8 NOT NULL, rows bigint NOT NULL, hash bytea NOT NULL,
            at timestamptz NOT NULL DEFAULT now()
        );
        """#)
