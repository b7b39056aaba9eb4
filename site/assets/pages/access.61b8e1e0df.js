import '../elements/app-frame.e64f054fb8.js';
import '../elements/patient-access.037dadbc25.js';
