/// The series that demonstration studies are put together from.
struct SeriesMaker {
    let person: SyntheticPerson
    let visit: SyntheticVisit
    /// What rows and columns are divided by.
    let reduction: Int

    private func plan(
        _ number: Int, _ modality: String, _ sopClass: String, _ description: String, bodyPart: String
    ) -> SeriesPlan {
        SeriesPlan(
            person: person, study: visit, number: number, modality: modality, sopClass: sopClass,
            description: description, bodyPart: bodyPart, protocolName: description)
    }

    /// The whole chest, from below the diaphragm to the neck.
    func thoraxCT(number: Int, side: Int, count: Int, seed: UInt64) -> SyntheticSeries {
        ComputedTomography.series(
            plan(
                number, "CT", ComputedTomography.sopClass, "Thorax \(side == 512 ? "injecté" : "low dose")",
                bodyPart: "CHEST"),
            ThoraxPhantom.make(seed: seed), grid: Phantom.Grid(side: side / reduction, fieldOfView: 360), start: -150,
            spacing: 300 / Float(count), count: count, window: (center: 40, width: 400), grain: side == 512 ? 12 : 20,
            seed: seed)
    }

    /// The same chest as ``thoraxCT(number:side:count:seed:)``, in the same frame of reference.
    func thoraxPET(number: Int, count: Int, seed: UInt64) -> SyntheticSeries {
        PositronEmission.series(
            plan(number, "PT", PositronEmission.sopClass, "FDG corrigé", bodyPart: "CHEST"),
            ThoraxPhantom.make(.tracer, seed: seed).blurred(by: 4),
            grid: Phantom.Grid(side: 128 / reduction, fieldOfView: 420), start: -150,
            spacing: 300 / Float(count), count: count, seed: seed)
    }

    /// Three contrasts of one head.
    func headMR(firstNumber: Int, seed: UInt64) -> [SyntheticSeries] {
        let contrasts: [(String, HeadPhantom.Signals, MagneticResonance.Sequence)] = [
            ("T1 SE", .t1, .t1), ("T2 TSE", .t2, .t2), ("T2 FLAIR", .flair, .flair),
        ]
        return contrasts.enumerated().map { index, contrast in
            MagneticResonance.series(
                plan(firstNumber + index, "MR", MagneticResonance.sopClass, contrast.0, bodyPart: "BRAIN"),
                HeadPhantom.make(contrast.1, seed: seed), contrast.2,
                grid: Phantom.Grid(side: 256 / reduction, fieldOfView: 240),
                start: -55, spacing: 4, count: 36, seed: seed &+ UInt64(index))
        }
    }

    func headCT(number: Int, seed: UInt64) -> SyntheticSeries {
        ComputedTomography.series(
            plan(number, "CT", ComputedTomography.sopClass, "Crâne 2.5 mm", bodyPart: "HEAD"),
            HeadPhantom.make(.ct, seed: seed), grid: Phantom.Grid(side: 256 / reduction, fieldOfView: 240), start: -55,
            spacing: 2.5,
            count: 60, window: (center: 40, width: 90), grain: 3, seed: seed)
    }

    func heartLoop(number: Int, seed: UInt64) -> SyntheticSeries {
        Ultrasound.loop(
            plan(number, "US", Ultrasound.multiFrameSOPClass, "Apicale quatre cavités", bodyPart: "HEART"),
            columns: 480 / reduction, rows: 384 / reduction, frames: 24, seed: seed)
    }

    func chestDX(number: Int, seed: UInt64) -> SyntheticSeries {
        Radiography.chest(
            plan(number, "DX", Radiography.digitalSOPClass, "Thorax de face", bodyPart: "CHEST"),
            columns: 1_024 / reduction,
            rows: 1_152 / reduction, seed: seed)
    }

    func handCR(number: Int, seed: UInt64) -> SyntheticSeries {
        Radiography.hand(
            plan(number, "CR", Radiography.computedSOPClass, "Main droite", bodyPart: "HAND"),
            columns: 1_200 / reduction, rows: 1_600 / reduction,
            seed: seed)
    }
}
