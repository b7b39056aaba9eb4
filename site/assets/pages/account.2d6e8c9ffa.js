import '../elements/app-frame.e89bc4a050.js';
import '../elements/account-profile.720f54a1cb.js';
import '../elements/password-form.d1a50f5063.js';
import '../elements/token-list.6725bd1c36.js';
import '../elements/session-list.1fe9b377bf.js';
