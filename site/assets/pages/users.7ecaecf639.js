import '../elements/app-frame.d290fc2c45.js';
import '../elements/user-list.9ff97ce8ec.js';
