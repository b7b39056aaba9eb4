import '../elements/app-frame.7c08ed4040.js';
import '../elements/audit-log.3c9572f797.js';
