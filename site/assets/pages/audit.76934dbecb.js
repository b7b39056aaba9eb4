import '../elements/app-frame.d8d6302ff4.js';
import '../elements/audit-log.6b4e500811.js';
