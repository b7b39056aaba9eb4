import '../elements/app-frame.3b58bbd22a.js';
import '../elements/account-profile.6c0481cb5b.js';
import '../elements/password-form.28b45cbb67.js';
import '../elements/token-list.758bda7b52.js';
import '../elements/session-list.9a97d3d154.js';
