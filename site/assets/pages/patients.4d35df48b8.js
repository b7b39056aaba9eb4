import '../elements/app-frame.75629a1284.js';
import '../elements/patient-list.9271a6115b.js';
import '../elements/unattached-list.bdc5109c48.js';
