import '../elements/app-frame.87e0f528fd.js';
import '../elements/patient-page.9de755f6b2.js';
