/// The attributes that a record of a DICOMDIR takes from its instance.
///
/// - SeeAlso: PS3.3 §F.5.
enum DirectoryRecordKeys {
    /// The keys in the character set of the instance.
    ///
    /// A Type 1 key that the instance lacks gets a substitute: another date or time of the instance, or
    /// `19000101` and `000000`; `number` for a Study ID, Series or Instance Number; OT for the Modality; PARTIAL and
    /// UNVERIFIED for the flags of a document; 1 for a count; `UNKNOWN` for other text and codes.
    ///
    /// - Parameter number: of the record among its siblings, from 1.
    static func keys(_ type: DirectoryRecordType, of dataSet: DataSet, number: Int) -> DataSet {
        var record = dataSet.emptied
        for (tag, need) in DirectoryRecordTables.keys[type] ?? [] {
            if let element = element(tag, of: dataSet) {
                record.set(element)
            } else if need == .value {
                substitute(tag, in: &record, from: dataSet, number)
            } else if need == .presence {
                let vr = DataDictionary.vr(of: tag) ?? .UN
                record.set(DataElement(tag, vr, vr == .SQ ? .items([]) : .bytes([])))
            }
        }
        declareCharacterSet(of: &record, as: dataSet)
        return record
    }

    /// The attribute when it has a value here; of a Content Sequence, what says more about the title (PS3.3 §F.5.25).
    private static func element(_ tag: Tag, of dataSet: DataSet) -> DataElement? {
        guard let element = dataSet[tag] else { return nil }
        switch element.value {
        case .bytes: return dataSet.strings(tag).allSatisfy(\.isEmpty) ? nil : element
        case .items(let items):
            let kept = tag == .contentSequence ? items.filter(modifiesConcept) : items
            return kept.isEmpty ? nil : DataElement(tag, .SQ, .items(kept))
        case .deferred, .fragments: return nil
        }
    }

    private static func modifiesConcept(_ item: DataSet) -> Bool { item.string(.relationshipType) == "HAS CONCEPT MOD" }

    private static func substitute(_ tag: Tag, in record: inout DataSet, from dataSet: DataSet, _ number: Int) {
        switch tag {
        case .studyID, .seriesNumber, .instanceNumber: return record.set(tag, text: "\(number)")
        case .modality: return record.set(tag, text: "OT")
        case .completionFlag: return record.set(tag, text: "PARTIAL")
        case .verificationFlag: return record.set(tag, text: "UNVERIFIED")
        default: break
        }
        switch DataDictionary.vr(of: tag) ?? .UN {
        case .DA: record.set(tag, text: first(dates, in: dataSet) ?? "19000101")
        case .TM: record.set(tag, text: first(times, in: dataSet) ?? "000000")
        case .DT:
            let (date, time) = (first(dates, in: dataSet), first(times, in: dataSet))
            record.set(tag, text: (date ?? "19000101") + (time ?? "000000"))
        case .US, .UL, .IS: record.set(tag, number: 1)
        case .SQ: record.set(tag, items: [unknown])
        default: record.set(tag, text: "UNKNOWN")
        }
    }

    private static let dates: [Tag] = [.contentDate, .seriesDate, .acquisitionDate, .studyDate, .instanceCreationDate]
    private static let times: [Tag] = [.contentTime, .seriesTime, .acquisitionTime, .studyTime, .instanceCreationTime]

    private static func first(_ tags: [Tag], in dataSet: DataSet) -> String? {
        tags.lazy.compactMap { dataSet.string($0) }.first
    }

    private static let unknown: DataSet = {
        var code = DataSet()
        code.set(.codeValue, text: "UNKNOWN")
        code.set(.codingSchemeDesignator, text: "99UNKNOWN")
        code.set(.codeMeaning, text: "Unknown")
        return code
    }()

    /// Specific Character Set where the keys have characters beyond ASCII: that of the instance, or UTF-8 if it
    /// says nothing.
    private static func declareCharacterSet(of record: inout DataSet, as dataSet: DataSet) {
        guard hasWideText(record) else { return }
        if let declared = element(.specificCharacterSet, of: dataSet) {
            record.set(declared)
        } else {
            record.convertToUTF8()
        }
    }

    private static func hasWideText(_ dataSet: DataSet) -> Bool {
        dataSet.elements.contains { element in
            switch element.value {
            case .bytes(let bytes): element.vr.usesCharacterSet && bytes.contains { $0 >= 0x80 || $0 == 0x1B }
            case .items(let items): items.contains(where: hasWideText)
            default: false
            }
        }
    }
}
