import '../elements/app-frame.d290fc2c45.js';
import '../elements/patient-access.5d6f07dc96.js';
