import Testing

@testable import Ingestion

@Suite struct StudyStartTests {
    static let cases: [(date: String?, time: String?, expected: String)] = [
        ("20260102", "030405.123456", "2026-01-02 03:04:05.123456"), ("20260102", "030405.x", "2026-01-02 03:04:05"),
        ("20260102", "03", "2026-01-02 03:00:00"),
        ("20260102", nil, "2026-01-02 00:00:00"), ("2026.01.02", "0304", "2026-01-02 03:04:00"),
        ("20240229", "235960", "2024-02-29 23:59:59"), ("20260102", "03:04:05", "2026-01-02 03:04:05"),
        ("20260102", "250000", "2026-01-02 00:00:00"), ("20230229", "01", "-infinity"), ("20261301", "01", "-infinity"),
        ("00000101", "01", "-infinity"), ("2026", "01", "-infinity"), (nil, "01", "-infinity"),
        ("2026010a", "01", "-infinity"), ("+2260102", "01", "-infinity"),
    ]

    @Test(arguments: cases)
    func dateAndTimeBecomeATimestampOrNone(date: String?, time: String?, expected: String) {
        #expect(StudyStart.timestamp(date: date, time: time) == expected)
    }
}
