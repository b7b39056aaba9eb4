import '../elements/app-frame.js';
import '../elements/user-list.js';
