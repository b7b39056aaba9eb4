import { modules } from '/assets/common.c48fc35e30.js';
modules['words-en/pages/sign-in.js'] = (() => {
const { teach } = modules['words.js'];

teach({
  "dialog.cancel": "Cancel",
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
  "signIn.again": "Try again in {wait}.",
  "signIn.different": "The two passwords are not the same.",
  "signIn.ended": "Your session has ended. Sign in again to carry on where you were.",
  "signIn.linkSpent": "This link has been used already, or it has expired. Ask your administrator for another one.",
  "signIn.minutes.one": "{count} minute",
  "signIn.minutes.other": "{count} minutes",
  "signIn.resetDone": "Your password is saved. Sign in with it.",
  "signIn.seconds.one": "{count} second",
  "signIn.seconds.other": "{count} seconds",
});

})();
