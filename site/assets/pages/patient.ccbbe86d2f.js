import '../elements/app-frame.87e0f528fd.js';
import '../elements/patient-page.008a948e53.js';
