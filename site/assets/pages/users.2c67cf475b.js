import '../elements/app-frame.87e0f528fd.js';
import '../elements/user-list.f2b737bd7a.js';
