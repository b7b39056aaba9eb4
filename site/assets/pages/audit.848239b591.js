import '../elements/app-frame.e64f054fb8.js';
import '../elements/audit-log.51f9ec86c2.js';
