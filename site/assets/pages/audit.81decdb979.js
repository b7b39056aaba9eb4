import '../elements/app-frame.75629a1284.js';
import '../elements/audit-log.1cea65d4b1.js';
