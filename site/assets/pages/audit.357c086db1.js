import '../elements/app-frame.75629a1284.js';
import '../elements/audit-log.5c8f86a3fe.js';
