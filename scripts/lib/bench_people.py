"""Many patients straight in the tables, as imports would have left them: filing a hundred thousand takes hours.

Every study has one series of one instance, a copy of one that the portal stored itself, so that thumbnails are real.
"""

import csv
import io
import random
import subprocess
from datetime import date, datetime, timedelta
from typing import NamedTuple

import samples

STARTS = (
    "MAR BER DU LE GAR PET MO ROU FAU CHE HU GAU PER MAS BÉ CLA SI JO TAY WIL THOM AN VA NI LA BRU DEL FON COL REN BAR "
    "HEN SAU TRI POU MEU KER GUI ZA YO"
).split()
MIDDLES = ["", "", "", "RI", "LE", "BE", "TO", "GNA", "DO", "LLA", "CHE", "MA"]
ENDS = (
    "TIN NARD BOIS FÈVRE REAU SON CIA VANS UX KER RARD GHT ÎTRE PSON RE TE LIER GHES TIER RIN SSON LL RGER RKE TH NET "
    "QUET ZOT DIN VAL LON MANN BERT"
).split()
FORENAMES = (
    "Jean Mary Françoise Peter Zoé Margaret Hélène Patrick Élodie Susan Chloé William Noël Victoria Raphaël Emma Anne-Marie "
    "Louis Camille Hugo Inès Jules Léa Adam Manon Gabriel Sarah Arthur Jade Nathan Louise Tom Alice Paul Eva Rose Maël Lina"
).split()
DESCRIPTIONS = {
    "CT": ["TDM thoracique", "TDM abdomen et pelvis", "CT head without contrast", "CT chest"],
    "MR": ["IRM cérébrale", "IRM du genou droit", "MRI lumbar spine"],
    "US": ["Échographie abdominale", "Ultrasound of the thyroid"],
    "DX": ["Radiographie du thorax", "Chest X-ray", "Radiographie de la main"],
    "PT": ["TEP au FDG"],
}
MODALITIES = ["CT", "MR", "US", "DX", "DX", "CT", "DX", "US", "PT"]
STATUSES = ["validated"] * 6 + ["toRead"] * 3 + ["reading"]


class Person(NamedTuple):
    number: int
    patient_id: str
    last: str
    first: str
    born: date
    sex: str
    status: str


class Visit(NamedTuple):
    number: int
    patient: int
    started: datetime
    accession: str
    modality: str
    description: str


