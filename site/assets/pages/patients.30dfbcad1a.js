import '../elements/app-frame.87e0f528fd.js';
import '../elements/patient-list.fad24b969a.js';
import '../elements/unattached-list.15a1a28462.js';
