import Postgres

/// What the counters of a scope tell about its list: how many studies there are, and where one far down it is.
///
/// Readers add what is not folded into the counters yet; both are in the snapshot of the statement that walks the list.
struct SearchCounters {
    /// From this offset on, the way by the counters is shorter than the one from the beginning.
    static let worthwhile = 2000

    let scope: Int
    /// Conditions on `v.modality_set`, each beginning with AND.
    let conditions: SQL

    /// How many studies the list has.
    var all: SQL { "SELECT coalesce(sum(studies), 0) FROM (\(months)) AS m" }

    /// Common table expressions, of which the last, `place`, has one row: the study at `offset` began before `until`, and
    /// `before` studies began then or later. An unknown day is `-infinity`, to which no day can be added.
    func place(of offset: Int) -> SQL {
        """
        months AS (SELECT date_trunc('month', day::timestamp)::date AS month, sum(studies) AS studies
            FROM (\(months)) AS m GROUP BY 1),
        in_month AS (SELECT month, before FROM
            (SELECT month, sum(studies) OVER (ORDER BY month DESC) - studies AS before FROM months) AS m
            WHERE before <= \(offset) ORDER BY month LIMIT 1),
        days AS (SELECT day, sum(studies) AS studies FROM (\(daysOfMonth)) AS d GROUP BY 1),
        place AS (SELECT greatest(day + 1, '0001-01-01')::timestamp AS until, before FROM
            (SELECT day, (SELECT before FROM in_month) + sum(studies) OVER (ORDER BY day DESC) - studies AS before
                FROM days) AS d
            WHERE before <= \(offset) ORDER BY day LIMIT 1)
        """
    }

    private var months: SQL { "\(rows("month AS day", "portal.scope_months")) UNION ALL \(added)" }

    private var daysOfMonth: SQL {
        // Scalar, so that they are bounds of the index.
        let bounds: SQL = """
            day >= (SELECT month FROM in_month)
            AND day < (SELECT greatest(month, '0001-12-01 BC') + interval '1 month' FROM in_month)
            """
        return "\(rows("day", "portal.scope_days")) AND \(bounds) UNION ALL \(added) AND \(bounds)"
    }

    private var added: SQL { rows("day", "portal.scope_day_deltas") }

    private func rows(_ day: SQL, _ table: SQL) -> SQL {
        "SELECT \(day), studies FROM \(table) AS v WHERE scope_id = \(scope)\(conditions)"
    }
}
