/// The record: appended only, one row per visit of a study, sealed in order.
let migration0008 = Migration(
    number: 8, name: "the record",
    sql: #"""
        ALTER TABLE portal.audit ADD COLUMN sender uuid,   -- a DICOM sender, where no account acts
            ADD COLUMN visit uuid;                         -- who, what, which study, which half hour; NULL: each counts
        CREATE UNIQUE INDEX audit_visit ON portal.audit (visit) WHERE visit IS NOT NULL;
        CREATE INDEX audit_study ON portal.audit (study, at DESC, id DESC) WHERE study IS NOT NULL;
        CREATE INDEX audit_action ON portal.audit (action, at DESC, id DESC);
        CREATE INDEX audit_xid ON portal.audit (xid, id);

        -- A seal holds the rows after `after_id` up to `last_id` whose transaction is from `first` on and before `below`.
        -- Ids alone would miss what a slow transaction adds later; transactions alone would mix those of another cluster,
        -- into which a backup was restored.
        DROP TABLE portal.audit_seals;
        CREATE TABLE portal.audit_seals (
            number bigint PRIMARY KEY, after_id bigint NOT NULL, last_id bigint NOT NULL, first xid8 NOT NULL,
            below xid8 NOT NULL, rows bigint NOT NULL, hash bytea NOT NULL, at timestamptz NOT NULL DEFAULT now()
        );
        CREATE INDEX audit_seals_last ON portal.audit_seals (last_id);

        CREATE FUNCTION portal.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'the record is only appended to' USING ERRCODE = 'insufficient_privilege';
        END $$;
        CREATE TRIGGER audit_appended BEFORE UPDATE OR DELETE OR TRUNCATE ON portal.audit
            FOR EACH STATEMENT EXECUTE FUNCTION portal.refuse_change();
        CREATE TRIGGER audit_seals_appended BEFORE UPDATE OR DELETE OR TRUNCATE ON portal.audit_seals
            FOR EACH STATEMENT EXECUTE FUNCTION portal.refuse_change();

        -- One row per visit of half an hour; nothing is written, and no transaction begun, for what is noted already.
        CREATE FUNCTION portal.note_visit(what text, who uuid, via uuid, wanted text, file uuid, place text) RETURNS void
            LANGUAGE plpgsql AS $$
        DECLARE
            one uuid := md5(concat_ws('/', what, coalesce(who, via), wanted, file,
                floor(extract(epoch FROM now()) / 1800)))::uuid;
        BEGIN
            IF EXISTS (SELECT FROM portal.audit WHERE visit = one) THEN RETURN; END IF;
            INSERT INTO portal.audit (actor, sender, action, patient, study, address, visit)
                VALUES (who, via, what, coalesce(file, (SELECT patient FROM portal.studies WHERE uid = wanted)), wanted,
                    place, one)
                ON CONFLICT (visit) WHERE visit IS NOT NULL DO NOTHING;
        END $$;

        -- Notes who brings something into studies.
        CREATE FUNCTION portal.note_received(who uuid, via uuid, touched bigint[], place text) RETURNS void
            LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM portal.note_visit('study.received', who, via, s.uid, s.patient, place)
                FROM (SELECT uid, patient FROM portal.studies WHERE id = ANY (touched) ORDER BY id) s;
        END $$;

        INSERT INTO portal.jobs (kind, every) VALUES ('audit.seal', interval '4 seconds');
        """#)
