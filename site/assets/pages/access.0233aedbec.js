import '../elements/app-frame.f0c24cb7ca.js';
import '../elements/patient-access.57ec367713.js';
