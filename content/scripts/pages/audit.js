import '../elements/app-frame.js';
import '../elements/audit-log.js';
