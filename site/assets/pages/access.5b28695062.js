import '../elements/app-frame.75629a1284.js';
import '../elements/patient-access.9a574a1f11.js';
