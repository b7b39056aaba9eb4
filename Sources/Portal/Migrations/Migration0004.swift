/// Upkeep of the store: what a crash left behind goes within the hour.
let migration0004 = Migration(
    number: 4, name: "upkeep",
    sql: #"""
        INSERT INTO portal.jobs (kind, every) VALUES ('store.scrub', interval '1 hour');
        """#)
