import DICOM
import Ingestion
import Portal

/// What a sidecar expects of a study.
package struct ExpectedStudy: Sendable, Equatable {
    /// What the portal that exported the study showed it under.
    package struct Correction: Sendable, Equatable {
        package let identity: PatientIdentity
        /// Which portal corrected it.
        package let system: String
    }

    package let studyUID: String
    package var correction: Correction?
}

extension SidecarFields {
    func studies() throws(SidecarFault) -> [ExpectedStudy] {
        guard let value = value(["studies"]) else { return [] }
        guard case .array(let elements) = value, elements.count <= 10_000 else {
            throw fault(["studies"], "must be an array of at most 10000 objects")
        }
        var studies: [ExpectedStudy] = []
        for element in elements {
            guard case .object = element else { throw fault(["studies"], "must hold objects only") }
            guard let text = element["studyInstanceUID"]?.string, let uid = UID(text) else {
                throw fault(["studies"], "needs a valid 'studyInstanceUID' in each object")
            }
            let correction = element["correction"].flatMap(ExpectedStudy.Correction.init)
            studies.append(ExpectedStudy(studyUID: uid.text, correction: correction))
        }
        return studies
    }
}

extension ExpectedStudy.Correction {
    /// - Returns: `nil` for what no export writes; of its texts what no attribute may hold is left out.
    fileprivate init?(_ value: JSONValue) {
        guard case .object = value, let name = value["name"]?.string, !name.isEmpty else { return nil }
        let longest = 64  // PS3.5 Table 6.2-1, LO
        func text(_ member: String) -> String { String((value[member]?.string ?? "").prefix(longest)) }
        let parts = name.split(separator: "^", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let birthDate = text("birthDate")
        identity = PatientIdentity(
            lastName: parts[0], firstName: parts.count > 1 ? parts[1] : "", patientID: text("patientId"),
            issuer: text("issuer"),
            birthDate: birthDate.count == 8 && StudyStart.day(birthDate) != nil ? birthDate : "",
            sex: text("sex"))
        let title = text("system")
        // PS3.5 Table 6.2-1, AE
        let isTitle =
            (1...16).contains(title.utf8.count) && title.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x5C }
        system = isTitle ? title : Settings.defaultAETitle
    }
}
