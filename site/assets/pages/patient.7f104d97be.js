import '../elements/app-frame.87e0f528fd.js';
import '../elements/patient-page.d64ba3946d.js';
