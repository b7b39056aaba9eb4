/// Every short attribute can be searched for: a series keeps what its first instance says, and each instance what differs.
let migration0005 = Migration(
    number: 5, name: "all attributes",
    sql: #"""
        COMMENT ON COLUMN portal.series.shared IS
            'DICOM JSON of its first instance: what is neither the series'' nor listed for every instance';
        COMMENT ON COLUMN portal.instances.attributes IS
            'DICOM JSON of the listed attributes, and of others where they differ from series.shared; null: it has none';

        -- What `own` says otherwise than `shared`; null for what it does not have.
        CREATE FUNCTION portal.differing(own jsonb, shared jsonb) RETURNS jsonb
            LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
            SELECT CASE WHEN own = shared THEN '{}'::jsonb ELSE (
                SELECT coalesce(jsonb_object_agg(key, o.value) FILTER (WHERE o.value IS DISTINCT FROM s.value), '{}')
                FROM jsonb_each(own) o FULL JOIN jsonb_each(shared) s USING (key)) END
        $$;

        -- Whether a series has an image that can stand for it: not text, not video (PS3.5 §A.4.5–A.4.8).
        CREATE FUNCTION portal.has_picture(series bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
            SELECT EXISTS (SELECT FROM portal.instances i WHERE i.series_id = series AND i.frame_count > 0
                AND i.transfer_syntax NOT LIKE '1.2.840.10008.1.2.4.10_')
        $$;

        -- The attribute `tag` of a data set in DICOM JSON. A private one is looked for in the block, or the blocks, that
        -- `creator` reserved there (PS3.5 §7.8.1), whatever the block of `tag`.
        CREATE FUNCTION portal.attribute(data_set jsonb, tag text, creator text) RETURNS SETOF jsonb
            LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT data_set -> tag WHERE creator IS NULL AND jsonb_typeof(data_set) = 'object' AND data_set ? tag
            UNION ALL
            SELECT data_set -> (left(tag, 4) || right(c.key, 2) || right(tag, 2))
            FROM jsonb_each(CASE WHEN creator IS NOT NULL AND jsonb_typeof(data_set) = 'object'
                THEN data_set ELSE '{}' END) AS c(key, value)
            WHERE c.key LIKE left(tag, 4) || '00__' AND btrim(c.value #>> '{Value,0}') = creator
                AND data_set ? (left(tag, 4) || right(c.key, 2) || right(tag, 2))
        $$;

        -- A moment of DICOM (VR DT) in UTC, where it begins, or where what its digits leave open ends; NULL for anything
        -- else. Without an offset it is taken as UTC.
        CREATE FUNCTION portal.moment(value text, ends boolean) RETURNS timestamp
            LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
        DECLARE
            p text[] := regexp_match(value,
                '^(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:\.(\d{1,6}))?(?:([+-])(\d\d)(\d\d))?$');
            told timestamp;
        BEGIN
            IF p IS NULL THEN RETURN NULL; END IF;
            told := make_timestamp(p[1]::int, coalesce(p[2], '1')::int, coalesce(p[3], '1')::int,
                coalesce(p[4], '0')::int, coalesce(p[5], '0')::int,
                least(coalesce(p[6], '0')::int, 59) + coalesce('0.' || p[7], '0')::numeric);
            IF ends THEN
                told := told + CASE
                    WHEN p[7] IS NOT NULL THEN make_interval(secs => 10.0 ^ -length(p[7]))
                    WHEN p[6] IS NOT NULL THEN interval '1 second' WHEN p[5] IS NOT NULL THEN interval '1 minute'
                    WHEN p[4] IS NOT NULL THEN interval '1 hour' WHEN p[3] IS NOT NULL THEN interval '1 day'
                    WHEN p[2] IS NOT NULL THEN interval '1 month' ELSE interval '1 year' END;
            END IF;
            RETURN told - (coalesce(p[8], '+') || '1')::int
                * make_interval(hours => coalesce(p[9], '0')::int, mins => coalesce(p[10], '0')::int);
        EXCEPTION WHEN datetime_field_overflow THEN RETURN NULL;
        END $$;

        -- The values of an attribute, as text where they are text. Of one without a VR (UN) its bytes, unpadded.
        CREATE FUNCTION portal.attribute_values_of(attribute jsonb) RETURNS SETOF jsonb
            LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT jsonb_path_query(attribute, '$."Value"[*]')
            UNION ALL
            SELECT to_jsonb(regexp_replace(
                encode(decode(attribute ->> 'InlineBinary', 'base64'), 'escape'), '( |\\000)+$', ''))
            WHERE attribute ->> 'vr' = 'UN' AND attribute ? 'InlineBinary'
        $$;
        """#)