class Crowd:
    """The people and their studies, the same ones each time."""

    def __init__(self, count):
        chance = random.Random(7)
        names = sorted({start + middle + end for start in STARTS for middle in MIDDLES for end in ENDS})
        chance.shuffle(names)
        self.people = [self.person(number, names, chance) for number in range(count)]
        self.visits = []
        for person in self.people:
            for _ in range(chance.choice([1, 1, 1, 1, 2, 2, 3, 0])):
                self.visits.append(self.visit(len(self.visits), person.number, chance))

    @staticmethod
    def person(number, names, chance):
        last = names[int(len(names) * chance.random() ** 2.5)]
        if chance.random() < 0.04:
            last += "-" + chance.choice(names)
        born = date(1930, 1, 1) + timedelta(days=chance.randrange(33_000))
        return Person(
            number, f"P{number * 7 + 1000003}", last, chance.choice(FORENAMES), born, chance.choice("FM"),
            chance.choice(STATUSES),
        )  # fmt: skip

    @staticmethod
    def visit(number, patient, chance):
        modality = chance.choice(MODALITIES)
        started = datetime(2026, 6, 1, 8) - timedelta(minutes=int(chance.expovariate(1 / 900) * 1440))
        return Visit(
            number, patient, started, f"A{number * 3 + 20_000_001}", modality, chance.choice(DESCRIPTIONS[modality])
        )

    def settle_in(self, portal):
        """Puts all of them into the portal's tables and lists."""
        session = portal.sign_in()
        body, headers = samples.stow_body([samples.file_bytes(samples.made(patient_id="PATTERN", name="Pattern^Of^All"))])
        answer = session.post(f"{portal.url}/dicomweb/studies", data=body, headers=headers, timeout=60)
        assert answer.status_code == 200, answer.text
        script = [TABLES, "COPY new_people FROM STDIN CSV;\n", as_csv(self.people), "\\.\n"]
        script += ["COPY new_visits FROM STDIN CSV;\n", as_csv(self.visits), "\\.\n", FILING]
        command = ["psql", "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-o", "/dev/null", portal.ready["databaseURL"]]
        done = subprocess.run(command, input="".join(script), text=True, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr[-2000:]


def as_csv(rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


TABLES = """
SET statement_timeout = 0;
CREATE TEMP TABLE new_people (number int, patient_id text, last text, first text, born date, sex text, status text);
CREATE TEMP TABLE new_visits (number int, patient int, started timestamp, accession text, modality text, description text);
"""

FILING = """
ANALYZE new_people; ANALYZE new_visits;
INSERT INTO portal.patients (patient_id, last_name, first_name, birth_date, sex, status)
    SELECT patient_id, last, first, born, sex, status FROM new_people ORDER BY number;
INSERT INTO portal.modality_sets (modalities) SELECT DISTINCT ARRAY[modality] FROM new_visits ON CONFLICT DO NOTHING;
INSERT INTO portal.studies (uid, patient, started, accession, description, patient_name, patient_id, birth_date, sex,
        modality_set, attributes, series_count, instance_count)
    SELECT '1.2.826.0.1.3680043.8.498.1.' || v.number, p.id, v.started, v.accession, v.description,
        n.last || '^' || n.first, n.patient_id, to_char(n.born, 'YYYYMMDD'), n.sex, m.id, s.attributes, 1, 1
    FROM new_visits v JOIN new_people n ON n.number = v.patient
        JOIN portal.patients p ON p.patient_id = n.patient_id AND p.deleted IS NULL
        JOIN portal.modality_sets m ON m.modalities = ARRAY[v.modality]
        CROSS JOIN (SELECT attributes FROM portal.studies LIMIT 1) s
    ORDER BY v.number;
INSERT INTO portal.series (uid, study_id, modality, number, description, attributes, instance_count)
    SELECT replace(s.uid, '498.1.', '498.2.'), s.id, m.modalities[1], 1, s.description, e.attributes, 1
    FROM portal.studies s JOIN portal.modality_sets m ON m.id = s.modality_set
        CROSS JOIN (SELECT attributes FROM portal.series LIMIT 1) e
    WHERE s.uid LIKE '1.2.826.0.1.3680043.8.498.1.%' ORDER BY s.id;
INSERT INTO portal.instances (uid, series_id, sop_class, number, rows, columns, frame_count, transfer_syntax, attributes,
        metadata, object_key, size, sha256, data_set_offset, frames)
    SELECT replace(e.uid, '498.2.', '498.3.'), e.id, i.sop_class, 1, i.rows, i.columns, i.frame_count, i.transfer_syntax,
        i.attributes, i.metadata, i.object_key, i.size, i.sha256, i.data_set_offset, i.frames
    FROM portal.series e CROSS JOIN (SELECT * FROM portal.instances ORDER BY id LIMIT 1) i
    WHERE e.uid LIKE '1.2.826.0.1.3680043.8.498.2.%' ORDER BY e.id;
ANALYZE portal.patients; ANALYZE portal.studies; ANALYZE portal.series; ANALYZE portal.instances;
SELECT portal.show_studies(array_agg(id)) FROM portal.studies GROUP BY id / 5000;
SELECT portal.show_patients(array_agg(id)) FROM (SELECT id, row_number() OVER () AS place FROM portal.patients) p
    GROUP BY place / 5000;
"""
