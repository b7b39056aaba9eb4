import '../elements/app-frame.87e0f528fd.js';
import '../elements/patient-access.7e9b43e2f3.js';
