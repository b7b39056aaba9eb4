/// Patients are listed by birth date.
let migration0019 = Migration(
    number: 19, name: "patients by birth date",
    sql: #"""
        CREATE INDEX visible_patients_birth_date
            ON portal.visible_patients (scope_id, (COALESCE(birth_date, 'infinity')), patient);
        """#)
