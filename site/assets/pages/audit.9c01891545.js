import '../elements/app-frame.87e0f528fd.js';
import '../elements/audit-log.9c7e6ba0b7.js';
