/// What the caller of an import chose.
package struct ImportOptions: Sendable, Equatable {
    /// What happens with a sidecar whose patient is there already.
    package enum OnExisting: String, Sendable, CaseIterable {
        /// Members that the sidecar names replace what is there.
        case update
        /// The patient stays as it is; its files are stored.
        case skip
        /// The whole import is refused before anything is stored.
        case fail
    }

    package var onExisting = OnExisting.update
    /// Answer as if, and keep nothing.
    package var isDryRun = false

    package init(onExisting: OnExisting = .update, isDryRun: Bool = false) {
        self.onExisting = onExisting
        self.isDryRun = isDryRun
    }
}
