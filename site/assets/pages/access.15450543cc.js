import '../elements/app-frame.fe7b08cc20.js';
import '../elements/patient-access.45c1ea4d8b.js';
