import '../elements/app-frame.75629a1284.js';
import '../elements/audit-log.94bc878079.js';
