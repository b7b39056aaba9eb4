"""Small studies straight in the tables, as STOW would have left them: a million would take hours.

Each one is a copy of a study that the portal filed itself, in every row that search reads, with other values in the places
of its own. Its file and its metadata are still the copied one's, and nobody received it: nothing here asks for these.
"""

import csv
import io
import subprocess

from bench_data import uid

AT_ONCE = 50_000


def settle_in(portal, population, first, end):
    """Adds the studies from `first` to `end`; the portal has filed the first ones of each modality and every name."""
    command = ["psql", "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-o", "/dev/null", portal.ready["databaseURL"]]
    with subprocess.Popen(command, stdin=subprocess.PIPE, text=True) as psql:
        psql.stdin.write(BEFORE)
        for start in range(first, end, AT_ONCE):
            psql.stdin.write("TRUNCATE new_studies;\nCOPY new_studies FROM STDIN CSV;\n")
            psql.stdin.write(as_csv(population, start, min(start + AT_ONCE, end)) + "\\.\n" + FILING)
        psql.stdin.write(AFTER)
        psql.stdin.close()
    assert psql.returncode == 0


def as_csv(population, first, end):
    """A row for each study: its number, its model's and its own values."""
    models = {modality: next(s.uid for s in population.studies if s.modality == modality) for modality in population.templates}
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    for number in range(first, end):
        study = population.studies[number]
        rows.writerow([number, models[study.modality], uid(2, number), uid(3, number), *study._replace(modality="")])
    return text.getvalue()


# Every value stands in JSON as a string of its own; a date also begins a timestamp.
BEFORE = """
SET statement_timeout = 0;
CREATE TEMP TABLE new_studies (number bigint, model text, series text, instance text, uid text, name text, patient_id text,
    day text, modality text, description text, accession text, diagnosis text);
CREATE FUNCTION pg_temp.put(row_json text, olds text[], news text[]) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    FOR place IN 1 .. cardinality(olds) LOOP
        row_json := replace(row_json, olds[place], news[place]);
    END LOOP;
    RETURN row_json;
END $$;
CREATE FUNCTION pg_temp.values_of(study text, series text, instance text, name text, patient_id text, day text,
    description text, accession text, diagnosis text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN ARRAY[to_json(study)::text, to_json(series)::text, to_json(instance)::text, to_json(name)::text,
        to_json(patient_id)::text, to_json(day)::text, to_json(description)::text, to_json(accession)::text,
        to_json(diagnosis)::text, to_json(split_part(name, '^', 1))::text, to_json(split_part(name, '^', 2))::text,
        '"' || left(day, 4) || '-' || substr(day, 5, 2) || '-' || right(day, 2) || 'T'];
END $$;

-- Word by word, keeping these costs more than making them.
CREATE TEMP TABLE word_indexes AS
    SELECT format('%I.%I', schemaname, indexname) AS name, indexdef FROM pg_indexes
    WHERE schemaname = 'portal' AND indexdef LIKE '%USING gin%';
DO $$ DECLARE one text; BEGIN
    FOR one IN SELECT name FROM word_indexes LOOP EXECUTE 'DROP INDEX ' || one; END LOOP;
END $$;
"""

FILING = """
SET client_min_messages = warning;
DROP TABLE IF EXISTS models, words, filed;
ANALYZE new_studies;
CREATE TEMP TABLE models AS
    SELECT st.uid, to_jsonb(st)::text AS study, to_jsonb(se)::text AS series, to_jsonb(i)::text AS instance,
        to_jsonb(p)::text AS patient, pg_temp.values_of(st.uid, se.uid, i.uid, st.patient_name, st.patient_id,
            to_char(st.started, 'YYYYMMDD'), st.description, st.accession, st.attributes #>> '{00081080,Value,0}') AS olds
    FROM portal.studies st JOIN portal.series se ON se.study_id = st.id JOIN portal.instances i ON i.series_id = se.id
        JOIN portal.patients p ON p.id = st.patient
    WHERE st.uid IN (SELECT model FROM new_studies);
CREATE TEMP TABLE words AS
    SELECT n.name, coalesce(array_agg(t.id ORDER BY t.id), '{}') AS tokens
    FROM (SELECT DISTINCT name FROM new_studies) n
        LEFT JOIN portal.name_tokens t ON t.token = ANY (
            regexp_split_to_array(portal.fold(n.name), '[\\^-]') || string_to_array(replace(portal.fold(n.name), '-', ''), '^'))
    GROUP BY n.name;
ANALYZE models;
ANALYZE words;
CREATE TEMP TABLE filed AS
    SELECT n.*, m.study AS m_study, m.series AS m_series, m.instance AS m_instance, m.patient AS m_patient, m.olds, w.tokens,
        pg_temp.values_of(n.uid, n.series, n.instance, n.name, n.patient_id, n.day, n.description, n.accession, n.diagnosis)
            AS news,
        nextval('portal.studies_id_seq') AS study_key,
        nextval('portal.series_id_seq') AS series_key,
        coalesce((SELECT id FROM portal.patients p WHERE p.patient_id = n.patient_id AND deleted IS NULL), md5(n.patient_id)::uuid) AS patient_key
    FROM new_studies n JOIN models m ON m.uid = n.model JOIN words w ON w.name = n.name ORDER BY n.number;

INSERT INTO portal.patients SELECT r.* FROM (SELECT DISTINCT ON (patient_key) * FROM filed ORDER BY patient_key, number) f,
    jsonb_populate_record(NULL::portal.patients, pg_temp.put(f.m_patient, f.olds, f.news)::jsonb
        || jsonb_build_object('id', f.patient_key)) r
    WHERE NOT EXISTS (SELECT FROM portal.patients p WHERE p.id = f.patient_key);
INSERT INTO portal.studies OVERRIDING SYSTEM VALUE SELECT r.* FROM filed f,
    jsonb_populate_record(NULL::portal.studies, pg_temp.put(f.m_study, f.olds, f.news)::jsonb
        || jsonb_build_object('id', f.study_key, 'patient', f.patient_key, 'name_tokens', f.tokens)) r;
INSERT INTO portal.series OVERRIDING SYSTEM VALUE SELECT r.* FROM filed f,
    jsonb_populate_record(NULL::portal.series, pg_temp.put(f.m_series, f.olds, f.news)::jsonb
        || jsonb_build_object('id', f.series_key, 'study_id', f.study_key, 'prepared', '{}'::jsonb)) r;
INSERT INTO portal.instances OVERRIDING SYSTEM VALUE SELECT r.* FROM filed f,
    jsonb_populate_record(NULL::portal.instances, pg_temp.put(f.m_instance, f.olds, f.news)::jsonb
        || jsonb_build_object('id', nextval('portal.instances_id_seq'), 'series_id', f.series_key,
            'object_key', 'none/' || f.instance, 'sha256', sha256(f.instance::bytea))) r;
INSERT INTO portal.attribute_values SELECT a.path, a.value, s.started, s.id
    FROM filed f JOIN portal.studies m ON m.uid = f.model JOIN portal.attribute_values a ON a.study_id = m.id
        JOIN portal.studies s ON s.id = f.study_key
    WHERE NOT m.attributes ? a.path;  -- those of the study itself are noted already
SELECT portal.show_studies(ARRAY(SELECT study_key FROM filed));
SELECT portal.show_patients(ARRAY(SELECT DISTINCT patient_key FROM filed));
"""

AFTER = """
DO $$ DECLARE one text; BEGIN
    FOR one IN SELECT indexdef FROM word_indexes LOOP EXECUTE one; END LOOP;
END $$;
"""
