/// Sentences about requests and their transport; their English stands where they are thrown. Sorted by code.
enum MessagesOfRequests {
    static let table: [String: Messages.Sentence] = french.mapValues { Messages.Sentence(french: $0, english: nil) }

    private static let french: [String: String] = [
        "body.cut": "Le corps de la requête s'est arrêté avant sa fin.",
        "body.encoded": "Un corps de requête compressé n'est pas accepté ici.",
        "body.notJSON": "Le corps de la requête doit être du JSON (Content-Type: application/json).",
        "body.stalled": "Le corps de la requête n'est pas arrivé à temps.",
        "body.tooLarge": "Le corps de la requête dépasse les {limit} octets acceptés ici.",
        "deadline.passed": "La réponse n'a pas été prête à temps. Réessayez.",
        "header.malformed": "La requête HTTP n'est pas comprise.",
        "header.tooLarge": "Les en-têtes de la requête sont trop longs.",
        "internal": "Une erreur est survenue de notre côté ; elle est consignée sous le numéro indiqué.",
        "json.invalid": "Le document JSON n'a pas la forme attendue (champ : {field}).",
        "json.malformed": "Le corps de la requête n'est pas du JSON valide en UTF-8.",
        "method.notAllowed": "Cette méthode n'est pas possible à cette adresse ; possibles : {allow}.",
        "notAcceptable": "Aucun des types de contenu acceptés ne peut être produit ; disponibles : {offered}.",
        "notFound": "Il n'y a rien à cette adresse.",
        "object.missing": "Un fichier du stockage est introuvable ; l'incident est consigné.",
        "origin.refused": "La requête vient d'un autre site et a été refusée.",
        "overloaded": "Trop de demandes sont en cours. Réessayez dans un instant.",
        "path.missing": "Le chemin de la requête manque (REQUEST_URI ou PATH_INFO).",
        "precondition.failed": "L'élément a changé depuis que vous l'avez lu. Relisez-le.",
        "query.malformed": "La requête contient un paramètre mal encodé.",
        "query.repeated": "Le paramètre « {field} » ne peut être donné qu'une fois.",
        "query.unknown": "Le paramètre « {field} » est inconnu ici.",
        "session.missing": "Connectez-vous, ou envoyez un jeton d'accès.",
        "store.full": "Il n'y a plus de place dans le stockage.",
        "target.tooLong": "L'adresse demandée est trop longue.",
        "unavailable": "Le service est momentanément indisponible. Réessayez dans un instant.",
        "value.invalid": "Une valeur de la requête n'est pas possible ici.",
        "worker.lost": "Le traitement de la demande s'est interrompu. Réessayez.",
    ]
}
