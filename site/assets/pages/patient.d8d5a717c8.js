import '../elements/app-frame.d290fc2c45.js';
import '../elements/patient-page.5d6068c4dc.js';
