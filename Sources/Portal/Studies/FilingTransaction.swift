import Postgres

/// One batch within its transaction.
///
/// Locks are taken in one order by everyone: rows of studies, series and instances by UID when they are made, then
/// the studies' rows by key; the counters of a series change only under its study's lock.
struct FilingTransaction {
    let filing: StudyFiling
    private(set) var filer: Filer
    /// Of the studies that were unknown before the transaction.
    let nameTokens: [String: [Int]]
    /// Runs between the rows of the instances and the counters, whose lock others wait for.
    let beforeCounting: () throws -> Void

    private var database: Connection { filing.database }

    mutating func file(_ instances: [FilingInstance], of studies: [FilingStudy]) throws -> [FilingOutcome] {
        // The patient may have been deleted, or made part of another file, since it was looked up.
        if let patient = filer.patient { filer.patient = try filing.livingFile(patient) }
        let series = StudyFiling.firstOfEach(instances.map(\.series), by: \.uid)
        let rows = try database.queries([
            StudyFiling.studiesKnown(studies.map(\.uid), to: filer), Self.seriesKnown(series.map(\.uid)),
        ])
        let (open, newStudies) = try studyKeys(studies, try StudyFiling.readStandings(rows[0]))
        // Only what the filer may add describes a series.
        let described = instances.filter { open[$0.study.uid] != nil }
        let seriesKeys = try self.seriesKeys(series, rows[1], in: described, open)
        let fileable = instances.filter { instance in
            guard let study = open[instance.study.uid] else { return false }
            return seriesKeys.found[instance.series.uid]?.study == study
        }
        let filed = try insert(fileable, seriesKeys.found.mapValues(\.id))
        try beforeCounting()
        try removeEmpty(studies: newStudies, of: filed, open, instances)
        let counts = Counts(instances.filter { filed.contains($0.uid) }, open, seriesKeys)
        try finish(counts, newStudies: newStudies.filter { counts.studies[$0] != nil }, open: open)
        let closed = try filing.closed(Set(seriesKeys.found.values.map(\.study)).subtracting(open.values), for: filer)
        return instances.map { instance in
            if filed.contains(instance.uid) { return .filed }
            guard let study = open[instance.study.uid] else { return .hiddenStudy }
            guard let place = seriesKeys.found[instance.series.uid]?.study, place != study else { return .alreadyKnown }
            // A series of a hidden study must not be told apart either.
            return closed.contains(place) ? .hiddenStudy : .seriesElsewhere
        }
    }
}

extension FilingTransaction {
    /// The keys of studies and series, and which of them this batch made.
    struct SeriesKeys {
        var found: [String: (id: Int, study: Int)] = [:]
        var new: Set<Int> = []

        mutating func add(_ rows: [Row]) throws {
            for row in rows { found[try row.text(0)] = try (id: row.int(1), study: row.int(2)) }
        }
    }

    /// What the batch adds to each study and series.
    struct Counts {
        var studies: [Int: (instances: Int, series: Int)] = [:]
        var series: [Int: Int] = [:]
        var newSeries: [FilingSeries] = []

        init(_ filed: [FilingInstance], _ studyKeys: [String: Int], _ seriesKeys: SeriesKeys) {
            for instance in filed {
                guard let study = studyKeys[instance.study.uid], let key = seriesKeys.found[instance.series.uid] else {
                    continue
                }
                let isNewSeries = series[key.id] == nil && seriesKeys.new.contains(key.id)
                if isNewSeries { newSeries.append(instance.series) }
                series[key.id, default: 0] += 1
                studies[study, default: (0, 0)].instances += 1
                studies[study, default: (0, 0)].series += isNewSeries ? 1 : 0
            }
        }
    }

    /// Makes the studies that are unknown.
    ///
    /// - Returns: keys by UID of those that the filer may add to, and the keys of those that are new.
    private func studyKeys(
        _ studies: [FilingStudy], _ known: [String: StudyStanding]
    ) throws -> (open: [String: Int], new: Set<Int>) {
        var standings = known
        var made: [String: Int] = [:]
        let missing = studies.filter { standings[$0.uid] == nil }
        if !missing.isEmpty {
            made = try insert(missing)
            let raced = missing.map(\.uid).filter { made[$0] == nil }
            if !raced.isEmpty { standings.merge(try filing.standings(of: raced, for: filer)) { first, _ in first } }
        }
        let open = standings.filter(\.value.isOpen).mapValues(\.id).merging(made) { _, made in made }
        return (open, Set(made.values))
    }

