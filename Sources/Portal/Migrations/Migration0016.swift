/// What the store holds and how it grew, and the record of self-tests.
let migration0016 = Migration(
    number: 16, name: "storage and self-tests",
    sql: #"""
        -- How much came and went on a day (UTC), and what was added since that was folded; readers add both. Nobody has to
        -- count instances.
        CREATE TABLE portal.storage_days (day date PRIMARY KEY, files bigint NOT NULL, bytes bigint NOT NULL);
        CREATE TABLE portal.storage_deltas (day date NOT NULL, files bigint NOT NULL, bytes bigint NOT NULL);
        INSERT INTO portal.storage_days
            SELECT (stored_at AT TIME ZONE 'UTC')::date, count(*), sum(size) FROM portal.instances GROUP BY 1;

        CREATE FUNCTION portal.note_storage() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            today date := (now() AT TIME ZONE 'UTC')::date;
        BEGIN
            IF TG_OP = 'INSERT' THEN
                INSERT INTO portal.storage_deltas
                    SELECT today, count(*), sum(size) FROM changed HAVING count(*) > 0;
            ELSIF TG_OP = 'DELETE' THEN
                INSERT INTO portal.storage_deltas
                    SELECT today, -count(*), -sum(size) FROM changed HAVING count(*) > 0;
            ELSE
                INSERT INTO portal.storage_deltas VALUES (today, 0, NEW.size - OLD.size);
            END IF;
            RETURN NULL;
        END $$;
        CREATE TRIGGER instances_stored AFTER INSERT ON portal.instances REFERENCING NEW TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION portal.note_storage();
        CREATE TRIGGER instances_removed AFTER DELETE ON portal.instances REFERENCING OLD TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION portal.note_storage();
        CREATE TRIGGER instances_exchanged AFTER UPDATE ON portal.instances FOR EACH ROW
            WHEN (OLD.size <> NEW.size) EXECUTE FUNCTION portal.note_storage();

        CREATE FUNCTION portal.fold_storage() RETURNS void LANGUAGE sql AS $$
            WITH taken AS (DELETE FROM portal.storage_deltas RETURNING day, files, bytes)
            INSERT INTO portal.storage_days AS d
                SELECT day, sum(files), sum(bytes) FROM taken GROUP BY day ORDER BY day
                ON CONFLICT (day) DO UPDATE SET files = d.files + excluded.files, bytes = d.bytes + excluded.bytes
        $$;

        -- What has no rows is counted in its folder now and then.
        CREATE TABLE portal.store_folders (
            folder text PRIMARY KEY, files bigint NOT NULL, bytes bigint NOT NULL, measured_at timestamptz NOT NULL
        );
        INSERT INTO portal.jobs (kind, every) VALUES ('store.measure', interval '10 minutes');

        CREATE TABLE portal.self_tests (
            id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
            user_id     uuid REFERENCES portal.users ON DELETE SET NULL,
            seed        int NOT NULL,                      -- of the synthetic studies: tells what has to be removed
            started_at  timestamptz NOT NULL DEFAULT now(),
            finished_at timestamptz,
            steps       jsonb NOT NULL DEFAULT '[]'        -- {"name", "outcome", "milliseconds", "detail"}
        );
        CREATE INDEX self_tests_started ON portal.self_tests (started_at DESC, id DESC);
        """#)
