import '../elements/app-frame.75629a1284.js';
import '../elements/account-profile.720f54a1cb.js';
import '../elements/password-form.1d5b20bb6b.js';
import '../elements/token-list.43b4aff459.js';
import '../elements/session-list.7b4fbc1ad9.js';
