import '../elements/app-frame.f0c24cb7ca.js';
import '../elements/account-profile.7038cd787f.js';
import '../elements/password-form.6c5fbaf295.js';
import '../elements/token-list.0d089c15d2.js';
import '../elements/session-list.9a97d3d154.js';
