import '../elements/app-frame.f0c24cb7ca.js';
import '../elements/patient-page.ef2c42d1d7.js';
