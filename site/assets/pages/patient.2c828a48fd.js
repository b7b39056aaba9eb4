import '../elements/app-frame.3b58bbd22a.js';
import '../elements/patient-page.27f407bf10.js';
