/// The DICOMDIR of a File-set: what stands on it, by patient, study and series.
///
/// It keeps the keys of the records, not the data sets they are taken from.
///
/// - SeeAlso: PS3.3 Annex F; PS3.10 §8.6.
package struct MediaStorageDirectory {
    struct Record {
        /// The encoded elements behind the offsets.
        let keys: [UInt8]
        fileprivate(set) var children: [Int] = []
    }

    let fileSetUID: UID
    let fileSetID: FileSetID?
    private(set) var records: [Record] = []
    /// The places in ``records`` of those that no other record leads to.
    private(set) var roots: [Int] = []
    /// The records of patients, studies and series by what identifies them.
    private var places: [[String]: Int] = [:]
    private var patientIDs: Set<String> = []

    package init(fileSetUID: UID, fileSetID: FileSetID? = nil) {
        (self.fileSetUID, self.fileSetID) = (fileSetUID, fileSetID)
    }

    /// Adds the record of a file, behind those of its series that were added before.
    ///
    /// A study belongs to the patient of its first instance. Patients are one when ID and issuer are the same; as no
    /// two records may have the same ID, that of another issuer gets a number (`123 (2)`). Without an ID they are one
    /// when name and birth date are the same, and get one (`NO ID 1`). For other Type 1 keys that `dataSet` lacks see
    /// ``DirectoryRecordKeys/keys(_:of:number:)``.
    ///
    /// - Parameters:
    ///   - dataSet: of the instance; without bulk data it serves as well.
    ///   - sopClass: when not that of `dataSet`; `sopInstance` likewise.
    /// - Throws: ``DICOMError/notEncodable(_:_:)`` when a UID is missing that nothing can stand for: of the SOP Class,
    ///   the instance, its series or its study.
    package mutating func add(
        _ fileID: FileID, _ dataSet: DataSet, transferSyntax: UID, sopClass: UID? = nil, sopInstance: UID? = nil
    ) throws {
        let sopClass = try Self.required(sopClass ?? dataSet.uid(.sopClassUID), .sopClassUID)
        let sopInstance = try Self.required(sopInstance ?? dataSet.uid(.sopInstanceUID), .sopInstanceUID)
        let type = DirectoryRecordType(of: dataSet, sopClass: sopClass)
        let isRoot = type.isRoot || type == .private && dataSet[.studyInstanceUID] == nil
        let parent = isRoot ? nil : try series(of: dataSet)
        var record = DirectoryRecordKeys.keys(type, of: dataSet, number: siblings(under: parent) + 1)
        if type == .private { record.set(.privateRecordUID, text: Self.privateRecordUID.text) }
        record.set(.referencedFileID, texts: fileID.components)
        record.set(.referencedSOPClassUIDInFile, text: sopClass.text)
        record.set(.referencedSOPInstanceUIDInFile, text: sopInstance.text)
        record.set(.referencedTransferSyntaxUIDInFile, text: transferSyntax.text)
        _ = try append(record, type, under: parent)
    }

    private static let privateRecordUID = UID.derived(from: "a directory record of an instance without a type")

    private static func required(_ uid: UID?, _ tag: Tag) throws -> UID {
        guard let uid else { throw DICOMError.notEncodable(tag, "a directory record needs it") }
        return uid
    }

    /// The record of the series, made with those above it when it is the first instance.
    private mutating func series(of dataSet: DataSet) throws -> Int {
        let study = try Self.required(dataSet.uid(.studyInstanceUID), .studyInstanceUID).text
        let series = try Self.required(dataSet.uid(.seriesInstanceUID), .seriesInstanceUID).text
        if let place = places[[study, series]] { return place }
        let parent = try self.study(study, of: dataSet)
        return try open([study, series], .series, dataSet, under: parent)
    }

    private mutating func study(_ study: String, of dataSet: DataSet) throws -> Int {
        if let place = places[[study]] { return place }
        let parent = try patient(of: dataSet)
        return try open([study], .study, dataSet, under: parent)
    }

    private mutating func patient(of dataSet: DataSet) throws -> Int {
        let id = dataSet.string(.patientID)
        let distinguished = id == nil ? [Tag.patientName, .patientBirthDate] : [.patientID, .issuerOfPatientID]
        let identity = [id == nil ? "name" : "ID"] + distinguished.map { dataSet.string($0) ?? "" }
        if let place = places[identity] { return place }
        var (unique, number) = (id ?? "NO ID 1", 1)
        while !patientIDs.insert(unique).inserted {
            number += 1
            unique = id.map { "\($0) (\(number))" } ?? "NO ID \(number)"
        }
        var identified = dataSet
        if unique != id { identified.set(.patientID, text: unique) }
        return try open(identity, .patient, identified, under: nil)
    }

    private mutating func open(
        _ identity: [String], _ type: DirectoryRecordType, _ dataSet: DataSet, under parent: Int?
    ) throws -> Int {
        let keys = DirectoryRecordKeys.keys(type, of: dataSet, number: siblings(under: parent) + 1)
        let place = try append(keys, type, under: parent)
        places[identity] = place
        return place
    }

    private func siblings(under parent: Int?) -> Int { parent.map { records[$0].children.count } ?? roots.count }

    private mutating func append(_ record: DataSet, _ type: DirectoryRecordType, under parent: Int?) throws -> Int {
        var record = record
        record.set(.directoryRecordType, text: type.rawValue)
        let place = records.count
        records.append(Record(keys: try DataSetWriter.bytes(record, syntax: .explicitVRLittleEndian)))
        if let parent { records[parent].children.append(place) } else { roots.append(place) }
        return place
    }
}
