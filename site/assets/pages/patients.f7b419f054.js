import '../elements/app-frame.e89bc4a050.js';
import '../elements/patient-list.e5d47a2d79.js';
import '../elements/unattached-list.5536ec151d.js';
