import '../elements/app-frame.75629a1284.js';
import '../elements/patient-page.a0983847e3.js';
