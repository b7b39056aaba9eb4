import '../elements/app-frame.75629a1284.js';
import '../elements/patient-access.6bee8beca8.js';
