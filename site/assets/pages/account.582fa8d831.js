import '../elements/app-frame.e64f054fb8.js';
import '../elements/account-profile.6c0481cb5b.js';
import '../elements/password-form.35aa4acb7b.js';
import '../elements/token-list.49b6a04003.js';
import '../elements/session-list.9a97d3d154.js';
