import '../elements/app-frame.f0c24cb7ca.js';
import '../elements/audit-log.8fde754e7e.js';
