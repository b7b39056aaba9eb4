import '../elements/app-frame.75629a1284.js';
import '../elements/user-list.f7fdd65f43.js';
