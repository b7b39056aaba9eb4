import '../elements/app-frame.js';
import '../elements/patient-access.js';
