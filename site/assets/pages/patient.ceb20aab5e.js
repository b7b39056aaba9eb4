import '../elements/app-frame.e89bc4a050.js';
import '../elements/patient-page.e9ea767ff1.js';
