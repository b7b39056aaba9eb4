extension SyntheticPatient {
    /// 371 files of six patients, about 90 MB: CT, PET, MR, ultrasound, chest and hand radiographs.
    package static let demo = demo(reducedBy: 1)

    /// The same patients with images of fewer pixels: rows and columns are divided.
    package static func demo(reducedBy reduction: Int) -> [SyntheticPatient] {
        [elodie, taro, maria, layla, jurgen, siobhan].map { $0(reduction) }
    }

    /// A patient's study with the series that `plan` describes for it.
    private static func study(
        _ person: SyntheticPerson, _ visit: SyntheticVisit, _ reduction: Int,
        _ make: (SeriesMaker) -> [SyntheticSeries]
    ) -> SyntheticStudy {
        let series = make(SeriesMaker(person: person, visit: visit, reduction: max(1, reduction)))
        return SyntheticStudy(
            studyInstanceUID: series.first?.studyInstanceUID ?? "", description: visit.description, date: visit.date,
            series: series)
    }

    private static func elodie(_ reduction: Int) -> SyntheticPatient {
        let person = SyntheticPerson(
            id: "DEMO-0001", name: "Lefèvre^Élodie", birthDate: "19620314", sex: "F", weight: 64)
        let ct = SyntheticVisit(
            name: "TDM-1", date: "20250915", time: "091500", accession: "A250915001",
            description: "TDM thoracique avec injection", referrer: "Bœuf^François")
        let pet = SyntheticVisit(
            name: "TEP-1", date: "20251003", time: "103000", accession: "A251003004",
            description: "TEP-TDM au FDG", referrer: "Bœuf^François")
        return SyntheticPatient(
            person: person, condition: "Nodule du lobe supérieur droit",
            studies: [
                study(person, ct, reduction) { [$0.thoraxCT(number: 2, side: 512, count: 80, seed: 11)] },
                study(person, pet, reduction) {
                    [
                        $0.thoraxCT(number: 2, side: 256, count: 60, seed: 11),
                        $0.thoraxPET(number: 3, count: 60, seed: 11),
                    ]
                },
            ])
    }

    private static func taro(_ reduction: Int) -> SyntheticPatient {
        let person = SyntheticPerson(
            id: "DEMO-0002", name: "Yamada^Tarou=山田^太郎=やまだ^たろう", birthDate: "19780421", sex: "M", weight: 71)
        let visit = SyntheticVisit(
            name: "IRM-1", date: "20251112", time: "140000", accession: "A251112002", description: "IRM cérébrale",
            referrer: "Suzuki^Hanako=鈴木^花子=すずき^はなこ")
        return SyntheticPatient(
            person: person, condition: "Bilan d'une lésion frontale gauche",
            studies: [study(person, visit, reduction) { $0.headMR(firstNumber: 2, seed: 23) }])
    }

    private static func maria(_ reduction: Int) -> SyntheticPatient {
        let person = SyntheticPerson(
            id: "DEMO-0003", name: "Иванова^Мария^Сергеевна", birthDate: "19550902", sex: "F", weight: 68)
        let visit = SyntheticVisit(
            name: "ECHO-1", date: "20251020", time: "113000", accession: "A251020007",
            description: "Échocardiographie", referrer: "Петров^Иван")
        return SyntheticPatient(
            person: person, condition: "Suivi valvulaire",
            studies: [study(person, visit, reduction) { [$0.heartLoop(number: 1, seed: 37)] }])
    }

    private static func layla(_ reduction: Int) -> SyntheticPatient {
        let person = SyntheticPerson(id: "DEMO-0004", name: "الخطيب^ليلى", birthDate: "19890130", sex: "F", weight: 59)
        let visit = SyntheticVisit(
            name: "RX-1", date: "20251201", time: "083000", accession: "A251201001",
            description: "Radiographie du thorax de face", referrer: "Martin^Zoé")
        return SyntheticPatient(
            person: person, condition: "Toux persistante",
            studies: [study(person, visit, reduction) { [$0.chestDX(number: 1, seed: 41)] }])
    }

    private static func jurgen(_ reduction: Int) -> SyntheticPatient {
        let person = SyntheticPerson(
            id: "DEMO-0005", name: "Müller^Jürgen", birthDate: "19470708", sex: "M", weight: 82)
        let visit = SyntheticVisit(
            name: "TDM-1", date: "20251118", time: "221000", accession: "A251118019",
            description: "TDM cérébrale sans injection", referrer: "Garçon^Noël")
        return SyntheticPatient(
            person: person, condition: "Céphalées brutales",
            studies: [study(person, visit, reduction) { [$0.headCT(number: 2, seed: 53)] }])
    }

    private static func siobhan(_ reduction: Int) -> SyntheticPatient {
        let person = SyntheticPerson(
            id: "DEMO-0006", name: "Ó Briain^Siobhán", birthDate: "20110625", sex: "F", weight: 44)
        let visit = SyntheticVisit(
            name: "RX-1", date: "20250628", time: "170500", accession: "A250628011",
            description: "Radiographie de la main", referrer: "Nguyễn^Thị Hoa")
        return SyntheticPatient(
            person: person, condition: "Chute de vélo",
            studies: [study(person, visit, reduction) { [$0.handCR(number: 1, seed: 61)] }])
    }
}
