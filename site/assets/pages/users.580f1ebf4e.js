import '../elements/app-frame.75629a1284.js';
import '../elements/user-list.f2b737bd7a.js';
