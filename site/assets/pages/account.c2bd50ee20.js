import '../elements/app-frame.fe7b08cc20.js';
import '../elements/account-profile.43f202d66d.js';
import '../elements/password-form.57be5f015f.js';
import '../elements/token-list.0f210d028d.js';
import '../elements/session-list.7b4fbc1ad9.js';
