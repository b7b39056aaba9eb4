import '../elements/app-frame.75629a1284.js';
import '../elements/patient-access.a3dd5f0d0c.js';
