import '../elements/app-frame.3b58bbd22a.js';
import '../elements/patient-list.52e2a2e8ac.js';
import '../elements/unattached-list.0ee654df33.js';
