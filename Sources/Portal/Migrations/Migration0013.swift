/// What somebody may take out for a day.
let migration0013 = Migration(
    number: 13, name: "exports",
    sql: """
        CREATE TABLE portal.exports (
            id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
            maker      uuid NOT NULL REFERENCES portal.users ON DELETE CASCADE,
            patients   uuid[] NOT NULL,
            studies    text[] NOT NULL,                  -- Study Instance UIDs
            made_at    timestamptz NOT NULL DEFAULT now(),
            expires_at timestamptz NOT NULL DEFAULT now() + interval '1 day'
        );
        CREATE INDEX exports_maker ON portal.exports (maker);
        CREATE INDEX exports_expires ON portal.exports (expires_at);
        """)
