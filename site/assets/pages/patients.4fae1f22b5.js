import '../elements/app-frame.d8d6302ff4.js';
import '../elements/patient-list.15a5152108.js';
import '../elements/unattached-list.bdc5109c48.js';
