import '../elements/app-frame.6d1f977e50.js';
import '../elements/patient-page.5547bd794d.js';
