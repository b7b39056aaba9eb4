import ArgumentParser
import Glibc
import Ingestion
import ObjectStore
import Portal
import Postgres
import SyntheticImages

/// Adds synthetic patients with images, to look around with. Again, it changes nothing.
struct Demo: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Adds synthetic patients with images.")

    private static let batch = 50

    func run() throws {
        let settings = try Settings.fromEnvironment()
        let database = try Connection(url: settings.databaseURL)
        let store = try DirectoryStore(root: settings.storeRoot)
        let ingestor = Ingestor(database: database, store: store)
        for patient in SyntheticPatient.demo {
            try register(patient, in: database)
            let count = try ingest(patient, with: ingestor, into: store)
            print("  \(patient.person.id): \(patient.studies.count) studies, \(count) images")
            fflush(nil)  // a log follows line by line
        }
    }

    /// The patient's file; one that is there already stays as it is.
    private func register(_ patient: SyntheticPatient, in database: Connection) throws {
        let person = patient.person
        var draft = PatientDraft()
        draft.patientId = .set(person.id)
        draft.lastName = .set(person.familyName)
        draft.firstName = .set(person.givenName)
        draft.birthDate = .set(
            "\(person.birthDate.prefix(4))-\(person.birthDate.dropFirst(4).prefix(2))-\(person.birthDate.suffix(2))")
        draft.sex = .set(person.sex)
        draft.condition = .set(patient.condition)
        do {
            _ = try Patients(database: database, caller: .atTheMachine).make(draft)
        } catch PortalError.conflict {
            return
        }
    }

    /// - Returns: how many images the portal now holds of the patient.
    private func ingest(_ patient: SyntheticPatient, with ingestor: Ingestor, into store: DirectoryStore) throws -> Int
    {
        var batch: [SpooledObject] = []
        var count = 0
        func file() throws {
            let outcomes = try ingestor.ingest(batch, from: IngestSource(route: .import))
            count += outcomes.count { $0.instance != nil }
            batch = []
        }
        for instance in patient.instances {
            let spool = try store.newSpool()
            try spool.write(try instance.file())
            batch.append(try spool.finish())
            if batch.count == Self.batch { try file() }
        }
        try file()
        return count
    }
}
