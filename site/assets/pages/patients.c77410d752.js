import '../elements/app-frame.f0c24cb7ca.js';
import '../elements/patient-list.1f9fd7e2bd.js';
import '../elements/unattached-list.91e8fc5b26.js';
