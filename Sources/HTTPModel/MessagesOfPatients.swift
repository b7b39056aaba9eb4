/// Sentences about the fields of patients and accounts, and about the inbox. Sorted by code.
enum MessagesOfPatients {
    static let table: [String: Messages.Sentence] = Dictionary(
        sentences.map { ($0.code, Messages.Sentence(french: $0.french, english: $0.english)) },
        uniquingKeysWith: { first, _ in first })

    private static let sentences: [(code: String, french: String, english: String)] = [
        (
            "idempotencyKey.tooLong", "La clé d'idempotence est trop longue : {limit} octets au plus.",
            "The idempotency key is too long: at most {limit} bytes."
        ),
        (
            "idempotencyKey.used", "Cette clé d'idempotence a servi à autre chose.",
            "This idempotency key was used for something else."
        ),
        ("inbox.patient.unknown", "Ce patient n'existe pas.", "There is no such patient."),
        ("password.missing", "Il manque le mot de passe actuel.", "The current password is missing."),
        (
            "patient.birthDate.future", "La date de naissance est dans l'avenir.", "The birth date is in the future."
        ),
        (
            "patient.birthDate.invalid", "Cette date de naissance n'existe pas ; écrivez AAAA-MM-JJ.",
            "There is no such birth date; write YYYY-MM-DD."
        ),
        (
            "patient.birthName.tooLong", "Le nom de naissance est trop long : {limit} caractères au plus.",
            "The birth name is too long: at most {limit} characters."
        ),
        (
            "patient.condition.tooLong", "L'indication est trop longue : {limit} caractères au plus.",
            "The condition is too long: at most {limit} characters."
        ),
        (
            "patient.conflict", "Un patient a déjà cet identifiant.", "A patient has this id already."
        ),
        ("patient.extra.invalid", "« extra » est un objet JSON.", "'extra' is a JSON object."),
        (
            "patient.firstName.tooLong", "Le prénom est trop long : {limit} caractères au plus.",
            "The first name is too long: at most {limit} characters."
        ),
        (
            "patient.issuer.tooLong", "L'émetteur de l'identifiant est trop long : {limit} caractères au plus.",
            "The id's issuer is too long: at most {limit} characters."
        ),
        ("patient.lastName.missing", "Il manque le nom.", "The last name is missing."),
        (
            "patient.lastName.tooLong", "Le nom est trop long : {limit} caractères au plus.",
            "The last name is too long: at most {limit} characters."
        ),
        ("patient.lastVisit.future", "La dernière visite est dans l'avenir.", "The last visit is in the future."),
        (
            "patient.lastVisit.invalid", "Cette date de visite n'existe pas ; écrivez AAAA-MM-JJ.",
            "There is no such date of a visit; write YYYY-MM-DD."
        ),
        (
            "patient.notes.tooLong", "Les notes sont trop longues : {limit} caractères au plus.",
            "The notes are too long: at most {limit} characters."
        ),
        ("patient.patientId.missing", "Il manque l'identifiant du patient.", "The patient's id is missing."),
        (
            "patient.patientId.tooLong", "L'identifiant du patient est trop long : {limit} caractères au plus.",
            "The patient's id is too long: at most {limit} characters."
        ),
        ("patient.sex.invalid", "Le sexe est F, M, O ou U.", "The sex is F, M, O or U."),
        ("patient.status.unknown", "Cet état n'existe pas.", "There is no such status."),
        (
            "patient.statusNote.tooLong", "La remarque est trop longue : {limit} caractères au plus.",
            "The note is too long: at most {limit} characters."
        ),
        (
            "query.date.invalid", "La date donnée pour « {field} » n'existe pas ; écrivez AAAA-MM-JJ.",
            "There is no such date as '{field}' says; write YYYY-MM-DD."
        ),
        (
            "query.group.invalid", "« group » n'est pas l'identifiant d'un groupe.", "'group' is not the id of a group."
        ),
        (
            "query.sort.unknown", "La liste ne se trie pas ainsi ; « sort » vaut {known}.",
            "The list cannot be sorted that way; 'sort' is {known}."
        ),
        (
            "session.needed", "Ouvrez une session : un jeton d'accès ne suffit pas ici.",
            "Sign in: an access token is not enough here."
        ),
        ("study.attached", "Cet examen est déjà rattaché à un patient.", "This study has a patient already."),
        ("user.email.invalid", "Ce n'est pas une adresse électronique.", "This is not an e-mail address."),
        ("user.email.missing", "Il manque l'adresse électronique.", "The e-mail address is missing."),
        (
            "user.expiresAt.invalid",
            "Cette date d'expiration n'existe pas ; écrivez AAAA-MM-JJ, ou AAAA-MM-JJThh:mm:ssZ.",
            "There is no such date of expiry; write YYYY-MM-DD, or YYYY-MM-DDThh:mm:ssZ."
        ),
        ("user.groups.unknown", "Un de ces groupes n'existe pas.", "One of these groups does not exist."),
        ("user.language.unknown", "La langue est fr ou en.", "The language is fr or en."),
        (
            "user.name.tooLong", "Le nom est trop long : {limit} caractères au plus.",
            "The name is too long: at most {limit} characters."
        ),
        ("user.patient.unknown", "Ce patient n'existe pas.", "There is no such patient."),
        (
            "user.status.unknown", "L'état d'un compte est active, inactive ou disabled.",
            "An account's status is active, inactive or disabled."
        ),
    ]
}
