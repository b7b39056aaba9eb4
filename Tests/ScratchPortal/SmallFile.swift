import DICOM

/// A small image file made in code; what a test cares about is set, the rest is ordinary.
package struct SmallFile {
    package var study = "1.2.3"
    package var series = "1.2.3.1"
    package var instance = "1.2.3.1.1"
    package var sopClass = "1.2.840.10008.5.1.4.1.1.2"
    package var name = "Doe^Jane"
    package var patientID = "P1"
    package var birthDate = "19800229"
    package var modality = "CT"
    package var date = "20260102"
    package var time = "030405"
    package var pixels: [UInt8] = [1, 2, 3, 4]
    package var syntax = TransferSyntax.explicitVRLittleEndian
    /// Further elements, after the others.
    package var others: [DataElement] = []

    package init(study: String = "1.2.3", series: String = "1.2.3.1", instance: String = "1.2.3.1.1") {
        self.study = study
        self.series = series
        self.instance = instance
    }

    package var dataSet: DataSet {
        var set = DataSet([
            Self.text(.specificCharacterSet, .CS, "ISO_IR 192"), Self.text(.sopClassUID, .UI, sopClass),
            Self.text(.sopInstanceUID, .UI, instance), Self.text(.studyDate, .DA, date),
            Self.text(.studyTime, .TM, time), Self.text(.accessionNumber, .SH, "A1"),
            Self.text(.modality, .CS, modality), Self.text(.studyDescription, .LO, "Thorax"),
            Self.text(.patientName, .PN, name), Self.text(.patientID, .LO, patientID),
            Self.text(.patientBirthDate, .DA, birthDate), Self.text(.patientSex, .CS, "F"),
            Self.text(.studyInstanceUID, .UI, study), Self.text(.seriesInstanceUID, .UI, series),
            Self.text(.seriesNumber, .IS, "1"), Self.text(.instanceNumber, .IS, "7"),
            Self.number(.samplesPerPixel, 1), Self.text(.photometricInterpretation, .CS, "MONOCHROME2"),
            Self.number(.rows, 2), Self.number(.columns, UInt16(truncatingIfNeeded: pixels.count / 2)),
            Self.number(.bitsAllocated, 8), Self.number(.bitsStored, 8), Self.number(.highBit, 7),
            Self.number(.pixelRepresentation, 0), DataElement(.pixelData, .OB, .bytes(pixels)),
        ])
        for element in others { set.set(element) }
        return set
    }

    /// The file with its meta information.
    package func bytes() throws -> [UInt8] {
        try FileMeta.bytes(sopClass: sopClass, sopInstance: instance, transferSyntax: syntax.uid.text) + body()
    }

    /// The data set alone.
    package func body() throws -> [UInt8] {
        try DataSetWriter.bytes(dataSet, syntax: syntax, source: BytesSource([]))
    }

    package static func text(_ tag: Tag, _ vr: VR, _ value: String) -> DataElement {
        let bytes = Array(value.utf8)
        return DataElement(tag, vr, .bytes(bytes.count.isMultiple(of: 2) ? bytes : bytes + [vr == .UI ? 0 : 0x20]))
    }

    package static func number(_ tag: Tag, _ value: UInt16) -> DataElement {
        DataElement(tag, .US, .bytes([UInt8(value & 0xFF), UInt8(value >> 8)]))
    }
}
