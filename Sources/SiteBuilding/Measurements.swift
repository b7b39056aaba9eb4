import FoundationEssentials
import Glibc

/// What `scripts/bench` measured, as a page shows it: how the time of each work grows with the store, and how the ratio to
/// the peer changed from run to run. Each plot has a table beside it.
///
/// The words of a work stand under its name in small letters: “QIDO first 25 studies” is
/// `performance.work.qido-first-25-studies`.
struct Measurements {
    /// The newest run.
    static let newest = "measurements/bench.json"
    /// Every full run, in order.
    static let history = "measurements/history.json"

    /// How the names of works begin among the words; not every run measures every work.
    static let works = "performance.work."

    private struct Run: Decodable {
        struct Machine: Decodable {
            let processors: Int
            let model: String
        }
        struct Row: Decodable {
            let work: String
            let unit: String
            let studies: Int
            let ours: Double
        }

        let machine: Machine
        let date: String
        let commit: String
        let rows: [Row]
    }

    private struct PastRun: Decodable {
        let date: String
        let commit: String
        /// How many times as fast as the peer, by work.
        let ratios: [String: Double]
    }

    /// Milliseconds of one request by the number of studies.
    private struct Growth {
        let work: String
        let times: [(studies: Int, milliseconds: Double)]

        var factor: Double { (times.last?.milliseconds ?? 1) / (times.first?.milliseconds ?? 1) }
    }

    private let run: Run
    private let past: [PastRun]
    private let growths: [Growth]
    /// The words that the files need.
    private(set) var words = WordUse()

    /// - Throws: `SiteProblem` when a file is absent or has another shape.
    init(_ content: ContentFolder) throws {
        run = try Self.read(content, Self.newest)
        past = try Self.read(content, Self.history)
        growths = Self.growths(run.rows)
        for work in growths.map(\.work) { note(work, Self.newest) }
        for work in Set(past.flatMap(\.ratios.keys)).sorted() { note(work, Self.history) }
        for section in ["searches", "retrievals", "history"] {
            for word in ["title", "text"] {
                words.note(word: "performance.\(section).\(word)", file: Self.newest, line: 1)
            }
        }
        for word in ["studies", "milliseconds", "run", "ratio", "work", "growth"] {
            words.note(word: "performance.column.\(word)", file: Self.newest, line: 1)
        }
    }

    /// What a template shows: when and where it was measured, and the sections.
    func values(in words: Words, _ language: Language) -> [String: Any] {
        let page = MeasurementWords(words: words, language: language)
        let searches = growths.filter { $0.work.hasPrefix("QIDO") }
        let retrievals = growths.filter { !$0.work.hasPrefix("QIDO") }
        return [
            "date": run.date, "machine": "\(run.machine.processors) × \(run.machine.model)", "commit": run.commit,
            "sections": [
                growthSection("searches", searches, page), growthSection("retrievals", retrievals, page),
                historySection(page),
            ],
        ]
    }

    private func growthSection(_ id: String, _ growths: [Growth], _ page: MeasurementWords) -> [String: Any] {
        let sizes = Set(growths.flatMap { $0.times.map(\.studies) }).sorted()
        let (first, last) = (log(Double(sizes.first ?? 1)), log(Double(sizes.last ?? 10)))
        let share = { (studies: Int) in last > first ? (log(Double(studies)) - first) / (last - first) : 0.5 }
        let lines = growths.map { growth in
            Plot.Line(
                name: page.work(growth.work), points: growth.times.map { (share($0.studies), $0.milliseconds) },
                isMarked: growth.factor > 2)
        }
        let plot = Plot(
            lines: lines, across: sizes.map { Plot.Tick(at: share($0), text: page.number(Double($0), digits: 0)) },
            upwards: Self.ticks(lines, page), axes: (page.column("studies"), page.column("milliseconds")),
            heading: "\(id)-title")
        let rows = growths.map { growth -> (String, [String]) in
            let times = sizes.map { size in growth.times.first { $0.studies == size }?.milliseconds }
            return (
                page.work(growth.work),
                times.map { $0.map { page.number($0, digits: 2) } ?? "" } + [
                    "\(page.number(growth.factor, digits: 1)) ×"
                ]
            )
        }
        let heads =
            sizes.map { "\(page.number(Double($0), digits: 0)) \(page.column("studies"))" } + [page.column("growth")]
        return page.section(id, plot, heads: heads, rows: rows)
    }

