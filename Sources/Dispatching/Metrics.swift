import HTTPModel

/// What a dispatcher has answered since it started, in the text format of Prometheus (exposition format 0.0.4).
struct Metrics {
    /// What is the case at this moment.
    struct Gauge {
        let name: String
        let meaning: String
        /// Values by their labels, such as `pool="read"`.
        let values: [(labels: String, value: Int)]
    }

    /// How often something took how long.
    private struct Histogram {
        /// In seconds.
        static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

        private var counts = [Int](repeating: 0, count: bounds.count + 1)
        private var sum = 0.0

        mutating func add(_ seconds: Double) {
            counts[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
            sum += seconds
        }

        func lines(_ name: String, _ labels: String) -> String {
            var text = ""
            var count = 0
            for (bound, more) in zip(Self.bounds.map { "\($0)" } + ["+Inf"], counts) {
                count += more
                text += "\(name)_bucket{\(labels),le=\"\(bound)\"} \(count)\n"
            }
            return text + "\(name)_sum{\(labels)} \(sum)\n\(name)_count{\(labels)} \(count)\n"
        }
    }

    private struct Answered: Hashable {
        let function: String
        let status: Int
    }

    private var answers: [Answered: Int] = [:]
    private var durations: [String: Histogram] = [:]
    private var queues: [Pool: Histogram] = [:]

    /// - Parameters:
    ///   - function: `nil` for a request that none answers.
    ///   - seconds: from the request's head to the answer's.
    mutating func note(_ function: String?, status: Int, seconds: Double) {
        answers[Answered(function: function ?? "none", status: status), default: 0] += 1
        if let function { durations[function, default: Histogram()].add(seconds) }
    }

    /// - Parameter seconds: from the request's head to the worker that takes it.
    mutating func noteQueued(in pool: Pool, seconds: Double) { queues[pool, default: Histogram()].add(seconds) }

    func text(_ gauges: [Gauge]) -> String {
        var text = Self.head("preview_dicom_answers_total", "counter", "Answers by function and status.")
        for (answered, count) in answers.sorted(by: {
            ($0.key.function, $0.key.status) < ($1.key.function, $1.key.status)
        }) {
            text +=
                "preview_dicom_answers_total{function=\"\(answered.function)\",status=\"\(answered.status)\"} \(count)\n"
        }
        text += Self.head("preview_dicom_answer_seconds", "histogram", "From a request's head to its answer's.")
        for (function, histogram) in durations.sorted(by: { $0.key < $1.key }) {
            text += histogram.lines("preview_dicom_answer_seconds", "function=\"\(function)\"")
        }
        text += Self.head("preview_dicom_queue_seconds", "histogram", "How long requests waited for a worker.")
        for (pool, histogram) in queues.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            text += histogram.lines("preview_dicom_queue_seconds", "pool=\"\(pool.rawValue)\"")
        }
        for gauge in gauges {
            text += Self.head(gauge.name, "gauge", gauge.meaning)
            for (labels, value) in gauge.values {
                text += "\(gauge.name)\(labels.isEmpty ? "" : "{\(labels)}") \(value)\n"
            }
        }
        return text
    }

    private static func head(_ name: String, _ type: String, _ meaning: String) -> String {
        "# HELP \(name) \(meaning)\n# TYPE \(name) \(type)\n"
    }
}
