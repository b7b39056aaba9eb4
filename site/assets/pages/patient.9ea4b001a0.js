import '../elements/app-frame.d8d6302ff4.js';
import '../elements/patient-page.858ec75296.js';
