import '../elements/app-frame.75629a1284.js';
import '../elements/patient-access.dc9455d510.js';
