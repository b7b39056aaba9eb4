import '../elements/app-frame.d8d6302ff4.js';
import '../elements/account-profile.537bf0079c.js';
import '../elements/password-form.2e7766f9ed.js';
import '../elements/token-list.4a6a542c30.js';
import '../elements/session-list.7b4fbc1ad9.js';
