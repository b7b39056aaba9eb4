import '../elements/app-frame.d8d6302ff4.js';
import '../elements/patient-access.370cc67233.js';
