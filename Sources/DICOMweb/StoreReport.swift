import DICOM

/// The Store Instances Response Module: what became of each instance (PS3.18 §10.5.3.3, Annex I).
package struct StoreReport {
    /// The Failure Reason for other content under a SOP Instance UID that is known (PS3.7 Annex C).
    package static let duplicateSOPInstance = 0x0111

    private var referenced: [String] = []
    private var failed: [String] = []
    private var studies: Set<UID> = []
    private let origin: String

    /// - Parameter origin: what stands before root-relative addresses; may be empty.
    package init(origin: String) { self.origin = origin }

    package mutating func stored(_ instance: ResourceReference, sopClass: String) {
        guard let uid = instance.instance else { return }
        studies.insert(instance.study)
        referenced.append(
            item(sopClass: sopClass, sopInstance: uid.text)
                + ",\"00081190\":{\"vr\":\"UR\",\"Value\":[\((origin + instance.path).quotedJSON)]}}")
    }

    /// - Parameters:
    ///   - reason: Failure Reason (0008,1197), PS3.18 Table I.2-2.
    ///   - sopClass, sopInstance: empty where they could not be read.
    package mutating func failed(reason: Int, sopClass: String, sopInstance: String) {
        failed.append(
            item(sopClass: sopClass, sopInstance: sopInstance)
                + ",\"00081197\":{\"vr\":\"US\",\"Value\":[\(reason)]}}")
    }

    /// 200 all stored, 202 some, 409 none (PS3.18 Table 10.5.3-1).
    package var status: Int { failed.isEmpty ? 200 : referenced.isEmpty ? 409 : 202 }

    /// The module as DICOM JSON; a sequence without items is left out.
    package func encoded() -> [UInt8] {
        var members: [String] = []
        // Instances of several Studies have no one address.
        if let study = studies.first, studies.count == 1 {
            let address = (origin + ResourceReference(study: study).path).quotedJSON
            members.append("\"00081190\":{\"vr\":\"UR\",\"Value\":[\(address)]}")
        }
        if !failed.isEmpty {
            members.append("\"00081198\":{\"vr\":\"SQ\",\"Value\":[\(failed.joined(separator: ","))]}")
        }
        if !referenced.isEmpty {
            members.append("\"00081199\":{\"vr\":\"SQ\",\"Value\":[\(referenced.joined(separator: ","))]}")
        }
        return Array("{\(members.joined(separator: ","))}".utf8)
    }

    /// The item's beginning, without its closing brace.
    private func item(sopClass: String, sopInstance: String) -> String {
        let uid = { (text: String) in text.isEmpty ? "" : ",\"Value\":[\(text.quotedJSON)]" }
        return "{\"00081150\":{\"vr\":\"UI\"\(uid(sopClass))},\"00081155\":{\"vr\":\"UI\"\(uid(sopInstance))}"
    }
}
