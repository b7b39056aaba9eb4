/// Sentences about addresses and their parameters; their English stands where they are thrown. Sorted by code.
enum MessagesOfQueries {
    static let table: [String: Messages.Sentence] = french.mapValues { Messages.Sentence(french: $0, english: nil) }

    private static let french: [String: String] = [
        "frames.malformed": "La liste des images se compose de numéros séparés par des virgules, {limit} au plus.",
        "frames.several": "Une vue ne montre qu'une image ; donnez un seul numéro.",
        "path.malformed":
            "L'adresse ne désigne aucune valeur ; elle se compose d'étiquettes séparées par des numéros d'élément, "
            + "comme 00091002.1.00091003.",
        "path.missing": "Le chemin de la requête manque (REQUEST_URI ou PATH_INFO).",
        "query.annotation": "« annotation » vaut patient, technique, ou les deux séparés par une virgule.",
        "query.anonymize": "Les objets ne sont pas anonymisés ici ; refaites la demande sans « anonymize ».",
        "query.attribute":
            "« {field} » n'est ni un paramètre d'une recherche, ni le mot-clé ou l'étiquette d'un attribut.",
        "query.creator":
            "Un attribut privé ne se cherche qu'avec son Private Creator ; donnez {field} comme autre paramètre.",
        "query.frameNumber": "L'objet n'a pas cette image ; il en contient {count}.",
        "query.includefield":
            "« includefield » vaut all, ou nomme au plus {limit} attributs par mot-clé ou étiquette, "
            + "séparés par des virgules.",
        "query.malformed":
            "L'adresse contient un caractère mal encodé : un code % incomplet, qui n'est pas de l'UTF-8, ou nul.",
        "query.number": "« {field} » est un nombre entier, {least} ou plus.",
        "query.onExisting": "« onExisting » vaut update, skip ou fail.",
        "query.range": "« {field} » est un nombre entier de {least} à {largest}.",
        "query.region":
            "« region » s'écrit x0,y0,x1,y1 : des fractions des côtés de l'image, de 0 à 1, "
            + "le coin supérieur gauche d'abord.",
        "query.rendering":
            "L'image ne peut pas être montrée ainsi : la partie demandée est en dehors d'elle, "
            + "ou la taille demandée est trop petite pour des annotations.",
        "query.repeated": "Le paramètre « {field} » ne peut être donné qu'une fois.",
        "query.requestType": "« requestType » vaut WADO.",
        "query.tooLong": "Une recherche compare au plus {limit} attributs.",
        "query.transferSyntax": "« transferSyntax » est un UID, ou * pour n'importe laquelle.",
        "query.truth": "« {field} » vaut true ou false.",
        "query.unknown": "Le paramètre « {field} » est inconnu ici ; connus : {known}.",
        "query.uuid": "« {field} » est un UUID.",
        "query.value": "La valeur donnée pour « {field} » ne peut pas être comparée à cet attribut.",
        "query.viewport":
            "« viewport » s'écrit columns,rows[,sx,sy,sw,sh] ; l'image demandée a de 1 à {largest} pixels de côté, "
            + "et sa partie une largeur et une hauteur.",
        "query.window":
            "« window » s'écrit center,width,shape ; shape vaut linear, linear-exact ou sigmoid, "
            + "et width est plus grand que 0.",
        "query.windowPair":
            "« windowCenter » et « windowWidth » sont deux nombres donnés ensemble ; windowWidth vaut 1 ou plus.",
        "target.tooLong": "L'adresse demandée dépasse {limit} octets.",
        "uid.malformed":
            "« {field} » n'est pas un UID : des nombres séparés par des points, 64 caractères au plus.",
        "uid.missing": "Il manque le paramètre « {field} ».",
    ]
}
