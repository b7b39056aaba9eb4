/// The DICOM application context name (PS3.7 Annex A.2.1).
package let dicomApplicationContext = "1.2.840.10008.3.1.1.1"

/// A proposed presentation context (PS3.8 §9.3.2.2).
package struct ProposedContext: Sendable, Equatable {
    /// An odd number, 1…255.
    package let id: UInt8
    package let abstractSyntax: String
    package let transferSyntaxes: [String]

    package init(id: UInt8, abstractSyntax: String, transferSyntaxes: [String]) {
        self.id = id
        self.abstractSyntax = abstractSyntax
        self.transferSyntaxes = transferSyntaxes
    }
}

/// The answer to a proposed presentation context (PS3.8 §9.3.3.2, Table 9-18).
package struct ContextResult: Sendable, Equatable {
    package enum Result: UInt8, Sendable {
        case acceptance = 0
        case userRejection = 1
        case noReason = 2
        case abstractSyntaxNotSupported = 3
        case transferSyntaxesNotSupported = 4
    }

    package let id: UInt8
    package let result: Result
    /// Significant only on acceptance.
    package let transferSyntax: String

    package init(id: UInt8, result: Result, transferSyntax: String) {
        self.id = id
        self.result = result
        self.transferSyntax = transferSyntax
    }
}

/// What both sides say about themselves (PS3.8 Annex D, PS3.7 Annex D.3.3).
package struct UserInformation: Sendable, Equatable {
    /// The largest P-DATA-TF variable field that the sender of this item accepts, in bytes; 0 is no limit.
    package var maximumLength: UInt32
    package var implementationClassUID: String
    package var implementationVersionName: String

    package init(maximumLength: UInt32, implementationClassUID: String, implementationVersionName: String) {
        self.maximumLength = maximumLength
        self.implementationClassUID = implementationClassUID
        self.implementationVersionName = implementationVersionName
    }
}

/// A-ASSOCIATE-RQ (PS3.8 §9.3.2).
package struct AssociateRequest: Sendable, Equatable {
    package var protocolVersion: UInt16 = 1
    package let calledAETitle: String
    package let callingAETitle: String
    package var applicationContext = dicomApplicationContext
    package let contexts: [ProposedContext]
    package let userInformation: UserInformation

    package init(
        calledAETitle: String, callingAETitle: String, contexts: [ProposedContext], userInformation: UserInformation
    ) {
        self.calledAETitle = calledAETitle
        self.callingAETitle = callingAETitle
        self.contexts = contexts
        self.userInformation = userInformation
    }
}

/// A-ASSOCIATE-AC (PS3.8 §9.3.3); the titles repeat those of the request.
package struct AssociateAccept: Sendable, Equatable {
    package let calledAETitle: String
    package let callingAETitle: String
    package let contexts: [ContextResult]
    package let userInformation: UserInformation

    package init(
        calledAETitle: String, callingAETitle: String, contexts: [ContextResult], userInformation: UserInformation
    ) {
        self.calledAETitle = calledAETitle
        self.callingAETitle = callingAETitle
        self.contexts = contexts
        self.userInformation = userInformation
    }
}
