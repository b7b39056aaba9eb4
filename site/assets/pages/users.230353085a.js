import '../elements/app-frame.e64f054fb8.js';
import '../elements/user-list.08bf4204e2.js';
