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

    /// Rows of day and studies that add up to all of the list: the counted months by their first day, and the rest.
    var days: SQL { sums(of: "portal.scope_months", by: "month") }

    /// Common table expressions, of which the last, `place`, has one row: the study at `offset` began before `until`, and
    /// `before` studies began then or later. An unknown day is `-infinity`, to which no day can be added.
    func place(of offset: Int) -> SQL {
        let months = sums(of: "portal.scope_months", by: "month")
        let days = sums(of: "portal.scope_days", by: "day")
        return """
            months AS (SELECT date_trunc('month', day)::date AS month, sum(studies) AS studies FROM (\(months)) AS m GROUP BY 1),
            in_month AS (SELECT month, before FROM
                (SELECT month, sum(studies) OVER (ORDER BY month DESC) - studies AS before FROM months) AS m
                WHERE before <= \(offset) ORDER BY month LIMIT 1),
            days AS (SELECT day, sum(d.studies) AS studies FROM in_month JOIN (\(days)) AS d
                ON d.day >= month AND d.day < greatest(month, '0001-12-01 BC') + interval '1 month' GROUP BY 1),
            place AS (SELECT greatest(day + 1, '0001-01-01')::timestamp AS until, before FROM
                (SELECT day, in_month.before + sum(studies) OVER (ORDER BY day DESC) - studies AS before FROM days, in_month) AS d
                WHERE before <= \(offset) ORDER BY day LIMIT 1)
            """
    }

    private func sums(of table: SQL, by period: SQL) -> SQL {
        """
        SELECT \(period) AS day, studies FROM \(table) AS v WHERE scope_id = \(scope)\(conditions)
        UNION ALL SELECT day, studies FROM portal.scope_day_deltas AS v WHERE scope_id = \(scope)\(conditions)
        """
    }
}
