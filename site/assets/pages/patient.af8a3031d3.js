import '../elements/app-frame.87e0f528fd.js';
import '../elements/patient-page.63a45992d0.js';
