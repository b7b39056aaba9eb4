/// A series of synthetic images.
package struct SyntheticSeries: Sendable {
    package let studyInstanceUID: String
    package let seriesInstanceUID: String
    package let modality: String
    package let description: String
    package let instances: [SyntheticInstance]
}

extension SyntheticSeries {
    /// A CT of a thorax for measurements.
    ///
    /// - Parameter seed: another seed makes another patient, study and series with other pixels.
    package static func ct(slices: Int, rows: Int = 512, columns: Int = 512, seed: UInt64) -> SyntheticSeries {
        let plan = SeriesPlan(
            person: .numbered(seed), study: .numbered(seed), number: 1, modality: "CT",
            sopClass: ComputedTomography.sopClass, description: "Thorax", bodyPart: "CHEST")
        let grid = Phantom.Grid(
            columns: columns, rows: rows, columnSpacing: 360 / Float(columns), rowSpacing: 360 / Float(rows))
        return ComputedTomography.series(
            plan, ThoraxPhantom.make(seed: seed), grid: grid, start: -150,
            spacing: 300 / Float(max(1, slices)), count: slices, window: (center: 40, width: 400), grain: 12,
            seed: seed)
    }

    /// `count` studies of one small image each, for filling an index.
    package static func tinyStudies(count: Int, side: Int = 16, seed: UInt64) -> some Sequence<SyntheticSeries> {
        let phantom = HeadPhantom.make(.ct, seed: seed)
        let grid = Phantom.Grid(side: side, fieldOfView: 240)
        return (0..<count).lazy.map { index in
            let number = seed &* 1_000_003 &+ UInt64(index)
            let plan = SeriesPlan(
                person: .numbered(number), study: .numbered(number), number: 1, modality: "CT",
                sopClass: ComputedTomography.sopClass, description: "Crâne", bodyPart: "HEAD")
            return ComputedTomography.series(
                plan, phantom, grid: grid, start: Float(index % 100) - 40, spacing: 1, count: 1,
                window: (center: 40, width: 120), grain: 3, seed: number)
        }
    }
}

extension SyntheticSeries {
    /// Patient ID of what a self-test sends.
    package static func selfTestPatientID(seed: Int) -> String { "SELFTEST-\(seed)" }

    /// One small image that a self-test sends and takes away again.
    ///
    /// - Parameter name: tells studies of the same patient apart.
    package static func selfTest(seed: Int, name: String) -> SyntheticSeries {
        let number = UInt64(seed.magnitude)
        var visit = SyntheticVisit.numbered(number)
        visit.name = "SELFTEST \(name)"
        visit.description = "Self-test"
        let person = SyntheticPerson(
            id: selfTestPatientID(seed: seed), name: "Selftest^\(name)", birthDate: "20000101", sex: "O", weight: 70)
        let plan = SeriesPlan(
            person: person, study: visit, number: 1, modality: "CT", sopClass: ComputedTomography.sopClass,
            description: "Self-test", bodyPart: "HEAD")
        return ComputedTomography.series(
            plan, HeadPhantom.make(.ct, seed: number), grid: Phantom.Grid(side: 64, fieldOfView: 240), start: 0,
            spacing: 1, count: 1, window: (center: 40, width: 120), grain: 3, seed: number)
    }
}
