window.viewerWords = {
  fr: {
    "back": "Retour au patient",
    "ended": "Votre session a pris fin",
    "endedText": "Reconnectez-vous pour revenir à cet examen. Ce qui est encore affiché peut rester, mais plus rien ne se charge.",
    "gone": "Vous n’avez plus accès à cet examen",
    "goneText": "Il n’existe pas, ou vos droits ne permettent pas de le voir.",
    "list": "Liste des patients",
    "patients": "Aller à la liste des patients",
    "signIn": "Se reconnecter",
    "stay": "Rester sur cette page",
  },
  en: {
    "back": "Back to the patient",
    "ended": "Your session has ended",
    "endedText": "Sign in again to return to this study. What is still shown can stay, but nothing more will load.",
    "gone": "You no longer have access to this study",
    "goneText": "It does not exist, or your permissions do not let you see it.",
    "list": "List of patients",
    "patients": "Go to the list of patients",
    "signIn": "Sign in again",
    "stay": "Stay on this page",
  },
};
