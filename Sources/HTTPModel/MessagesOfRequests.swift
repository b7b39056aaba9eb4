/// Sentences about requests and their transport; their English stands where they are thrown. Sorted by code.
enum MessagesOfRequests {
    static let table: [String: Messages.Sentence] = french.mapValues { Messages.Sentence(french: $0, english: nil) }

    private static let french: [String: String] = [
        "accept.malformed": "L'en-tête Accept ne contient aucun type de contenu lisible.",
        "body.cut": "Le corps de la requête s'est arrêté avant sa fin.",
        "body.encoded": "Un corps de requête compressé n'est pas accepté ici.",
        "body.notJSON": "Le corps de la requête doit être du JSON (Content-Type: application/json).",
        "body.stalled": "Le corps de la requête n'est pas arrivé à temps.",
        "body.tooLarge": "Le corps de la requête dépasse les {limit} octets acceptés ici.",
        "deadline.passed": "La réponse n'a pas été prête à temps. Réessayez.",
        "header.framing": "Content-Length et Transfer-Encoding s'excluent l'un l'autre.",
        "header.host": "Une requête donne son Host une fois, et une seule.",
        "header.length": "Content-Length n'est pas un nombre d'octets.",
        "header.lengths": "Content-Length est donné plusieurs fois.",
        "header.malformed": "Ce n'est pas une requête HTTP/1.1.",
        "header.target": "La requête doit demander un chemin, sans espace ni caractère de contrôle.",
        "header.tooLarge": "Les en-têtes de la requête sont trop longs.",
        "header.transferCoding": "Le seul Transfer-Encoding connu est chunked.",
        "header.version": "Seul HTTP/1 est compris ici.",
        "internal": "Une erreur est survenue de notre côté ; elle est consignée sous le numéro indiqué.",
        "method.notAllowed": "Cette méthode n'est pas possible à cette adresse ; possibles : {allow}.",
        "metrics.refused":
            "Les mesures sont réservées aux programmes de cette machine, et à qui envoie le jeton PORTAL_METRICS_TOKEN.",
        "notAcceptable": "Aucun des types de contenu acceptés ne peut être produit ; disponibles : {offered}.",
        "notFound": "Il n'y a rien à cette adresse.",
        "object.missing": "Un fichier du stockage est introuvable ; l'incident est consigné.",
        "origin.refused": "La requête vient d'un autre site et a été refusée.",
        "overloaded": "Trop de demandes sont en cours. Réessayez dans un instant.",
        "precondition.failed": "L'élément a changé depuis que vous l'avez lu. Relisez-le.",
        "session.missing": "Connectez-vous, ou envoyez un jeton d'accès.",
        "store.full": "Il n'y a plus de place dans le stockage.",
        "unavailable": "Le service est momentanément indisponible. Réessayez dans un instant.",
        "value.invalid": "Une valeur de la requête n'est pas possible ici.",
        "worker.lost": "Le traitement de la demande s'est interrompu. Réessayez.",
    ]
}
