import '../elements/app-frame.75629a1284.js';
import '../elements/audit-log.fbc7ac8465.js';
