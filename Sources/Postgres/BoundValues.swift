/// The binds of one call as libpq takes them; valid only within `laidOut`.
struct BoundValues {
    let count: Int32
    let types: [UInt32]
    let pointers: [UnsafePointer<CChar>?]
    let lengths: [Int32]
    let formats: [Int32]
}

extension Connection {
    /// - Throws: 22021 for a text that holds NUL, which PostgreSQL cannot store; 54000 for more than 2 GiB.
    func check(_ binds: [Bind]) throws(PostgresError) {
        for bind in binds {
            guard bind.isBinary || bind.bytes?.contains(0) != true else { throw PostgresError(sqlState: "22021") }
            guard (bind.bytes?.count ?? 0) <= Int32.max else { throw PostgresError(sqlState: "54000") }
        }
    }

    /// Lays binds that were checked out in memory, without a copy of large values, for one call.
    func laidOut<Answer>(_ binds: [Bind], _ call: (BoundValues) -> Answer) -> Answer {
        lay(binds[...], pointers: [], all: binds, call)
    }

    private func lay<Answer>(
        _ rest: ArraySlice<Bind>, pointers: [UnsafePointer<CChar>?], all: [Bind], _ call: (BoundValues) -> Answer
    ) -> Answer {
        guard let bind = rest.first else {
            return call(
                BoundValues(
                    count: Int32(all.count), types: all.map(\.type), pointers: pointers,
                    lengths: all.map { Int32($0.bytes?.count ?? 0) }, formats: all.map { $0.isBinary ? 1 : 0 }))
        }
        guard let bytes = bind.bytes else { return lay(rest.dropFirst(), pointers: pointers + [nil], all: all, call) }
        let terminated = bind.isBinary && !bytes.isEmpty ? bytes : bytes + [0]
        return terminated.withUnsafeBytes { buffer in
            lay(
                rest.dropFirst(),
                pointers: pointers + [buffer.baseAddress?.assumingMemoryBound(to: CChar.self)], all: all, call)
        }
    }
}
