import '../elements/app-frame.js';
import '../elements/patient-page.js';
