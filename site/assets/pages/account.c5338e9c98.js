import '../elements/app-frame.7c08ed4040.js';
import '../elements/account-profile.7038cd787f.js';
import '../elements/password-form.85216c5a35.js';
import '../elements/token-list.177a162604.js';
import '../elements/session-list.9a97d3d154.js';
