import '../elements/app-frame.js';
import '../elements/patient-list.js';
import '../elements/unattached-list.js';
