import '../elements/app-frame.d290fc2c45.js';
import '../elements/audit-log.51e27d6b75.js';
