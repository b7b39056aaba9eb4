import '../elements/app-frame.3b58bbd22a.js';
import '../elements/audit-log.32ad399774.js';
