import { modules } from '/assets/common.c48fc35e30.js';
modules['words-fr/pages/sign-in.js'] = (() => {
const { teach } = modules['words.js'];

teach({
  "dialog.cancel": "Annuler",
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
  "signIn.again": "Réessayez dans {wait}.",
  "signIn.different": "Les deux mots de passe ne sont pas les mêmes.",
  "signIn.ended": "Votre session est terminée. Reconnectez-vous pour continuer là où vous étiez.",
  "signIn.linkSpent": "Ce lien a déjà servi, ou il a expiré. Demandez-en un autre à votre administrateur.",
  "signIn.minutes.one": "{count} minute",
  "signIn.minutes.other": "{count} minutes",
  "signIn.resetDone": "Votre mot de passe est enregistré. Connectez-vous avec lui.",
  "signIn.seconds.one": "{count} seconde",
  "signIn.seconds.other": "{count} secondes",
});

})();
