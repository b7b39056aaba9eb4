/// Sentences about what is sent to be stored and about stored images; their English stands where they are thrown.
/// Sorted by code.
enum MessagesOfContents {
    static let table: [String: Messages.Sentence] = french.mapValues { Messages.Sentence(french: $0, english: nil) }

    private static let french: [String: String] = [
        "body.notDICOM":
            "Les objets DICOM s'envoient en application/dicom, ou en multipart/related de type application/dicom, "
            + "application/dicom+json ou application/dicom+xml.",
        "conflict.both.unsupported":
            "Les deux fichiers ne peuvent pas être gardés : l'un d'eux devrait changer d'identifiant, "
            + "et un fichier reçu n'est jamais réécrit.",
        "conflict.keep": "« keep » est first ou second.",
        "conflict.otherPlace":
            "Le second fichier appartient à un autre examen ou à une autre série ; il ne peut pas remplacer le premier.",
        "conflict.resolved": "Ce conflit a déjà été réglé.",
        "conflict.state": "Le paramètre « state » est open ou resolved.",
        "conflict.unreadable": "L'un des deux fichiers ne peut plus être lu.",
        "image.corrupt": "Les données de l'image sont abîmées ou se contredisent ; elle ne peut pas être décodée.",
        "image.notPDF": "Cet objet ne contient aucun document PDF qui puisse être montré.",
        "image.tooLarge": "L'image est trop grande pour être décodée, ou écrite dans la forme demandée.",
        "image.unsupported":
            "L'image ne peut pas être décodée ou écrite dans la forme demandée ; "
            + "le fichier reste disponible tel qu'il a été reçu.",
        "import.archive": "L'archive ne peut pas être lue : elle est incomplète, abîmée ou d'un format inconnu.",
        "import.archiveType":
            "Le contenu envoyé n'est pas l'archive que son Content-Type annonce : il ne commence pas comme elle.",
        "import.async": "Avec « async », une importation est une seule archive, et ne peut pas être une simulation.",
        "import.busy": "Une autre requête envoie déjà ce fichier.",
        "import.empty": "L'envoi ne contient aucun fichier.",
        "import.ended": "Cette importation est terminée et ne peut plus être annulée.",
        "import.entryDamaged": "Un fichier de l'archive ne peut pas être décompressé.",
        "import.entryTooLarge": "Un fichier de l'archive dépasse {limit} octets.",
        "import.exists": "Une importation porte déjà cet identifiant ; choisissez-en un autre.",
        "import.fileSize": "Un fichier compte de 0 à {limit} octets.",
        "import.incomplete": "Il manque {missing} fichiers, ou leur fin.",
        "import.json": "« {path} » n'est pas un document JSON correct.",
        "import.mediaType":
            "Envoyez multipart/form-data, application/zip, application/x-tar, application/gzip, application/zstd, application/x-7z-compressed "
            + "ou application/dicom.",
        "import.notReceiving": "Cette importation ne reçoit plus de fichiers.",
        "import.notUndoable": "Seule une importation terminée peut être annulée après coup, et une seule fois.",
        "import.offset": "La suite du fichier commence à l'octet {offset}.",
        "import.offsetHeader": "L'en-tête Upload-Offset est un nombre d'octets.",
        "import.onExisting": "« onExisting » est update, skip ou fail.",
        "import.open": "Cette importation n'est pas terminée ; il n'y a pas encore de rapport.",
        "import.path": "Chaque fichier a un chemin de 1 à 4096 octets.",
        "import.quota":
            "Les importations en cours de réception dépasseraient {limit} octets ; terminez-en ou annulez-en d'abord.",
        "import.sha256": "Chaque fichier a un numéro et 64 chiffres hexadécimaux.",
        "import.sidecar": "Dans la fiche « {path} », le champ « {field} » manque ou n'est pas correct.",
        "import.sidecarType": "« {path} » n'est pas une fiche de patient ; une fiche est un objet JSON.",
        "import.size": "Le fichier est annoncé avec {size} octets, et il en arrive davantage.",
        "import.tooLarge": "Une fois décompressée, l'archive dépasse les {limit} octets acceptés.",
        "import.tooManyEntries": "L'archive contient plus de {limit} entrées.",
        "import.tooManyFiles": "On peut annoncer au plus {limit} fichiers.",
        "import.touched":
            "Une partie de cette importation a été modifiée, rattachée ou supprimée depuis.",
        "json.malformed": "Le corps de la requête n'est pas du JSON valide en UTF-8.",
        "json.missing": "Il manque « {field} » dans le document JSON.",
        "json.notDataSets": "Les métadonnées ne sont pas un tableau JSON de jeux de données DICOM.",
        "json.root": "Le corps de la requête n'est pas du type JSON attendu : {type}.",
        "json.type": "« {field} » n'est pas du type JSON attendu : {type}.",
        "json.value": "La valeur de « {field} » n'est pas possible ici.",
        "multipart.boundary":
            "Le Content-Type doit donner un « boundary » de 1 à 70 caractères, de ceux que permet RFC 2046.",
        "multipart.delimiter": "Une ligne de séparation contient autre chose, ou ne finit pas par CRLF.",
        "multipart.empty": "Le corps de la requête ne contient aucune partie.",
        "multipart.headers": "Les en-têtes de la partie {part} ne sont pas corrects, ou dépassent {limit} octets.",
        "multipart.noDelimiter":
            "Le corps de la requête ne contient aucune ligne de séparation ; elle commence par deux tirets et finit par CRLF.",
        "multipart.tooManyParts": "Le corps de la requête contient plus de {limit} parties.",
        "multipart.truncated": "Le corps de la requête s'arrête avant sa dernière ligne de séparation.",
        "patient.exists":
            "Le patient {patientId} existe déjà, et l'importation ne devait en trouver aucun : rien n'a été enregistré.",
    ]
}
