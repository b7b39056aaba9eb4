import '../elements/app-frame.js';
import '../elements/account-profile.js';
import '../elements/password-form.js';
import '../elements/token-list.js';
import '../elements/session-list.js';
