import '../elements/app-frame.75629a1284.js';
import '../elements/audit-log.79ee517e47.js';
