import '../elements/app-frame.87e0f528fd.js';
import '../elements/patient-page.a578f13cde.js';
