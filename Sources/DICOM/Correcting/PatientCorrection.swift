/// A correction of what files say of their patient: a snapshot of the patient's file, which later changes of that file
/// do not reach.
///
/// - SeeAlso: PS3.3 §C.12.1 (Original Attributes Sequence).
package struct PatientCorrection: Sendable, Equatable {
    package let identity: PatientIdentity
    /// Tells this correction of a study from every other one.
    package let revision: Int
    /// When it was made (VR DT).
    package let dateTime: String
    /// Where it was made (VR LO).
    package let system: String
    /// The defined term of the encoding of text that the files declare wrongly or not at all; empty when unknown.
    package let characterSet: String

    package init(identity: PatientIdentity, revision: Int, dateTime: String, system: String, characterSet: String) {
        self.identity = identity
        self.revision = revision
        self.dateTime = dateTime
        self.system = system
        self.characterSet = characterSet
    }

    /// The item of the Original Attributes Sequence but for the former values.
    package var item: DataSet {
        var item = DataSet()
        describe(&item)
        return item
    }

    private func describe(_ item: inout DataSet) {
        item.set(.attributeModificationDateTime, text: dateTime)
        item.set(.modifyingSystem, text: system)
        item.set(.sourceOfPreviousValues, .LO, bytes: [])  // the file does not tell who filled it in
        item.set(.reasonForTheAttributeModification, text: "CORRECT")
    }

    /// - Parameter former: in the encoding of the data set that the item will stand in.
    private func item(_ former: DataSet) -> DataSet {
        var item = former.emptied
        item.set(.modifiedAttributesSequence, items: [former])
        describe(&item)
        return item
    }
}

extension PatientCorrection {
    /// The data set under the patient's identity, with an item of the Original Attributes Sequence behind those that it
    /// has. Where nothing differs it is as it was.
    ///
    /// An identity that its character set cannot express turns all its text into UTF-8.
    ///
    /// - Parameter source: of values that were left there.
    /// - Throws: ``DICOMError/tooLarge(_:offset:)`` for text left in the source that is too long to be converted; what
    ///   `source` throws.
    package func applied(to dataSet: DataSet, reading source: any ByteSource) throws -> DataSet {
        let changed = identity.elements.filter { Self.differs($0, from: dataSet) }
        guard !changed.isEmpty else { return dataSet }
        var corrected = dataSet
        if changed.contains(where: { !dataSet.characterSet.expresses($0) }) {
            var room = ReadingLimits.standard.totalLength
            try corrected.loadText(from: source, room: &room)
            corrected.convertToUTF8()
        }
        var former = corrected.emptied
        for element in changed {
            former.set(corrected[element.tag] ?? DataElement(element.tag, element.vr, .bytes([])))
            if identity.keeps(element) {
                corrected.set(element.tag, element.vr, texts: [element.utf8Text])
            } else {
                corrected.remove(element.tag)
            }
        }
        let items = corrected.items(.originalAttributesSequence)
        corrected.set(.originalAttributesSequence, items: items + [item(former)])
        return corrected
    }

    /// Whether DICOM JSON shows the attribute otherwise than `element`; one that is absent is an empty one.
    private static func differs(_ element: DataElement, from dataSet: DataSet) -> Bool {
        var alone = dataSet.emptied
        alone.set(dataSet[element.tag] ?? DataElement(element.tag, element.vr, .bytes([])))
        let wanted = DataSet([element], characterSet: .utf8)
        return DICOMJSON.encode(alone) { _ in nil } != DICOMJSON.encode(wanted) { _ in nil }
    }
}

extension DICOMFile {
    /// The file as it is after a correction. Large values stay where they are, and the frames with them.
    ///
    /// - Parameter source: of the file.
    /// - Throws: as ``PatientCorrection/applied(to:reading:)``.
    package func corrected(by correction: PatientCorrection, reading source: any ByteSource) throws -> DICOMFile {
        DICOMFile(
            meta: meta, dataSet: try correction.applied(to: dataSet, reading: valueSource(source)),
            transferSyntax: transferSyntax, dataSetOffset: dataSetOffset, frames: frames, inflated: inflated)
    }
}

extension SpecificCharacterSet {
    fileprivate func expresses(_ element: DataElement) -> Bool {
        !element.vr.usesCharacterSet || bytes(of: element.utf8Text) != nil
    }
}

extension DataElement {
    /// The text of an element in UTF-8, without padding.
    fileprivate var utf8Text: String {
        guard case .bytes(let bytes) = value else { return "" }
        return SpecificCharacterSet.utf8.values(of: bytes, vr).joined(separator: "\\")
    }
}

extension DataSet {
    /// Reads the text that was left in the source, so that it can be converted.
    ///
    /// - Parameter room: bytes that may still be read; all that is read is held.
    fileprivate mutating func loadText(from source: any ByteSource, room: inout Int) throws {
        for element in elements {
            switch element.value {
            case .deferred(let offset, let length) where element.vr.usesCharacterSet:
                guard length <= room else {
                    throw DICOMError.tooLarge("text too long to be written in UTF-8", offset: offset)
                }
                room -= length
                set(DataElement(element.tag, element.vr, .bytes(try source.read(at: offset, count: length))))
            case .items(var items):
                for index in items.indices { try items[index].loadText(from: source, room: &room) }
                var sequence = DataElement(element.tag, element.vr, .items(items))
                sequence.hasUndefinedLength = element.hasUndefinedLength
                set(sequence)
            case .bytes, .deferred, .fragments: continue
            }
        }
    }
}
