import '../elements/app-frame.e64f054fb8.js';
import '../elements/patient-page.0f45517b15.js';
