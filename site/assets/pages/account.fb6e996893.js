import '../elements/app-frame.87e0f528fd.js';
import '../elements/account-profile.7437ac9146.js';
import '../elements/password-form.1d5b20bb6b.js';
import '../elements/token-list.43b4aff459.js';
import '../elements/session-list.7b4fbc1ad9.js';
