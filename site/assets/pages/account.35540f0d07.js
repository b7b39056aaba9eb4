import '../elements/app-frame.d290fc2c45.js';
import '../elements/account-profile.4ac51c9f08.js';
import '../elements/password-form.fbeb78491f.js';
import '../elements/token-list.0640a845dc.js';
import '../elements/session-list.f6ae9badda.js';
