"""A bench of a million studies asks what was never sent: its rows are those that sending would have left."""

import json
import sys

import pytest

import samples
from portal import ROOT, Portal

sys.path.insert(0, str(ROOT / "scripts/lib"))

from bench_data import Population  # noqa: E402
from bench_fill import settle_in  # noqa: E402

MODELS, ALL = 40, 60


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """A portal of its own: studies without pictures would trouble the pages of the others."""
    running = Portal(tmp_path_factory.mktemp("filled"))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def api(portal):
    return portal.sign_in()


# Everything of these studies but keys, times, and what a copy keeps of its model: file and metadata.
ROWS = """
WITH st AS (SELECT * FROM portal.studies WHERE uid IN ({uids})),
    lists AS (SELECT sum(studies) AS studies, day FROM (SELECT day, studies FROM portal.scope_days WHERE scope_id = 1
        UNION ALL SELECT day, studies FROM portal.scope_day_deltas WHERE scope_id = 1) d GROUP BY day HAVING sum(studies) <> 0)
SELECT row FROM (
    SELECT to_jsonb(st) - '{{id,patient,created_at,updated_at}}'::text[] AS row FROM st
    UNION ALL SELECT to_jsonb(se) - '{{id,study_id,updated_at}}'::text[] FROM portal.series se JOIN st ON st.id = se.study_id
    UNION ALL SELECT to_jsonb(i) - '{{id,series_id,object_key,metadata,sha256,stored_at}}'::text[]
        FROM portal.instances i JOIN portal.series se ON se.id = i.series_id JOIN st ON st.id = se.study_id
    UNION ALL SELECT to_jsonb(p) - '{{id,created_at,updated_at}}'::text[] FROM portal.patients p
        WHERE id IN (SELECT patient FROM st)
    UNION ALL SELECT to_jsonb(a) - 'study_id' || jsonb_build_object('uid', st.uid)
        FROM portal.attribute_values a JOIN st ON st.id = a.study_id
    UNION ALL SELECT to_jsonb(v) - '{{study_id,patient}}'::text[] || jsonb_build_object('uid', st.uid)
        FROM portal.visible_studies v JOIN st ON st.id = v.study_id
    UNION ALL SELECT to_jsonb(v) - 'patient' FROM portal.visible_patients v WHERE patient IN (SELECT patient FROM st)
    UNION ALL SELECT to_jsonb(lists) FROM lists
) r
"""

FORGET = """
CREATE TEMP TABLE gone AS SELECT id, patient FROM portal.studies WHERE uid IN ({uids});
DELETE FROM portal.studies WHERE id IN (SELECT id FROM gone);
DELETE FROM portal.patients WHERE id IN (SELECT patient FROM gone);
SELECT portal.show_studies(ARRAY(SELECT id FROM gone));
"""


def test_rows_put_there_directly_are_those_that_sending_leaves(portal, api):
    population = Population(ALL)
    body, headers = samples.stow_body(list(population.files(0, ALL)))
    answer = api.post(f"{portal.url}/dicomweb/studies", data=body, headers=headers, timeout=120)
    assert answer.status_code == 200, answer.text
    uids = ", ".join(f"'{study.uid}'" for study in population.studies[MODELS:])

    def rows():
        return sorted(json.dumps(json.loads(row), sort_keys=True) for row in portal.sql(ROWS.format(uids=uids)))

    sent = rows()
    portal.sql(FORGET.format(uids=uids))
    assert not [row for row in rows() if '"studies"' not in row]
    settle_in(portal, population, MODELS, ALL)
    put = rows()
    assert len(sent) > 7 * (ALL - MODELS)
    assert put == sent
