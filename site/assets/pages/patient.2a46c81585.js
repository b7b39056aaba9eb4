import '../elements/app-frame.75629a1284.js';
import '../elements/patient-page.9fbc1dae1e.js';
