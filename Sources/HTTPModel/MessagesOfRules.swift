/// Sentences about the portal's rules, which throw codes alone. Sorted by code.
enum MessagesOfRules {
    static let table: [String: Messages.Sentence] = Dictionary(
        sentences.map { ($0.code, Messages.Sentence(french: $0.french, english: $0.english)) },
        uniquingKeysWith: { first, _ in first })

    private static let sentences: [(code: String, french: String, english: String)] = [
        ("account.expired", "Ce compte a expiré.", "This account has expired."),
        ("account.inactive", "Ce compte n'est pas actif.", "This account is not active."),
        (
            "attempts.tooMany", "Trop de tentatives. Réessayez dans {seconds} secondes.",
            "Too many attempts. Try again in {seconds} seconds."
        ),
        (
            "deletion.patientDeleted",
            "Le patient de cet examen a lui aussi été supprimé : restaurez d'abord le patient.",
            "The study's patient was deleted as well: restore the patient first."
        ),
        (
            "export.empty", "Choisissez au moins un patient ou un examen.", "Choose at least one patient or study."
        ),
        (
            "export.tooMany", "Trop de patients et d'examens à la fois : {limit} au plus.",
            "Too many patients and studies at once: at most {limit}."
        ),
        ("group.name.missing", "Donnez un nom au groupe.", "Give the group a name."),
        ("group.name.taken", "Un groupe porte déjà ce nom.", "A group has this name already."),
        (
            "group.name.tooLong", "Le nom du groupe est trop long : {limit} caractères au plus.",
            "The group's name is too long: at most {limit} characters."
        ),
        (
            "group.permissions.unknown", "Une de ces autorisations n'existe pas.",
            "One of these permissions does not exist."
        ),
        (
            "group.scope.unknown", "La portée d'un groupe est « all » ou « granted ».",
            "A group's scope is 'all' or 'granted'."
        ),
        ("merge.same", "Un dossier ne peut pas être fusionné avec lui-même.", "A file cannot be merged with itself."),
        ("password.mustChange", "Choisissez d'abord un nouveau mot de passe.", "Set a new password first."),
        (
            "password.nul", "Le mot de passe contient un caractère nul, qui n'est pas possible.",
            "The password has a NUL character, which is not possible."
        ),
        (
            "password.same", "Le nouveau mot de passe doit différer de l'ancien.",
            "The new password must differ from the old one."
        ),
        (
            "password.tooLong", "Le mot de passe est trop long : {limit} octets au plus.",
            "The password is too long: at most {limit} bytes."
        ),
        (
            "password.tooShort", "Le mot de passe est trop court : {limit} caractères au moins.",
            "The password is too short: at least {limit} characters."
        ),
        ("password.wrong", "Le mot de passe actuel n'est pas le bon.", "The current password is wrong."),
        (
            "permission.missing", "Votre compte n'a pas l'autorisation « {permission} ».",
            "Your account lacks the permission '{permission}'."
        ),
        (
            "query.after.invalid",
            "Cette liste n'a pas de suite à cet endroit ; « after » reprend la valeur « next » de la page d'avant.",
            "This list cannot go on from there; 'after' is the value of 'next' in the page before."
        ),
        (
            "query.limit.invalid", "« limit » est un nombre entier de 1 à {largest}.",
            "'limit' is a whole number from 1 to {largest}."
        ),
        (
            "rights.beyond", "Vous ne pouvez pas donner plus de droits que vous n'en avez.",
            "You cannot give rights that you do not have."
        ),
        (
            "search.filters.invalid", "Ces filtres ne peuvent pas être enregistrés.", "These filters cannot be saved."
        ),
        ("search.name.missing", "Donnez un nom à la recherche.", "Give the search a name."),
        (
            "search.name.tooLong", "Le nom de la recherche est trop long : {limit} caractères au plus.",
            "The search's name is too long: at most {limit} characters."
        ),
        (
            "search.tooMany", "Vous avez déjà 30 recherches enregistrées : supprimez-en une d'abord.",
            "You have 30 saved searches already: remove one first."
        ),
        (
            "sender.charset.invalid", "Ce jeu de caractères n'existe pas dans DICOM.",
            "DICOM has no such character set."
        ),
        ("sender.group.unknown", "Ce groupe n'existe pas.", "There is no such group."),
        (
            "session.refused", "L'adresse ou le mot de passe n'est pas correct.",
            "The address or the password is not right."
        ),
        (
            "status.code.invalid",
            "Un code se compose de lettres et de chiffres sans accent, une lettre d'abord, 32 au plus.",
            "A code is made of letters and digits without accents, a letter first, 32 at most."
        ),
        (
            "status.inUse", "Des patients ont ce statut ; donnez-leur-en d'abord un autre.",
            "Patients have this status; give them another one first."
        ),
        (
            "status.initial", "Ce statut est celui des nouveaux patients et ne peut pas être supprimé.",
            "This status is the one of new patients and cannot be removed."
        ),
        (
            "status.label.missing", "Donnez un libellé au statut, dans les deux langues.",
            "Give the status a label, in both languages."
        ),
        (
            "status.label.tooLong", "Le libellé est trop long : {limit} caractères au plus.",
            "The label is too long: at most {limit} characters."
        ),
        ("status.taken", "Ce code de statut existe déjà.", "This status code exists already."),
        (
            "token.days.invalid", "La durée de validité va de 1 à {limit} jours.",
            "The validity is 1 to {limit} days."
        ),
        ("token.may.unknown", "Un jeton d'accès peut « read » ou « store ».", "A token may 'read' or 'store'."),
        ("token.name.missing", "Donnez un nom au jeton d'accès.", "Give the token a name."),
        (
            "token.name.tooLong", "Le nom du jeton d'accès est trop long : {limit} caractères au plus.",
            "The token's name is too long: at most {limit} characters."
        ),
        ("user.email.taken", "Un compte utilise déjà cette adresse.", "An account has this address already."),
        (
            "users.lastManager", "Il doit rester un compte actif qui gère les utilisateurs.",
            "One active account that manages users must remain."
        ),
    ]
}
