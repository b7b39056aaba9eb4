import '../elements/app-frame.3b58bbd22a.js';
import '../elements/patient-access.261873f871.js';
