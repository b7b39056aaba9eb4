import '../elements/app-frame.3b58bbd22a.js';
import '../elements/patient-page.99104850a0.js';
