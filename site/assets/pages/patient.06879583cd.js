import '../elements/app-frame.7c08ed4040.js';
import '../elements/patient-page.ffb6ff9628.js';
