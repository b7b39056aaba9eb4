import { modules } from '/assets/common.c48fc35e30.js';
modules['words-fr/pages/help.js'] = (() => {
const { teach } = modules['words.js'];

teach({
  "dialog.cancel": "Annuler",
  "dialog.close": "Fermer",
  "dialog.discard": "Abandonner la saisie",
  "dialog.missing": "Il manque ceci : {label}",
  "dialog.notEmail": "Ce n’est pas une adresse électronique.",
  "dialog.notRight": "À corriger : {label}",
  "dialog.otherName": "Ce n’est pas le même texte.",
  "dialog.tooShort": "Il faut au moins {count} caractères.",
  "dialog.typeName": "Pour confirmer, écrivez {name}",
  "dialog.unsaved": "Ce que vous avez saisi n’est pas enregistré. Fermer quand même ?",
  "errors.absent": "Cela n’existe pas, ou vos droits ne permettent pas de le voir.",
  "errors.busy": "Le portail est occupé. Réessayez dans quelques secondes.",
  "errors.network": "Le portail ne répond pas. Vérifiez la connexion, puis réessayez.",
  "errors.server": "Le portail a rencontré une erreur ({status}). Réessayez ; si cela dure, prévenez l’administrateur.",
  "errors.session": "Votre session est terminée.",
  "errors.tooLarge": "C’est plus gros que ce que le portail accepte.",
  "keys.escape": "fermer ce qui est ouvert",
  "keys.keys": "montrer ces raccourcis",
  "keys.search": "chercher un patient",
  "keys.tab": "passer d’un élément au suivant",
  "keys.title": "Raccourcis clavier",
  "session.endedText": "Reconnectez-vous pour continuer. Pour copier ce que vous avez saisi, choisissez d’abord Annuler.",
  "session.endedTitle": "Votre session est terminée",
  "session.signInAgain": "Se reconnecter",
  "signIn.submit": "Se connecter",
});

})();
