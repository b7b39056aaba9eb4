import '../elements/app-frame.75629a1284.js';
import '../elements/patient-list.1675ff0988.js';
import '../elements/unattached-list.bdc5109c48.js';
