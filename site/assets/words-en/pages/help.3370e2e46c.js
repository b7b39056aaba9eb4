import { modules } from '/assets/common.c48fc35e30.js';
modules['words-en/pages/help.js'] = (() => {
const { teach } = modules['words.js'];

teach({
  "dialog.cancel": "Cancel",
  "dialog.close": "Close",
  "dialog.discard": "Discard what I typed",
  "dialog.missing": "This is missing: {label}",
  "dialog.notEmail": "That is not an email address.",
  "dialog.notRight": "To correct: {label}",
  "dialog.otherName": "That is not the same text.",
  "dialog.tooShort": "It takes at least {count} characters.",
  "dialog.typeName": "To confirm, type {name}",
  "dialog.unsaved": "What you typed is not saved. Close anyway?",
  "errors.absent": "It does not exist, or your permissions do not let you see it.",
  "errors.busy": "The portal is busy. Try again in a few seconds.",
  "errors.network": "The portal does not answer. Check the connection, then try again.",
  "errors.server": "The portal met an error ({status}). Try again; if it lasts, tell the administrator.",
  "errors.session": "Your session has ended.",
  "errors.tooLarge": "It is larger than what the portal accepts.",
  "keys.escape": "close what is open",
  "keys.keys": "show these shortcuts",
  "keys.search": "find a patient",
  "keys.tab": "go from one element to the next",
  "keys.title": "Keyboard shortcuts",
  "session.endedText": "Sign in again to carry on. To copy what you typed, choose Cancel first.",
  "session.endedTitle": "Your session has ended",
  "session.signInAgain": "Sign in again",
  "signIn.submit": "Sign in",
});

})();