    private func historySection(_ page: MeasurementWords) -> [String: Any] {
        let works = past.flatMap(\.ratios.keys).reduce(into: Set<String>()) { $0.insert($1) }
            .sorted { page.work($0) < page.work($1) }
        let share = { (index: Int) in past.count > 1 ? Double(index) / Double(past.count - 1) : 0.5 }
        let lines = works.map { work in
            let points = past.enumerated().compactMap { index, run in run.ratios[work].map { (share(index), $0) } }
            return Plot.Line(name: page.work(work), points: points, isMarked: (points.last?.1 ?? 1) < 1)
        }
        let plot = Plot(
            lines: lines, across: past.enumerated().map { Plot.Tick(at: share($0), text: $1.commit) },
            upwards: Self.ticks(lines, page), axes: (page.column("run"), page.column("ratio")), heading: "history-title"
        )
        let rows = works.map { work in
            (page.work(work), past.map { $0.ratios[work].map { "\(page.number($0, digits: 1)) ×" } ?? "" })
        }
        return page.section("history", plot, heads: past.map { "\($0.date), \($0.commit)" }, rows: rows)
    }

    /// Works that were measured at several sizes and take so long for each request, in the order of the file.
    private static func growths(_ rows: [Run.Row]) -> [Growth] {
        var seen: Set<String> = []
        let works = rows.filter { $0.unit == "requests/s" && seen.insert($0.work).inserted }.map(\.work)
        return works.map { work in
            let times = rows.filter { $0.work == work }.map { (studies: $0.studies, milliseconds: 1000 / $0.ours) }
            return Growth(work: work, times: times.sorted { $0.studies < $1.studies })
        }.filter { $0.times.count > 1 }
    }

    /// Powers of ten around all points.
    private static func ticks(_ lines: [Plot.Line], _ page: MeasurementWords) -> [Plot.Tick] {
        let values = lines.flatMap { $0.points.map(\.y) }
        let least = Int(log10(values.min() ?? 1).rounded(.down))
        let most = max(least + 1, Int(log10(values.max() ?? 10).rounded(.up)))
        return (least...most).map { power in
            let value = pow(10, Double(power))
            return Plot.Tick(at: value, text: page.number(value, digits: max(0, -power)))
        }
    }

    private static func read<Value: Decodable>(_ content: ContentFolder, _ file: String) throws -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data(content.text(file).utf8))
        } catch is DecodingError {
            throw SiteProblem(file, "is not what scripts/bench writes")
        }
    }

    private mutating func note(_ work: String, _ file: String) {
        words.note(word: MeasurementWords.path(ofWork: work), file: file, line: 1)
    }
}

/// The words of the page and its numbers in one language.
struct MeasurementWords {
    let words: Words
    let language: Language

    static func path(ofWork work: String) -> String {
        let parts = work.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
        return "\(Measurements.works)\(parts.joined(separator: "-"))"
    }

    func work(_ work: String) -> String { words.leaves[Self.path(ofWork: work)]?.text ?? "" }
    func column(_ id: String) -> String { word("column.\(id)") }

    private func word(_ path: String) -> String { words.leaves["performance.\(path)"]?.text ?? "" }

    /// As the language writes it: `1,234.5` or `1 234,5` with narrow spaces that do not break.
    func number(_ value: Double, digits: Int) -> String {
        let scale = pow(10, Double(digits))
        let rounded = Int((value * scale).rounded())
        let (whole, rest) = (String(rounded / Int(scale)), String(rounded % Int(scale)))
        var grouped = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index) % 3 == 0 { grouped += language == .french ? "\u{202F}" : "," }
            grouped.append(digit)
        }
        guard digits > 0 else { return grouped }
        let mark = language == .french ? "," : "."
        return grouped + mark + String(repeating: "0", count: digits - rest.count) + rest
    }

    /// A plot with its table.
    func section(_ id: String, _ plot: Plot, heads: [String], rows: [(name: String, cells: [String])]) -> [String: Any]
    {
        [
            "id": id, "title": word("\(id).title"), "text": word("\(id).text"), "svg": plot.svg,
            "heads": [column("work")] + heads,
            "rows": rows.map { ["name": $0.name, "cells": $0.cells] as [String: Any] },
        ]
    }
}
