import '../elements/app-frame.7c08ed4040.js';
import '../elements/patient-access.0783698599.js';
