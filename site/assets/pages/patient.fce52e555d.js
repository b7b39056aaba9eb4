import '../elements/app-frame.3b58bbd22a.js';
import '../elements/patient-page.bf1e34aa85.js';
