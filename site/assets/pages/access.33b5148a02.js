import '../elements/app-frame.75629a1284.js';
import '../elements/patient-access.23e00f854a.js';
