import '../elements/app-frame.fe7b08cc20.js';
import '../elements/patient-page.eb2b92da4a.js';