    private func insert(_ studies: [FilingStudy]) throws -> [String: Int] {
        let (user, sender) = origin
        let tokens = studies.map { (nameTokens[$0.uid] ?? []).map(String.init).joined(separator: ",") }
        let rows = try database.query(
            """
            INSERT INTO portal.studies (uid, patient, brought_by, sender, started, accession, description, referring,
                study_id, patient_name, patient_id, issuer, birth_date, sex, attributes, name_tokens)
            SELECT uid, \(uuid: filer.patient), \(uuid: user), \(uuid: sender), started::timestamp, accession,
                description, referring, study_id, patient_name, patient_id, issuer, birth_date, sex,
                attributes::jsonb, ('{' || tokens || '}')::int[]
            FROM unnest(\(studies.map(\.uid))::text[], \(studies.map(\.started))::text[],
                \(studies.map(\.accession))::text[], \(studies.map(\.description))::text[],
                \(studies.map(\.referring))::text[], \(studies.map(\.studyID))::text[],
                \(studies.map(\.patientName))::text[], \(studies.map(\.patientID))::text[],
                \(studies.map(\.issuer))::text[], \(studies.map(\.birthDate))::text[],
                \(studies.map(\.sex))::text[], \(studies.map(\.attributes))::text[], \(tokens)::text[])
                AS n(uid, started, accession, description, referring, study_id, patient_name, patient_id, issuer,
                    birth_date, sex, attributes, tokens)
            ORDER BY uid ON CONFLICT (uid) DO NOTHING RETURNING uid, id
            """)
        return try Dictionary(rows.map { (try $0.text(0), try $0.int(1)) }) { first, _ in first }
    }

    var origin: (user: String?, sender: String?) {
        switch filer.kind {
        case .portal: (nil, nil)
        case .user(let id): (id, nil)
        case .sender(let id, _): (nil, id)
        }
    }

    /// Makes the series that are unknown, of studies that are open.
    private func seriesKeys(
        _ series: [FilingSeries], _ known: [Row], in instances: [FilingInstance], _ studyKeys: [String: Int]
    ) throws -> SeriesKeys {
        var studyOfSeries: [String: Int] = [:]
        for instance in instances where studyOfSeries[instance.series.uid] == nil {
            studyOfSeries[instance.series.uid] = studyKeys[instance.study.uid]
        }
        var keys = SeriesKeys()
        try keys.add(known)
        let missing = series.filter { keys.found[$0.uid] == nil && studyOfSeries[$0.uid] != nil }
        guard !missing.isEmpty else { return keys }
        let others = Dictionary(instances.map { ($0.series.uid, $0.others) }) { first, _ in first }
        let rows = try insert(
            missing, missing.compactMap { studyOfSeries[$0.uid] }, shared: missing.map { others[$0.uid] ?? "{}" })
        for row in rows {
            let key = try (id: row.int(1), study: row.int(2))
            keys.found[try row.text(0)] = key
            keys.new.insert(key.id)
        }
        let raced = missing.map(\.uid).filter { keys.found[$0] == nil }
        if !raced.isEmpty { try keys.add(try database.query(Self.seriesKnown(raced))) }
        return keys
    }

    private static func seriesKnown(_ uids: [String]) -> SQL {
        "SELECT uid, id, study_id FROM portal.series WHERE uid = ANY (\(uids)::text[])"
    }

    /// - Parameter shared: of each series, what its first instance says.
    private func insert(_ series: [FilingSeries], _ studies: [Int], shared: [String]) throws -> [Row] {
        try database.query(
            """
            INSERT INTO portal.series (uid, study_id, modality, number, description, body_part, attributes, shared)
            SELECT uid, study_id, modality, number, description, body_part, attributes::jsonb, shared::jsonb
            FROM unnest(\(series.map(\.uid))::text[], \(studies)::bigint[], \(series.map(\.modality))::text[],
                \(series.map(\.number))::int[], \(series.map(\.description))::text[],
                \(series.map(\.bodyPart))::text[], \(series.map(\.attributes))::text[], \(shared)::text[])
                AS n(uid, study_id, modality, number, description, body_part, attributes, shared)
            ORDER BY uid ON CONFLICT (uid) DO NOTHING RETURNING uid, id, study_id
            """)
    }
}
