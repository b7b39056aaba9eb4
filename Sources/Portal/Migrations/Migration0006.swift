/// Filing asks less often.
let migration0006 = Migration(
    number: 6, name: "counting",
    sql: #"""
        -- Locks studies in the order of their keys, then adds to the counters of series and studies and raises their
        -- revisions.
        CREATE FUNCTION portal.count_filed(touched bigint[], series_ids bigint[], series_instances bigint[],
            study_ids bigint[], study_instances bigint[], study_series bigint[]) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM 1 FROM portal.studies WHERE id = ANY (touched) ORDER BY id FOR NO KEY UPDATE;
            UPDATE portal.series s SET instance_count = s.instance_count + n.instances, revision = s.revision + 1,
                updated_at = now()
                FROM unnest(series_ids, series_instances) AS n(id, instances) WHERE s.id = n.id;
            UPDATE portal.studies s SET instance_count = s.instance_count + n.instances,
                series_count = s.series_count + n.series, revision = s.revision + 1, updated_at = now()
                FROM unnest(study_ids, study_instances, study_series) AS n(id, instances, series) WHERE s.id = n.id;
        END $$;
        """#)
